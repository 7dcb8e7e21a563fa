import { stockColumns } from '../../../shared/model/import-columns.ts';
import type { ImportedLevel, Read } from '../../../shared/model/imported.ts';
import { type RowReader, readTable } from './catalogue-table.ts';
import { type Complain, quoted, readText, readWhole } from './read-values.ts';
import { createSeenIds, type SeenIds } from './seen-ids.ts';
import { headerNames } from './table.ts';

const names = headerNames(stockColumns);

/**
 * Stock levels of a CSV file (`stockColumns`), one SKU in one bin a row or one lot of it, in file order and constant memory.
 *
 * Errors: `import.empty-file`, `import.unknown-format`, `import.missing-column`.
 */
export function readStock(
  input: AsyncIterable<Uint8Array>,
  options: { readonly fileName: string },
): AsyncGenerator<Read<ImportedLevel>> {
  const source = { input, fileName: options.fileName, columns: stockColumns, names };
  return readTable<ImportedLevel>(source, (_, columns) => ({ columns, read: levelReader() }));
}

function levelReader(): RowReader<ImportedLevel> {
  const seen = createSeenIds();
  return (value, complain) => {
    const sku = readText(value('sku'), { what: 'sku', limit: 80, needed: true }, complain);
    const location = readLocation(value('location'), complain);
    const onHand = readWhole(value('quantity'), { what: 'quantity', min: 0, max: 10_000_000 }, complain);
    const lot = readText(value('lot'), { what: 'lot', limit: 20 }, complain);
    const expiry = readExpiry(value('expiry'), lot, complain);
    const repeated = repetition(seen, { sku, location, lot });
    if (repeated) complain(`${quoted(sku)} in ${quoted(location)} stands in this file ${repeated}`);
    const parts = placeOf(location);
    const place = (column: 'aisle' | 'bay' | 'level'): string =>
      readText(value(column) || parts[column], { what: column, limit: 20 }, complain);
    const zone = readText(value('zone'), { what: 'zone', limit: 40 }, complain);
    const level = { sku, location, zone, aisle: place('aisle'), bay: place('bay'), level: place('level'), onHand };
    return { ...level, ...(lot ? { lot } : {}), ...(expiry ? { expiry } : {}) };
  };
}

/** A bin holds an item either as a whole or as the sum of its lots; what contradicts an earlier row is set aside. */
function repetition(seen: SeenIds, row: { sku: string; location: string; lot: string }): string | undefined {
  const whole = `${row.sku}\n${row.location}`;
  const anyLot = `${whole}\n`;
  if (seen.has(row.lot === '' ? anyLot : whole)) return 'with a lot and without one';
  const already = 'already: the first quantity counts';
  if (row.lot === '') return seen.add(whole) ? undefined : already;
  seen.add(anyLot);
  return seen.add(`${anyLot}${row.lot}`) ? undefined : already;
}

function readExpiry(text: string, lot: string, complain: Complain): string {
  const expiry = text.trim();
  if (expiry === '') return '';
  if (!isDay(expiry)) complain(`expiry ${quoted(expiry)} is not a date like 2027-11-30`);
  if (lot === '') complain('expiry is told of a lot: the lot is missing');
  return expiry;
}

function isDay(text: string): boolean {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : new Date(Number.NaN);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

function readLocation(text: string, complain: Complain): string {
  const location = readText(text, { what: 'location', limit: 20, needed: true }, complain);
  // A bin's code is printed as a barcode, which knows no other characters.
  if (/[^\x20-\x7e]/.test(location)) complain(`location ${quoted(location)} holds characters that no barcode can`);
  return location;
}

/** `A-01-2`, `A.01.2`, `A 01 2` and `A012` name aisle, bay and level in this order; what is missing is empty. */
function placeOf(location: string): { aisle: string; bay: string; level: string } {
  const separated = location.split(/[-./_\s]+/);
  const [aisle = '', bay = '', ...level] =
    separated.length > 1 ? separated : (/^([a-z]+)(\d+)$/i.exec(location)?.slice(1) ?? [location]);
  return { aisle, bay, level: level.join('-') };
}
