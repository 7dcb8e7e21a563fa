import type { Address } from '../../../shared/model/address.ts';
import type { Money } from '../../../shared/model/carrier.ts';
import { plainDecimal } from '../../../shared/model/minor-units.ts';
import type { CustomsContent, CustomsItem, ShipmentRequest } from '../carrier.ts';
import { kilograms } from '../carrier-text.ts';

/** How a service is taken: option and, where the account has several, contract. */
export interface ShipWith {
  readonly option: string;
  readonly contract: number | null;
}

export const mimeOf = (file: ShipmentRequest['label']['file']): string =>
  file === 'zpl' ? 'application/zpl' : 'application/pdf';

/** One parcel with our reference as `external_reference_id`: Sendcloud takes each only once. */
export function toShipment(
  request: ShipmentRequest,
  { option, contract }: ShipWith,
  senderAddressId: number | null,
): object {
  const { customs, label, options = {}, orderNumber, pickupPoint, reference } = request;
  const { insured } = options;
  return {
    label_details: { mime_type: mimeOf(label.file), dpi: label.dpi },
    from_address: senderAddressId === null ? toAddress(request.from) : { sender_address_id: senderAddressId },
    to_address: toAddress(request.to),
    ...(pickupPoint === undefined ? {} : { to_service_point: { id: pickupPoint } }),
    ship_with: {
      type: 'shipping_option_code',
      properties: { shipping_option_code: option, ...(contract === null ? {} : { contract_id: contract }) },
    },
    order_number: orderNumber,
    external_reference_id: reference,
    parcels: [
      {
        ...toMeasures(request),
        ...(insured ? { additional_insured_price: toPrice(insured) } : {}),
        ...(customs ? { parcel_items: toItems(customs) } : {}),
      },
    ],
    ...(customs ? { customs_information: toCustoms(customs, request) } : {}),
  };
}

const KINDS: Readonly<Record<CustomsContent['category'], { readonly reason: string; readonly type: number }>> = {
  gift: { reason: 'gift', type: 0 },
  documents: { reason: 'documents', type: 1 },
  sale: { reason: 'commercial_goods', type: 2 },
  sample: { reason: 'commercial_sample', type: 3 },
  returned: { reason: 'returned_goods', type: 4 },
  other: { reason: 'commercial_goods', type: 2 },
};

/** What a return is found again by: Sendcloud answers the order number, not the reference. */
export const returnNumber = ({ rma, orderNumber, reference }: ShipmentRequest): string =>
  `${rma ?? orderNumber} ${reference}`;

/** A return goes from the buyer to us as it stands: the Returns API turns nothing round. */
export function toReturn(request: ShipmentRequest, { option, contract }: ShipWith): object {
  const { customs, parcel } = request;
  return {
    from_address: toAddress(request.from),
    to_address: toAddress(request.to),
    ship_with: {
      type: 'shipping_option_code',
      shipping_option_code: option,
      ...(contract === null ? {} : { contract }),
    },
    dimensions: {
      length: parcel.lengthMm / 10,
      width: parcel.widthMm / 10,
      height: parcel.heightMm / 10,
      unit: 'cm',
    },
    weight: { value: Number(kilograms(parcel.weightMg, 3)), unit: 'kg' },
    collo_count: 1,
    send_tracking_emails: false,
    order_number: returnNumber(request),
    external_reference: request.reference,
    ...(customs ? { parcel_items: toItems(customs), customs_shipment_type: KINDS[customs.category].type } : {}),
  };
}

/** What can be sent and what it costs; `returns` are options of their own. */
export function toOptions(request: ShipmentRequest): object {
  const { from, to, kind, options = {} } = request;
  return {
    from_country_code: from.country,
    from_postal_code: from.postcode,
    to_country_code: to.country,
    to_postal_code: to.postcode,
    parcels: [toMeasures(request)],
    functionalities: { returns: kind === 'return', ...(options.signature ? { signature: true } : {}) },
    calculate_quotes: true,
  };
}

function toMeasures({ parcel }: ShipmentRequest): object {
  const cm = (mm: number): string => (mm / 10).toFixed(2);
  return {
    dimensions: { length: cm(parcel.lengthMm), width: cm(parcel.widthMm), height: cm(parcel.heightMm), unit: 'cm' },
    weight: { value: kilograms(parcel.weightMg, 3), unit: 'kg' },
  };
}

const toPrice = ({ minor, currency }: Money): object => ({ value: plainDecimal(minor, currency), currency });

/** `NY` is `US-NY` in ISO 3166-2. */
function stateOf({ region, country }: Address): string | undefined {
  if (region === undefined || region === '') return undefined;
  return /^[A-Z0-9]{1,3}$/.test(region) ? `${country}-${region}` : region;
}

function toAddress(address: Address): object {
  const parts = {
    name: address.name || address.company,
    company_name: address.company,
    address_line_1: address.street1,
    address_line_2: address.street2,
    postal_code: address.postcode,
    city: address.city,
    state_province_code: stateOf(address),
    country_code: address.country,
    phone_number: address.phone,
    email: address.email,
  };
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined && value !== ''));
}

/** Sendcloud wants weight and price of one piece. */
const toItems = ({ items }: CustomsContent): readonly object[] => items.flatMap(toLines);

/** Where the value of a line does not go into its pieces, some of them are a cent dearer: the sum stays what it is. */
function toLines(item: CustomsItem): readonly object[] {
  const { quantity, value } = item;
  const dearer = value.minor % quantity;
  const piece = Math.floor(value.minor / quantity);
  const weight = { value: Number(kilograms(item.netWeightMg / quantity, 3)), unit: 'kg' };
  const line = (pieces: number, minor: number): object => ({
    description: item.description,
    quantity: pieces,
    weight,
    price: toPrice({ minor, currency: value.currency }),
    sku: item.sku,
    ...(item.hsCode === undefined ? {} : { hs_code: item.hsCode }),
    ...(item.origin === undefined ? {} : { origin_country: item.origin }),
  });
  return dearer === 0 ? [line(quantity, piece)] : [line(quantity - dearer, piece), line(dearer, piece + 1)];
}

function toCustoms(customs: CustomsContent, { orderNumber, from }: ShipmentRequest): object {
  const known = { EORI: customs.eori, IOSS: customs.ioss, VAT: customs.vatId };
  const sender = Object.entries(known).flatMap(([name, value]) =>
    value === undefined ? [] : [{ name, country_code: from.country, value }],
  );
  return {
    invoice_number: customs.invoiceNumber ?? orderNumber,
    export_reason: KINDS[customs.category].reason,
    ...(sender.length > 0 ? { tax_numbers: { sender } } : {}),
  };
}
