import type { CarrierMessage, TrackingState } from '../../../shared/model/carrier.ts';
import { currencyCode, minorUnits } from '../../../shared/model/minor-units.ts';
import type { PickupPoint, Rate, ShipmentRequest, Tracking, VoidState } from '../carrier.ts';
import { errorMessage } from '../carrier-json.ts';
import type { ShipWith } from './mapper.ts';
import type {
  SendcloudErrors,
  SendcloudOption,
  SendcloudReturn,
  SendcloudServicePoints,
  SendcloudShipment,
  SendcloudTracking,
} from './wire.ts';

/** Options with a price; those to a pick-up point only where one is named, and then only those. */
export function fromOptions(options: readonly SendcloudOption[], request: ShipmentRequest): readonly Rate[] {
  return options.flatMap((option) => {
    const toPoint = /service_?point|locker/.test(option.functionalities?.last_mile ?? '');
    const back = option.functionalities?.returns ?? null;
    if (toPoint !== (request.pickupPoint !== undefined) || (back !== null && back !== (request.kind === 'return')))
      return [];
    const quote = option.quotes.find(({ price }) => price?.total);
    const currency = currencyCode(quote?.price?.total?.currency ?? '');
    const minor = minorUnits(quote?.price?.total?.value ?? '', currency);
    if (!quote || currency === null || minor === null) return [];
    return {
      service: option.code,
      title: option.name || option.code,
      cost: { minor, currency },
      deliveryBy: null,
      // Hours to the door.
      transitDays: quote.lead_time === null ? null : Math.ceil(quote.lead_time / 24),
      rateRef: option.contract === null ? option.code : `${option.code}#${option.contract.id}`,
    };
  });
}

/** What a `rateRef` says: the option, and the contract behind `#`. */
export function shipWith(rateRef: string): ShipWith {
  const [, option = rateRef, contract] = /^(.*)#(\d+)$/.exec(rateRef) ?? [];
  return { option, contract: contract === undefined ? null : Number(contract) };
}

const FIELDS: readonly (readonly [RegExp, string])[] = [
  [/to_address\/postal_code$/, 'to.postcode'],
  [/to_address\/city$/, 'to.city'],
  [/to_address\/address_line_1$/, 'to.street1'],
  [/to_address\/address_line_2$/, 'to.street2'],
  [/to_address\/country_code$/, 'to.country'],
  [/to_address\/phone_number$/, 'to.phone'],
  [/to_address\/name$/, 'to.name'],
  [/from_address\/postal_code$/, 'from.postcode'],
  [/weight/, 'parcel.weightMg'],
];

export function fromErrors({ errors, detail, message }: SendcloudErrors): readonly CarrierMessage[] {
  if (errors.length === 0) return [errorMessage('error', detail || message || 'refused without words')];
  return errors.map((row) => {
    const pointer = row.source?.pointer || row.field;
    const text = row.detail || row.message || row.title || row.code;
    const field = FIELDS.find(([shape]) => shape.test(pointer))?.[1];
    return errorMessage(row.code || 'error', pointer === '' ? text : `${pointer}: ${text}`, field);
  });
}

/** Cancelling takes its time with some carriers, which is told by the status of the parcel. */
export function voidStateOf(status: string): VoidState | null {
  const code = plain(status);
  if (code.startsWith('cancelled')) return 'voided';
  return code.startsWith('cancelling') || code.startsWith('cancellation') ? 'requested' : null;
}

export function latestStatus({ status_history: history }: SendcloudReturn): string {
  const times = [...history].sort((one, other) =>
    one.carrier_update_timestamp.localeCompare(other.carrier_update_timestamp),
  );
  return times.at(-1)?.parent_status ?? '';
}

export type ShipmentState = 'announced' | 'failed' | 'under-way';

/** A shipment that the carrier refused stays in the list, without a label. */
export function shipmentState({ parcels, errors }: SendcloudShipment): ShipmentState {
  const [parcel] = parcels;
  const code = plain(parcel?.status.code ?? '');
  if (code === 'announcement_failed' || (errors.length > 0 && parcel?.tracking_number === '')) return 'failed';
  return parcel?.tracking_number === '' || parcel?.id === undefined || parcel.id === null ? 'under-way' : 'announced';
}

const plain = (code: string): string =>
  code
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');

/** Codes of parcels in any spelling, the telling ones first (sendcloud.dev, parcel statuses). */
const STATES: readonly (readonly [RegExp, TrackingState])[] = [
  [/^cancel/, 'cancelled'],
  [/return(ed)?_to_sender/, 'returned'],
  [/exception|failed|undeliverable|invalid|error|refused|unable|lost|damaged/, 'exception'],
  [/awaiting_customer_pickup|ready_for_collection|at_service_point/, 'ready-for-pickup'],
  [/driver_(on|en)_route|out_for_delivery/, 'out-for-delivery'],
  [/picked_up|accepted|handed_over/, 'picked-up'],
  [/^delivered|collected_by_customer/, 'delivered'],
  [/route|sort|transit|customs|delayed|hub|changed/, 'in-transit'],
  [/ready_to_send|announc|no_label|created|label/, 'pending'],
];

const trackingState = (code: string): TrackingState =>
  STATES.find(([shape]) => shape.test(plain(code)))?.[1] ?? 'unknown';

export function fromTracking({ details, events }: SendcloudTracking): Tracking {
  const rows = events.flatMap(({ event_at: at, status_code: code, status_description: text }) => {
    const time = Date.parse(at);
    if (Number.isNaN(time)) return [];
    return { at: new Date(time).toISOString(), state: trackingState(code), code, text: text || code, place: null };
  });
  rows.sort((one, other) => one.at.localeCompare(other.at));
  return {
    state: rows.at(-1)?.state ?? 'unknown',
    events: rows,
    deliveryBy: details?.expected_delivery_date?.slice(0, 10) ?? null,
  };
}

export function fromServicePoints({ data }: SendcloudServicePoints): readonly PickupPoint[] {
  return data.results.map(({ id, name, carrier, address, distance }) => ({
    id,
    name: carrier === null || carrier.name === '' ? name : `${name} (${carrier.name})`,
    address: {
      name,
      street1: [address.street, address.house_number].filter(Boolean).join(' '),
      postcode: address.postal_code,
      city: address.city,
      country: address.country_code,
    },
    distanceM: distance === null ? null : Math.round(distance),
  }));
}
