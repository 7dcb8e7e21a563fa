import { type ReadOrdersOptions, readOrders } from '../../../main/channels/file/read-orders.ts';
import type { ImportedOrder, Read } from '../../../shared/model/imported.ts';

export const now = '2026-11-22T10:00:00.000Z';

/** A file's bytes in pieces of `size`, as an upload or a disk gives them. */
export async function* pieces(content: string | Uint8Array, size = 64 * 1024): AsyncGenerator<Uint8Array> {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

export async function all<T>(rows: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const row of rows) found.push(row);
  return found;
}

export interface OrdersFile {
  readonly orders: ImportedOrder[];
  readonly rejected: { readonly row: number; readonly reason: string }[];
  readonly skipped: { readonly row: number; readonly reason: string }[];
}

/** Everything that becomes of an order file. */
export async function readFile(
  content: string | Uint8Array,
  options: Partial<ReadOrdersOptions> & { size?: number } = {},
): Promise<OrdersFile> {
  const skipped: { row: number; reason: string }[] = [];
  const { size, ...given } = options;
  const rows = await all(
    readOrders(pieces(content, size), { fileName: 'orders.csv', now, onSkipped: (row) => skipped.push(row), ...given }),
  );
  return { ...sort(rows), skipped };
}

function sort(rows: readonly Read<ImportedOrder>[]): Pick<OrdersFile, 'orders' | 'rejected'> {
  return {
    orders: rows.flatMap((row) => (row.kind === 'record' ? [row.record] : [])),
    rejected: rows.flatMap((row) => (row.kind === 'rejected' ? [{ row: row.row, reason: row.reason }] : [])),
  };
}
