import { AppError } from '../../shared/errors.ts';
import { dialectOf, type Handle } from '../db/rows.ts';
import type { Tx } from '../db/unit-of-work.ts';

/** Serial numbers that a carrier assigned; both ends belong to it. */
export interface NumberRange {
  readonly id: string;
  readonly accountId: string;
  readonly title: string;
  readonly params: Readonly<Record<string, string>>;
  readonly scope: string;
  readonly first: number;
  readonly last: number;
  /** First number that no bench has leased. */
  readonly next: number;
  readonly block: number;
  readonly active: boolean;
  readonly version: number;
}

/** Numbers of a range that one bench alone may use; `next` is the first that it has not used. */
export interface Lease {
  readonly id: string;
  readonly rangeId: string;
  readonly stationId: string;
  readonly first: number;
  readonly last: number;
  readonly next: number;
  readonly version: number;
}

interface RangeRow {
  readonly id: string;
  readonly account_id: string;
  readonly title: string;
  readonly params: string;
  readonly scope: string;
  // PostgreSQL gives its big integers as text.
  readonly first: number | string;
  readonly last: number | string;
  readonly next: number | string;
  readonly block: number;
  readonly active: number;
  readonly version: number;
}

interface LeaseRow {
  readonly id: string;
  readonly range_id: string;
  readonly station_id: string;
  readonly first: number | string;
  readonly last: number | string;
  readonly next: number | string;
  readonly version: number;
}

const rangeFromRow = (row: RangeRow): NumberRange => ({
  id: row.id,
  accountId: row.account_id,
  title: row.title,
  params: JSON.parse(row.params),
  scope: row.scope,
  first: Number(row.first),
  last: Number(row.last),
  next: Number(row.next),
  block: row.block,
  active: row.active === 1,
  version: row.version,
});

const leaseFromRow = (row: LeaseRow): Lease => ({
  id: row.id,
  rangeId: row.range_id,
  stationId: row.station_id,
  first: Number(row.first),
  last: Number(row.last),
  next: Number(row.next),
  version: row.version,
});

export async function listRanges(handle: Handle, accountId?: string): Promise<NumberRange[]> {
  const rows: RangeRow[] = await handle('carrier_range')
    .modify((query) => {
      if (accountId !== undefined) query.where({ account_id: accountId });
    })
    .orderBy(['created_at', 'id'])
    .select('*');
  return rows.map(rangeFromRow);
}

export async function listLeases(handle: Handle, rangeIds: readonly string[]): Promise<Lease[]> {
  const rows: LeaseRow[] = await handle('range_lease')
    .whereIn('range_id', [...rangeIds])
    .orderBy(['range_id', 'first'])
    .select('*');
  return rows.map(leaseFromRow);
}

/** The leases of one bench that have numbers left, held until this transaction ends: nobody takes the same number. */
export async function holdLeases(
  tx: Tx,
  { rangeIds, stationId }: { readonly rangeIds: readonly string[]; readonly stationId: string | null },
): Promise<Lease[]> {
  const query = tx('range_lease')
    .whereIn('range_id', [...rangeIds])
    .whereRaw('next <= last')
    .modify((rows) => {
      if (stationId !== null) rows.where({ station_id: stationId });
    })
    .orderBy(['range_id', 'first'])
    .select('*');
  const rows: LeaseRow[] = await (dialectOf(tx) === 'postgres' ? query.forUpdate() : query);
  return rows.map(leaseFromRow);
}

/** The ranges of an account, held until this transaction ends: two benches never lease the same block. */
export async function holdRanges(tx: Tx, rangeIds: readonly string[]): Promise<NumberRange[]> {
  const query = tx('carrier_range')
    .whereIn('id', [...rangeIds])
    .orderBy(['created_at', 'id'])
    .select('*');
  const rows: RangeRow[] = await (dialectOf(tx) === 'postgres' ? query.forUpdate() : query);
  return rows.map(rangeFromRow);
}

/** Of two administrators who add ranges at once, the second sees what the first one added. */
export async function holdScopes(tx: Tx): Promise<void> {
  if (dialectOf(tx) === 'postgres') await tx.raw('lock table carrier_range in share row exclusive mode');
}

/** Ranges of one scope that have a number between `first` and `last`; retired ones too, their numbers are used. */
export async function listOverlapping(
  tx: Tx,
  scope: string,
  { first, last }: { first: number; last: number },
): Promise<NumberRange[]> {
  const rows: RangeRow[] = await tx('carrier_range')
    .where({ scope })
    .where('first', '<=', last)
    .where('last', '>=', first)
    .select('*');
  return rows.map(rangeFromRow);
}

export async function insertRange(
  tx: Tx,
  range: Omit<NumberRange, 'active' | 'version'> & { readonly createdAt: string },
): Promise<void> {
  await tx('carrier_range').insert({
    id: range.id,
    account_id: range.accountId,
    title: range.title,
    params: JSON.stringify(range.params),
    scope: range.scope,
    first: range.first,
    last: range.last,
    next: range.next,
    block: range.block,
    active: 1,
    created_at: range.createdAt,
    version: 1,
  });
}

/** Saves over the version that was read; of two benches that lease at once, one starts anew. */
export async function saveRange(
  tx: Tx,
  range: NumberRange,
  change: Partial<Pick<NumberRange, 'next' | 'active'>>,
): Promise<void> {
  const { next, active } = { ...range, ...change };
  const changed = await tx('carrier_range')
    .where({ id: range.id, version: range.version })
    .update({ next, active: active ? 1 : 0, version: range.version + 1 });
  if (changed !== 1) throw new AppError('conflict', 'number-range.changed', { id: range.id });
}

export async function insertLease(
  tx: Tx,
  lease: Omit<Lease, 'version'> & { readonly leasedAt: string },
): Promise<void> {
  await tx('range_lease').insert({
    id: lease.id,
    range_id: lease.rangeId,
    station_id: lease.stationId,
    first: lease.first,
    last: lease.last,
    next: lease.next,
    leased_at: lease.leasedAt,
    version: 1,
  });
}

export async function saveLease(tx: Tx, lease: Lease, next: number): Promise<void> {
  const changed = await tx('range_lease')
    .where({ id: lease.id, version: lease.version })
    .update({ next, version: lease.version + 1 });
  if (changed !== 1) throw new AppError('conflict', 'number-range.changed', { id: lease.rangeId });
}
