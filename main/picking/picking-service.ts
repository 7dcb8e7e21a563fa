import { AppError } from '../../shared/errors.ts';
import { pickTaskMachine } from '../../shared/model/machines.ts';
import { transition } from '../../shared/model/state-machine.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { wanted } from '../orders/orders-rules.ts';
import {
  addToLine,
  changeOrder,
  findOrder,
  leafLines,
  leaseEnd,
  moveOrder,
  nextClaimableOrder,
} from '../orders/orders-service.ts';
import type { Order } from '../orders/orders-store.ts';
import { reserve } from '../stock/allocation-service.ts';
import { toteToFill } from '../stock/catalogue-service.ts';
import { levelsOf, takeReserved } from '../stock/levels-service.ts';
import { takeWhatIsThere } from '../stock/stock-rules.ts';
import { finishPicking } from './finish-service.ts';
import { advanceTask, openTasksOf } from './picking-rules.ts';
import { listTasks, type PickTask, saveTask } from './picking-store.ts';
import { putBacksIn } from './put-back-service.ts';

/** Step: claims the most urgent order that nobody picks; undefined when there is none. */
export async function claimNextOrder(uow: UnitOfWork, stationId: string): Promise<Order | undefined> {
  for (;;) {
    const order = await nextClaimableOrder(uow, ['allocated', 'picking'], stationId);
    const claim = order && (await claimOrder(uow, order, stationId));
    // One that is held again has left the queue: the next is as good.
    if (claim?.outcome !== 'finished') return claim?.order;
  }
}

export type Claim =
  | { readonly outcome: 'claimed'; readonly order: Order }
  /** Nothing is there to pick: the order is picked, or held for what is missing. */
  | { readonly outcome: 'finished'; readonly order: Order };

/** Step: takes an allocated order, or one whose picking was left, for this bench. */
export async function claimOrder(uow: UnitOfWork, order: Order, stationId: string): Promise<Claim> {
  const claim = { claimedBy: stationId, claimUntil: leaseEnd(uow.now) };
  if (order.state === 'allocated') {
    const claimed = await moveOrder(uow, order, 'picking', claim);
    for (const task of await listTasks(uow.tx, order.id)) {
      if (task.state === 'open')
        await saveTask(uow.tx, task, { state: transition(pickTaskMachine, task.state, 'claimed') });
    }
    return { outcome: 'claimed', order: claimed };
  }
  uow.record({ kind: 'order.claimed', subject: order.id, data: { station: stationId } });
  const claimed = await changeOrder(uow, order, claim);
  await topUp(uow, claimed);
  if (openTasksOf(await listTasks(uow.tx, order.id)).length > 0) return { outcome: 'claimed', order: claimed };
  return { outcome: 'finished', order: await finishPicking(uow, claimed) };
}

/** An order that came up short is tried again when somebody takes it: stock may have come in since. */
async function topUp(uow: UnitOfWork, order: Order): Promise<void> {
  const lines = await leafLines(uow, order.id);
  const wants = lines.flatMap((line) => {
    const quantity = wanted(line) - line.allocated;
    return quantity > 0 && line.itemId ? [{ lineId: line.id, itemId: line.itemId, quantity }] : [];
  });
  if (wants.length === 0) return;
  const levels = await levelsOf(
    uow,
    wants.map((want) => want.itemId),
  );
  const { takes } = takeWhatIsThere(wants, levels);
  if (takes.length > 0) await reserve(uow, order, { lines, takes });
}

export type ToteOutcome =
  | { readonly outcome: 'assigned'; readonly order: Order }
  | { readonly outcome: 'refused'; readonly code: 'tote.unknown' | 'pick.tote-taken' };

/** Step: the picked units go into this tote; a tote that carries another order is refused. */
export async function assignTote(uow: UnitOfWork, order: Order, code: string): Promise<ToteOutcome> {
  if (order.toteId) throw new AppError('conflict', 'order.changed-elsewhere', { id: order.id });
  const tote = await toteToFill(uow, code);
  if (!tote) return { outcome: 'refused', code: 'tote.unknown' };
  const other = await findOrder(uow, { toteId: tote.id });
  if (other && other.id !== order.id) return { outcome: 'refused', code: 'pick.tote-taken' };
  if (await putBacksIn(uow, tote.id)) return { outcome: 'refused', code: 'pick.tote-taken' };
  const saved = await changeOrder(uow, order, { toteId: tote.id });
  uow.record({ kind: 'order.tote-assigned', subject: order.id, data: { tote: code } });
  return { outcome: 'assigned', order: saved };
}

export interface PickResult {
  readonly order: Order;
  readonly task: PickTask;
  readonly done: 'unit' | 'task' | 'order';
}

/** Step: `quantity` units of the task's item move from the bin into the tote. */
export async function confirmPick(
  uow: UnitOfWork,
  order: Order,
  pick: { taskId: string; quantity: number },
): Promise<PickResult> {
  const tasks = await listTasks(uow.tx, order.id);
  const task = tasks.find((candidate) => candidate.id === pick.taskId);
  const line = (await leafLines(uow, order.id)).find((candidate) => candidate.id === task?.lineId);
  // Decided on what the bench had read; another browser of the same bench may have picked it since.
  if (!task || !line || openTasksOf([task]).length === 0 || task.picked + pick.quantity > task.quantity)
    throw new AppError('conflict', 'order.changed-elsewhere', { task: pick.taskId });
  const picked = task.picked + pick.quantity;
  const state = picked === task.quantity ? 'done' : 'picking';
  const saved = await saveTask(uow.tx, task, { picked, state: advanceTask(task.state, state) });
  const { itemId, locationId } = task;
  await takeReserved(uow, { itemId, locationId, quantity: pick.quantity, subject: order.id });
  await addToLine(uow, line, { quantity: 'picked', by: pick.quantity });
  uow.record({
    kind: 'unit.picked',
    subject: order.id,
    data: { sku: line.sku, quantity: pick.quantity, location: task.location },
  });
  uow.emit('stock.changed', {});
  const left = openTasksOf(tasks.map((other) => ({ ...(other.id === saved.id ? saved : other) })));
  if (left.length > 0) return { order, task: saved, done: state === 'done' ? 'task' : 'unit' };
  return { order: await finishPicking(uow, order), task: saved, done: 'order' };
}
