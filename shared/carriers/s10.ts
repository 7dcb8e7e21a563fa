import { s10CheckDigit } from '../barcode/check-digits.ts';
import { type CarrierBarcode, grouped, partOf, serialDigits } from './carrier-number.ts';

/** A range that a post gave: only the designated operator of a country hands them out. */
export interface S10Range {
  /** Service indicator, two letters such as `RB`. */
  readonly service: string;
  /** ISO 3166 alpha-2 of the issuing post. */
  readonly country: string;
}

/** `F`, `I`, `O`, `X` and `Y` open no service (UPU S10-12); Chronopost's own `X` numbers only look alike. */
const SERVICE = /^[A-EGHJ-NP-WZ][A-Z]$/;

/** UPU S10: 13 characters, `RB473124829GB`. A number must not come again within 12 months, 24 are advised. */
export function buildS10({ service, country }: S10Range, serial: number): string {
  return s10Number({ service: partOf('service', service, SERVICE), country }, serialDigits(serial, 8));
}

/** The same form with any two letters in front: Colissimo and Chronopost use it with letters of their own. */
export function s10Number({ service, country }: S10Range, digits: string): string {
  partOf('service', service, /^[A-Z]{2}$/);
  partOf('country', country, /^[A-Z]{2}$/);
  return service + partOf('serial', digits, /^[0-9]{8}$/) + s10CheckDigit(digits) + country;
}

/** Code 128 of the number; people read `RB 473 124 829 GB`. */
export function s10Barcode(number: string): CarrierBarcode {
  return { kind: 'code128', text: number, readable: grouped(number, [2, 3, 3, 3]) };
}
