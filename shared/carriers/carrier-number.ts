import { AppError } from '../errors.ts';

/** One element of a GS1 element string: application identifier and its value. */
export interface CarrierElement {
  readonly ai: string;
  readonly value: string;
  /** Ends with FNC1 when another element follows. */
  readonly variableLength: boolean;
}

/** What one barcode of a label carries and what stands under it for people. */
export type CarrierBarcode =
  | { readonly kind: 'code128' | 'itf'; readonly text: string; readonly readable: string }
  | { readonly kind: 'gs1-128'; readonly elements: readonly CarrierElement[]; readonly readable: string };

/** What a scanner sends of a barcode, without its symbology identifier; FNC1 between elements is `\x1d`. */
export function scanText(barcode: CarrierBarcode): string {
  if (barcode.kind !== 'gs1-128') return barcode.text;
  const last = barcode.elements.length - 1;
  return barcode.elements
    .map(({ ai, value, variableLength }, index) => ai + value + (variableLength && index < last ? '\x1d' : ''))
    .join('');
}

/**
 * A serial number of a range as digits of fixed length.
 *
 * Throws `rule` `number-range.exhausted` when it has outgrown its places, `validation` `number-range.bad-part` when it
 * is no whole number.
 */
export function serialDigits(serial: number, length: number): string {
  if (!Number.isSafeInteger(serial) || serial < 0) throw badPart('serial');
  const digits = String(serial);
  if (digits.length > length) throw new AppError('rule', 'number-range.exhausted', { serial, places: length });
  return digits.padStart(length, '0');
}

/** The part as it is when it has the right shape; throws `validation` `number-range.bad-part` with its name. */
export function partOf(part: string, value: string, shape: RegExp): string {
  if (!shape.test(value)) throw badPart(part);
  return value;
}

function badPart(part: string): AppError {
  return new AppError('validation', 'number-range.bad-part', { part });
}

/** `grouped('ABCDEF', [2, 3])` is `AB CDE F`: the last group takes what is left. */
export function grouped(text: string, lengths: readonly number[]): string {
  const groups: string[] = [];
  let at = 0;
  for (const length of lengths) {
    groups.push(text.slice(at, at + length));
    at += length;
  }
  return [...groups, text.slice(at)].filter((group) => group !== '').join(' ');
}

/** Groups of the same length from the left, as USPS and DHL print their numbers. */
export function groupedBy(text: string, length: number): string {
  return grouped(text, Array<number>(Math.floor(text.length / length)).fill(length));
}
