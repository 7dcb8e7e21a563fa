import type { CarrierMessage } from '../../../../shared/model/carrier.ts';
import { minorUnits } from '../../../../shared/model/minor-units.ts';
import type { Purchase, Rate, ShipmentRequest } from '../../../carriers/carrier.ts';
import { errorMessage } from '../../../carriers/carrier-json.ts';
import { labelFile } from '../../../carriers/carrier-label.ts';
import type { TiktokOrderLines, TiktokPackage, TiktokService, TiktokSlots } from './wire.ts';

/** Which of TikTok's packages this parcel is. */
export type PackageChoice =
  | { readonly kind: 'package'; readonly id: string }
  /** TikTok made none yet: it is made with the label. */
  | { readonly kind: 'none'; readonly lineIds: readonly string[] }
  | { readonly kind: 'refused'; readonly messages: readonly CarrierMessage[] };

const refuse = (code: string, text: string, field?: string): PackageChoice => ({
  kind: 'refused',
  messages: [errorMessage(code, text, field)],
});

/** What TikTok would refuse anyway, said before anything is sent. */
export function unsupported({ kind, platformOrder }: ShipmentRequest): readonly CarrierMessage[] {
  if (kind === 'return') return [errorMessage('return', 'TikTok makes the labels of returns with the buyer itself')];
  if (!platformOrder)
    return [errorMessage('missing', 'this is no order of TikTok: its number there is not known', 'platformOrder')];
  return [];
}

/**
 * TikTok labels packages, one parcel each. The parcel's lines say which; an order of several parcels must be split with
 * TikTok first, or two parcels would bear one number.
 */
export function choosePackage(order: TiktokOrderLines | undefined, request: ShipmentRequest): PackageChoice {
  if (!order) return refuse('no-order', 'TikTok does not know this order', 'platformOrder.externalId');
  if (order.shipping_type !== 'TIKTOK')
    return refuse('seller-ships', 'this order is shipped by the seller: choose a carrier of yours');
  const lines = unitsOf(order, request);
  if (lines.length === 0) return refuse('no-lines', 'TikTok has no such units in this order', 'platformOrder.lines');
  const packages = new Set(order.line_items.flatMap(({ package_id: id }) => (id ? [id] : [])));
  const mine = new Set(lines.flatMap(({ package_id: id }) => (id ? [id] : [])));
  const [id] = mine;
  if (mine.size > 1) return refuse('several-packages', 'pack each package of TikTok as a parcel of its own');
  if (id === undefined) return { kind: 'none', lineIds: lines.map((line) => line.id) };
  if (request.parcel.count > packages.size)
    return refuse('split-first', 'TikTok has one package for all of this: split it in Seller Center, then ask again');
  return { kind: 'package', id };
}

/**
 * One line item is one unit. A line of ours names all of its units, and a parcel takes so many of them as have no number
 * yet; all units where no line is named.
 */
function unitsOf(order: TiktokOrderLines, { platformOrder }: ShipmentRequest): TiktokOrderLines['line_items'] {
  const lines = platformOrder?.lines ?? [];
  if (lines.length === 0) return order.line_items;
  return lines.flatMap(({ externalLineId, quantity }) => {
    const ids = externalLineId.split(',');
    const named = order.line_items.filter(({ id }) => ids.includes(id));
    if (named.length <= quantity) return named;
    const open = named.filter(({ tracking_number: tracking }) => tracking === '');
    return open.length < quantity ? named : open.slice(0, quantity);
  });
}

/** Units of the lines of this parcel bear a number already, of this parcel or of one before: nobody can tell. */
export function someLabelled(order: TiktokOrderLines | undefined, { platformOrder }: ShipmentRequest): boolean {
  const named = new Set(platformOrder?.lines.flatMap(({ externalLineId }) => externalLineId.split(',')));
  return (order?.line_items ?? []).some(({ id, tracking_number: tracking }) => named.has(id) && tracking !== '');
}

/** Weight in grams and sides in centimetres, as texts. */
export function toMeasures({ parcel }: ShipmentRequest): object {
  const cm = (mm: number): string => String(mm / 10);
  return {
    dimension: { length: cm(parcel.lengthMm), width: cm(parcel.widthMm), height: cm(parcel.heightMm), unit: 'CM' },
    weight: { value: String(Math.ceil(parcel.weightMg / 1_000)), unit: 'GRAM' },
  };
}

/** Handed in where that is possible: nobody has to wait for a driver; else the first slot of a pick-up. */
export function toHandover(slots: TiktokSlots): object | null {
  if (slots.can_drop_off) return { handover_method: 'DROP_OFF' };
  const slot = slots.pickup_slots.find(({ avaliable }) => avaliable);
  if (!slots.can_pickup || !slot) return null;
  return { handover_method: 'PICKUP', pickup_slot: { start_time: slot.start_time, end_time: slot.end_time } };
}

export function fromServices(services: readonly TiktokService[], today: Date): Rate[] {
  return services.flatMap((service) => {
    const minor = minorUnits(service.price, service.currency);
    if (minor === null) return [];
    const days = service.latest_delivery_days ?? null;
    return {
      service: service.id,
      title: `${service.shipping_provider_name} ${service.name}`.trim(),
      cost: { minor, currency: service.currency },
      deliveryBy: days === null ? null : new Date(today.getTime() + days * 86_400_000).toISOString().slice(0, 10),
      transitDays: days,
      rateRef: null,
    };
  });
}

export interface ShippedPackage {
  readonly id: string;
  readonly detail: TiktokPackage;
  readonly file: Uint8Array;
  readonly service: { readonly code: string; readonly title: string };
  readonly cost: Purchase['cost'];
}

/** Throws `carrier.unreadable` for a label that is not whole: it stays with TikTok and is fetched again. */
export function toPurchase({ id, detail, file, service, cost }: ShippedPackage): Purchase {
  const { tracking_number: trackingNumber } = detail;
  return {
    carrierRef: id,
    trackingNumber,
    scanTexts: trackingNumber === '' ? [] : [trackingNumber],
    service: service.code,
    serviceTitle: service.title,
    cost,
    label: labelFile(file),
    papers: [],
    trackingUrl: null,
    validUntil: null,
  };
}
