import { gtin14 } from '../../../shared/barcode/gtin.ts';
import type { ImportedItem } from '../../../shared/model/imported.ts';
import { type Complain, quoted } from './read-values.ts';

type Code = ImportedItem['codes'][number];
type Codes = Code[];

/** Barcodes of one unit: GTINs as GTIN-14, and any other code with `alias:` before it, separated by blanks or bars. */
export function readUnitCodes(text: string, complain: Complain): Codes {
  return parts(text).flatMap((part): Codes => {
    const alias = /^alias:(.*)$/i.exec(part)?.[1];
    if (alias !== undefined) {
      if (alias === '' || alias.length > 80) complain(`code ${quoted(part)} must have 1 to 80 characters`);
      return [{ code: alias, kind: 'alias', quantity: 1 }];
    }
    const code = readGtin(part, complain);
    return code === undefined ? [] : [{ code, kind: 'gtin', quantity: 1 }];
  });
}

/** Barcodes of cases as `GTIN:units`. */
export function readCaseCodes(text: string, complain: Complain): Codes {
  return parts(text).flatMap((part): Codes => {
    const [, number = '', units = ''] = /^(.*):(\d{1,5})$/.exec(part) ?? [];
    const quantity = Number(units);
    if (number === '' || quantity < 2 || quantity > 10_000) {
      complain(`case ${quoted(part)} is not written as GTIN:units with 2 to 10000 units`);
      return [];
    }
    const code = readGtin(number, complain);
    return code === undefined ? [] : [{ code, kind: 'gtin', quantity }];
  });
}

/** Components of a kit as `SKU:units`; a SKU may hold blanks. */
export function readComponents(text: string, complain: Complain): ImportedItem['components'] {
  const found = new Map<string, number>();
  const rest = text.replace(/([^|\s:][^|]*?):(\d{1,5})(?=[\s|]|$)/g, (_, sku: string, units: string) => {
    if (Number(units) < 1) complain(`component ${quoted(sku)} needs 1 unit or more`);
    if (found.has(sku)) complain(`component ${quoted(sku)} is listed twice`);
    found.set(sku, Number(units));
    return '';
  });
  if (/[^\s|]/.test(rest)) complain(`component ${quoted(rest.trim())} is not written as SKU:units`);
  return [...found].map(([sku, quantity]) => ({ sku, quantity }));
}

/** SKUs of what may be sent instead; one with `!` behind it costs something else and is never offered. */
export function readSubstitutes(text: string): NonNullable<ImportedItem['substitutes']> {
  const found = new Map<string, boolean>();
  for (const part of parts(text)) found.set(part.replace(/!$/, ''), !part.endsWith('!'));
  return [...found].filter(([sku]) => sku !== '').map(([sku, priceNeutral]) => ({ sku, priceNeutral }));
}

/** The same code twice counts once; with two quantities nobody could know what a scan of it means. */
export function uniqueCodes(codes: Codes, complain: Complain): Codes {
  const found = new Map<string, Code>();
  for (const code of codes) {
    const before = found.get(code.code);
    if (before && before.quantity !== code.quantity)
      complain(`code ${quoted(code.code)} stands for a unit and for a case`);
    found.set(code.code, code);
  }
  return [...found.values()];
}

function parts(text: string): string[] {
  return text.split(/[\s|]+/).filter((part) => part !== '');
}

function readGtin(text: string, complain: Complain): string | undefined {
  // Shops put an apostrophe before a number to keep spreadsheets from eating its zeros.
  const number = text.replace(/^'/, '');
  const code = gtin14(number);
  if (code === undefined) complain(`code ${quoted(text)} ${whyNoGtin(number)}`);
  return code;
}

function whyNoGtin(number: string): string {
  if (/^\d(?:[.,]\d+)?E\+\d+$/i.test(number)) {
    return 'was rounded by a spreadsheet: format the column as text and export again';
  }
  if (!/^\d+$/.test(number)) return 'is no GTIN: write alias: before a code of your own';
  if (![8, 12, 13, 14].includes(number.length)) return `has ${number.length} digits; a GTIN has 8, 12, 13 or 14`;
  return 'has a wrong check digit';
}
