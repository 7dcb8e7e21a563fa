import { AppError } from '../../shared/errors.ts';
import type { CountTaskState } from '../../shared/model/machines.ts';
import type { Tx } from '../db/unit-of-work.ts';

/** One item in one bin that somebody should count. */
export interface CountTask {
  readonly id: string;
  readonly itemId: string;
  readonly locationId: string;
  readonly location: string;
  readonly reason: string;
  readonly state: CountTaskState;
  readonly version: number;
}

const COLUMNS = [
  'count_task.id',
  'item_id as itemId',
  'location_id as locationId',
  'location.code as location',
  'reason',
  'state',
  'count_task.version',
];

/** Asks for a count; one that is open already stays as it is. Tells whether it is new. */
export async function insertCountTask(
  tx: Tx,
  task: { id: string; itemId: string; locationId: string; reason: string; orderId: string | null; createdAt: string },
): Promise<boolean> {
  const rows = await tx('count_task')
    .insert({
      id: task.id,
      item_id: task.itemId,
      location_id: task.locationId,
      reason: task.reason,
      order_id: task.orderId,
      state: 'open',
      created_at: task.createdAt,
      version: 1,
    })
    .onConflict()
    .ignore()
    .returning('id');
  return rows.length > 0;
}

export async function findCountTask(tx: Tx, id: string): Promise<CountTask | undefined> {
  return tx('count_task')
    .join('location', 'location.id', 'count_task.location_id')
    .where({ 'count_task.id': id })
    .first<CountTask | undefined>(COLUMNS);
}

/** The open count of a bin; where several items of it are to be counted, the one asked for first. */
export async function findOpenCount(
  tx: Tx,
  place: { locationId: string; itemId?: string },
): Promise<CountTask | undefined> {
  const query = tx('count_task')
    .join('location', 'location.id', 'count_task.location_id')
    .where({ state: 'open', location_id: place.locationId })
    .orderBy('count_task.id');
  if (place.itemId) query.where({ item_id: place.itemId });
  return query.first<CountTask | undefined>(COLUMNS);
}

/** The first open count on the walk that no other bench is at. */
export async function findNextCount(tx: Tx, stationId: string): Promise<CountTask | undefined> {
  return tx('count_task')
    .join('location', 'location.id', 'count_task.location_id')
    .where({ state: 'open' })
    .whereNotExists(
      tx('bench')
        .select('station_id')
        .where({ mode: 'count' })
        .whereNot({ station_id: stationId })
        .whereRaw('bench.task_id = count_task.id'),
    )
    .orderBy([{ column: 'walk_key' }, { column: 'count_task.id' }])
    .first<CountTask | undefined>(COLUMNS);
}

/** Closes a count if nobody else did since it was read. */
export async function saveCounted(
  tx: Tx,
  task: CountTask,
  done: { state: CountTaskState; counted: number; at: string; operatorId: string | null },
): Promise<void> {
  const changed = await tx('count_task')
    .where({ id: task.id, version: task.version })
    .update({
      state: done.state,
      counted: done.counted,
      done_at: done.at,
      operator_id: done.operatorId,
      version: task.version + 1,
    });
  if (changed !== 1) throw new AppError('conflict', 'count.changed-elsewhere', { task: task.id });
}
