import { AppError } from '../../shared/errors.ts';
import type { Actor } from '../../shared/model/actor.ts';
import { retryConflicts } from '../db/retry-conflicts.ts';
import { type Deps, runUnitOfWork, type UnitOfWork } from '../db/unit-of-work.ts';
import { parcelsOf } from '../packing/packing-service.ts';
import type { Parcel } from '../packing/packing-store.ts';
import { emptyParcel } from '../packing/parcel-units-service.ts';
import { openPutBacks } from '../picking/put-back-service.ts';
import { voidLabels, withdrawReturn } from '../shipping/shipping-service.ts';
import { tellCancelled } from '../shops/effect-service.ts';
import { releaseAllocation } from '../stock/allocation-service.ts';
import { removeHold } from './hold-store.ts';
import { wanted } from './orders-rules.ts';
import { addToLine, leafLines, moveOrder, orderById } from './orders-service.ts';
import type { Order } from './orders-store.ts';

const CARRIER_HAS_IT: readonly Parcel['state'][] = ['manifested', 'handed-over', 'delivered', 'exception', 'returned'];

/**
 * Step: cancels an order at any moment before it has left, and nobody has to look at it.
 *
 * What it reserved is free again, parcels are emptied and their labels voided, and what was picked goes back by
 * put-backs; until they are done its tote stays taken. Where a part has left, only the rest is cancelled: the order is
 * then shipped. The bench that has it open stops at its next scan. Error: `order.cancel-too-late`.
 */
export async function cancelAnyTime(uow: UnitOfWork, order: Order): Promise<Order> {
  if (['shipped', 'closed', 'cancelled'].includes(order.state)) throw tooLate(order);
  await emptyParcels(uow, order);
  await releaseAllocation(uow, order.id);
  await openPutBacks(uow, order);
  await removeHold(uow.tx, order.id);
  const free = { claimedBy: null, claimUntil: null, toteId: null };
  if (order.claimedBy) uow.emit('bench.changed', { stationId: order.claimedBy });
  if (await cancelRest(uow, order)) return moveOrder(uow, order, 'shipped', free);
  return moveOrder(uow, order, 'cancelled', free);
}

/**
 * Step: what was done for an order is undone, nothing of which has left: parcels are emptied, labels voided, what was
 * picked goes back by put-backs. The order is ready for other lines. Returns the units that go back.
 */
export async function takeApart(uow: UnitOfWork, order: Order): Promise<{ order: Order; units: number }> {
  const packed = await emptyParcels(uow, order);
  await releaseAllocation(uow, order.id);
  const units = await openPutBacks(uow, order);
  uow.record({ kind: 'order.taken-apart', subject: order.id, data: { packed, units } });
  if (order.claimedBy) uow.emit('bench.changed', { stationId: order.claimedBy });
  return { order: await moveOrder(uow, order, 'ready', { claimedBy: null, claimUntil: null, toteId: null }), units };
}

function tooLate(order: Order): AppError {
  return new AppError('rule', 'order.cancel-too-late', { number: order.number, state: order.state });
}

/** Every parcel that has not left; one that its carrier has by now stops the cancel. Returns the units that lay in them. */
async function emptyParcels(uow: UnitOfWork, order: Order): Promise<number> {
  let units = 0;
  const lines = await leafLines(uow, order.id);
  // Of a split order the parcels of earlier parts have left: all that was packed then is shipped.
  const leftBefore = lines.some((line) => line.shipped > 0);
  for (const parcel of await parcelsOf(uow, order.id)) {
    if (parcel.state === 'voided' || (leftBefore && parcel.labelConfirmedAt !== null)) continue;
    if (CARRIER_HAS_IT.includes(parcel.state)) throw tooLate(order);
    await voidLabels(uow, parcel.id);
    await withdrawReturn(uow, parcel.id);
    units += await emptyParcel(uow, parcel.id);
  }
  return units;
}

/** After a part has left, from here or elsewhere: what is still wanted of each line is cancelled. False where nothing has left. */
async function cancelRest(uow: UnitOfWork, order: Order): Promise<boolean> {
  const lines = await leafLines(uow, order.id);
  if (lines.every((line) => line.shipped === 0 && line.sentElsewhere === 0)) return false;
  for (const line of lines) {
    const rest = wanted(line) - line.shipped;
    if (rest > 0) await addToLine(uow, line, { quantity: 'cancelled', by: rest });
  }
  uow.record({ kind: 'order.rest-cancelled', subject: order.id });
  return true;
}

/** Command: cancels an order that has not left, whatever a bench does with it at the same moment. */
export async function cancelOrder(deps: Deps, actor: Actor, orderId: string): Promise<void> {
  await retryConflicts(() =>
    runUnitOfWork(deps, actor, async (uow) => {
      await cancelAnyTime(uow, await orderById(uow, orderId));
      await tellCancelled(uow, orderId);
      uow.enqueue({ topic: 'stock.allocate', key: orderId, payload: { backordered: true } });
      return null;
    }),
  );
}
