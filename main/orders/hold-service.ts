import { type Actor, systemActor } from '../../shared/model/actor.ts';
import { channelHoldReasons } from '../../shared/model/reasons.ts';
import { type Deps, runUnitOfWork } from '../db/unit-of-work.ts';
import { resumeHeldLabels } from '../shipping/relabel-service.ts';
import { isHeldByChannel } from '../shops/remote-state-service.ts';
import { listEndedHolds, removeEndedHold } from './hold-store.ts';
import { hasEndedHold } from './hold-views.ts';
import { holdOf, holdOrder, releaseHold } from './orders-service.ts';

const HOLDS_A_PASS = 50;

/**
 * Command: clears holds away whose time is over; returns how many.
 *
 * They stop nothing any more by then; this puts it into the journal and has stock allocated for the orders.
 */
export async function endHolds(deps: Deps): Promise<number> {
  if (!(await hasEndedHold(deps.database, deps.clock().toISOString()))) return 0;
  return runUnitOfWork(deps, systemActor, async (uow) => {
    let ended = 0;
    for (const { orderId, reason } of await listEndedHolds(uow.tx, uow.now, HOLDS_A_PASS)) {
      if (!(await removeEndedHold(uow.tx, orderId, uow.now))) continue;
      uow.record({ kind: 'order.hold-ended', subject: orderId, data: { reason } });
      await resumeHeldLabels(uow, orderId);
      uow.emit('orders.changed', { orderId });
      uow.enqueue({ topic: 'stock.allocate', key: orderId, payload: { backordered: true } });
      ended += 1;
    }
    if (ended === 0) uow.unchanged();
    return ended;
  });
}

/** Command: lifts a hold; what waited for it goes on. */
export async function liftHold(deps: Deps, actor: Actor, orderId: string): Promise<void> {
  await runUnitOfWork(deps, actor, async (uow) => {
    const hold = await holdOf(uow, orderId);
    await releaseHold(uow, orderId);
    // What somebody here held and lets go on may still be kept back by its channel; of its own hold a supervisor decides.
    const ofChannel = channelHoldReasons.some((reason) => reason === hold?.reason);
    if (!ofChannel && (await isHeldByChannel(uow, orderId)))
      await holdOrder(uow, orderId, { reason: 'channel-hold', detail: '' });
    else await resumeHeldLabels(uow, orderId);
    return null;
  });
}
