import { hasMod10CheckDigit, mod10CheckDigit } from './check-digits.ts';
import { itemReading } from './gs1-scan.ts';
import { gtin14, readEightDigits } from './gtin.ts';
import { type Reading, refuse, type ScanWarning } from './scan-result.ts';
import { isSscc } from './sscc.ts';
import { readDhlPaketItf, readTracking } from './tracking-shapes.ts';
import { expandUpcE } from './upc-e.ts';

const wrongLength = (length: number) =>
  refuse(
    'scan.bad-length',
    `${length} digits do not fit this kind of barcode: part of it was read, or it is misprinted.`,
  );
const notDigits = () => refuse('scan.bad-characters', 'This kind of barcode holds digits only.');

function wrongCheckDigit(digits: string): Reading {
  const right = mod10CheckDigit(digits.slice(0, -1));
  return refuse('scan.bad-check-digit', `The check digit of ${digits} is wrong: it should be ${right}.`);
}

/** EAN and UPC symbols: content behind `]E0` to `]E4`. Add-ons of two or five digits are kept apart. */
export function readEan(symbology: string, content: string): Reading {
  if (!/^[0-9]+$/.test(content)) return notDigits();
  const { length } = content;
  if (/[12]$/.test(symbology) && (length === 2 || length === 5)) return { ok: true, kind: 'text', warnings: [] };
  const addOn = /[1-3]$/.test(symbology) && (length === 15 || length === 18) ? content.slice(13) : undefined;
  const digits = addOn === undefined ? content : content.slice(0, 13);
  // Some scanners send UPC-E unexpanded under ]E0; there it cannot be an EAN-8, which has ]E4.
  const isEan8 = symbology.endsWith('4');
  if (isEan8 ? digits.length !== 8 : ![8, 12, 13].includes(digits.length)) return wrongLength(length);
  const number = digits.length === 8 && !isEan8 ? expandUpcE(digits) : digits;
  if (number === undefined) return refuse('scan.bad-check-digit', `${digits} has not the check digit of a UPC-E.`);
  const item = gtin14(number);
  if (item === undefined) return wrongCheckDigit(number);
  return itemReading(item, { ...(addOn === undefined ? {} : { addOn }), warnings: [] });
}

/**
 * Interleaved 2 of 5: 14 digits are a GTIN (or DHL's own number), anything else is text.
 *
 * ITF can be read short without anyone noticing, hence no other length is taken for a GTIN. Under `]I3` the
 * scanner has proved the check digit and cut it off: what comes is an odd number of digits, and it is put back.
 */
export function readItf(symbology: string, content: string): Reading {
  if (!/^[0-9]+$/.test(content)) return notDigits();
  const isStripped = symbology === ']I3' && content.length % 2 === 1;
  const digits = isStripped ? content + mod10CheckDigit(content) : content;
  if (digits.length % 2 === 1) return wrongLength(digits.length);
  const item = digits.length === 14 ? gtin14(digits) : undefined;
  if (item !== undefined) return itemReading(item, { warnings: [] });
  const tracking = symbology === ']I0' ? readDhlPaketItf(digits) : undefined;
  if (tracking !== undefined) return { ok: true, kind: 'tracking', tracking, warnings: [] };
  return digits.length === 14 ? wrongCheckDigit(digits) : { ok: true, kind: 'text', warnings: [] };
}

/**
 * Digits out of a symbol that promises nothing about them; undefined when their number says nothing.
 *
 * `symbology` absent: the device sends no identifiers, so 12 to 14 digits with a wrong check digit are taken for a
 * misread GTIN and refused. Where the symbol is known to be another one they are just some number.
 */
export function readDigits(digits: string, symbology: string | undefined): Reading | undefined {
  switch (digits.length) {
    case 8:
      return readEight(digits);
    case 12:
    case 13:
    case 14:
      return readGtinOrTracking(digits, symbology);
    case 18:
      if (isSscc(digits)) return { ok: true, kind: 'sscc', sscc: digits, warnings: [] };
      return { ok: true, kind: 'text', warnings: ['sscc.check-digit-wrong'] };
    case 20:
      // Reading 00 as an identifier is GS1 parsing, which a symbol that is known not to be GS1 does not get.
      if (!digits.startsWith('00') || symbology !== undefined) return undefined;
      if (!isSscc(digits.slice(2))) return wrongCheckDigit(digits.slice(2));
      return { ok: true, kind: 'sscc', sscc: digits.slice(2), warnings: [] };
    default:
      return undefined;
  }
}

function readEight(digits: string): Reading {
  const reading = readEightDigits(digits);
  if (reading === undefined) return { ok: true, kind: 'text', warnings: ['gtin.check-digit-wrong'] };
  const { gtin14: first, alternativeGtin14 } = reading;
  if (alternativeGtin14 === undefined) return itemReading(first, { warnings: [] });
  return itemReading(first, { alternativeGtin14, warnings: ['gtin.ambiguous-8-digits'] });
}

function readGtinOrTracking(digits: string, symbology: string | undefined): Reading {
  const tracking = readTracking(digits);
  if (hasMod10CheckDigit(digits)) {
    const warnings: ScanWarning[] = tracking === undefined ? [] : ['tracking.maybe-fedex'];
    return itemReading(digits.padStart(14, '0'), { ...(tracking === undefined ? {} : { tracking }), warnings });
  }
  if (tracking !== undefined) return { ok: true, kind: 'tracking', tracking, warnings: [] };
  return symbology === undefined
    ? wrongCheckDigit(digits)
    : { ok: true, kind: 'text', warnings: ['gtin.check-digit-wrong'] };
}
