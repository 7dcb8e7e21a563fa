import { vagueDescription } from '../../../shared/model/customs-words.ts';
import type { ImportedItem } from '../../../shared/model/imported.ts';
import type { RowValue } from './catalogue-table.ts';
import { readCountry } from './read-country.ts';
import { type Complain, quoted, readRate, readText } from './read-values.ts';
import type { ColumnIndex } from './table.ts';

type CustomsFacts = Pick<ImportedItem, 'hsCode' | 'origin' | 'customsText' | 'vatRate'>;

/** What customs and the tax office want to know of an item; a column that the file lacks says nothing, an empty cell "none". */
export function readCustomsFacts(columns: ColumnIndex, value: RowValue, complain: Complain): CustomsFacts {
  return {
    ...(columns.has('hs_code') ? { hsCode: readHsCode(value('hs_code'), complain) } : {}),
    ...(columns.has('origin') ? { origin: readOrigin(value('origin'), complain) } : {}),
    ...(columns.has('customs_text') ? { customsText: readCustomsText(value('customs_text'), complain) } : {}),
    ...(columns.has('vat_rate') ? { vatRate: readRate(value('vat_rate'), 'vat_rate', complain) } : {}),
  };
}

/** Spreadsheets take the zero off the front of chapters 01 to 09 and put dots between the digits. */
function readHsCode(text: string, complain: Complain): string | null {
  const digits = text.replace(/^'/, '').replace(/[\s.]/g, '');
  if (digits === '') return null;
  const code = /^[1-9](\d{4}|\d{6}|\d{8})$/.test(digits) ? `0${digits}` : digits;
  if (!/^\d{6}(\d{2}){0,2}$/.test(code)) complain(`hs_code ${quoted(text)} does not have 6, 8 or 10 digits`);
  return code;
}

function readOrigin(text: string, complain: Complain): string | null {
  if (text === '') return null;
  return readCountry(text, (reason) => complain(reason.replace('country', 'origin')));
}

function readCustomsText(text: string, complain: Complain): string | null {
  if (text === '') return null;
  const read = readText(text, { what: 'customs_text', limit: 200 }, complain);
  if (read.length < 3 || vagueDescription(read) !== undefined)
    complain(
      `customs_text ${quoted(text)} tells customs nothing: say what it is and of what, such as “T-shirt, cotton”`,
    );
  return read;
}
