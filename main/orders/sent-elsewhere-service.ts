import { AppError } from '../../shared/errors.ts';
import type { OrderState } from '../../shared/model/machines.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { releaseAllocation } from '../stock/allocation-service.ts';
import { takeGone } from '../stock/gone-service.ts';
import { findHold, removeHold } from './hold-store.ts';
import { wanted } from './orders-rules.ts';
import { addToLine, leafLines, leaseHolds, moveOrder, orderById } from './orders-service.ts';
import { listLines, type Order, type OrderLine } from './orders-store.ts';

/** Before hands are on it; one whose picking was left with nothing picked is as free. */
const UNTOUCHED: readonly OrderState[] = ['new', 'ready', 'backordered', 'allocated', 'picking'];

/** Holds that say why an order is not packed or labelled here, and nothing against a label made elsewhere. */
const OF_THE_BENCH: readonly string[] = ['address-unknown', 'short', 'hazardous'];

/** What left of an order; of all that is left when `lines` is null. */
export interface Sent {
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[] | null;
  readonly carrier: string;
}

/**
 * Step: units of an order left with a label made elsewhere. They leave their bins and are not picked or packed here any more;
 * what is left is reserved anew, and with nothing left the order has been shipped. Errors, all `rule`: `order.in-hands`
 * (it is being picked or packed), `order.cancelled-already`, `order.cancel-requested`, `order.kept-back`,
 * `order.unknown-sku`, `order.too-many-units`, `order.nothing-left`.
 */
export async function sendElsewhere(uow: UnitOfWork, orderId: string, sent: Sent): Promise<void> {
  const order = await orderById(uow, orderId);
  const lines = await listLines(uow.tx, orderId);
  await refuse(uow, order, lines);
  const taken = takenOf(lines, sent.lines);
  if (taken.length === 0)
    throw new AppError('rule', 'order.nothing-left', { number: order.number, state: order.state });
  const reserved = await releaseAllocation(uow, orderId);
  const leaves = taken.flatMap((one) => leavesOf(one, lines));
  const tops = taken.filter(({ line }) => leaves.every((leaf) => leaf.line.id !== line.id));
  for (const { line, units } of [...tops, ...leaves]) {
    const gone = await addToLine(uow, line, { quantity: 'cancelled', by: units });
    await addToLine(uow, gone, { quantity: 'sentElsewhere', by: units });
  }
  const wants = leaves.flatMap(({ line: { id, itemId }, units }) =>
    itemId === null ? [] : [{ lineId: id, itemId, quantity: units }],
  );
  const fromStock = await takeGone(uow, { subject: orderId, wants, reserved });
  const skus = taken.map(({ line, units }) => ({ sku: line.sku, quantity: units }));
  const data = { carrier: sent.carrier, lines: skus, fromStock };
  uow.record({ kind: 'order.sent-elsewhere', subject: orderId, data });
  await goOn(uow, await orderById(uow, orderId));
  uow.emit('orders.changed', { orderId });
}

async function refuse(uow: UnitOfWork, order: Order, lines: readonly OrderLine[]): Promise<void> {
  const { id, number, state } = order;
  if (state === 'cancelled') throw new AppError('rule', 'order.cancelled-already', { number });
  if (state === 'shipped' || state === 'closed') throw new AppError('rule', 'order.nothing-left', { number, state });
  const held = order.claimedBy !== null && leaseHolds(order.claimUntil, uow.now);
  // Of a split order the earlier parts were picked and have left.
  const touched = lines.some((line) => line.picked > line.shipped);
  if (!UNTOUCHED.includes(state) || touched || held) throw new AppError('rule', 'order.in-hands', { number, state });
  const hold = await findHold(uow.tx, id, uow.now);
  if (!hold || OF_THE_BENCH.includes(hold.reason)) return;
  if (hold.reason === 'cancel-requested') throw new AppError('rule', 'order.cancel-requested', { number });
  throw new AppError('rule', 'order.kept-back', { number, reason: hold.reason });
}

/** Free for whoever packs what is left; with nothing left it has been shipped. */
async function goOn(uow: UnitOfWork, order: Order): Promise<void> {
  const free = { claimedBy: null, claimUntil: null, toteId: null };
  const left = (await leafLines(uow, order.id)).some((line) => wanted(line) > line.shipped);
  if (!left) {
    await removeHold(uow.tx, order.id);
    await moveOrder(uow, order, 'shipped', free);
    return;
  }
  if (order.state === 'allocated' || order.state === 'picking') await moveOrder(uow, order, 'ready', free);
  uow.enqueue({ topic: 'stock.allocate', key: order.id, payload: { backordered: true } });
}

interface TakenLine {
  readonly line: OrderLine;
  readonly units: number;
}

/** What lies in bins: a kit takes its components with it. */
function leavesOf({ line, units }: TakenLine, lines: readonly OrderLine[]): TakenLine[] {
  const parts = lines.filter(({ parentLineId }) => parentLineId === line.id);
  if (parts.length === 0) return [{ line, units }];
  return parts.map((part) => ({ line: part, units: (part.ordered / line.ordered) * units }));
}

function takenOf(lines: readonly OrderLine[], asked: Sent['lines']): TakenLine[] {
  const tops = lines.filter((line) => line.parentLineId === null && openUnits(line, lines) > 0);
  if (asked === null) return tops.map((line) => ({ line, units: openUnits(line, lines) }));
  const left = new Map<string, number>();
  for (const { sku, quantity } of asked) left.set(sku, (left.get(sku) ?? 0) + quantity);
  const taken = tops.flatMap((line) => {
    const units = Math.min(left.get(line.sku) ?? 0, openUnits(line, lines));
    left.set(line.sku, (left.get(line.sku) ?? 0) - units);
    return units > 0 ? [{ line, units }] : [];
  });
  for (const { sku } of asked) {
    if (!lines.some((line) => line.sku === sku)) throw new AppError('rule', 'order.unknown-sku', { sku });
    if ((left.get(sku) ?? 0) > 0) throw new AppError('rule', 'order.too-many-units', { sku });
  }
  return taken;
}

/** Units of a line that have not left; of a kit those of which no component has. */
function openUnits(line: OrderLine, lines: readonly OrderLine[]): number {
  const parts = lines.filter(({ parentLineId }) => parentLineId === line.id);
  if (parts.length === 0) return wanted(line) - line.shipped;
  const each = parts.map((part) =>
    Math.floor(((wanted(part) - part.shipped) * line.ordered) / Math.max(1, part.ordered)),
  );
  return Math.min(wanted(line), ...each);
}
