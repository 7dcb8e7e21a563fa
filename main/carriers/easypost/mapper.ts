import type { Address } from '../../../shared/model/address.ts';
import type { CarrierMessage, Money, TrackingState } from '../../../shared/model/carrier.ts';
import { currencyCode, minorUnits, plainDecimal } from '../../../shared/model/minor-units.ts';
import type { CustomsContent, Rate, ShipmentRequest, Tracking, VoidState } from '../carrier.ts';
import { errorMessage } from '../carrier-json.ts';
import type { EasyPostError, EasyPostRate, EasyPostShipment, EasyPostTracker, EasyPostVerified } from './wire.ts';

const MG_PER_OUNCE = 28_349.523125;
const MM_PER_INCH = 25.4;

/** EasyPost counts to a tenth; what is more than that is declared as the next one, never as less than it is. */
const upToTenth = (value: number): number => Math.ceil(Number((value * 10).toFixed(6))) / 10;
const ounces = (mg: number): number => upToTenth(mg / MG_PER_OUNCE);
const inches = (mm: number): number => upToTenth(mm / MM_PER_INCH);

export interface ShipmentOptions {
  readonly carrierAccounts: readonly string[];
  /** None where only rates are asked: a shipment under our reference is one that may be bought. */
  readonly reference: string | null;
  readonly now: Date;
}

/**
 * One parcel as EasyPost takes it. Of a return EasyPost wants the addresses of the way out and turns them round itself
 * (docs.easypost.com/docs/shipments/returns), so that our sender stands in `to_address`.
 */
export function toShipment(request: ShipmentRequest, { carrierAccounts, reference, now }: ShipmentOptions): object {
  const back = request.kind === 'return';
  const { parcel } = request;
  return {
    to_address: toAddress(back ? request.from : request.to),
    from_address: toAddress(back ? request.to : request.from),
    parcel: {
      length: inches(parcel.lengthMm),
      width: inches(parcel.widthMm),
      height: inches(parcel.heightMm),
      weight: ounces(parcel.weightMg),
    },
    ...(request.customs ? { customs_info: toCustoms(request.customs, request.from) } : {}),
    ...taxIds(request),
    options: toOptions(request, now),
    ...(back ? { is_return: true } : {}),
    ...(carrierAccounts.length > 0 ? { carrier_accounts: carrierAccounts } : {}),
    ...(reference === null ? {} : { reference }),
  };
}

export function toAddress(address: Address): object {
  const { name, company, street1, street2, city, region, postcode, country, phone, email } = address;
  const parts = { name, company, street1, street2, city, state: region, zip: postcode, country, phone, email };
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined && value !== ''));
}

function toOptions(request: ShipmentRequest, now: Date): object {
  const { customs, options = {}, label, rma, orderNumber, shipDate } = request;
  return {
    label_format: label.file === 'zpl' ? 'ZPL' : 'PDF',
    label_size: '4x6',
    print_custom_1: orderNumber,
    ...(rma === undefined ? {} : { print_custom_2: rma }),
    ...(shipDate > now.toISOString().slice(0, 10) ? { label_date: `${shipDate}T12:00:00Z` } : {}),
    ...(options.signature ? { delivery_confirmation: 'SIGNATURE' } : {}),
    ...(customs ? { incoterm: customs.incoterm } : {}),
    ...(customs?.invoiceNumber === undefined ? {} : { invoice_number: customs.invoiceNumber }),
  };
}

const CONTENTS: Readonly<Record<CustomsContent['category'], string>> = {
  gift: 'gift',
  documents: 'documents',
  sale: 'merchandise',
  sample: 'sample',
  returned: 'returned_goods',
  other: 'other',
};

/** Values and weights of a line are those of all its pieces together (docs.easypost.com/docs/customs-items). */
function toCustoms({ category, items, signedBy }: CustomsContent, from: Address): object {
  return {
    contents_type: CONTENTS[category],
    ...(category === 'other' ? { contents_explanation: items[0]?.description ?? '' } : {}),
    customs_certify: true,
    customs_signer: signedBy,
    // Exemption of small exports; only the United States ask for it.
    ...(from.country === 'US' ? { eel_pfc: 'NOEEI 30.37(a)' } : {}),
    non_delivery_option: 'return',
    restriction_type: 'none',
    customs_items: items.map((item) => ({
      description: item.description,
      quantity: item.quantity,
      weight: ounces(item.netWeightMg),
      value: plainDecimal(item.value.minor, item.value.currency),
      currency: item.value.currency,
      code: item.sku,
      ...(item.hsCode === undefined ? {} : { hs_tariff_number: item.hsCode }),
      ...(item.origin === undefined ? {} : { origin_country: item.origin }),
    })),
  };
}

function taxIds({ customs, from }: ShipmentRequest): object {
  const known = { EORI: customs?.eori, IOSS: customs?.ioss, VAT: customs?.vatId };
  const rows = Object.entries(known).flatMap(([type, id]) =>
    id === undefined ? [] : [{ entity: 'SENDER', tax_id: id, tax_id_type: type, issuing_country: from.country }],
  );
  return rows.length > 0 ? { tax_identifiers: rows } : {};
}

export const serviceCode = ({ carrier, service }: EasyPostRate): string => `${carrier}:${service}`;
export const serviceTitle = ({ carrier, service }: EasyPostRate): string =>
  `${carrier} ${service.replace(/([a-z])(?=[A-Z])/g, '$1 ')}`;

export function costOf({ rate, currency }: EasyPostRate): Money | null {
  const code = currencyCode(currency);
  const minor = minorUnits(rate, code);
  return code === null || minor === null ? null : { minor, currency: code };
}

/** A rate is known again by service and price: the shipment that is bought has rates of its own. */
const rateRefOf = (rate: EasyPostRate, cost: Money): string => `${serviceCode(rate)}@${cost.minor}${cost.currency}`;

export function fromRates(rates: readonly EasyPostRate[]): readonly Rate[] {
  return rates.flatMap((rate) => {
    const cost = costOf(rate);
    if (!cost) return [];
    return {
      service: serviceCode(rate),
      title: serviceTitle(rate),
      cost,
      deliveryBy: rate.delivery_date?.slice(0, 10) ?? null,
      transitDays: rate.delivery_days,
      rateRef: rateRefOf(rate, cost),
    };
  });
}

/** The rate to buy: exactly the one that was shown, or the cheapest of the service. */
export function chooseRate(
  { rates, messages }: EasyPostShipment,
  { service, rateRef }: { readonly service: string; readonly rateRef: string | null },
): { readonly rate: EasyPostRate } | { readonly refused: readonly CarrierMessage[] } {
  const offers = rates
    .flatMap((rate) => {
      const cost = costOf(rate);
      return cost && (service === '' || serviceCode(rate) === service) ? [{ rate, cost }] : [];
    })
    .sort((one, other) => one.cost.minor - other.cost.minor);
  const [cheapest] = offers;
  if (!cheapest) {
    const words = `no rate for ${service === '' ? 'this parcel' : service}`;
    return { refused: [errorMessage('no-rate', words, 'service'), ...fromMessages(messages)] };
  }
  if (rateRef === null) return { rate: cheapest.rate };
  const same = offers.find(({ rate, cost }) => rateRefOf(rate, cost) === rateRef);
  if (same) return { rate: same.rate };
  const now = `${plainDecimal(cheapest.cost.minor, cheapest.cost.currency)} ${cheapest.cost.currency}`;
  return { refused: [errorMessage('rate-changed', `the price has changed to ${now}`, 'service')] };
}

/** Carriers of the account that gave no rate say why. */
export function fromMessages(messages: EasyPostShipment['messages']): readonly CarrierMessage[] {
  return messages.map(({ carrier, type, message }) => ({
    level: 'warning',
    code: type || 'message',
    text: carrier === '' ? message : `${carrier}: ${message}`,
  }));
}

const FIELDS: Readonly<Record<string, string>> = { zip: 'to.postcode', city: 'to.city', street1: 'to.street1' };

export function fromError({ error: { code, message, errors } }: EasyPostError): readonly CarrierMessage[] {
  const text = [message ?? code].flat().join(' ') || code || 'refused without words';
  const rows = errors.map((row) => (typeof row === 'string' ? { field: '', message: row } : row));
  const details = rows.map(({ field, message: words }) => (field === '' ? words : `${field}: ${words}`));
  const field = rows.map((row) => FIELDS[row.field]).find(Boolean);
  return [errorMessage(code || 'error', [text, ...details].join(' '), field)];
}

/** Carriers that bill by the scan have nothing to refund: a label that nobody uses costs nothing. */
export function fromRefund(status: string | null): VoidState | null {
  switch (status) {
    case null:
      return null;
    case 'submitted':
      return 'requested';
    case 'refunded':
    case 'not_applicable':
      return 'voided';
    default:
      return 'refused';
  }
}

const STATES: Readonly<Record<string, TrackingState>> = {
  unknown: 'unknown',
  pre_transit: 'pending',
  in_transit: 'in-transit',
  out_for_delivery: 'out-for-delivery',
  available_for_pickup: 'ready-for-pickup',
  delivered: 'delivered',
  return_to_sender: 'returned',
  failure: 'exception',
  error: 'exception',
  cancelled: 'cancelled',
};

export function fromTracker(tracker: EasyPostTracker): Tracking {
  const events = tracker.tracking_details.flatMap((detail) => {
    const time = Date.parse(detail.datetime);
    if (Number.isNaN(time)) return [];
    const { city = '', state = '', country = '' } = detail.tracking_location ?? {};
    return {
      at: new Date(time).toISOString(),
      state: STATES[detail.status] ?? 'unknown',
      code: detail.status_detail || detail.status,
      text: detail.message || detail.status,
      place: [city, state, country].filter(Boolean).join(', ') || null,
    };
  });
  return {
    state: STATES[tracker.status] ?? 'unknown',
    events: events.sort((one, other) => one.at.localeCompare(other.at)),
    deliveryBy: tracker.est_delivery_date?.slice(0, 10) ?? null,
  };
}

/** What is said against the address, though the answer is a good one. */
export function againstAddress({ address: { verifications } }: EasyPostVerified): readonly CarrierMessage[] {
  const delivery = verifications?.delivery;
  const errors = delivery?.errors.map(({ code, message }) => errorMessage(code || 'address', message || code)) ?? [];
  if (errors.length > 0) return errors;
  return delivery?.success === false ? [errorMessage('address', 'Address not verified')] : [];
}

const words = (text: string | undefined): string => (text ?? '').trim().toUpperCase();

/** Letters are not changed by a correction: services answer in capitals. */
export function fromVerified(given: Address, { address }: EasyPostVerified): { address: Address; changed: boolean } {
  const corrected: Address = {
    ...given,
    street1: address.street1,
    ...(address.street2 === '' ? {} : { street2: address.street2 }),
    city: address.city,
    postcode: address.zip,
    ...(address.state === '' ? {} : { region: address.state }),
    country: address.country === '' ? given.country : address.country,
  };
  const parts = ['street1', 'street2', 'city', 'postcode', 'region', 'country'] as const;
  return { address: corrected, changed: parts.some((part) => words(given[part]) !== words(corrected[part])) };
}
