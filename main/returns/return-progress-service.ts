import { systemActor } from '../../shared/model/actor.ts';
import type { TrackingState } from '../../shared/model/carrier.ts';
import { returnMachine } from '../../shared/model/machines.ts';
import { transition } from '../../shared/model/state-machine.ts';
import { type Deps, runUnitOfWork, type UnitOfWork } from '../db/unit-of-work.ts';
import { localDate } from '../shipping/dock-clock-rules.ts';
import { returnMove } from '../shipping/tracking-rules.ts';
import { sharedSettings } from '../stations/settings-service.ts';
import { getReturn, listExpired, saveReturn } from './returns-store.ts';

/** Step: the carrier scanned the label of a return: it is on its way. */
export async function returnMoved(uow: UnitOfWork, returnId: string, tracking: TrackingState): Promise<void> {
  const rma = await getReturn(uow.tx, returnId);
  const to = returnMove(rma.state, tracking);
  if (!to) return;
  await saveReturn(uow.tx, rma, { state: transition(returnMachine, rma.state, to) });
  uow.record({ kind: 'return.in-transit', subject: rma.parcelId, data: { return: rma.id } });
  tell(uow, rma.orderId);
}

const AT_ONCE = 200;

/** Command: returns whose label has run out are not expected any more. Returns how many. */
export function expireReturns(deps: Deps): Promise<number> {
  return runUnitOfWork(deps, systemActor, async (uow) => {
    const { timeZone } = await sharedSettings(uow);
    const expired = await listExpired(uow.tx, localDate(timeZone, uow.now), AT_ONCE);
    if (expired.length === 0) uow.unchanged();
    for (const rma of expired) {
      await saveReturn(uow.tx, rma, { state: transition(returnMachine, rma.state, 'expired') });
      uow.record({ kind: 'return.expired', subject: rma.parcelId, data: { return: rma.id } });
    }
    const [first] = expired;
    if (first) tell(uow, first.orderId);
    return expired.length;
  });
}

function tell(uow: UnitOfWork, orderId: string): void {
  uow.emit('returns.changed', { orderId });
  uow.emit('orders.changed', { orderId });
}
