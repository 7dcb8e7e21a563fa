import { AppError } from '../../shared/errors.ts';
import type { Actor } from '../../shared/model/actor.ts';
import { countTaskMachine } from '../../shared/model/machines.ts';
import { transition } from '../../shared/model/state-machine.ts';
import { type Deps, runUnitOfWork, type UnitOfWork } from '../db/unit-of-work.ts';
import { moveOrder, orderById } from '../orders/orders-service.ts';
import { untakenIn } from '../picking/tasks-service.ts';
import { releaseAllocation } from './allocation-service.ts';
import { setOnHand } from './catalogue-service.ts';
import {
  type CountTask,
  findCountTask,
  findNextCount,
  findOpenCount,
  insertCountTask,
  saveCounted,
} from './count-store.ts';
import { listItemsBySku } from './item-store.ts';
import { findLevel, findLocationByCode } from './stock-store.ts';

export interface Place {
  readonly itemId: string;
  readonly locationId: string;
}

/** Step: asks that somebody counts an item in a bin; at most one such task is open. */
export async function askForCount(
  uow: UnitOfWork,
  place: Place,
  why: { reason: string; orderId: string | null },
): Promise<void> {
  const id = uow.newId();
  const { itemId, locationId } = place;
  if (!(await insertCountTask(uow.tx, { id, itemId, locationId, ...why, createdAt: uow.now }))) return;
  uow.record({ kind: 'count.asked', subject: id, data: { item: itemId, location: locationId, reason: why.reason } });
  uow.emit('stock.changed', {});
}

/** Step: the nearest open count on the walk that no other bench is at. */
export function nextCount(uow: UnitOfWork, stationId: string): Promise<CountTask | undefined> {
  return findNextCount(uow.tx, stationId);
}

/** Step: the open count of a bin. */
export function countIn(uow: UnitOfWork, locationId: string): Promise<CountTask | undefined> {
  return findOpenCount(uow.tx, { locationId });
}

/** Step: a count by its id. */
export function countById(uow: UnitOfWork, id: string): Promise<CountTask | undefined> {
  return findCountTask(uow.tx, id);
}

/** Step: what the books say of an item in a bin. */
export async function booksOf(uow: UnitOfWork, place: Place): Promise<{ onHand: number; allocated: number }> {
  return (await findLevel(uow.tx, place)) ?? { onHand: 0, allocated: 0 };
}

/**
 * Step: what was counted in a bin becomes what the books say; the difference is a movement, an open count is done.
 *
 * Where more is reserved than lies there, orders that no hand has begun look for other bins or wait for stock, the
 * least urgent first; an order that is being picked comes up short at the bin instead.
 */
export async function storeCount(uow: UnitOfWork, place: Place, counted: number): Promise<{ difference: number }> {
  const { difference } = await setOnHand(uow, place, { onHand: counted, reason: 'count' });
  const open = await findOpenCount(uow.tx, place);
  if (open)
    await saveCounted(uow.tx, open, {
      state: transition(countTaskMachine, open.state, 'done'),
      counted,
      at: uow.now,
      operatorId: uow.actor.operatorId,
    });
  uow.record({
    kind: 'stock.counted',
    subject: place.itemId,
    data: { location: place.locationId, counted, difference },
  });
  const moved = await replan(uow, place);
  uow.emit('stock.changed', {});
  if (difference > 0 || moved > 0)
    uow.enqueue({ topic: 'stock.allocate', key: place.itemId, payload: { backordered: true } });
  return { difference };
}

/** Gives the reservations back that the bin cannot meet; returns how many orders are planned anew. */
async function replan(uow: UnitOfWork, place: Place): Promise<number> {
  const { onHand, allocated } = await booksOf(uow, place);
  let over = allocated - onHand;
  let moved = 0;
  for (const { orderId, quantity } of over > 0 ? await untakenIn(uow, place) : []) {
    if (over <= 0) break;
    await releaseAllocation(uow, orderId);
    await moveOrder(uow, await orderById(uow, orderId), 'ready');
    over -= quantity;
    moved += 1;
  }
  return moved;
}

/** Command: somebody counted a bin; the difference becomes a movement, and orders that waited may get their stock. */
export async function countLocation(
  deps: Deps,
  actor: Actor,
  input: { sku: string; location: string; counted: number },
): Promise<{ difference: number }> {
  return runUnitOfWork(deps, actor, async (uow) => {
    const [item] = await listItemsBySku(uow.tx, [input.sku]);
    const location = await findLocationByCode(uow.tx, input.location);
    if (!item) throw new AppError('not-found', 'stock.unknown-sku', { sku: input.sku });
    if (!location) throw new AppError('not-found', 'stock.unknown-location', { location: input.location });
    return storeCount(uow, { itemId: item.id, locationId: location.id }, input.counted);
  });
}

export type { Deps } from '../db/unit-of-work.ts';
