import type { CarrierMessage, Money, TrackingState } from '../../../shared/model/carrier.ts';
import type { Purchase, ShipmentRequest, Tracking } from '../carrier.ts';
import { errorMessage } from '../carrier-json.ts';
import { labelFromBase64 } from '../carrier-label.ts';
import { scanTextsOf } from '../carrier-scan.ts';
import { mailClassOf, titleOf } from './parcel.ts';
import type { UspsError, UspsEvent, UspsLabel, UspsTracking } from './wire.ts';

const FIELDS: readonly (readonly [RegExp, string])[] = [
  [/toAddress.*ZIP|destinationZIP/i, 'to.postcode'],
  [/toAddress.*city/i, 'to.city'],
  [/toAddress.*street/i, 'to.street1'],
  [/toAddress/i, 'to'],
  [/fromAddress|originZIP/i, 'from'],
  [/weight/i, 'parcel.weightMg'],
  [/mailClass/i, 'service'],
];

export function fromError({ error }: UspsError): readonly CarrierMessage[] {
  if (error.errors.length === 0)
    return [errorMessage(error.code || 'error', error.message || 'USPS refuses without words')];
  return error.errors.map(({ code, title, detail, source }) => {
    const field = FIELDS.find(([parameter]) => parameter.test(source?.parameter ?? ''))?.[1];
    return errorMessage(code || error.code, detail || title || error.message || 'USPS refuses without words', field);
  });
}

export const dollars = (amount: number): Money => ({ minor: Math.round(amount * 100), currency: 'USD' });

/** Throws `carrier.unreadable` for a label that is not whole. */
export function toPurchase(label: UspsLabel, request: ShipmentRequest): Purchase {
  const { trackingNumber, postage, extraServices, fees, image } = label;
  const mailClass = mailClassOf(request);
  const more = [...extraServices, ...fees].reduce((sum, { price }) => sum + price, 0);
  return {
    carrierRef: trackingNumber,
    trackingNumber,
    scanTexts: scanTextsOf(trackingNumber, [request.to.postcode]),
    service: mailClass,
    serviceTitle: titleOf(mailClass),
    // A return is billed when it is scanned.
    cost: request.kind === 'return' || postage === undefined ? null : dollars(postage + more),
    label: labelFromBase64(image),
    papers: [],
    trackingUrl: `https://tools.usps.com/go/TrackConfirmAction?tLabels=${trackingNumber}`,
    validUntil: null,
  };
}

/** Codes of Publication 199 that say more than that the parcel moves. */
const CODES: Readonly<Record<string, TrackingState>> = {
  GX: 'pending',
  MA: 'pending',
  SC: 'pending',
  '03': 'picked-up',
  OA: 'picked-up',
  '10': 'in-transit',
  '07': 'in-transit',
  OF: 'out-for-delivery',
  '59': 'out-for-delivery',
  '14': 'ready-for-pickup',
  '01': 'delivered',
  '02': 'exception',
  '04': 'exception',
  '05': 'exception',
  '09': 'returned',
  '21': 'returned',
};

const CATEGORIES: readonly (readonly [RegExp, TrackingState])[] = [
  [/^delivered to agent/i, 'ready-for-pickup'],
  [/^delivered/i, 'delivered'],
  [/out for delivery/i, 'out-for-delivery'],
  [/pre-?shipment|label created/i, 'pending'],
  [/return/i, 'returned'],
  [/pick-?up/i, 'ready-for-pickup'],
  [/accepted/i, 'picked-up'],
  [/transit|moving/i, 'in-transit'],
  [/alert|attempt/i, 'exception'],
];
const stateOf = (words: string): TrackingState =>
  CATEGORIES.find(([category]) => category.test(words))?.[1] ?? 'unknown';

/** Where USPS names no time in UTC, the local one stands for it. */
function instant({ GMTTimestamp, eventTimestamp }: UspsEvent): string | null {
  const text = GMTTimestamp ?? eventTimestamp;
  const at = new Date(/(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}

export function fromTracking({ statusCategory, expectedDeliveryDate, trackingEvents }: UspsTracking): Tracking {
  const events = trackingEvents
    .flatMap((event) => {
      const at = instant(event);
      if (at === null) return [];
      const { eventCode, eventType, eventCity, eventState } = event;
      return {
        at,
        state: CODES[eventCode] ?? stateOf(eventType),
        code: eventCode,
        text: eventType || eventCode || 'USPS',
        place: [eventCity, eventState].filter(Boolean).join(', ') || null,
      };
    })
    .sort((one, other) => one.at.localeCompare(other.at));
  return { state: stateOf(statusCategory), events, deliveryBy: expectedDeliveryDate?.slice(0, 10) ?? null };
}
