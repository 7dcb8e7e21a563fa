import type { UnitOfWork } from '../db/unit-of-work.ts';
import { moveOrder, orderById } from '../orders/orders-service.ts';
import { parcelsOf, renumberParcel } from '../packing/packing-service.ts';
import { labelsOf, requestLabels, voidLabels } from './shipping-service.ts';

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
