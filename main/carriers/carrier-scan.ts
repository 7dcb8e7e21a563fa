import { scanText } from '../../shared/carriers/carrier-number.ts';
import { impbBarcode } from '../../shared/carriers/usps.ts';

/**
 * What scanners send of a label: USPS prints its number behind the ZIP of whoever gets the parcel, with five digits or
 * nine; of every other number it is the number alone. `zips` are those that are known, `90277` or `90277-2506`.
 */
export function scanTextsOf(number: string, zips: readonly string[]): readonly string[] {
  if (!/^9[2-5][0-9]{20}(?:[0-9]{4})?$/.test(number)) return [number];
  const digits = zips.map((zip) => zip.replace(/\D/g, ''));
  const printed = digits.flatMap((zip) => [zip.slice(0, 5), ...(number.length === 22 ? [zip] : [])]);
  const fitting = new Set(printed.filter((zip) => /^(?:[0-9]{5}|[0-9]{9})$/.test(zip)));
  return [...[...fitting].map((zip) => scanText(impbBarcode(number, zip))), number];
}
