import type { Knex } from 'knex';
import { dialectOf } from './rows.ts';
import type { Tx } from './unit-of-work.ts';

/** How rows are locked for a transaction: only those that nobody holds, or all of them, as soon as they are let go. */
export type RowLock = 'free' | 'all';

/**
 * The rows that nobody else holds at this moment; only where there are none, those that others let go of a moment later.
 *
 * `select` reads them anew at each turn, so that what others changed meanwhile counts. SQLite has one writer: nobody else
 * holds anything.
 */
export async function lockFree<T>(tx: Tx, select: (lock: RowLock) => PromiseLike<T[]>): Promise<T[]> {
  const free = await select('free');
  return free.length > 0 || dialectOf(tx) === 'sqlite' ? free : lockAll(tx, select);
}

/** The rows, whoever else holds some of them now: this transaction waits until they are let go, and reads them then. */
export async function lockAll<T>(tx: Tx, select: (lock: RowLock) => PromiseLike<T[]>): Promise<T[]> {
  if (dialectOf(tx) === 'sqlite') return select('free');
  const locked = await select('all');
  // Read again: what came back was read before the wait, but for the row itself, and a hold may have come since.
  return locked.length > 0 ? select('free') : [];
}

/** Locks the rows of `table` that `query` finds; nothing to do in SQLite. */
export function withRowLock<Q extends Knex.QueryBuilder>(tx: Tx, query: Q, { table, lock }: TableLock): Q {
  if (dialectOf(tx) === 'sqlite') return query;
  query.forUpdate(table);
  if (lock === 'free') query.skipLocked();
  return query;
}

interface TableLock {
  readonly table: string;
  readonly lock: RowLock;
}

/** The same at the end of a statement in SQL, for the table of this alias. */
export function rowLockSql(tx: Tx, { table, lock }: TableLock): string {
  if (dialectOf(tx) === 'sqlite') return '';
  return ` for update of ${table}${lock === 'free' ? ' skip locked' : ''}`;
}
