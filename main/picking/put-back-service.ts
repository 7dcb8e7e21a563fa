import { putBackMachine } from '../../shared/model/machines.ts';
import { transition } from '../../shared/model/state-machine.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { addToLine, leafLines, leaveOrder } from '../orders/orders-service.ts';
import type { Order } from '../orders/orders-store.ts';
import { endStartAgain } from '../orders/start-again-service.ts';
import { moveStock } from '../stock/catalogue-service.ts';
import { booksOf } from '../stock/count-service.ts';
import { movementsAbout, putIntoBin } from '../stock/levels-service.ts';
import { listTasks } from './picking-store.ts';
import { type LastPut, lastPut, planPutBacks } from './put-back-rules.ts';
import { findPutBackOrder, insertPutBacks, listPutBacks, type PutBack, savePutBack } from './put-back-store.ts';

/**
 * Step: what was picked for an order and has not left goes back into the bins it came from: one put-back for each item
 * and bin, in the order's tote. From here on the units belong to the put-backs, no longer to the lines.
 */
export async function openPutBacks(uow: UnitOfWork, order: Pick<Order, 'id' | 'toteId'>): Promise<number> {
  const lines = await leafLines(uow, order.id);
  const plan = planPutBacks(lines, await listTasks(uow.tx, order.id));
  await insertPutBacks(
    uow.tx,
    plan.map((one) => ({ id: uow.newId(), orderId: order.id, toteId: order.toteId, ...one })),
    uow.now,
  );
  for (const line of lines) {
    const back = line.picked - line.shipped;
    if (back === 0) continue;
    const less = await addToLine(uow, line, { quantity: 'picked', by: -back });
    await addToLine(uow, less, { quantity: 'allocated', by: -back });
  }
  const units = plan.reduce((sum, one) => sum + one.quantity, 0);
  if (units > 0) uow.record({ kind: 'put-back.opened', subject: order.id, data: { units } });
  return units;
}

/** Step: the order whose units lie in this tote and still have to go back. */
export function putBacksIn(uow: UnitOfWork, toteId: string): Promise<string | undefined> {
  return findPutBackOrder(uow.tx, toteId);
}

/** Step: put-backs of an order, those that are done too. */
export function putBacksOf(uow: UnitOfWork, orderId: string): Promise<PutBack[]> {
  return listPutBacks(uow.tx, orderId);
}

/**
 * Step: units out of the tote went into a bin, any that is known, and are stock again. Damaged ones go in and out of
 * the books at once: the ledger says what was lost.
 */
export async function putBack(
  uow: UnitOfWork,
  open: PutBack,
  put: { locationId: string; quantity: number; damaged: boolean },
): Promise<{ unitsLeft: number }> {
  const { itemId } = open;
  const { locationId, quantity } = put;
  const done = open.done + quantity;
  const state = done === open.quantity ? transition(putBackMachine, open.state, 'done') : open.state;
  await savePutBack(uow.tx, open, { done, state });
  await putIntoBin(uow, { itemId, locationId, quantity, reason: 'put-back', subject: open.id });
  if (put.damaged)
    await moveStock(uow, {
      itemId,
      locationId,
      quantity: -quantity,
      allocated: 0,
      reason: 'damaged',
      subject: open.id,
    });
  uow.record({
    kind: put.damaged ? 'unit.damaged' : 'unit.put-back',
    subject: open.orderId,
    data: { sku: open.sku, quantity, location: locationId },
  });
  uow.emit('stock.changed', {});
  const all = await listPutBacks(uow.tx, open.orderId);
  return { unitsLeft: all.reduce((sum, one) => sum + one.quantity - one.done, 0) };
}

export type UndonePut =
  | { readonly outcome: 'undone'; readonly sku: string; readonly quantity: number }
  | { readonly outcome: 'nothing' }
  /** Another order has reserved the units since. */
  | { readonly outcome: 'reserved'; readonly sku: string };

/** Step: takes the last put-back scan of an order back; the units lie in the tote again. */
export async function undoPutBack(uow: UnitOfWork, orderId: string): Promise<UndonePut> {
  const all = await listPutBacks(uow.tx, orderId);
  const about = { itemIds: all.map((one) => one.itemId), subjects: all.map((one) => one.id) };
  const last = lastPut(await movementsAbout(uow, about));
  const from = all.find((one) => one.id === last?.subject);
  if (!last || !from) return { outcome: 'nothing' };
  if (!last.damaged && (await isReserved(uow, from, last))) return { outcome: 'reserved', sku: from.sku };
  const state = from.state === 'done' ? transition(putBackMachine, from.state, 'open') : from.state;
  await savePutBack(uow.tx, from, { done: from.done - last.quantity, state });
  await takeOut(uow, from, last);
  uow.record({ kind: 'unit.put-back-undone', subject: orderId, data: { sku: from.sku, quantity: last.quantity } });
  uow.emit('stock.changed', {});
  return { outcome: 'undone', sku: from.sku, quantity: last.quantity };
}

async function isReserved(uow: UnitOfWork, from: PutBack, last: LastPut): Promise<boolean> {
  const { onHand, allocated } = await booksOf(uow, { itemId: from.itemId, locationId: last.locationId });
  return onHand - last.quantity < allocated;
}

async function takeOut(uow: UnitOfWork, from: PutBack, last: LastPut): Promise<void> {
  const { quantity, locationId } = last;
  const move = { itemId: from.itemId, locationId, allocated: 0, subject: from.id };
  // What was written off as damaged comes back into the books first.
  if (last.damaged) await moveStock(uow, { ...move, quantity, reason: 'damaged-undone' });
  await moveStock(uow, { ...move, quantity: -quantity, reason: 'put-back-undone' });
}

/** Step: the bench is done with the goods of an order, or leaves the rest; what came back may be what somebody waits for. */
export async function leavePutBacks(uow: UnitOfWork, orderId: string): Promise<void> {
  await leaveOrder(uow, orderId);
  if ((await listPutBacks(uow.tx, orderId)).every(({ state }) => state === 'done')) await endStartAgain(uow, orderId);
  uow.enqueue({ topic: 'stock.allocate', key: orderId, payload: { backordered: true } });
  uow.emit('orders.changed', { orderId });
}
