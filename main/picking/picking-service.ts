import { AppError } from '../../shared/errors.ts';
import { pickTaskMachine } from '../../shared/model/machines.ts';
import { transition } from '../../shared/model/state-machine.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { deriveOrderState, wanted } from '../orders/orders-rules.ts';
import {
  addToLine,
  changeOrder,
  findOrder,
  holdOrder,
  leafLines,
  leaseEnd,
  moveOrder,
  nextClaimableOrder,
} from '../orders/orders-service.ts';
import type { Order, OrderLine } from '../orders/orders-store.ts';
import { reserve } from '../stock/allocation-service.ts';
import { toteToFill } from '../stock/catalogue-service.ts';
import { levelsOf, takeReserved, writeOffReserved } from '../stock/levels-service.ts';
import { decideAllocation } from '../stock/stock-rules.ts';
import { openTasksOf } from './picking-rules.ts';
import { listTasks, type PickTask, saveTask } from './picking-store.ts';

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
  const decision = decideAllocation(
    wants,
    await levelsOf(
      uow,
      wants.map((want) => want.itemId),
    ),
  );
  if (decision.outcome === 'allocated') await reserve(uow, order, { lines, takes: decision.takes });
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
  const saved = await saveTask(uow.tx, task, { picked, state: await advance(task, state) });
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

async function advance(task: PickTask, to: 'picking' | 'done'): Promise<PickTask['state']> {
  const claimed = task.state === 'open' ? transition(pickTaskMachine, 'open', 'claimed') : task.state;
  const picking = claimed === 'claimed' ? transition(pickTaskMachine, claimed, 'picking') : claimed;
  return to === 'picking' ? picking : transition(pickTaskMachine, picking, to);
}

/** All tasks are closed: the order is picked when every unit lies in the tote, otherwise it waits for people. */
async function finishPicking(uow: UnitOfWork, order: Order): Promise<Order> {
  const lines = await leafLines(uow, order.id);
  const free = { claimedBy: null, claimUntil: null };
  if (deriveOrderState(lines, [], false) === 'picked') return moveOrder(uow, order, 'picked', free);
  await holdOrder(uow, order.id, { reason: 'short', detail: shortText(lines) });
  return changeOrder(uow, order, free);
}

function shortText(lines: readonly OrderLine[]): string {
  return lines
    .filter((line) => line.picked < wanted(line))
    .map((line) => `${line.sku}: ${wanted(line) - line.picked} missing`)
    .join('; ');
}

export interface ShortResult {
  readonly outcome: 'other-bin' | 'short';
  readonly missing: number;
  readonly order: Order;
}

/**
 * Step: the bin holds less than asked. What is missing is looked for in other bins at once; where there is none the
 * order is held with the missing units in words, and the rest is still picked.
 */
export async function recordShort(uow: UnitOfWork, order: Order, taskId: string): Promise<ShortResult> {
  const tasks = await listTasks(uow.tx, order.id);
  const task = tasks.find((candidate) => candidate.id === taskId);
  const line = (await leafLines(uow, order.id)).find((candidate) => candidate.id === task?.lineId);
  if (!task || !line) throw new AppError('conflict', 'order.changed-elsewhere', { task: taskId });
  const missing = task.quantity - task.picked;
  const short = transition(pickTaskMachine, await advance(task, 'picking'), 'short');
  await saveTask(uow.tx, task, {
    state: transition(pickTaskMachine, short, 'closed-short'),
    quantity: task.picked,
    shortReason: 'not-found',
  });
  const { itemId, locationId } = task;
  await writeOffReserved(uow, { itemId, locationId, quantity: missing, subject: order.id });
  const lessAllocated = await addToLine(uow, line, { quantity: 'allocated', by: -missing });
  uow.record({ kind: 'pick-task.short', subject: order.id, data: { sku: line.sku, location: task.location, missing } });
  const levels = (await levelsOf(uow, [itemId])).filter((level) => level.locationId !== locationId);
  const decision = decideAllocation([{ lineId: line.id, itemId, quantity: missing }], levels);
  if (decision.outcome === 'allocated') {
    await reserve(uow, order, { lines: [lessAllocated], takes: decision.takes });
    return { outcome: 'other-bin', missing, order };
  }
  const left = openTasksOf(tasks.filter((other) => other.id !== task.id));
  return { outcome: 'short', missing, order: left.length === 0 ? await finishPicking(uow, order) : order };
}
