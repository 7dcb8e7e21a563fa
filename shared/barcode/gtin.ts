import { splitAim } from './aim.ts';
import { hasMod10CheckDigit } from './check-digits.ts';
import { expandUpcE } from './upc-e.ts';

/**
 * The GTIN as 14 digits, left-padded with zeros, or undefined when `text` is no GTIN.
 *
 * Takes 8, 12, 13 or 14 digits with a right check digit; an AIM identifier, blanks and hyphens are taken off.
 * The indicator digit of a case GTIN stays: a case is another trade item than its unit.
 */
export function gtin14(text: string): string | undefined {
  const digits = splitAim(text).content.replace(/[\s-]/g, '');
  if (![8, 12, 13, 14].includes(digits.length) || !hasMod10CheckDigit(digits)) return undefined;
  return digits.padStart(14, '0');
}

/** True when both texts are valid GTINs of the same trade item, however many leading zeros each was typed with. */
export function sameGtin(left: string, right: string): boolean {
  const number = gtin14(left);
  return number !== undefined && number === gtin14(right);
}

/** What eight digits without a symbology identifier may mean; both readings have to be looked up. */
export interface EightDigitReading {
  readonly readAs: 'ean-8' | 'upc-e';
  /** The likelier reading: look this one up first. */
  readonly gtin14: string;
  readonly alternativeGtin14?: string;
}

/**
 * Reads eight digits as EAN-8 and as UPC-E; undefined when neither check digit is right.
 *
 * When both fit (always so for a UPC-E ending 5 to 9), a leading 0 is taken as UPC-E first, because an EAN-8
 * may begin with 0 only inside one company; a leading 1 as EAN-8 first, because UPC-E is given out with 0 only.
 */
export function readEightDigits(digits: string): EightDigitReading | undefined {
  const ean8 = gtin14(digits);
  const upcE = expandUpcE(digits)?.padStart(14, '0');
  if (ean8 === undefined) return upcE === undefined ? undefined : { readAs: 'upc-e', gtin14: upcE };
  if (upcE === undefined) return { readAs: 'ean-8', gtin14: ean8 };
  return digits.startsWith('0')
    ? { readAs: 'upc-e', gtin14: upcE, alternativeGtin14: ean8 }
    : { readAs: 'ean-8', gtin14: ean8, alternativeGtin14: upcE };
}

/**
 * The search pattern of a restricted circulation number (GS1 prefixes 02 and 20 to 29), else undefined.
 *
 * 14 characters with `?` for the five price or weight digits and the check digit that follows from them.
 */
export function restrictedPattern(number: string): string | undefined {
  return /^0(?:02|2[0-9])/.test(number) ? `${number.slice(0, 8)}??????` : undefined;
}

/** True when `number` (14 digits) is one of the numbers that `pattern` stands for. */
export function matchesRestrictedPattern(pattern: string, number: string): boolean {
  return restrictedPattern(number) === pattern;
}
