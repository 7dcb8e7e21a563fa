import type { Address } from '../../../shared/model/address.ts';
import type { CarrierMessage, TrackingState } from '../../../shared/model/carrier.ts';
import { fractionDigits } from '../../../shared/model/minor-units.ts';
import type { CustomsContent, Purchase, ShipmentRequest, Tracking } from '../carrier.ts';
import { longCountry } from '../carrier-country.ts';
import { errorMessage } from '../carrier-json.ts';
import { labelFile, labelFromBase64 } from '../carrier-label.ts';
import { PROFILE } from './client.ts';
import type { DhlItem, DhlOrders, DhlTracking, DhlValidation } from './wire.ts';

const MG_PER_G = 1_000;
/** DHL's reference has 8 to 35 characters. */
const REFERENCE = { shortest: 8, longest: 35 };

/** Our label's id without hyphens fits into the 35 characters. */
export function referenceOf(reference: string): string {
  return reference.replaceAll('-', '').slice(0, REFERENCE.longest).padEnd(REFERENCE.shortest, '0');
}

export const products = {
  V01PAK: 'DHL Paket',
  V62KP: 'DHL Kleinpaket',
  V53WPAK: 'DHL Paket International',
} as const;
export type DhlProduct = keyof typeof products;

/** Digits 11 and 12 of a billing number: DHL refuses a product under the number of another one. */
export const procedures: Readonly<Record<DhlProduct, string>> = { V01PAK: '01', V62KP: '62', V53WPAK: '53' };

/**
 * The billing number of a product: 10 digits of the customer, the procedure, 2 of the participation. Where the account
 * names none, the one of `home` with the product's own procedure: participations are mostly the same.
 */
export function billingNumberOf(
  product: DhlProduct,
  numbers: { readonly home: string; readonly abroad: string; readonly small: string },
): string {
  const named = { V01PAK: numbers.home, V62KP: numbers.small, V53WPAK: numbers.abroad }[product];
  return named || numbers.home.slice(0, 10) + procedures[product] + numbers.home.slice(12);
}

export function productOf(request: ShipmentRequest): DhlProduct {
  const named = (Object.keys(products) as DhlProduct[]).find((code) => code === request.service); // its own keys
  return named ?? (request.to.country === 'DE' ? 'V01PAK' : 'V53WPAK');
}

/** What DHL would refuse anyway, said before anything is sent. */
export function unsupported(request: ShipmentRequest): readonly CarrierMessage[] {
  const { options = {}, to, kind, from } = request;
  const place = kind === 'return' ? from : to;
  return [
    ...(options.hazardous
      ? [errorMessage('hazardous', 'dangerous goods need a contract of their own with DHL', 'options.hazardous')]
      : []),
    ...(longCountry(place.country) === undefined
      ? [errorMessage('country', `DHL does not know the country ${place.country}`, 'to.country')]
      : []),
  ];
}

function toAddress(address: Address): object {
  const { name, company, street1, street2, postcode, city, region, country, phone, email } = address;
  return {
    name1: company ?? name,
    ...(company ? { name2: name } : {}),
    addressStreet: street1,
    ...(street2 ? { additionalAddressInformation1: street2 } : {}),
    postalCode: postcode,
    city,
    ...(region ? { state: region } : {}),
    country: longCountry(country),
    ...(phone ? { phone } : {}),
    ...(email ? { email } : {}),
  };
}

const grams = (mg: number): object => ({ uom: 'g', value: Math.ceil(mg / MG_PER_G) });

function toCustoms({ items, incoterm, invoiceNumber, category }: CustomsContent): object {
  const money = (minor: number, currency: string) => ({ currency, value: minor / 10 ** fractionDigits(currency) });
  const exportType = { sale: 'COMMERCIAL_GOODS', gift: 'PRESENT', sample: 'COMMERCIAL_SAMPLE' } as const;
  const known = category === 'sale' || category === 'gift' || category === 'sample' ? exportType[category] : 'OTHER';
  const returned = category === 'returned' ? 'RETURN_OF_GOODS' : known;
  return {
    exportType: category === 'documents' ? 'DOCUMENT' : returned,
    ...(returned === 'OTHER' ? { exportDescription: category } : {}),
    shippingConditions: incoterm,
    ...(invoiceNumber ? { invoiceNo: invoiceNumber } : {}),
    postalCharges: money(0, items[0]?.value.currency ?? 'EUR'),
    items: items.map((item) => ({
      itemDescription: item.description,
      packagedQuantity: item.quantity,
      // DHL wants value and weight of one piece.
      itemValue: money(Math.round(item.value.minor / item.quantity), item.value.currency),
      itemWeight: grams(item.netWeightMg / item.quantity),
      ...(item.hsCode ? { hsCode: item.hsCode } : {}),
      ...(item.origin ? { countryOfOrigin: longCountry(item.origin) } : {}),
    })),
  };
}

/** `orders`: grams rounded up, millimetres. */
export function toOrder(request: ShipmentRequest, billingNumber: string): object {
  const { parcel, from, to, shipDate, customs, options = {} } = request;
  const services = {
    ...(options.signature ? { signedForByRecipient: true } : {}),
    ...(options.insured
      ? { additionalInsurance: { currency: options.insured.currency, value: options.insured.minor / 100 } }
      : {}),
  };
  return {
    profile: PROFILE,
    shipments: [
      {
        product: productOf(request),
        billingNumber,
        refNo: referenceOf(request.reference),
        shipDate,
        shipper: toAddress(from),
        consignee: toAddress(to),
        details: {
          dim: { uom: 'mm', length: parcel.lengthMm, width: parcel.widthMm, height: parcel.heightMm },
          weight: grams(parcel.weightMg),
        },
        ...(Object.keys(services).length > 0 ? { services } : {}),
        ...(customs ? { customs: toCustoms(customs) } : {}),
      },
    ],
  };
}

/** Who sends it back is told as the shipper; where it goes stands behind the receiver id of the contract. */
export function toReturn(request: ShipmentRequest, receiverId: string): object {
  const { from, parcel, rma } = request;
  return {
    receiverId,
    customerReference: referenceOf(request.reference),
    ...(rma ? { shipmentReference: rma } : {}),
    shipper: toAddress(from),
    itemWeight: grams(parcel.weightMg),
  };
}

const isWarning = ({ validationState: state }: DhlValidation): boolean => /^warning$/i.test(state);

function message({ property, validationMessage, validationState }: DhlValidation): CarrierMessage {
  const level = /^warning$/i.test(validationState) ? 'warning' : 'error';
  return { level, code: property, text: validationMessage, ...(property === '' ? {} : { field: property }) };
}

/** Why an order was refused; the title of the answer where no field is named. */
export function fromRefusal({ status, items }: DhlOrders): readonly CarrierMessage[] {
  const said = items.flatMap((item) => item.validationMessages.map(message));
  if (said.some(({ level }) => level === 'error')) return said;
  const titles = [...items.map(({ sstatus }) => sstatus), status].flatMap((one) => one?.detail ?? one?.title ?? []);
  return [errorMessage('refused', titles.find((title) => title !== '') ?? 'DHL refused the order'), ...said];
}

export function warningsOf(item: DhlItem): readonly CarrierMessage[] {
  return item.validationMessages.filter(isWarning).map(message);
}

/** The number as DHL says it, and as the symbol with AI (00) carries it. */
const textsOf = (shipmentNo: string): readonly string[] =>
  /^\d{18}$/.test(shipmentNo) ? [`00${shipmentNo}`, shipmentNo] : [shipmentNo];

const trackingUrl = (number: string): string =>
  `https://www.dhl.de/de/privatkunden/pakete-empfangen/verfolgen.html?piececode=${number}`;

/** A PDF comes as base64, ZPL as the text itself; in base64 it is taken as well. */
function fileOf(label: DhlItem['label']): ReturnType<typeof labelFile> {
  const { zpl2 = '', b64 = '' } = label ?? {};
  return zpl2.includes('^XA') ? labelFile(Buffer.from(zpl2, 'utf8')) : labelFromBase64(zpl2 || b64);
}

/** Throws `carrier.unreadable` for a label that is not whole. */
export function toPurchase(item: DhlItem, service: DhlProduct): Purchase {
  const { shipmentNo = '', label, customsDoc } = item;
  return {
    carrierRef: shipmentNo,
    trackingNumber: shipmentNo,
    scanTexts: textsOf(shipmentNo),
    service,
    serviceTitle: products[service],
    // DHL bills by the contract at the end of the month.
    cost: null,
    label: fileOf(label),
    papers: customsDoc?.b64 ? [{ kind: 'customs-form', pdf: Buffer.from(customsDoc.b64, 'base64') }] : [],
    trackingUrl: trackingUrl(shipmentNo),
    validUntil: null,
  };
}

/** Orders and returns are services apart: the one knows nothing of what the other made. */
const RETURN = 'return:';
export const isReturn = (carrierRef: string): boolean => carrierRef.startsWith(RETURN);

export function toReturnPurchase(shipmentNo: string, b64: string): Purchase {
  return {
    carrierRef: RETURN + shipmentNo,
    trackingNumber: shipmentNo,
    scanTexts: textsOf(shipmentNo),
    service: 'return',
    serviceTitle: 'DHL Retoure',
    cost: null,
    label: labelFromBase64(b64),
    papers: [],
    trackingUrl: trackingUrl(shipmentNo),
    validUntil: null,
  };
}

const states: Readonly<Record<string, TrackingState>> = {
  'pre-transit': 'pending',
  transit: 'in-transit',
  delivered: 'delivered',
  failure: 'exception',
};

/** The service tells its events newest first. */
export function fromTracking({ shipments }: DhlTracking): Tracking {
  const [shipment] = shipments;
  const events = [...(shipment?.events ?? [])]
    .map((event) => ({
      at: new Date(event.timestamp).toISOString(),
      state: states[event.statusCode] ?? ('unknown' as const),
      code: event.status === '' ? event.statusCode : event.status,
      text: event.description === '' ? event.status : event.description,
      place: event.location?.address.addressLocality ?? null,
    }))
    .sort((one, other) => one.at.localeCompare(other.at));
  return {
    state: states[shipment?.status.statusCode ?? ''] ?? 'unknown',
    events,
    deliveryBy: shipment?.estimatedTimeOfDelivery?.slice(0, 10) ?? null,
  };
}
