import { AppError } from '../../../shared/errors.ts';
import type { ImportColumn } from '../../../shared/model/import-columns.ts';

/** Where each known column of a file stands, by its documented name. */
export type ColumnIndex = ReadonlyMap<string, number>;

/** Header text as it is compared: without case, accents, blanks and punctuation. */
export function headerKey(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}]+/gu, '');
}

/** Every header that is read as a documented column; a lower rank wins where a file has several for one column. */
export type HeaderNames = ReadonlyMap<string, { readonly column: string; readonly rank: number }>;

/** The names of `columns` and their aliases; a name is never taken for another column's alias. */
export function headerNames(columns: readonly ImportColumn[]): HeaderNames {
  const names = new Map<string, { column: string; rank: number }>();
  for (const { name } of columns) names.set(headerKey(name), { column: name, rank: 0 });
  for (const { name, aliases } of columns) {
    for (const [index, alias] of aliases.entries()) {
      if (!names.has(headerKey(alias))) names.set(headerKey(alias), { column: name, rank: index + 1 });
    }
  }
  return names;
}

/** Where the documented columns stand in a header. */
export function findColumns(header: readonly string[], names: HeaderNames): ColumnIndex {
  const found = new Map<string, { index: number; rank: number }>();
  for (const [index, text] of header.entries()) {
    const named = names.get(headerKey(text));
    if (named === undefined || (found.get(named.column)?.rank ?? Number.MAX_VALUE) <= named.rank) continue;
    found.set(named.column, { index, rank: named.rank });
  }
  return new Map([...found].map(([column, { index }]) => [column, index]));
}

/** Throws `import.missing-column` naming the first required column that the file lacks. */
export function requireColumns(found: ColumnIndex, columns: readonly ImportColumn[], fileName: string): void {
  const missing = columns.find((column) => column.required && !found.has(column.name));
  if (missing) throw new AppError('validation', 'import.missing-column', { fileName, column: missing.name });
}

/** `import.unknown-format`, with what the file has instead of our columns. */
export function unknownFormat(fileName: string, header: readonly string[]): AppError {
  const columns = header.slice(0, 40).map((text) => text.replace(/\p{C}/gu, '').slice(0, 60));
  return new AppError('validation', 'import.unknown-format', { fileName, columns });
}
