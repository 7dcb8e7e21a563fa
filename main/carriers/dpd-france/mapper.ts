import { AppError } from '../../../shared/errors.ts';
import type { Address } from '../../../shared/model/address.ts';
import { plainDecimal } from '../../../shared/model/minor-units.ts';
import type { Purchase, ShipmentRequest } from '../carrier.ts';
import { labelFromBase64 } from '../carrier-label.ts';
import type { XmlNode } from '../carrier-soap.ts';
import { frenchDay, kilograms } from '../carrier-text.ts';
import type { DpdAccount } from './client.ts';
import { productOf } from './products.ts';
import type { Barcode, Label } from './wire.ts';

/** Days that a return label is taken; the service wants seven at least. */
export const RETURN_DAYS = 30;

/** References have 35 letters: a UUID goes without its hyphens. */
export function parcelReference(reference: string): string {
  return reference.replace(/[^0-9A-Za-z]/g, '').slice(-35);
}

export function toCustomer({ centerNumber, customerNumber, countryCode }: DpdAccount): XmlNode {
  return { centernumber: centerNumber, number: customerNumber, countrycode: countryCode };
}

function toAddress({ name, company, street1, postcode, city, country, phone }: Address): XmlNode {
  return {
    countryPrefix: country,
    zipCode: postcode,
    city,
    street: street1,
    name: name || company,
    phoneNumber: phone?.slice(0, 30),
  };
}

/** `name2` is printed under the name, `vinfo1` is what the driver reads. */
function toInfo({ name, company, street2 }: Address): XmlNode {
  return { name2: name ? company : undefined, vinfo1: street2?.slice(0, 35) };
}

/** A PDF is A4 or A6, no sheet of a label printer; ZPL is read by the station whatever its printer takes. */
function labelType({ label }: ShipmentRequest): string {
  return label.dpi === 300 ? 'ZPL300_A6' : 'ZPL_A6';
}

/** The order of the elements is that of the service's schema: it does not read what comes out of turn. */
function toBase({ from, to, shipDate }: ShipmentRequest, account: DpdAccount): XmlNode {
  return {
    receiveraddress: toAddress(to),
    receiverinfo: toInfo(to),
    shipperaddress: toAddress(from),
    shipperinfo: toInfo(from),
    customer_countrycode: account.countryCode,
    customer_centernumber: account.centerNumber,
    customer_number: account.customerNumber,
    shippingdate: frenchDay(shipDate),
  };
}

function toServices({ service, to, options, pickupPoint }: ShipmentRequest): XmlNode {
  const { insured } = options ?? {};
  return {
    contact: { sms: to.phone, email: to.email, type: service === 'PREDICT' ? 'Predict' : 'No' },
    ...(insured
      ? { extraInsurance: { value: plainDecimal(insured.minor, insured.currency), type: 'byShipments' } }
      : {}),
    ...(productOf(service)?.pickupPoint ? { parcelshop: { shopaddress: { shopid: pickupPoint } } } : {}),
  };
}

/** A parcel as `CreateShipmentWithLabelsBc` wants it. */
export function toShipment(request: ShipmentRequest, account: DpdAccount): XmlNode {
  return {
    request: {
      ...toBase(request, account),
      services: toServices(request),
      weight: kilograms(request.parcel.weightMg, 2),
      referencenumber: parcelReference(request.reference),
      reference2: request.orderNumber.slice(0, 35),
      labelType: { type: labelType(request) },
      refnrasbarcode: false,
    },
  };
}

/** A return as `CreateReverseInverseShipmentWithLabelsBc` wants it: from the buyer, to the shop. */
export function toReturn(request: ShipmentRequest, account: DpdAccount): XmlNode {
  const { from } = request;
  return {
    request: {
      ...toBase(request, account),
      weight: kilograms(request.parcel.weightMg, 2),
      expire_offset: RETURN_DAYS,
      referencenumber: parcelReference(request.reference),
      services: { contact: { sms: from.phone, email: from.email, type: 'No' } },
      customLabelText: request.rma,
      labelType: { type: labelType(request) },
      refasbarcode: false,
    },
  };
}

/** The label of a parcel again, as `GetLabelBc` wants to be asked. */
export function toLabelRequest(barcodeId: string, request: ShipmentRequest, account: DpdAccount): XmlNode {
  return {
    request: {
      refnrasbarcode: false,
      labelType: { type: labelType(request) },
      shipmentNumber: barcodeId,
      customer: toCustomer(account),
    },
  };
}

/** `902-10774000248387`: the service wants both parts of a number back. */
export function carrierRefOf({ BarcodeSource, BarcodeId }: Barcode): string {
  return `${BarcodeSource}-${BarcodeId}`;
}

export function toTermination(carrierRef: string, account: DpdAccount): XmlNode {
  const [source = '', id = ''] = carrierRef.split('-');
  return {
    request: { customer: toCustomer(account), BarcodeSource: source, BarcodeId: id, Reason: 'Etiquette annulee' },
  };
}

function daysAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

export function toPurchase(
  { shipment, labels }: { shipment: Barcode | undefined; labels: readonly Label[] },
  { service, kind, shipDate }: ShipmentRequest,
): Purchase {
  // Proofs and attachments are papers of the depot; the first label of the parcel itself counts.
  const label = labels.find(({ type }) => /^(?:EPRINT|BIC3|REVERSE|REVERSEBIC3)$/.test(type));
  if (!shipment || !label) throw new AppError('remote', 'carrier.unreadable', { why: 'no-label' });
  return {
    carrierRef: carrierRefOf(shipment),
    trackingNumber: shipment.BarcodeId,
    scanTexts: [shipment.BarCode],
    service,
    serviceTitle: productOf(service)?.title ?? `DPD ${service}`,
    cost: null,
    label: labelFromBase64(label.label),
    papers: [],
    trackingUrl: `https://www.dpd.fr/traces_${encodeURIComponent(shipment.BarcodeId)}`,
    validUntil: kind === 'return' ? daysAfter(shipDate, RETURN_DAYS) : null,
  };
}
