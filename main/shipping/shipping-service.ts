import { encodeRma } from '../../shared/barcode/station-codes.ts';
import { AppError } from '../../shared/errors.ts';
import type { Actor } from '../../shared/model/actor.ts';
import { labelMachine, returnMachine } from '../../shared/model/machines.ts';
import { canMove, transition } from '../../shared/model/state-machine.ts';
import { type Deps, runUnitOfWork, type UnitOfWork } from '../db/unit-of-work.ts';
import { nextSscc, parcelById } from '../packing/packing-service.ts';
import type { Parcel } from '../packing/packing-store.ts';
import { countReprints, queuePrints, replaceOpenJobs } from '../printing/printing-service.ts';
import { sharedSettings } from '../stations/settings-service.ts';
import { latestLabels, returnDates, rmaPayload } from './shipping-rules.ts';
import {
  cancelRma,
  findLabelByScan,
  findRma,
  insertLabel,
  insertRma,
  type Label,
  listDocumentIds,
  listLabels,
  saveLabel,
} from './shipping-store.ts';

/** The shipper's own number range, drawn by the station; carriers over HTTP stand beside it. */
const OWN_RANGE = { carrier: 'GS1 logistic label', service: 'Standard' } as const;

/** Topic of the message that has a parcel's papers made. */
export const MAKE_LABELS = 'shipping.make-labels';

/**
 * Step: writes down that the parcel needs its labels, before anything is asked of anybody.
 *
 * The number is taken here and committed with the intent, so that a crash can never use it for another parcel.
 */
export async function requestLabels(uow: UnitOfWork, parcel: Pick<Parcel, 'id' | 'sscc' | 'orderId'>): Promise<void> {
  const { returnLabelInBox, returnWindowDays } = await sharedSettings(uow);
  await addIntent(uow, parcel, { kind: 'outbound', sscc: parcel.sscc, rmaId: null });
  // The return label that lies in the box already stays good when only the one outside was voided.
  const inBox = (await listLabels(uow.tx, parcel.id)).some(
    (label) => label.kind === 'return' && label.state === 'bought',
  );
  if (returnLabelInBox && !inBox) {
    const known = await findRma(uow.tx, parcel.id);
    const rma = known ?? (await addRma(uow, parcel, returnWindowDays));
    await addIntent(uow, parcel, { kind: 'return', sscc: await nextSscc(uow), rmaId: rma.id });
  }
  uow.enqueue({ topic: MAKE_LABELS, key: parcel.id, payload: { parcelId: parcel.id } });
}

async function addIntent(
  uow: UnitOfWork,
  parcel: Pick<Parcel, 'id'>,
  label: { kind: Label['kind']; sscc: string; rmaId: string | null },
): Promise<void> {
  const id = uow.newId();
  await insertLabel(uow.tx, {
    id,
    parcelId: parcel.id,
    kind: label.kind,
    ...OWN_RANGE,
    trackingNumber: label.sscc,
    scanText: label.sscc,
    rmaId: label.rmaId,
    createdAt: uow.now,
  });
  uow.record({ kind: 'label.intended', subject: parcel.id, data: { label: id, for: label.kind } });
}

async function addRma(
  uow: UnitOfWork,
  parcel: Pick<Parcel, 'id' | 'orderId'>,
  windowDays: number,
): Promise<{ id: string }> {
  const id = uow.newId();
  await insertRma(uow.tx, {
    id,
    code: encodeRma(rmaPayload(id)),
    orderId: parcel.orderId,
    parcelId: parcel.id,
    // The label must work as long as the slip tells the buyer to send the parcel.
    expiresOn: returnDates(uow.now, windowDays).sendBy,
    createdAt: uow.now,
  });
  uow.record({ kind: 'return.authorised', subject: id, data: { parcel: parcel.id } });
  return { id };
}

/** Step: after a label failed before anything was paid, or was voided, asks again. */
export async function retryLabels(
  uow: UnitOfWork,
  parcel: Pick<Parcel, 'id' | 'sscc' | 'orderId' | 'state'>,
): Promise<void> {
  const labels = latestLabels(await listLabels(uow.tx, parcel.id));
  const asked = labels.some((label) => ['intent', 'calling', 'unknown'].includes(label.state));
  const down = labels.some(
    (label) => label.state === 'failed' || (label.kind === 'outbound' && label.state === 'voided'),
  );
  if (parcel.state !== 'closed' || asked || !down) throw new AppError('rule', 'label.nothing-to-retry');
  for (const label of labels) if (!(label.kind === 'return' && label.state === 'bought')) await voidLabel(uow, label);
  const sscc = parcel.sscc;
  await requestLabels(uow, { ...parcel, sscc });
}

/** Step: asks once more for papers that are on their way; what was begun goes on, nothing is made twice. */
export function askForLabels(uow: UnitOfWork, parcelId: string): void {
  uow.record({ kind: 'label.asked-again', subject: parcelId });
  uow.enqueue({ topic: MAKE_LABELS, key: parcelId, payload: { parcelId } });
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
    if (state !== label.state) uow.record({ kind: 'label.voided', subject: parcelId, data: { label: label.id } });
  }
}

/** Step: the label outside on a parcel is dead; false when there is none that could leave. */
export async function voidOutbound(uow: UnitOfWork, parcelId: string): Promise<boolean> {
  const live = (await listLabels(uow.tx, parcelId)).find(
    (label) => label.kind === 'outbound' && label.state === 'bought',
  );
  if (!live) return false;
  await voidLabel(uow, live);
  uow.record({ kind: 'label.voided', subject: parcelId, data: { label: live.id } });
  return true;
}

/** One that is just being drawn fails instead: what comes of the drawing is then thrown away. */
async function voidLabel(uow: UnitOfWork, label: Label, fault = label.fault): Promise<Label['state']> {
  if (canMove(labelMachine, label.state, 'voided')) {
    await saveLabel(uow.tx, label, { state: 'voided', fault });
    return 'voided';
  }
  if (label.state === 'calling') {
    await saveLabel(uow.tx, label, { state: transition(labelMachine, 'calling', 'failed'), fault });
    return 'failed';
  }
  if (label.state !== 'bought') return label.state;
  // Numbers of the shipper's own range cost nothing: no carrier has to agree.
  const asked = await saveLabel(uow.tx, label, { state: transition(labelMachine, 'bought', 'void-requested') });
  await saveLabel(uow.tx, asked, { state: transition(labelMachine, 'void-requested', 'voided'), fault });
  return 'voided';
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

/** Command: asks again for the labels of a closed parcel. */
export async function retryLabel(deps: Deps, actor: Actor, parcelId: string): Promise<void> {
  await runUnitOfWork(deps, actor, async (uow) => retryLabels(uow, await parcelById(uow, parcelId)));
}
