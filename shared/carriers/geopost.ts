import { mod37CheckCharacter } from '../barcode/check-digits.ts';
import { type CarrierBarcode, grouped, partOf, serialDigits } from './carrier-number.ts';
import { s10Number } from './s10.ts';

/** DPD parcel number: depot (4) and ten digits of the range that the depot gave. No check character. */
export function buildDpdParcel(range: { readonly depot: string }, serial: number): string {
  return partOf('depot', range.depot, /^[0-9]{4}$/) + serialDigits(serial, 10);
}

/** The number as DPD prints it, `1077 4000 2483 83 2`: 4-4-4-2 and its check character. */
export function readableDpdParcel(parcel: string): string {
  partOf('parcel', parcel, /^[0-9A-Z]{2}[0-9]{12}$/);
  return `${grouped(parcel, [4, 4, 4])} ${mod37CheckCharacter(parcel)}`;
}

/** Where a GeoPost parcel goes and how. */
export interface GeopostRoute {
  /** 14 characters, see `buildDpdParcel` and `chronopostParcel`. */
  readonly parcel: string;
  /** As written in the address: blanks and hyphens do not count, at most seven characters do. */
  readonly postcode: string;
  /** Three digits. */
  readonly service: string;
  /** ISO 3166 numeric, three digits. */
  readonly country: string;
}

/**
 * GeoPost's 28 characters: `%`, postcode of seven, parcel, service, country (DPD 2.4.1).
 *
 * People read them without `%` and with the check character, 4-3-4-4-4-2-3-3.
 */
export function geopostBarcode({ parcel, postcode, service, country }: GeopostRoute): CarrierBarcode {
  const bare = postcode.toUpperCase().replace(/[\s-]/g, '');
  const body =
    partOf('postcode', bare, /^[0-9A-Z]{1,7}$/).padStart(7, '0') +
    partOf('parcel', parcel, /^[0-9A-Z]{2}[0-9]{12}$/) +
    partOf('service', service, /^[0-9]{3}$/) +
    partOf('country', country, /^[0-9]{3}$/);
  const readable = grouped(body + mod37CheckCharacter(body), [4, 3, 4, 4, 4, 2, 3, 3]);
  return { kind: 'code128', text: `%${body}`, readable };
}

/** Chronopost number `XP696982485FR`: two letters, eight digits, the key of S10, the country. */
export function buildChronopost(letters: string, serial: number): string {
  return s10Number({ service: letters, country: 'FR' }, serialDigits(serial, 8));
}

/** The GeoPost parcel of a Chronopost number; `suffix` are the three digits that Chronopost's service returns. */
export function chronopostParcel(number: string, suffix: string): string {
  partOf('number', number, /^[A-Z]{2}[0-9]{9}FR$/);
  return number.slice(0, 11) + partOf('suffix', suffix, /^[0-9]{3}$/);
}
