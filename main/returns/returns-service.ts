import { encodeRma } from '../../shared/barcode/station-codes.ts';
import type { CallInput } from '../../shared/contract/index.ts';
import { AppError } from '../../shared/errors.ts';
import type { Actor } from '../../shared/model/actor.ts';
import { returnMachine } from '../../shared/model/machines.ts';
import { transition } from '../../shared/model/state-machine.ts';
import { retryConflicts } from '../db/retry-conflicts.ts';
import { type Deps, runUnitOfWork, type UnitOfWork } from '../db/unit-of-work.ts';
import { parcelById } from '../packing/packing-service.ts';
import type { Parcel } from '../packing/packing-store.ts';
import { requestReturnLabel, voidLabelAtCarrier } from '../shipping/purchase-service.ts';
import { returnDates, rmaPayload } from '../shipping/shipping-rules.ts';
import { sharedSettings } from '../stations/settings-service.ts';
import { judgeRequest } from './returns-rules.ts';
import { getReturn, insertReturn, listReturnsOf, saveReturn } from './returns-store.ts';

export type { Deps } from '../db/unit-of-work.ts';

/**
 * Command: a buyer wants to send a parcel back: its RMA, and a prepaid label by the rules for returns. The label that lies
 * in the box, or was made before, is the one to use: nothing is bought twice. Errors: `return.not-left`,
 * `return.under-way`.
 */
export function requestReturn(
  deps: Deps,
  actor: Actor,
  input: CallInput<'returns.request'>,
): Promise<{ returnId: string; code: string }> {
  return retryConflicts(() =>
    runUnitOfWork(deps, actor, async (uow) => {
      const parcel = await parcelById(uow, input.parcelId);
      const known = await listReturnsOf(uow.tx, parcel.id);
      const asked = judgeRequest(parcel, known);
      if (asked.kind === 'refused') throw new AppError('rule', asked.code);
      const standing = asked.kind === 'new' ? undefined : known.find(({ id }) => id === asked.id);
      const rma = standing ?? (await authorise(uow, parcel, input.reason));
      if (standing) await saveReturn(uow.tx, standing, { reason: input.reason, requestedBy: uow.actor.operatorId });
      if (asked.kind !== 'has-label') await requestReturnLabel(uow, { parcelId: parcel.id, rmaId: rma.id });
      uow.record({ kind: 'return.requested', subject: parcel.id, data: { return: rma.id, reason: input.reason } });
      tell(uow, parcel.orderId);
      return { returnId: rma.id, code: rma.code };
    }),
  );
}

async function authorise(
  uow: UnitOfWork,
  parcel: Pick<Parcel, 'id' | 'orderId'>,
  reason: string,
): Promise<{ id: string; code: string }> {
  const { returnWindowDays } = await sharedSettings(uow);
  const id = uow.newId();
  const code = encodeRma(rmaPayload(id));
  await insertReturn(uow.tx, {
    ...{ id, code, reason, orderId: parcel.orderId, parcelId: parcel.id, createdAt: uow.now },
    expiresOn: returnDates(uow.now, returnWindowDays).sendBy,
    requestedBy: uow.actor.operatorId,
  });
  return { id, code };
}

/** Command: a return will not come: its label is voided with the carrier. Errors: `return.unknown`, `return.too-late`. */
export async function cancelReturn(deps: Deps, actor: Actor, returnId: string): Promise<void> {
  await retryConflicts(() =>
    runUnitOfWork(deps, actor, async (uow) => {
      const rma = await getReturn(uow.tx, returnId);
      if (rma.state !== 'authorised') throw new AppError('rule', 'return.too-late', { code: rma.code });
      const state = transition(returnMachine, rma.state, 'cancelled');
      await saveReturn(uow.tx, rma, { state, cancelledAt: uow.now });
      if (rma.labelId) await voidLabelAtCarrier(uow, rma.labelId, 'return.cancelled');
      uow.record({ kind: 'return.cancelled', subject: rma.parcelId, data: { return: rma.id } });
      tell(uow, rma.orderId);
      return null;
    }),
  );
}

function tell(uow: UnitOfWork, orderId: string): void {
  uow.emit('returns.changed', { orderId });
  uow.emit('orders.changed', { orderId });
}
