import { AppError } from '../../../shared/errors.ts';
import { orderColumns } from '../../../shared/model/import-order-columns.ts';
import { decodeText } from './decode-text.ts';
import { findColumns, headerKey, headerNames } from './table.ts';

/** Headers that our own order formats know. */
export const orderHeaders = headerNames(orderColumns);

/** A file's text, and whether it begins as JSON or as a table. */
export interface OpenedText {
  readonly shape: 'json' | 'table';
  readonly text: AsyncIterable<string>;
}

/** Reads far enough to see what the file is; throws `import.empty-file` when it holds nothing but blanks. */
export async function openText(input: AsyncIterable<Uint8Array>, fileName: string): Promise<OpenedText> {
  const chunks = decodeText(input);
  for (let blank = ''; ; ) {
    const { value, done } = await chunks.next();
    if (done) throw new AppError('validation', 'import.empty-file', { fileName });
    const start = value.trimStart()[0];
    if (start === undefined) {
      // Leading blank lines count in row numbers, but nobody needs them beyond a page.
      if (blank.length < 64 * 1024) blank += value;
      continue;
    }
    return { shape: start === '[' || start === '{' ? 'json' : 'table', text: continueFrom(blank + value, chunks) };
  }
}

async function* continueFrom(first: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  try {
    yield first;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}

/** Which order file has this header; undefined when it is neither kind. */
export function detectOrderTable(header: readonly string[]): 'shopify' | 'packwright' | undefined {
  const keys = new Set(header.map(headerKey));
  const shopifyLines = [...keys].filter((key) => key.startsWith('lineitem')).length;
  if (keys.has('name') && shopifyLines >= 2) return 'shopify';
  const found = findColumns(header, orderHeaders);
  return (found.has('order_id') || found.has('sku')) && found.size >= 3 ? 'packwright' : undefined;
}
