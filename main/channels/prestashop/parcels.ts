import type { RemoteShipment } from '../channel-connector.ts';

/** A parcel as it stands in a private message of its order: a shop has one number an order and no units. */
export interface PrestashopParcel {
  readonly reference: string;
  readonly carrier: string;
  readonly tracking: string;
  readonly lines: readonly { readonly lineId: string; readonly quantity: number }[];
}

const MARK = 'Packwright';
const clean = (text: string): string => text.replace(/[|\r\n]+/g, ' ').trim();

/** `Packwright | reference | carrier | number | 31x2 32x1` */
export function parcelText({ reference, carrier, tracking, lines }: RemoteShipment): string {
  const units = lines.map(({ externalLineIds: [id = ''], quantity }) => `${id}x${quantity}`).join(' ');
  return [MARK, clean(reference), clean(carrier.name), clean(tracking), units].join(' | ');
}

/** Undefined where a message is somebody else's. */
export function readParcel(text: string): PrestashopParcel | undefined {
  const [mark, reference, carrier, tracking, units] = text.split('|').map((part) => part.trim());
  if (mark !== MARK || !reference || tracking === undefined) return undefined;
  const lines = (units ?? '').split(/\s+/).flatMap((unit) => {
    const [, lineId = '', quantity] = /^(\d+)x(\d+)$/.exec(unit) ?? [];
    return lineId === '' ? [] : [{ lineId, quantity: Number(quantity) }];
  });
  return { reference, carrier: carrier ?? '', tracking, lines };
}

/** Of several messages about one parcel the last one counts: a number that was corrected. */
export function readMessages(texts: readonly string[]): PrestashopParcel[] {
  const parcels = new Map<string, PrestashopParcel>();
  for (const parcel of texts.flatMap((text) => readParcel(text) ?? [])) parcels.set(parcel.reference, parcel);
  return [...parcels.values()];
}
