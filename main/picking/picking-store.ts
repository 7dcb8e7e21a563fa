import { AppError } from '../../shared/errors.ts';
import type { PickTaskState } from '../../shared/model/machines.ts';
import { insertMany, type Tx } from '../db/unit-of-work.ts';

/** One SKU, one bin, one quantity. */
export interface PickTask {
  readonly id: string;
  readonly orderId: string;
  readonly lineId: string;
  readonly itemId: string;
  readonly locationId: string;
  readonly location: string;
  readonly quantity: number;
  readonly picked: number;
  readonly state: PickTaskState;
  readonly version: number;
}

interface TaskRow {
  readonly id: string;
  readonly order_id: string;
  readonly order_line_id: string;
  readonly item_id: string;
  readonly location_id: string;
  readonly code: string;
  readonly quantity: number;
  readonly picked: number;
  readonly state: PickTaskState;
  readonly version: number;
}

const fromRow = (row: TaskRow): PickTask => ({
  id: row.id,
  orderId: row.order_id,
  lineId: row.order_line_id,
  itemId: row.item_id,
  locationId: row.location_id,
  location: row.code,
  quantity: row.quantity,
  picked: row.picked,
  state: row.state,
  version: row.version,
});

/** Every task of an order in walking order. */
export async function listTasks(tx: Tx, orderId: string): Promise<PickTask[]> {
  const rows = await tx('pick_task')
    .join('location', 'location.id', 'pick_task.location_id')
    .where({ order_id: orderId })
    .orderBy([{ column: 'walk_key' }, { column: 'pick_task.id' }])
    .select<TaskRow[]>('pick_task.*', 'location.code');
  return rows.map(fromRow);
}

/** Tasks in a bin that no hand has gone to, as units an order. */
export async function listOpenIn(
  tx: Tx,
  place: { itemId: string; locationId: string },
): Promise<{ orderId: string; quantity: number }[]> {
  const rows: { orderId: string; quantity: number | string }[] = await tx('pick_task')
    .where({ item_id: place.itemId, location_id: place.locationId, state: 'open' })
    .groupBy('order_id')
    .select('order_id as orderId')
    .sum({ quantity: 'quantity' });
  return rows.map((row) => ({ orderId: row.orderId, quantity: Number(row.quantity) }));
}

export async function insertTasks(
  tx: Tx,
  tasks: readonly Omit<PickTask, 'location' | 'picked' | 'state' | 'version'>[],
): Promise<void> {
  await insertMany(
    tx,
    'pick_task',
    tasks.map((task) => ({
      id: task.id,
      order_id: task.orderId,
      order_line_id: task.lineId,
      item_id: task.itemId,
      location_id: task.locationId,
      quantity: task.quantity,
      picked: 0,
      state: 'open',
      short_reason: null,
      version: 1,
    })),
  );
}

/** Saves only if nobody else did since the task was read. */
export async function saveTask(
  tx: Tx,
  task: PickTask,
  change: Partial<Pick<PickTask, 'state' | 'picked' | 'quantity'>> & { shortReason?: string },
): Promise<PickTask> {
  const { shortReason, ...fields } = change;
  const next = { ...task, ...fields, version: task.version + 1 };
  const changed = await tx('pick_task')
    .where({ id: task.id, version: task.version })
    .update({
      state: next.state,
      picked: next.picked,
      quantity: next.quantity,
      version: next.version,
      ...(shortReason ? { short_reason: shortReason } : {}),
    });
  if (changed !== 1) throw new AppError('conflict', 'order.changed-elsewhere', { task: task.id });
  return next;
}
