import { AppError } from '../../shared/errors.ts';
import { pickTaskMachine } from '../../shared/model/machines.ts';
import { transition } from '../../shared/model/state-machine.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { wanted } from '../orders/orders-rules.ts';
import { addToLine, leafLines, replaceUnits } from '../orders/orders-service.ts';
import type { Order, OrderLine } from '../orders/orders-store.ts';
import { reserve } from '../stock/allocation-service.ts';
import { itemsById, moveStock } from '../stock/catalogue-service.ts';
import { askForCount, booksOf } from '../stock/count-service.ts';
import { levelsOf, writeOffReserved } from '../stock/levels-service.ts';
import { decideAllocation, takeWhatIsThere } from '../stock/stock-rules.ts';
import { substitutesFor } from '../stock/substitute-service.ts';
import { finishPicking } from './finish-service.ts';
import { advanceTask, openTasksOf } from './picking-rules.ts';
import { listTasks, type PickTask, saveTask } from './picking-store.ts';

/** Why a bin gave less than asked. */
export type ShortReason = 'not-found' | 'damaged' | 'expired' | 'other';

export interface ShortResult {
  /**
   * `same-bin`: another piece lies beside the broken one; `other-bin`: other bins hold all that is missing;
   * `substitute`: something equal may be sent instead, and the packer is asked; `short`: the short rule has its say once
   * the rest is picked.
   */
  readonly outcome: 'same-bin' | 'other-bin' | 'substitute' | 'short';
  /** Units that no bin gives; with the first two those that this bin did not give. */
  readonly missing: number;
  readonly order: Order;
}

interface AtBin {
  readonly task: PickTask;
  readonly line: OrderLine;
}

async function atBin(uow: UnitOfWork, order: Order, taskId: string): Promise<AtBin> {
  const task = (await listTasks(uow.tx, order.id)).find((candidate) => candidate.id === taskId);
  const line = (await leafLines(uow, order.id)).find((candidate) => candidate.id === task?.lineId);
  if (!task || !line) throw new AppError('conflict', 'order.changed-elsewhere', { task: taskId });
  return { task, line };
}

/**
 * Step: the bin holds less than asked. What is missing is looked for in other bins at once, and somebody is asked to
 * count this one. What no bin holds may be replaced; otherwise the short rule applies after the rest was picked.
 */
export async function recordShort(
  uow: UnitOfWork,
  order: Order,
  short: { taskId: string; reason: ShortReason },
): Promise<ShortResult> {
  const at = await atBin(uow, order, short.taskId);
  if (openTasksOf([at.task]).length === 0) throw new AppError('conflict', 'order.changed-elsewhere', { ...short });
  const missing = at.task.quantity - at.task.picked;
  const line = await closeShort(uow, order, { at, reason: short.reason });
  return lookElsewhere(uow, order, { at: { ...at, line }, missing });
}

/** The task ends with what was taken; what it lacks leaves the books, and the bin is to be counted. */
async function closeShort(
  uow: UnitOfWork,
  order: Order,
  short: { at: AtBin; reason: ShortReason | 'substituted' },
): Promise<OrderLine> {
  const { task, line } = short.at;
  const missing = task.quantity - task.picked;
  await saveTask(uow.tx, task, {
    state: transition(pickTaskMachine, advanceTask(task.state, 'short'), 'closed-short'),
    quantity: task.picked,
    shortReason: short.reason,
  });
  const { itemId, locationId } = task;
  await writeOffReserved(uow, { itemId, locationId, quantity: missing, subject: order.id });
  await askForCount(uow, { itemId, locationId }, { reason: short.reason, orderId: order.id });
  uow.record({
    kind: 'pick-task.short',
    subject: order.id,
    data: { sku: line.sku, location: task.location, missing, why: short.reason },
  });
  return addToLine(uow, line, { quantity: 'allocated', by: -missing });
}

/** Other bins first, then something equal, then the short rule. */
async function lookElsewhere(
  uow: UnitOfWork,
  order: Order,
  lost: { at: AtBin; missing: number },
): Promise<ShortResult> {
  const { task, line } = lost.at;
  const levels = (await levelsOf(uow, [task.itemId])).filter((level) => level.locationId !== task.locationId);
  const want = { lineId: line.id, itemId: task.itemId, quantity: lost.missing };
  const { takes, missing } = takeWhatIsThere([want], levels);
  if (takes.length > 0) await reserve(uow, order, { lines: [line], takes });
  const rest = missing[0]?.quantity ?? 0;
  if (rest === 0) return { outcome: 'other-bin', missing: lost.missing, order };
  if ((await substitutesOf(uow, order, task.id)).length > 0) return { outcome: 'substitute', missing: rest, order };
  return { outcome: 'short', missing: rest, order: await finishWhenDone(uow, order) };
}

/**
 * Step: one piece in the bin is broken. It leaves the books as damaged; the task goes on with another piece of the same
 * bin where one is free, otherwise with other bins, something equal, or the short rule.
 */
export async function recordDamaged(uow: UnitOfWork, order: Order, taskId: string): Promise<ShortResult> {
  const at = await atBin(uow, order, taskId);
  const { task, line } = at;
  const { itemId, locationId } = task;
  if (openTasksOf([task]).length === 0) throw new AppError('conflict', 'order.changed-elsewhere', { task: taskId });
  uow.record({ kind: 'pick-task.damaged', subject: order.id, data: { sku: line.sku, location: task.location } });
  uow.emit('stock.changed', {});
  const { onHand, allocated } = await booksOf(uow, { itemId, locationId });
  if (onHand > allocated) {
    await moveStock(uow, { itemId, locationId, quantity: -1, allocated: 0, reason: 'damaged', subject: order.id });
    return { outcome: 'same-bin', missing: 1, order };
  }
  await writeOffReserved(uow, { itemId, locationId, quantity: 1, subject: order.id }, 'damaged');
  await saveTask(uow.tx, task, lessOne(task));
  const less = await addToLine(uow, line, { quantity: 'allocated', by: -1 });
  return lookElsewhere(uow, order, { at: { task, line: less }, missing: 1 });
}

function lessOne(task: PickTask): Pick<PickTask, 'quantity' | 'state'> & { shortReason?: string } {
  const quantity = task.quantity - 1;
  if (task.picked < quantity) return { quantity, state: advanceTask(task.state, 'picking') };
  const state = transition(pickTaskMachine, advanceTask(task.state, 'short'), 'closed-short');
  return { quantity, state, shortReason: 'damaged' };
}

/** Something equal that may be sent for what is missing of a task's line. */
export interface Offer {
  readonly itemId: string;
  readonly sku: string;
  readonly title: string;
}

/** Units of the task's line that no bin gives, those included that the task itself still asks for. */
function unitsMissing({ task, line }: AtBin): number {
  const open = openTasksOf([task]).length > 0 ? task.quantity - task.picked : 0;
  return wanted(line) - line.allocated + open;
}

/**
 * Step: what may be sent instead of the missing units of a task's line: in stock, allowed at the same price, and only
 * where the buyer agreed. A component of a kit is never replaced: the kit would be another one.
 */
export async function substitutesOf(uow: UnitOfWork, order: Order, taskId: string): Promise<readonly Offer[]> {
  if (!order.substitutionOk) return [];
  const at = await atBin(uow, order, taskId);
  const missing = unitsMissing(at);
  if (at.line.parentLineId !== null || missing <= 0) return [];
  const items = await substitutesFor(uow, at.task.itemId, missing);
  return items.map((item) => ({ itemId: item.id, sku: item.sku, title: item.title }));
}

export type Substitution =
  | { readonly outcome: 'substituted'; readonly quantity: number; readonly sku: string }
  /** Another order took it meanwhile. */
  | { readonly outcome: 'gone' };

/**
 * Step: the missing units of a task's line are cancelled, and the same number of something equal is added to the order,
 * reserved and to be picked by tasks of its own.
 */
export async function substitute(
  uow: UnitOfWork,
  order: Order,
  choice: { taskId: string; itemId: string },
): Promise<Substitution> {
  const at = await atBin(uow, order, choice.taskId);
  const [item] = await itemsById(uow, [choice.itemId]);
  const quantity = unitsMissing(at);
  const levels = await levelsOf(uow, [choice.itemId]);
  const decision = decideAllocation([{ lineId: '', itemId: choice.itemId, quantity }], levels);
  if (!item || quantity <= 0 || decision.outcome === 'backordered') return { outcome: 'gone' };
  const open = openTasksOf([at.task]).length > 0;
  const line = open ? await closeShort(uow, order, { at, reason: 'substituted' }) : at.line;
  const added = await replaceUnits(uow, line, { item, quantity });
  await reserve(uow, order, { lines: [added], takes: decision.takes.map((take) => ({ ...take, lineId: added.id })) });
  uow.record({
    kind: 'order.substituted',
    subject: order.id,
    data: { sku: line.sku, substitute: item.sku, quantity },
  });
  return { outcome: 'substituted', quantity, sku: item.sku };
}

/** Step: nothing is sent instead. Where no task is left the short rule applies now, otherwise after the rest. */
export function declineSubstitute(uow: UnitOfWork, order: Order): Promise<Order> {
  return finishWhenDone(uow, order);
}

async function finishWhenDone(uow: UnitOfWork, order: Order): Promise<Order> {
  const left = openTasksOf(await listTasks(uow.tx, order.id));
  return left.length > 0 ? order : finishPicking(uow, order);
}
