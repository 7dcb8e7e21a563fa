import { AppError } from '../../shared/errors.ts';
import { lockFree, type RowLock, withRowLock } from '../db/row-locks.ts';
import { insertMany, type Tx } from '../db/unit-of-work.ts';
import { CLAIMABLE } from '../orders/claim-rules.ts';
import type { PickRunState } from './run-rules.ts';

/** Several orders that one picker collects in one walk. */
export interface PickRun {
  readonly id: string;
  readonly code: string;
  readonly stationId: string;
  /** Name on the zone's card; null where the walk goes through all of them. */
  readonly zone: string | null;
  readonly state: PickRunState;
  readonly version: number;
}

interface RunRow {
  readonly id: string;
  readonly code: string;
  readonly station_id: string;
  readonly zone: string | null;
  readonly state: PickRunState;
  readonly version: number;
}

const fromRow = (row: RunRow): PickRun => ({
  id: row.id,
  code: row.code,
  stationId: row.station_id,
  zone: row.zone,
  state: row.state,
  version: row.version,
});

export async function insertPickRun(
  tx: Tx,
  run: Omit<PickRun, 'state' | 'version'> & { createdAt: string; orderIds: readonly string[] },
): Promise<void> {
  const { id, code, stationId, zone, createdAt } = run;
  await tx('pick_run').insert({
    id,
    code,
    station_id: stationId,
    zone,
    state: 'open',
    created_at: createdAt,
    version: 1,
  });
  await insertMany(
    tx,
    'pick_run_order',
    run.orderIds.map((orderId, index) => ({ run_id: id, order_id: orderId, slot: index + 1, left_at: null })),
  );
}

export async function getPickRun(tx: Tx, id: string): Promise<PickRun> {
  const row = await tx<RunRow>('pick_run').where({ id }).first();
  if (!row) throw new AppError('not-found', 'pick-run.unknown', { id });
  return fromRow(row);
}

export async function findPickRunByCode(tx: Tx, code: string): Promise<PickRun | undefined> {
  const row = await tx<RunRow>('pick_run').where({ code }).first();
  return row && fromRow(row);
}

/** Saves only if nobody else did since the run was read. */
export async function savePickRun(
  tx: Tx,
  run: PickRun,
  change: Partial<Pick<PickRun, 'state' | 'stationId'>>,
): Promise<void> {
  const next = { ...run, ...change };
  const changed = await tx('pick_run')
    .where({ id: run.id, version: run.version })
    .update({ state: next.state, station_id: next.stationId, version: run.version + 1 });
  if (changed !== 1) throw new AppError('conflict', 'pick-run.changed-elsewhere', { id: run.id });
}

/** Orders that are part of the walk, by their place on the cart. */
export async function listMembers(tx: Tx, runId: string): Promise<{ orderId: string; slot: number }[]> {
  return tx('pick_run_order')
    .where({ run_id: runId })
    .whereNull('left_at')
    .orderBy('slot')
    .select('order_id as orderId', 'slot');
}

/** Adds an order behind all that ever were on the cart, or takes it back into its old place. */
export async function addMember(tx: Tx, runId: string, orderId: string): Promise<void> {
  const all: { orderId: string; slot: number }[] = await tx('pick_run_order')
    .where({ run_id: runId })
    .select('order_id as orderId', 'slot');
  if (all.some((member) => member.orderId === orderId)) {
    await tx('pick_run_order').where({ run_id: runId, order_id: orderId }).update({ left_at: null });
    return;
  }
  const slot = Math.max(0, ...all.map((member) => member.slot)) + 1;
  await tx('pick_run_order').insert({ run_id: runId, order_id: orderId, slot, left_at: null });
}

export async function removeMember(tx: Tx, runId: string, left: { orderId: string; at: string }): Promise<void> {
  await tx('pick_run_order')
    .where({ run_id: runId, order_id: left.orderId })
    .whereNull('left_at')
    .update({ left_at: left.at });
}

/** Every zone that has a bin. */
export async function listZoneNames(tx: Tx): Promise<string[]> {
  const rows: { zone: string }[] = await tx('location').distinct('zone');
  return rows.map((row) => row.zone);
}

export interface Candidates {
  readonly stationId: string;
  readonly now: string;
  /** No lease that is alive ends later. */
  readonly latest: string;
  readonly limit: number;
  /** Names of the zones where something must be left to take; null for anywhere. */
  readonly zones: readonly string[] | null;
}

/** Ids of the most urgent orders without a hold and without a tote that this bench may take, locked for this transaction. */
export async function listRunCandidates(tx: Tx, by: Candidates): Promise<string[]> {
  const rows = await lockFree(tx, (lock) => candidatesOf(tx, by, lock).select<{ id: string }[]>('sales_order.id'));
  return rows.map((row) => row.id);
}

function candidatesOf(tx: Tx, by: Candidates, lock: RowLock) {
  const query = tx('sales_order')
    .whereIn('sales_order.state', ['allocated', 'picking'])
    .whereNull('tote_id')
    .whereRaw(CLAIMABLE, [by.stationId, by.now, by.latest])
    .whereNotExists((hold) =>
      hold
        .select(tx.raw('1'))
        .from('order_hold')
        .whereRaw('order_hold.order_id = sales_order.id')
        .where((standing) => standing.whereNull('until').orWhere('until', '>', by.now)),
    )
    .whereExists((task) => {
      task
        .select(tx.raw('1'))
        .from('pick_task')
        .join('location', 'location.id', 'pick_task.location_id')
        .whereRaw('pick_task.order_id = sales_order.id')
        .whereIn('pick_task.state', ['open', 'claimed', 'picking']);
      if (by.zones) task.whereIn('location.zone', [...by.zones]);
    })
    .orderBy([{ column: 'priority', order: 'desc' }, { column: 'ship_by' }, { column: 'sales_order.id' }])
    .limit(by.limit);
  return withRowLock(tx, query, { table: 'sales_order', lock });
}

/** Whether a tote waits for a picker of these zones: an order that nobody picks, with something to take there. */
export async function toteWaitsIn(tx: Tx, zones: readonly string[]): Promise<boolean> {
  const row: { id: string } | undefined = await tx('sales_order')
    .where({ 'sales_order.state': 'picking' })
    .whereNotNull('tote_id')
    .whereNull('claimed_by')
    .whereExists((task) =>
      task
        .select(tx.raw('1'))
        .from('pick_task')
        .join('location', 'location.id', 'pick_task.location_id')
        .whereRaw('pick_task.order_id = sales_order.id')
        .whereIn('pick_task.state', ['open', 'claimed', 'picking'])
        .whereIn('location.zone', [...zones]),
    )
    .first('sales_order.id');
  return row !== undefined;
}

/** The order that a task belongs to. */
export async function findOrderOfTask(tx: Tx, taskId: string): Promise<string | undefined> {
  const row = await tx('pick_task').where({ id: taskId }).first<{ orderId: string } | undefined>('order_id as orderId');
  return row?.orderId;
}

/** Zones where an order still has something to take, in walking order. */
export async function zonesLeft(tx: Tx, orderId: string): Promise<string[]> {
  const rows: { zone: string }[] = await tx('pick_task')
    .join('location', 'location.id', 'pick_task.location_id')
    .where({ order_id: orderId })
    .whereIn('state', ['open', 'claimed', 'picking'])
    .orderBy('walk_key')
    .select('zone');
  return [...new Set(rows.map((row) => row.zone))];
}
