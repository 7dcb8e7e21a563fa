import { AppError } from '../../shared/errors.ts';
import type { Actor } from '../../shared/model/actor.ts';
import { returnMachine } from '../../shared/model/machines.ts';
import { transition } from '../../shared/model/state-machine.ts';
import { type Deps, runUnitOfWork, type UnitOfWork } from '../db/unit-of-work.ts';
import { parcelById } from '../packing/packing-service.ts';
import type { Parcel } from '../packing/packing-store.ts';
import { countReprints, queuePrints, replaceOpenJobs } from '../printing/printing-service.ts';
import { askToLookUp } from './lookup-ask-service.ts';
import { askFor, requestLabels } from './purchase-intent-service.ts';
import { latestLabels } from './shipping-rules.ts';
import { cancelRma, findLabelByScan, type Label, listDocumentIds, listLabels, saveLabel } from './shipping-store.ts';
import { voidLabel } from './void-service.ts';

export { MAKE_LABELS, requestLabels } from './purchase-intent-service.ts';

/** A label that will never be good as it stands, although nothing is under way. */
const isDown = ({ kind, state, fault }: Label): boolean =>
  state === 'failed' ||
  (state === 'bought' && fault !== null) ||
  (kind === 'outbound' && (state === 'voided' || state === 'void-requested'));

/**
 * Step: after a label failed before anything was paid, or was voided, asks again. What is bought and good stays; of one
 * whose file did not prove the carrier is asked for the file again. Error: `label.nothing-to-retry`.
 */
export async function retryLabels(
  uow: UnitOfWork,
  parcel: Pick<Parcel, 'id' | 'sscc' | 'orderId' | 'state'>,
): Promise<void> {
  const labels = latestLabels(await listLabels(uow.tx, parcel.id));
  const asked = labels.some((label) => ['intent', 'calling', 'unknown'].includes(label.state));
  if (parcel.state !== 'closed' || asked || !labels.some(isDown)) throw new AppError('rule', 'label.nothing-to-retry');
  for (const label of labels) {
    if (label.state !== 'bought' || label.fault === null) continue;
    if (label.fault === 'label.proof-failed') askToLookUp(uow, label.id);
    // Only the papers beside it failed.
    else await saveLabel(uow.tx, label, { fault: null });
  }
  uow.record({ kind: 'label.asked-again', subject: parcel.id });
  await requestLabels(uow, parcel);
}

/** Step: asks once more for papers that are on their way; what was begun goes on, nothing is made twice. */
export async function askForLabels(uow: UnitOfWork, parcelId: string): Promise<void> {
  uow.record({ kind: 'label.asked-again', subject: parcelId });
  for (const label of await listLabels(uow.tx, parcelId)) if (label.state === 'unknown') askToLookUp(uow, label.id);
  askFor(uow, parcelId);
}

/** Step: a parcel will not leave after all: nobody waits for its return. */
export async function withdrawReturn(uow: UnitOfWork, parcelId: string): Promise<void> {
  const cancelled = transition(returnMachine, 'authorised', 'cancelled');
  if (await cancelRma(uow.tx, parcelId, { from: 'authorised', to: cancelled }))
    uow.record({ kind: 'return.cancelled', subject: parcelId });
}

/** Step: no label of a parcel may be used any more; a scan of one alarms from now on, and `why` (a code) says why. */
export async function voidLabels(uow: UnitOfWork, parcelId: string, why = 'order.cancelled'): Promise<void> {
  for (const label of await listLabels(uow.tx, parcelId)) {
    const state = await voidLabel(uow, label, why);
    // A carrier that is asked first answers later.
    if (state !== label.state && state !== 'void-requested')
      uow.record({ kind: 'label.voided', subject: parcelId, data: { label: label.id } });
  }
}

/** Step: the label outside on a parcel is dead; false when there is none that could leave. */
export async function voidOutbound(uow: UnitOfWork, parcelId: string): Promise<boolean> {
  const live = (await listLabels(uow.tx, parcelId)).find(
    (label) => label.kind === 'outbound' && label.state === 'bought',
  );
  if (!live) return false;
  await voidLabel(uow, live, live.fault);
  uow.record({ kind: 'label.voided', subject: parcelId, data: { label: live.id } });
  return true;
}

/** Step: prints a parcel's papers once more, the same bytes; counted, with its reason. */
export async function reprint(uow: UnitOfWork, parcel: Pick<Parcel, 'id'>, reason: string): Promise<number> {
  const dead = (await listLabels(uow.tx, parcel.id)).filter((label) => label.state !== 'bought');
  const documents = (await listDocumentIds(uow.tx, parcel.id)).filter(
    (document) => document.kind === 'label' && !dead.some((label) => label.documentId === document.id),
  );
  for (const document of documents) {
    const times = await countReprints(uow, document.id);
    await replaceOpenJobs(uow, document.id);
    await queuePrints(uow, [{ kind: document.kind, documentId: document.id, reprint: times, reason }]);
    uow.record({ kind: 'label.reprinted', subject: parcel.id, data: { document: document.id, times, reason } });
  }
  return documents.length;
}

/** Step: the label that a scanned SSCC or tracking number belongs to, dead ones too. */
export function labelByScan(uow: UnitOfWork, scanText: string): Promise<Label | undefined> {
  return findLabelByScan(uow.tx, scanText);
}

/** Step: labels of a parcel. */
export function labelsOf(uow: UnitOfWork, parcelId: string): Promise<Label[]> {
  return listLabels(uow.tx, parcelId);
}

export type { Deps } from '../db/unit-of-work.ts';
export type { Label } from './shipping-store.ts';

/** Command: asks again for the labels of a closed parcel. */
export async function retryLabel(deps: Deps, actor: Actor, parcelId: string): Promise<void> {
  await runUnitOfWork(deps, actor, async (uow) => retryLabels(uow, await parcelById(uow, parcelId)));
}
