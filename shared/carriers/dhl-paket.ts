import { dhlPaketCheckDigit } from '../barcode/carrier-check-digits.ts';
import { type CarrierBarcode, grouped, partOf, serialDigits } from './carrier-number.ts';

/** Identcode: distribution centre (2), customer (3), serial (6), check digit. */
export function buildIdentcode(range: { readonly centre: string; readonly customer: string }, serial: number): string {
  const body =
    partOf('centre', range.centre, /^[0-9]{2}$/) +
    partOf('customer', range.customer, /^[0-9]{3}$/) +
    serialDigits(serial, 6);
  return body + dhlPaketCheckDigit(body);
}

/** What the Leitcode routes by; the street code stands in the carrier's "Leitdaten". */
export interface Leitcode {
  /** German postcode, five digits. */
  readonly postcode: string;
  /** Three digits each. */
  readonly street: string;
  readonly house: string;
  /** Two digits. */
  readonly product: string;
}

/** Leitcode: postcode (5), street (3), house (3), product (2), check digit. */
export function buildLeitcode({ postcode, street, house, product }: Leitcode): string {
  const body =
    partOf('postcode', postcode, /^[0-9]{5}$/) +
    partOf('street', street, /^[0-9]{3}$/) +
    partOf('house', house, /^[0-9]{3}$/) +
    partOf('product', product, /^[0-9]{2}$/);
  return body + dhlPaketCheckDigit(body);
}

/** Interleaved 2 of 5; people read `56.31 0.243.031 3`. */
export function identcodeBarcode(code: string): CarrierBarcode {
  const [, centre, city, a, b, c, check] = /^(..)(..)(.)(...)(...)(.)$/.exec(partOf('code', code, /^[0-9]{12}$/)) ?? [];
  return { kind: 'itf', text: code, readable: `${centre}.${city} ${a}.${b}.${c} ${check}` };
}

/** Interleaved 2 of 5; people read `21348.075.016.40 1`. */
export function leitcodeBarcode(code: string): CarrierBarcode {
  const [, postcode, street, house, product, check] =
    /^(.{5})(...)(...)(..)(.)$/.exec(partOf('code', code, /^[0-9]{14}$/)) ?? [];
  return { kind: 'itf', text: code, readable: `${postcode}.${street}.${house}.${product} ${check}` };
}

/** Routing of today's label: ISO 3166 numeric, postcode, `+`, the 14 digits that the carrier's data give. */
export const DHL_ROUTING = /^[0-9]{3}[0-9A-Z]{3,9}\+[0-9]{14}$/;

/** GS1-128 (403) of the routing code, `(403) 276 80807+99000943042250`. */
export function dhlRoutingBarcode(routing: string): CarrierBarcode {
  partOf('routing', routing, DHL_ROUTING);
  const elements = [{ ai: '403', value: routing, variableLength: true }];
  return { kind: 'gs1-128', elements, readable: `(403) ${grouped(routing, [3])}` };
}

/** GS1-128 (00) of the parcel's SSCC out of DHL's 340434 ranges; people read 20 digits, AI in front. */
export function dhlItemBarcode(sscc: string): CarrierBarcode {
  partOf('sscc', sscc, /^[0-9]{18}$/);
  const elements = [{ ai: '00', value: sscc, variableLength: false }];
  return { kind: 'gs1-128', elements, readable: `(00) ${grouped(sscc, [1, 7, 9])}` };
}
