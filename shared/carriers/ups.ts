import { upsCheckDigit } from '../barcode/carrier-check-digits.ts';
import { type CarrierBarcode, grouped, partOf, serialDigits } from './carrier-number.ts';

/** UPS tracking number `1Z` + shipper (6) + service (2) + package (7) + check digit. */
export function buildUps1z(range: { readonly shipper: string; readonly service: string }, serial: number): string {
  const body =
    partOf('shipper', range.shipper, /^[0-9A-Z]{6}$/) +
    partOf('service', range.service, /^[0-9A-Z]{2}$/) +
    serialDigits(serial, 7);
  return `1Z${body}${upsCheckDigit(body)}`;
}

/** Code 128 without FNC1; people read `1Z 0FH 344 68 3174 4085`. */
export function ups1zBarcode(number: string): CarrierBarcode {
  return { kind: 'code128', text: number, readable: grouped(number, [2, 3, 3, 2, 4]) };
}
