import { pickTaskMachine } from '../../shared/model/machines.ts';
import { transition } from '../../shared/model/state-machine.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { orderById } from '../orders/orders-service.ts';
import { insertTasks, listOpenIn, listTasks, saveTask } from './picking-store.ts';

/** Step: opens one task for each reserved quantity. */
export async function openTasks(
  uow: UnitOfWork,
  orderId: string,
  takes: readonly { lineId: string; itemId: string; locationId: string; quantity: number }[],
): Promise<void> {
  await insertTasks(
    uow.tx,
    takes.map((take) => ({ id: uow.newId(), orderId, ...take })),
  );
}

export interface ReleasedTask {
  readonly lineId: string;
  readonly itemId: string;
  readonly locationId: string;
  /** Units that stay in the bin. */
  readonly quantity: number;
}

/** Step: closes every task that is not done; what was picked of it stays picked. */
export async function cancelTasks(uow: UnitOfWork, orderId: string): Promise<ReleasedTask[]> {
  const released: ReleasedTask[] = [];
  for (const task of await listTasks(uow.tx, orderId)) {
    if (!['open', 'claimed', 'picking'].includes(task.state)) continue;
    const open = task.state === 'open' ? 'open' : transition(pickTaskMachine, task.state, 'open');
    const left = task.quantity - task.picked;
    await saveTask(uow.tx, task, { state: transition(pickTaskMachine, open, 'cancelled'), quantity: task.picked });
    released.push({ lineId: task.lineId, itemId: task.itemId, locationId: task.locationId, quantity: left });
  }
  return released;
}

/** Step: orders that wait for units of a bin and that no hand has begun, the least urgent first. */
export async function untakenIn(
  uow: UnitOfWork,
  place: { itemId: string; locationId: string },
): Promise<{ orderId: string; quantity: number }[]> {
  const waiting = [];
  for (const open of await listOpenIn(uow.tx, place))
    waiting.push({ ...open, order: await orderById(uow, open.orderId) });
  return waiting
    .filter(({ order }) => order.state === 'allocated' && order.claimedBy === null)
    .sort((a, b) => a.order.priority - b.order.priority || (a.order.shipBy < b.order.shipBy ? 1 : -1))
    .map(({ orderId, quantity }) => ({ orderId, quantity }));
}
