import type { ImportedOrder } from '../../shared/model/imported.ts';
import { channelHoldReasons } from '../../shared/model/reasons.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { resumeHeldLabels } from '../shipping/relabel-service.ts';
import { findHold, removeHold, setHold } from './hold-store.ts';

/** Holds that the channel set, and that it ends. */
const OF_CHANNEL: readonly string[] = ['payment', ...channelHoldReasons];

function wantedHold({ paid, keptBack }: ImportedOrder): { reason: string; detail: string } | undefined {
  if (keptBack) return keptBack;
  return paid ? undefined : { reason: 'payment', detail: '' };
}

/** Step: a new order that its channel keeps back is held from its first moment. */
export async function keepBackNew(uow: UnitOfWork, orderId: string, record: ImportedOrder): Promise<void> {
  const wanted = wantedHold(record);
  if (!wanted) return;
  await setHold(uow.tx, orderId, { ...wanted, since: uow.now, until: null, by: null });
  uow.record({ kind: 'order.held', subject: orderId, data: { reason: wanted.reason } });
}

/**
 * Step: holds an order as its channel wants it, or ends the channel's own hold. A hold that somebody here set stays, and
 * stays the one that shows. Tells whether anything changed.
 */
export async function keepBack(uow: UnitOfWork, orderId: string, record: ImportedOrder): Promise<boolean> {
  const wanted = wantedHold(record);
  const standing = await findHold(uow.tx, orderId, uow.now);
  if (standing && !OF_CHANNEL.includes(standing.reason)) return false;
  if (wanted && (standing?.reason !== wanted.reason || standing.detail !== wanted.detail)) {
    await setHold(uow.tx, orderId, { ...wanted, since: uow.now, until: null, by: null });
    uow.record({ kind: 'order.held', subject: orderId, data: { reason: wanted.reason } });
    uow.emit('orders.changed', { orderId });
    return true;
  }
  // A source that never says why it keeps something back ends its own kind of hold only.
  const ends = standing && !wanted && (standing.reason === 'payment' || record.keptBack === null);
  if (!ends) return false;
  await removeHold(uow.tx, orderId);
  uow.record({ kind: 'order.released', subject: orderId, data: { reason: standing.reason } });
  await resumeHeldLabels(uow, orderId);
  uow.emit('orders.changed', { orderId });
  return true;
}
