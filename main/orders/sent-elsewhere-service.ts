import { AppError } from '../../shared/errors.ts';
import type { OrderState } from '../../shared/model/machines.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { releaseAllocation } from '../stock/allocation-service.ts';
import { removeHold } from './hold-store.ts';
import { isTouched, wanted } from './orders-rules.ts';
import { addToLine, moveOrder, orderById } from './orders-service.ts';
import { listLines, type OrderLine } from './orders-store.ts';

/** Before hands are on it. */
const UNTOUCHED: readonly OrderState[] = ['new', 'ready', 'backordered', 'allocated'];

export interface SentLine {
  readonly id: string;
  readonly externalLineId: string | null;
  readonly sku: string;
  readonly ordered: number;
  readonly units: number;
}

/**
 * Step: units of an order left from elsewhere: they are not wanted here any more and take no stock of ours. What is left is
 * reserved anew; with nothing left the order has been shipped. Errors, all `rule`: `order.in-hands` (it is being picked or
 * packed), `order.unknown-sku`, `order.too-many-units`, `order.nothing-left`.
 */
export async function sendElsewhere(
  uow: UnitOfWork,
  orderId: string,
  sent: {
    readonly lines: readonly { readonly sku: string; readonly quantity: number }[] | null;
    readonly carrier: string;
    readonly tracking: string;
  },
): Promise<{ readonly lines: readonly SentLine[]; readonly isAll: boolean }> {
  const order = await orderById(uow, orderId);
  const lines = await listLines(uow.tx, orderId);
  const { number, state } = order;
  if (['shipped', 'closed', 'cancelled'].includes(state))
    throw new AppError('rule', 'order.nothing-left', { number, state });
  if (!UNTOUCHED.includes(state) || isTouched(lines)) throw new AppError('rule', 'order.in-hands', { number, state });
  const taken = takenOf(lines, sent.lines);
  if (taken.length === 0) throw new AppError('rule', 'order.nothing-left', { number, state });
  await releaseAllocation(uow, orderId);
  for (const { line, units } of taken) {
    await addToLine(uow, line, { quantity: 'cancelled', by: units });
    // A kit takes its components with it.
    for (const part of lines.filter(({ parentLineId }) => parentLineId === line.id))
      await addToLine(uow, part, { quantity: 'cancelled', by: (part.ordered / line.ordered) * units });
  }
  const left = (await listLines(uow.tx, orderId)).some((line) => wanted(line) > line.shipped);
  const { carrier } = sent;
  const skus = taken.map(({ line, units }) => ({ sku: line.sku, quantity: units }));
  uow.record({ kind: 'order.sent-elsewhere', subject: orderId, data: { carrier, lines: skus } });
  if (left && state === 'allocated') await moveOrder(uow, await orderById(uow, orderId), 'ready');
  if (left) uow.enqueue({ topic: 'stock.allocate', key: orderId, payload: { backordered: true } });
  else {
    await removeHold(uow.tx, orderId);
    await moveOrder(uow, await orderById(uow, orderId), 'shipped');
  }
  uow.emit('orders.changed', { orderId });
  const told = taken.map(({ line, units }) => ({ ...line, units }));
  return { lines: told, isAll: !left };
}

function takenOf(
  lines: readonly OrderLine[],
  asked: readonly { readonly sku: string; readonly quantity: number }[] | null,
): { readonly line: OrderLine; readonly units: number }[] {
  const tops = lines.filter((line) => line.parentLineId === null && wanted(line) > line.shipped);
  if (asked === null) return tops.map((line) => ({ line, units: wanted(line) - line.shipped }));
  const left = new Map(asked.map(({ sku, quantity }) => [sku, quantity]));
  const taken = tops.flatMap((line) => {
    const units = Math.min(left.get(line.sku) ?? 0, wanted(line) - line.shipped);
    left.set(line.sku, (left.get(line.sku) ?? 0) - units);
    return units > 0 ? [{ line, units }] : [];
  });
  for (const { sku } of asked) {
    if (!lines.some((line) => line.sku === sku)) throw new AppError('rule', 'order.unknown-sku', { sku });
    if ((left.get(sku) ?? 0) > 0) throw new AppError('rule', 'order.too-many-units', { sku });
  }
  return taken;
}
