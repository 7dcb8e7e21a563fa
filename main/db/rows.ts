import type { Knex } from 'knex';
import type { Dialect } from './database.ts';

/** Anything that runs a statement: the read handle or a transaction. */
export type Handle = Knex | Knex.Transaction;

/**
 * Rows of a constant statement with `?` for its values, on either database.
 *
 * For the few reads that every scan makes: building such a statement anew costs more than running it.
 */
export async function selectRows<Row>(
  handle: Handle,
  sql: string,
  values: readonly (string | number | null)[],
): Promise<Row[]> {
  const result: unknown = await handle.raw(sql, [...values]);
  // SQLite answers with the rows, PostgreSQL with an object that holds them.
  return (Array.isArray(result) ? result : (result as { rows: Row[] }).rows) as Row[];
}

const statements = new Map<string, string>();

/** Inserts one row by a statement that is built once for its table and columns. */
export async function insertRow(
  handle: Handle,
  table: string,
  row: Readonly<Record<string, string | number | null>>,
): Promise<void> {
  const columns = Object.keys(row);
  const key = `${table}(${columns.join()})`;
  let sql = statements.get(key);
  if (!sql) {
    sql = `insert into ${table} (${columns.map((column) => `"${column}"`).join(', ')}) values (${columns.map(() => '?').join(', ')})`;
    statements.set(key, sql);
  }
  await handle.raw(sql, Object.values(row));
}

/** Which of the two databases a handle speaks to, for the few statements that only one of them has. */
export function dialectOf(handle: Handle): Dialect {
  return handle.client.config.client === 'pg' ? 'postgres' : 'sqlite';
}
