import { mod10CheckDigit } from '../barcode/check-digits.ts';
import { type CarrierBarcode, grouped, partOf, serialDigits } from './carrier-number.ts';
import { s10Number } from './s10.ts';

/** France and overseas: product (`8L`) + ten digits + key. */
export function buildColissimo(product: string, serial: number): string {
  const body = serialDigits(serial, 10);
  return partOf('product', product, /^[6-9][A-Z]$/) + body + mod10CheckDigit(body);
}

/** Abroad: product (`CY`, `EY`) + eight digits + the key of S10 + `FR`. */
export function buildColissimoAbroad(product: string, serial: number): string {
  return s10Number({ service: product, country: 'FR' }, serialDigits(serial, 8));
}

/** Code 128; people read `8L 01234 56789 5`, abroad `CY 0123 4567 5FR`. */
export function colissimoBarcode(number: string): CarrierBarcode {
  const abroad = /^[A-Z]{2}/.test(number);
  return { kind: 'code128', text: number, readable: grouped(number, abroad ? [2, 4, 4] : [2, 5, 5]) };
}

/** What the sorting code says (La Poste's description of 2012). */
export interface ColissimoSorting {
  readonly product: string;
  readonly country: string;
  readonly postcode: string;
  /** Six digits of the contract. */
  readonly customer: string;
  readonly weightMg: number;
  /** `00` none, `01` to `10` insured, `21` to `23` registered. */
  readonly level: string;
  readonly nonMachinable: boolean;
  readonly cashOnDelivery: boolean;
  readonly dutyFree: boolean;
  readonly receipt: boolean;
  /** The parcel's number, key included. */
  readonly number: string;
}

const TEN_GRAMS_MG = 10_000;

/** The last digit of the range's number: the key is not part of it. */
function lastDigitOf(number: string): string {
  const digits = number.replace(/[^0-9]/g, '');
  return digits.slice(-2, -1);
}

/** Where to: `1` and the postcode at home, `2`, the country and three characters of the postcode abroad. */
function destinationOf({ country, postcode }: ColissimoSorting): string {
  if (country === 'FR') return `1${partOf('postcode', postcode, /^[0-9]{5}$/)}`;
  const bare = postcode.toUpperCase().replace(/[^0-9A-Z]/g, '');
  return `2${partOf('country', country, /^[A-Z]{2}$/)}${bare.slice(0, 3).padEnd(3, '0')}`;
}

/** The 24 characters of the sorting code; its weight counts tens of grams, a begun one in full. */
export function buildColissimoSorting(sorting: ColissimoSorting): string {
  const tens = Math.ceil(sorting.weightMg / TEN_GRAMS_MG);
  const options = (sorting.cashOnDelivery ? 1 : 0) + (sorting.dutyFree ? 2 : 0) + (sorting.receipt ? 4 : 0);
  const body =
    partOf('customer', sorting.customer, /^[0-9]{6}$/) +
    serialDigits(tens, 4) +
    partOf('level', sorting.level, /^(?:0[0-9]|10|2[1-3])$/) +
    (sorting.nonMachinable ? '1' : '0') +
    String(options) +
    lastDigitOf(sorting.number);
  const head = partOf('product', sorting.product, /^[0-9A-Z]{2}$/) + destinationOf(sorting);
  return head + body + mod10CheckDigit(body);
}

/** Code 128; people read groups of 3-5-6-4-6. */
export function colissimoSortingBarcode(code: string): CarrierBarcode {
  partOf('code', code, /^[0-9A-Z]{8}[0-9]{16}$/);
  return { kind: 'code128', text: code, readable: grouped(code, [3, 5, 6, 4]) };
}
