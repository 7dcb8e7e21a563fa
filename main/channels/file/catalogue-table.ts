import { AppError } from '../../../shared/errors.ts';
import type { ImportColumn } from '../../../shared/model/import-columns.ts';
import type { Read } from '../../../shared/model/imported.ts';
import { type CsvRow, readCsvRows } from './csv-rows.ts';
import { openText } from './detect-format.ts';
import type { Complain } from './read-values.ts';
import { type ColumnIndex, findColumns, type HeaderNames, requireColumns, unknownFormat } from './table.ts';

export interface TableSource {
  readonly input: AsyncIterable<Uint8Array>;
  readonly fileName: string;
  readonly columns: readonly ImportColumn[];
  readonly names: HeaderNames;
}

/** Gives the text of a column in one row, '' where the file lacks it. */
export type RowValue = (column: string) => string;

/** Reads one row; undefined leaves it out without a word. */
export type RowReader<T> = (value: RowValue, complain: Complain) => Promise<T | undefined> | T | undefined;

/**
 * Reads a table of one record a row. `open` sees the header first and gives the reader of the rows; a row about which
 * it complains, or that cannot be read, is rejected with its line number.
 */
export async function* readTable<T>(
  source: TableSource,
  open: (
    header: readonly string[],
    found: ColumnIndex,
  ) => { readonly columns: ColumnIndex; readonly read: RowReader<T> },
): AsyncGenerator<Read<T>> {
  const { shape, text } = await openText(source.input, source.fileName);
  if (shape === 'json') throw unknownFormat(source.fileName, []);
  let table: ReturnType<typeof open> | undefined;
  for await (const batch of readCsvRows(text)) {
    for (const row of batch) {
      if (table === undefined) table = openTable(row, source, open);
      else {
        const read = await readRow(row, table);
        if (read !== undefined) yield read;
      }
    }
  }
  if (table === undefined) throw new AppError('validation', 'import.empty-file', { fileName: source.fileName });
}

function openTable<T>(
  header: CsvRow,
  source: TableSource,
  open: Parameters<typeof readTable<T>>[1],
): ReturnType<typeof open> {
  const found = findColumns(header.fields, source.names);
  const known = source.columns.some((column) => column.required && found.has(column.name));
  if (header.problem !== undefined || !known) throw unknownFormat(source.fileName, header.fields);
  requireColumns(found, source.columns, source.fileName);
  return open(header.fields, found);
}

async function readRow<T>(
  row: CsvRow,
  table: { readonly columns: ColumnIndex; readonly read: RowReader<T> },
): Promise<Read<T> | undefined> {
  if (row.problem !== undefined) return { kind: 'rejected', row: row.line, reason: row.problem };
  const reasons: string[] = [];
  const value: RowValue = (column) => (row.fields[table.columns.get(column) ?? -1] ?? '').trim();
  const record = await table.read(value, (reason) => reasons.push(reason));
  if (reasons.length > 0) return { kind: 'rejected', row: row.line, reason: reasons.slice(0, 3).join('; ') };
  return record === undefined ? undefined : { kind: 'record', row: row.line, record };
}
