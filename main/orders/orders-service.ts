import { AppError } from '../../shared/errors.ts';
import type { Actor } from '../../shared/model/actor.ts';
import type { OrderState } from '../../shared/model/machines.ts';
import { orderMachine } from '../../shared/model/machines.ts';
import { roleAllows } from '../../shared/model/roles.ts';
import { transition } from '../../shared/model/state-machine.ts';
import { type Deps, runUnitOfWork, type UnitOfWork } from '../db/unit-of-work.ts';
import { endsSooner } from './hold-rules.ts';
import { findHold, isHeldFirmly, removeHold, setHold } from './hold-store.ts';
import { listLinePrices } from './order-facts-store.ts';
import {
  findOrderByCode,
  findOrderByNumber,
  findOrderByTote,
  getOrder,
  getPrivate,
  insertLines,
  listLeafLines,
  listLines,
  moveLineQuantity,
  type Order,
  type OrderChange,
  type OrderLine,
  saveOrder,
} from './orders-store.ts';
import { findClaimable, listUrgent, type QueuePage } from './queue-store.ts';

/** How long a bench keeps an order to itself without touching it. */
export const LEASE_MINUTES = 15;
const CLOCK_SKEW_MINUTES = 5;

/** Step: moves an order along its state machine and says so in the journal and to every screen. */
export async function moveOrder(
  uow: UnitOfWork,
  order: Order,
  to: OrderState,
  change: OrderChange = {},
): Promise<Order> {
  const state = transition(orderMachine, order.state, to);
  const saved = await saveOrder(uow.tx, order, { ...change, state });
  uow.record({ kind: `order.${state}`, subject: order.id, from: order.state, to: state });
  uow.emit('orders.changed', { orderId: order.id });
  return saved;
}

/** Step: changes an order beside its state (tote, claim). The caller records why. */
export async function changeOrder(uow: UnitOfWork, order: Order, change: Omit<OrderChange, 'state'>): Promise<Order> {
  return saveOrder(uow.tx, order, change);
}

/** Step: reads an order. */
export function orderById(uow: UnitOfWork, id: string): Promise<Order> {
  return getOrder(uow.tx, id);
}

/** Step: the order that a scan names: by its own code, by number, or by the tote it lies in. */
export async function findOrder(
  uow: UnitOfWork,
  by: { code: string } | { number: string } | { toteId: string },
): Promise<Order | undefined> {
  if ('code' in by) return findOrderByCode(uow.tx, by.code);
  if ('number' in by) return findOrderByNumber(uow.tx, by.number);
  return findOrderByTote(uow.tx, by.toteId);
}

/** Step: the lines that hands pick and pack (components instead of their kit). */
export function leafLines(uow: UnitOfWork, orderId: string): Promise<OrderLine[]> {
  return listLeafLines(uow.tx, orderId);
}

type MovedQuantity = 'cancelled' | 'sentElsewhere' | 'allocated' | 'picked' | 'packed' | 'shipped';

/** Step: adds `by` units (may be negative) to one quantity of a line, from the number that was read. */
export async function addToLine<Q extends MovedQuantity, Line extends Pick<OrderLine, 'id' | Q>>(
  uow: UnitOfWork,
  line: Line,
  move: { quantity: Q; by: number },
): Promise<Line> {
  await moveLineQuantity(uow.tx, { id: line.id, quantity: move.quantity, from: line[move.quantity], by: move.by });
  return { ...line, [move.quantity]: line[move.quantity] + move.by };
}

/**
 * Step: `quantity` wanted units of a line are cancelled, and a new line at the end of the order asks for the same number
 * of another item at the same price. Returns the new line; nothing is reserved for it yet.
 */
export async function replaceUnits(
  uow: UnitOfWork,
  line: OrderLine,
  by: { item: { id: string; sku: string; title: string }; quantity: number },
): Promise<OrderLine> {
  const { item, quantity } = by;
  await addToLine(uow, line, { quantity: 'cancelled', by: quantity });
  const lines = await listLines(uow.tx, line.orderId);
  const added: OrderLine = {
    id: uow.newId(),
    orderId: line.orderId,
    lineNo: Math.max(...lines.map((other) => other.lineNo)) + 1,
    parentLineId: null,
    substituteFor: line.id,
    externalLineId: null,
    sku: item.sku,
    itemId: item.id,
    title: item.title,
    ordered: quantity,
    cancelled: 0,
    sentElsewhere: 0,
    allocated: 0,
    picked: 0,
    packed: 0,
    shipped: 0,
  };
  const price = (await listLinePrices(uow.tx, line.orderId)).get(line.id);
  const { unitPriceMinor = null, vatRate = null, discountMinor = null } = price ?? {};
  // Each unit takes its share of what was taken off its line.
  const share = discountMinor === null ? null : Math.round((discountMinor * quantity) / line.ordered);
  await insertLines(uow.tx, [{ ...added, unitPriceMinor, vatRate, discountMinor: share }]);
  return added;
}

/** Whether another bench holds the order now. */
export function claimedElsewhere(order: Order, stationId: string | null, now: string): boolean {
  return order.claimedBy !== null && order.claimedBy !== stationId && leaseHolds(order.claimUntil, now);
}

/** Whether a lease still runs. One that ends later than any lease can was made before the clock was put back. */
export function leaseHolds(claimUntil: string | null, now: string): boolean {
  return claimUntil !== null && claimUntil > now && claimUntil <= latestLeaseEnd(now);
}

/** Clocks of two benches may differ by minutes; no lease that is alive ends later than this. */
export function latestLeaseEnd(now: string): string {
  return new Date(Date.parse(now) + (LEASE_MINUTES + CLOCK_SKEW_MINUTES) * 60_000).toISOString();
}

/** End of a lease that begins now. */
export function leaseEnd(now: string): string {
  return new Date(Date.parse(now) + LEASE_MINUTES * 60_000).toISOString();
}

/** Step: the bench that works on an order keeps it; written once half of the lease is over, not at every scan. */
export async function keepClaim(uow: UnitOfWork, order: { id: string; claimUntil: string | null }): Promise<void> {
  const halfTime = new Date(Date.parse(uow.now) + (LEASE_MINUTES / 2) * 60_000).toISOString();
  if (order.claimUntil !== null && order.claimUntil > halfTime && leaseHolds(order.claimUntil, uow.now)) return;
  await saveOrder(uow.tx, await getOrder(uow.tx, order.id), { claimUntil: leaseEnd(uow.now) });
}

/** Step: the bench leaves the order as it is; whoever is next goes on where it stopped. */
export async function leaveOrder(uow: UnitOfWork, orderId: string): Promise<void> {
  await saveOrder(uow.tx, await getOrder(uow.tx, orderId), { claimedBy: null, claimUntil: null });
  uow.record({ kind: 'order.left', subject: orderId });
}

/** Step: the hold of an order, if there is one. */
export function holdOf(
  uow: UnitOfWork,
  orderId: string,
): Promise<{ reason: string; detail: string; since: string; until: string | null } | undefined> {
  return findHold(uow.tx, orderId, uow.now);
}

/** Step: whether an order is held, waiting for whoever ends its hold at this moment; nobody ends it before this is done. */
export function heldFirmly(uow: UnitOfWork, orderId: string): Promise<boolean> {
  return isHeldFirmly(uow.tx, orderId, uow.now);
}

/** Step: holds an order, until an instant or until somebody lifts the hold; the next scan on any bench stops on it. */
export async function holdOrder(
  uow: UnitOfWork,
  orderId: string,
  hold: { reason: string; detail: string; until?: string | null },
): Promise<void> {
  const { reason, detail, until = null } = hold;
  if (until !== null && until <= uow.now) throw new AppError('rule', 'hold.until-past', { until });
  await setHold(uow.tx, orderId, { reason, detail, until, since: uow.now, by: uow.actor.operatorId });
  uow.record({ kind: 'order.held', subject: orderId, data: { reason, ...(until ? { until } : {}) } });
  uow.emit('orders.changed', { orderId });
}

/** Step: lifts a hold. */
export async function releaseHold(uow: UnitOfWork, orderId: string): Promise<void> {
  const removed = await removeHold(uow.tx, orderId);
  if (removed === 0) throw new AppError('rule', 'order.not-on-hold', { id: orderId });
  uow.record({ kind: 'order.released', subject: orderId });
  uow.emit('orders.changed', { orderId });
  uow.enqueue({ topic: 'stock.allocate', key: orderId, payload: { backordered: true } });
}

/** Step: orders in one of `states` that nothing holds up, most urgent first. */
export function nextUrgentOrders(uow: UnitOfWork, states: readonly OrderState[], page: QueuePage): Promise<Order[]> {
  return listUrgent(uow.tx, states, { ...page, now: uow.now });
}

/** Step: the most urgent order in one of `states` that this bench may take now; no other bench gets it meanwhile. */
export function nextClaimableOrder(
  uow: UnitOfWork,
  states: readonly OrderState[],
  stationId: string,
): Promise<Order | undefined> {
  return findClaimable(uow.tx, states, { stationId, now: uow.now, latest: latestLeaseEnd(uow.now) });
}

/** Step: personal data of an order, undefined when it was purged. */
export function privateOf(uow: UnitOfWork, orderId: string): ReturnType<typeof getPrivate> {
  return getPrivate(uow.tx, orderId);
}

export type { Deps } from '../db/unit-of-work.ts';

/** Command: holds an order. Only a supervisor may put a hold that ends sooner in the place of one that stands. */
export async function putOnHold(
  deps: Deps,
  actor: Actor,
  hold: { orderId: string; reason: string; detail: string; until: string | null },
): Promise<void> {
  await runUnitOfWork(deps, actor, async (uow) => {
    const before = await holdOf(uow, hold.orderId);
    if (before && endsSooner(hold, before) && !roleAllows(actor.role, 'supervisor'))
      throw new AppError('permission', 'permission.supervisor-needed', { needs: 'supervisor' });
    return holdOrder(uow, hold.orderId, hold);
  });
}
