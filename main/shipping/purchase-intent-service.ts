import { encodeRma } from '../../shared/barcode/station-codes.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import type { Parcel } from '../packing/packing-store.ts';
import { sharedSettings } from '../stations/settings-service.ts';
import { returnDates, rmaPayload } from './shipping-rules.ts';
import { findRma, insertLabel, insertRma, type Label, listLabels } from './shipping-store.ts';

/** Topic of the message that has a parcel's papers made. */
export const MAKE_LABELS = 'shipping.make-labels';

/** States in which a label is, or may become, good: at most one of a parcel and kind. */
const ACTIVE: ReadonlySet<Label['state']> = new Set(['intent', 'calling', 'bought', 'unknown']);

export const isActive = ({ state }: Pick<Label, 'state'>): boolean => ACTIVE.has(state);

/**
 * Step: writes down that the parcel needs its labels, before anything is chosen or asked of anybody. What is under way
 * or bought already stays, the return label that lies in the box included.
 *
 * One that is to be voided as soon as the carrier has answered comes first: the next one is asked for then.
 */
export async function requestLabels(uow: UnitOfWork, parcel: Pick<Parcel, 'id' | 'orderId'>): Promise<void> {
  const { returnLabelInBox, returnWindowDays } = await sharedSettings(uow);
  const active = (await listLabels(uow.tx, parcel.id)).filter(isActive);
  if (!active.some(({ kind }) => kind === 'outbound'))
    await addIntent(uow, parcel.id, { kind: 'outbound', rmaId: null });
  if (returnLabelInBox && !active.some(({ kind }) => kind === 'return')) {
    const rma = (await findRma(uow.tx, parcel.id)) ?? (await addRma(uow, parcel, returnWindowDays));
    await addIntent(uow, parcel.id, { kind: 'return', rmaId: rma.id });
  }
  askFor(uow, parcel.id);
}

/** Step: a return label for a parcel that has left; it is made like any other and kept, not printed. */
export async function requestReturnLabel(
  uow: UnitOfWork,
  of: { readonly parcelId: string; readonly rmaId: string },
): Promise<void> {
  const active = (await listLabels(uow.tx, of.parcelId)).some((label) => label.kind === 'return' && isActive(label));
  if (!active) await addIntent(uow, of.parcelId, { kind: 'return', rmaId: of.rmaId });
  askFor(uow, of.parcelId);
}

/** Step: has what is open of a parcel's labels made. */
export function askFor(uow: UnitOfWork, parcelId: string): void {
  uow.enqueue({ topic: MAKE_LABELS, key: parcelId, payload: { parcelId } });
}

async function addIntent(uow: UnitOfWork, parcelId: string, label: Pick<Label, 'kind' | 'rmaId'>): Promise<void> {
  const id = uow.newId();
  await insertLabel(uow.tx, { id, parcelId, ...label, createdAt: uow.now });
  uow.record({ kind: 'label.intended', subject: parcelId, data: { label: id, for: label.kind } });
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
