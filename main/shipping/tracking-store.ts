import type { TrackingState } from '../../shared/model/carrier.ts';
import type { LabelState, ParcelState } from '../../shared/model/machines.ts';
import type { Handle } from '../db/rows.ts';
import type { Tx } from '../db/unit-of-work.ts';

/** A label whose carrier may be asked. */
export interface TrackedLabel {
  readonly id: string;
  readonly kind: 'outbound' | 'return';
  readonly state: LabelState;
  readonly accountId: string;
  readonly connector: string;
  readonly carrierRef: string;
  readonly trackingNumber: string;
  readonly trackingState: TrackingState;
  readonly trackNextAt: string | null;
  readonly createdAt: string;
  readonly rmaId: string | null;
  readonly parcelId: string;
  readonly parcelState: ParcelState;
  readonly handedOverAt: string | null;
  readonly orderId: string;
}

const tracked = (handle: Handle) =>
  handle('label')
    .join('parcel', 'parcel.id', 'label.parcel_id')
    .join('carrier_account', 'carrier_account.id', 'label.account_id')
    .where({ 'label.state': 'bought' })
    .whereNot({ 'label.tracking_number': '' })
    .select<TrackedLabel[]>(
      'label.id',
      'label.kind',
      'label.state',
      'label.account_id as accountId',
      'carrier_account.connector',
      'label.carrier_ref as carrierRef',
      'label.tracking_number as trackingNumber',
      'label.tracking_state as trackingState',
      'label.track_next_at as trackNextAt',
      'label.created_at as createdAt',
      'label.rma_id as rmaId',
      'parcel.id as parcelId',
      'parcel.state as parcelState',
      'parcel.handed_over_at as handedOverAt',
      'parcel.order_id as orderId',
    );

/** Labels that are due, the longest waiting first. */
export function listDueLabels(handle: Handle, now: string, limit: number): Promise<TrackedLabel[]> {
  return tracked(handle).where('label.track_next_at', '<=', now).orderBy('label.track_next_at').limit(limit);
}

/** Labels of one order, or all that are still watched. */
export function listLabelsToRefresh(handle: Handle, orderId: string | null, limit: number): Promise<TrackedLabel[]> {
  const labels = tracked(handle).orderBy('label.id').limit(limit);
  return orderId === null ? labels.whereNotNull('label.track_next_at') : labels.where({ 'parcel.order_id': orderId });
}

export async function findTracked(tx: Tx, labelId: string): Promise<TrackedLabel | undefined> {
  const [label] = await tracked(tx).where({ 'label.id': labelId }).forUpdate('label');
  return label;
}

/** Takes a label for asking; false when another station has it, or it is not due any more. */
export async function claimLook(tx: Tx, label: TrackedLabel, until: string): Promise<boolean> {
  const changed = await tx('label')
    .where({ id: label.id, track_next_at: label.trackNextAt })
    .update({ track_next_at: until });
  return changed === 1;
}

export async function setNextLook(tx: Tx, labelIds: readonly string[], at: string | null): Promise<void> {
  for (let start = 0; start < labelIds.length; start += 500)
    await tx('label')
      .whereIn('id', labelIds.slice(start, start + 500))
      .update({ track_next_at: at });
}

/** Labels on these parcels are watched from now on: those that leave, of carriers with an account. */
export async function setFirstLook(tx: Tx, parcelIds: readonly string[], at: string): Promise<void> {
  for (let start = 0; start < parcelIds.length; start += 500)
    await tx('label')
      .whereIn('parcel_id', parcelIds.slice(start, start + 500))
      .where({ kind: 'outbound', state: 'bought' })
      .whereNotNull('account_id')
      .whereIn('tracking_state', ['pending', 'unknown'])
      .update({ track_next_at: at });
}

/** The prepaid return label in a box that arrived is watched as well. */
export async function watchReturnLabel(tx: Tx, parcelId: string, at: string): Promise<void> {
  await tx('label')
    .where({ parcel_id: parcelId, kind: 'return', state: 'bought', track_next_at: null })
    .whereNotNull('account_id')
    .whereIn('tracking_state', ['pending', 'unknown'])
    .update({ track_next_at: at });
}

export async function saveTracking(
  tx: Tx,
  labelId: string,
  told: { state: TrackingState; at: string; nextAt: string | null },
): Promise<void> {
  await tx('label')
    .where({ id: labelId })
    .update({ tracking_state: told.state, tracked_at: told.at, track_next_at: told.nextAt });
}

export interface NewTrackingEvent {
  readonly id: string;
  readonly labelId: string;
  readonly at: string;
  readonly state: TrackingState;
  readonly code: string;
  readonly text: string;
  readonly place: string | null;
  readonly receivedAt: string;
}

/** Stores what is not stored yet; carriers tell the whole history each time. Returns how many were new. */
export async function addTrackingEvents(tx: Tx, events: readonly NewTrackingEvent[]): Promise<number> {
  const [first] = events;
  if (!first) return 0;
  const known: { at: string; code: string }[] = await tx('tracking_event')
    .where({ label_id: first.labelId })
    .select('at', 'code');
  const seen = new Set(known.map(({ at, code }) => `${at} ${code}`));
  const fresh = events.filter(({ at, code }) => {
    const key = `${at} ${code}`;
    return !seen.has(key) && seen.add(key) !== undefined;
  });
  for (const event of fresh)
    await tx('tracking_event')
      .insert({
        id: event.id,
        label_id: event.labelId,
        at: event.at,
        state: event.state,
        code: event.code,
        text: event.text,
        place: event.place,
        received_at: event.receivedAt,
      })
      .onConflict(['label_id', 'at', 'code'])
      .ignore();
  return fresh.length;
}
