import { isObject } from '../../../shared/json/wire-values.ts';
import type { Address } from '../../../shared/model/address.ts';
import type { CarrierMessage, Money, TrackingState } from '../../../shared/model/carrier.ts';
import { currencyCode, minorUnits, plainDecimal } from '../../../shared/model/minor-units.ts';
import type { CustomsContent, Rate, ShipmentRequest, Tracking, VoidState } from '../carrier.ts';
import { errorMessage } from '../carrier-json.ts';
import type {
  ShippoMessages,
  ShippoRate,
  ShippoShipment,
  ShippoTrack,
  ShippoTransaction,
  ShippoValidated,
} from './wire.ts';

/** Shippo takes four decimals: milligrams are told exactly. */
const grams = (mg: number): string => (mg / 1_000).toFixed(3);

/**
 * One parcel as Shippo takes it. Of a return Shippo wants the addresses of the way out and turns them round itself
 * (docs.goshippo.com/docs/shipments/returns), so that our sender stands in `address_to`.
 */
export function toShipment(request: ShipmentRequest): object {
  const back = request.kind === 'return';
  const { parcel, customs } = request;
  return {
    address_from: toAddress(back ? request.to : request.from),
    address_to: toAddress(back ? request.from : request.to),
    parcels: [
      {
        length: String(parcel.lengthMm),
        width: String(parcel.widthMm),
        height: String(parcel.heightMm),
        distance_unit: 'mm',
        weight: grams(parcel.weightMg),
        mass_unit: 'g',
      },
    ],
    extra: toExtra(request),
    shipment_date: `${request.shipDate}T12:00:00Z`,
    metadata: request.reference,
    ...(customs ? { customs_declaration: toCustoms(customs, request.from) } : {}),
  };
}

function toAddress(address: Address): object {
  const { name, company, street1, street2, city, region, postcode, country, phone, email } = address;
  const parts = { name, company, street1, street2, city, state: region, zip: postcode, country, phone, email };
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined && value !== ''));
}

function toExtra({ kind, orderNumber, rma, options = {} }: ShipmentRequest): object {
  const { signature, insured } = options;
  return {
    reference_1: orderNumber,
    ...(rma === undefined ? {} : { reference_2: rma }),
    ...(kind === 'return' ? { is_return: true } : {}),
    ...(signature ? { signature_confirmation: 'STANDARD' } : {}),
    ...(insured
      ? { insurance: { amount: plainDecimal(insured.minor, insured.currency), currency: insured.currency } }
      : {}),
  };
}

const CONTENTS: Readonly<Record<CustomsContent['category'], string>> = {
  gift: 'GIFT',
  documents: 'DOCUMENTS',
  sale: 'MERCHANDISE',
  sample: 'SAMPLE',
  returned: 'RETURN_MERCHANDISE',
  other: 'OTHER',
};

/** Weights and values of a line are those of all its pieces together. */
function toCustoms(customs: CustomsContent, from: Address): object {
  const { category, items, incoterm, invoiceNumber, eori, ioss, vatId, signedBy } = customs;
  const taxId = ioss === undefined ? (vatId === undefined ? undefined : ['VAT', vatId]) : ['IOSS', ioss];
  return {
    contents_type: CONTENTS[category],
    contents_explanation: items
      .map(({ description }) => description)
      .join(', ')
      .slice(0, 80),
    non_delivery_option: 'RETURN',
    certify: true,
    certify_signer: signedBy,
    incoterm,
    // Exemption of small exports; only the United States ask for it.
    ...(from.country === 'US' ? { eel_pfc: 'NOEEI_30_37_a' } : {}),
    ...(invoiceNumber === undefined ? {} : { invoice: invoiceNumber }),
    ...(eori === undefined && taxId === undefined
      ? {}
      : {
          exporter_identification: {
            ...(eori === undefined ? {} : { eori_number: eori }),
            ...(taxId === undefined ? {} : { tax_id: { type: taxId[0], number: taxId[1] } }),
          },
        }),
    items: items.map((item) => ({
      description: item.description,
      quantity: item.quantity,
      net_weight: grams(item.netWeightMg),
      mass_unit: 'g',
      value_amount: plainDecimal(item.value.minor, item.value.currency),
      value_currency: item.value.currency,
      sku_code: item.sku,
      ...(item.hsCode === undefined ? {} : { tariff_number: item.hsCode }),
      ...(item.origin === undefined ? {} : { origin_country: item.origin }),
    })),
  };
}

export const titleOf = ({ provider, servicelevel }: ShippoRate): string =>
  servicelevel.name === '' ? `${provider} ${servicelevel.token}` : `${provider} ${servicelevel.name}`;

/** `DHL Express` is `dhl_express` where Shippo asks for a carrier. */
export const carrierToken = (provider: string): string =>
  provider
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');

export function costOf({ amount, currency }: ShippoRate): Money | null {
  const code = currencyCode(currency);
  const minor = minorUnits(amount, code);
  return code === null || minor === null ? null : { minor, currency: code };
}

export function fromRates(rates: readonly ShippoRate[]): readonly Rate[] {
  return rates.flatMap((rate) => {
    const cost = costOf(rate);
    if (!cost) return [];
    return {
      service: rate.servicelevel.token,
      title: titleOf(rate),
      cost,
      deliveryBy: null,
      transitDays: rate.estimated_days,
      rateRef: rate.object_id,
    };
  });
}

/** The cheapest rate of the service, of all where none is named. */
export function cheapest({ rates }: ShippoShipment, service: string): ShippoRate | undefined {
  return rates
    .filter((rate) => costOf(rate) !== null && (service === '' || rate.servicelevel.token === service))
    .sort((one, other) => Number(one.amount) - Number(other.amount))[0];
}

/** What carriers say beside an answer. */
export function fromMessages(rows: ShippoMessages, level: CarrierMessage['level']): readonly CarrierMessage[] {
  return rows
    .filter(({ text, code }) => text !== '' || code !== '')
    .map(({ source, code, text }) => ({
      level,
      code: code || 'message',
      text: [source, text || code].filter(Boolean).join(': '),
    }));
}

/** Shippo's refusals are `{detail}`, or a tree of field names with lists of words at its ends. */
export function fromError(body: unknown): readonly CarrierMessage[] {
  const rows = wordsIn(body, []).slice(0, 10);
  if (rows.length === 0) return [errorMessage('error', 'refused without words')];
  return rows.map(({ path, text }) => {
    const at = path.filter((name) => name !== '__all__' && name !== 'detail').join('.');
    return errorMessage(at || 'error', at === '' ? text : `${at}: ${text}`, FIELDS[at]);
  });
}

const FIELDS: Readonly<Record<string, string>> = {
  'address_to.zip': 'to.postcode',
  'address_to.city': 'to.city',
  'address_to.country': 'to.country',
  'address_to.street1': 'to.street1',
  'parcels.0.weight': 'parcel.weightMg',
};

function wordsIn(value: unknown, path: readonly string[]): { path: readonly string[]; text: string }[] {
  if (typeof value === 'string') return value.trim() === '' ? [] : [{ path, text: value.trim() }];
  if (Array.isArray(value))
    return value.flatMap((each, at) => wordsIn(each, typeof each === 'string' ? path : [...path, String(at)]));
  return isObject(value) ? Object.entries(value).flatMap(([key, each]) => wordsIn(each, [...path, key])) : [];
}

export function fromStatus(status: ShippoTransaction['status']): VoidState | null {
  switch (status) {
    case 'REFUNDED':
      return 'voided';
    case 'REFUNDPENDING':
      return 'requested';
    case 'REFUNDREJECTED':
      return 'refused';
    case 'WAITING':
    case 'QUEUED':
    case 'SUCCESS':
    case 'ERROR':
      return null;
  }
}

const STATES: Readonly<Record<string, TrackingState>> = {
  UNKNOWN: 'unknown',
  PRE_TRANSIT: 'pending',
  TRANSIT: 'in-transit',
  DELIVERED: 'delivered',
  RETURNED: 'returned',
  FAILURE: 'exception',
};
const SUBSTATES: Readonly<Record<string, TrackingState>> = {
  package_accepted: 'picked-up',
  out_for_delivery: 'out-for-delivery',
  pickup_available: 'ready-for-pickup',
};

const stateOf = (step: ShippoTrack['tracking_history'][number]): TrackingState =>
  SUBSTATES[step.substatus?.code ?? ''] ?? STATES[step.status] ?? 'unknown';

export function fromTrack({ tracking_status: now, tracking_history: history, eta }: ShippoTrack): Tracking {
  const events = history.flatMap((step) => {
    const time = Date.parse(step.status_date ?? '');
    if (Number.isNaN(time)) return [];
    const { city = '', state = '', country = '' } = step.location ?? {};
    return {
      at: new Date(time).toISOString(),
      state: stateOf(step),
      code: step.substatus?.code || step.status,
      text: step.status_details || step.status,
      place: [city, state, country].filter(Boolean).join(', ') || null,
    };
  });
  return {
    state: now ? stateOf(now) : 'unknown',
    events: events.sort((one, other) => one.at.localeCompare(other.at)),
    deliveryBy: eta?.slice(0, 10) ?? null,
  };
}

export function toQuery(address: Address): Readonly<Record<string, string>> {
  const parts = {
    name: address.name,
    organization: address.company,
    address_line_1: address.street1,
    address_line_2: address.street2,
    city_locality: address.city,
    state_province: address.region,
    postal_code: address.postcode,
    country_code: address.country,
  };
  return Object.fromEntries(
    Object.entries(parts).flatMap(([key, value]) => (value === undefined || value === '' ? [] : [[key, value]])),
  );
}

const same = (one: string | undefined, other: string | undefined): boolean =>
  (one ?? '').trim().toUpperCase() === (other ?? '').trim().toUpperCase();

export function fromValidated(given: Address, { recommended_address: found }: ShippoValidated) {
  if (!found) return { address: given, changed: false };
  const address: Address = {
    ...given,
    street1: found.address_line_1 || given.street1,
    ...(found.address_line_2 === '' ? {} : { street2: found.address_line_2 }),
    city: found.city_locality || given.city,
    postcode: found.postal_code || given.postcode,
    ...(found.state_province === '' ? {} : { region: found.state_province }),
    country: found.country_code || given.country,
  };
  const parts = ['street1', 'street2', 'city', 'postcode', 'region', 'country'] as const;
  return { address, changed: parts.some((part) => !same(given[part], address[part])) };
}
