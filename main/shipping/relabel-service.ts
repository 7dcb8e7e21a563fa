import { AppError } from '../../shared/errors.ts';
import type { Actor } from '../../shared/model/actor.ts';
import { type Deps, runUnitOfWork, type UnitOfWork } from '../db/unit-of-work.ts';
import { moveOrder, orderById } from '../orders/orders-service.ts';
import { followParcels, parcelById, parcelsOf, renumberParcel } from '../packing/packing-service.ts';
import { HELD } from './purchase-begin-service.ts';
import { presentRevision } from './purchase-facts-service.ts';
import { labelsOf, requestLabels, retryLabels, voidLabels, voidOutbound } from './shipping-service.ts';
import { isRemote } from './void-service.ts';

/** Why a label is dead whose buyer moved; the bench says so when it is scanned. */
export const ADDRESS_CHANGED = 'label.address-changed';

/**
 * Step: the address of an order changed after labels were asked for. They are dead, and the parcel gets another number
 * and new labels, so that the old paper can never pass for the new one. Parcels that have left keep theirs.
 *
 * Returns how many parcels are labelled anew.
 */
export async function relabelOrder(uow: UnitOfWork, orderId: string): Promise<number> {
  let relabelled = 0;
  for (const parcel of await parcelsOf(uow, orderId)) {
    const waits = (parcel.state === 'closed' || parcel.state === 'labelled') && parcel.labelConfirmedAt === null;
    if (!waits || (await labelsOf(uow, parcel.id)).length === 0) continue;
    await voidLabels(uow, parcel.id, ADDRESS_CHANGED);
    await requestLabels(uow, await renumberParcel(uow, parcel.id));
    if (parcel.stationId) uow.emit('bench.changed', { stationId: parcel.stationId });
    relabelled += 1;
  }
  const order = await orderById(uow, orderId);
  // With a parcel that waits for its label the order is being packed again.
  if (relabelled > 0 && order.state === 'packed') await moveOrder(uow, order, 'packing');
  return relabelled;
}

/**
 * Step: what a bought label was bought for is not what the parcel is now (address, weight, contents): it is dead, and the
 * parcel gets another. False for labels that are as they should be, and for the shipper's own, which cost nothing.
 */
export async function relabelOutdated(uow: UnitOfWork, parcelId: string): Promise<boolean> {
  const bought = (await labelsOf(uow, parcelId)).filter((label) => label.state === 'bought' && isRemote(label));
  if (bought.length === 0) return false;
  const present = await presentRevision(uow, parcelId);
  if (present === undefined || bought.every(({ revision }) => revision === present)) return false;
  await voidLabels(uow, parcelId, 'label.revision-changed');
  await requestLabels(uow, await renumberParcel(uow, parcelId));
  uow.record({ kind: 'label.outdated', subject: parcelId });
  return true;
}

/** Orders whose parcels a bench can still take up again. */
const AT_THE_BENCH: readonly string[] = ['packing', 'packed', 'shipped'];

/**
 * Command: a supervisor voids the label of a parcel that no carrier has yet.
 *
 * Its number is dead at once: a later scan of it alarms at any bench. The parcel is closed again under a new number and
 * gets its label when somebody asks for it. Error: `label.not-voidable`.
 */
export async function voidParcelLabel(deps: Deps, actor: Actor, parcelId: string): Promise<void> {
  await runUnitOfWork(deps, actor, async (uow) => {
    const parcel = await parcelById(uow, parcelId);
    const order = await orderById(uow, parcel.orderId);
    const possible = parcel.state === 'labelled' && AT_THE_BENCH.includes(order.state);
    if (!possible || !(await voidOutbound(uow, parcelId)))
      throw new AppError('rule', 'label.not-voidable', { state: parcel.state });
    await renumberParcel(uow, parcelId);
    await followParcels(uow, order);
    if (parcel.stationId) uow.emit('bench.changed', { stationId: parcel.stationId });
    uow.emit('shipping.label-changed', { parcelId, orderId: order.id, state: 'voided' });
    uow.emit('orders.changed', { orderId: order.id });
    return null;
  });
}

/** Step: nobody keeps the order back any more: labels that were not asked for because of it are asked for now. */
export async function resumeHeldLabels(uow: UnitOfWork, orderId: string): Promise<void> {
  for (const parcel of await parcelsOf(uow, orderId)) {
    if (parcel.state !== 'closed') continue;
    const label = (await labelsOf(uow, parcel.id)).findLast(({ kind }) => kind === 'outbound');
    if (label?.state !== 'failed' || label.fault !== HELD) continue;
    await retryLabels(uow, parcel);
    if (parcel.stationId) uow.emit('bench.changed', { stationId: parcel.stationId });
  }
}
