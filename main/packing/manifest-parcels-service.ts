import { AppError } from '../../shared/errors.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { findLastScannedOut, moveManifestParcels, setManifest } from './manifest-parcels-store.ts';

/** Step: a labelled parcel goes onto a manifest; false when it has left, or stands on one, since it was looked at. */
export async function putOnManifest(
  uow: UnitOfWork,
  parcelId: string,
  at: { manifestId: string; stationId: string },
): Promise<boolean> {
  const put = await setManifest(uow.tx, parcelId, { from: null, to: at.manifestId, at: uow.now, by: at.stationId });
  if (put) uow.record({ kind: 'parcel.scanned-out', subject: parcelId, data: { manifest: at.manifestId } });
  return put;
}

/** Step: takes a parcel off an open manifest. Error: `conflict` `parcel.changed-elsewhere`. */
export async function takeOffManifest(uow: UnitOfWork, parcelId: string, manifestId: string): Promise<void> {
  const taken = await setManifest(uow.tx, parcelId, { from: manifestId, to: null, at: null, by: null });
  if (!taken) throw new AppError('conflict', 'parcel.changed-elsewhere', { id: parcelId });
  uow.record({ kind: 'parcel.taken-off', subject: parcelId, data: { manifest: manifestId } });
}

/** Step: the parcel that this bench scanned out last and that stands on an open manifest. */
export function lastScannedOut(uow: UnitOfWork, stationId: string): ReturnType<typeof findLastScannedOut> {
  return findLastScannedOut(uow.tx, stationId);
}

/**
 * Step: all parcels of a manifest move together: *manifested* when the carrier was told, *handed-over* with the driver.
 * One whose state does not allow it (the carrier already says "delivered") stays as it is. Returns those that moved.
 */
export async function moveParcelsOf(
  uow: UnitOfWork,
  manifestId: string,
  to: 'manifested' | 'handed-over',
): Promise<readonly string[]> {
  const moved = await moveManifestParcels(uow.tx, manifestId, { to, at: uow.now });
  for (const { id, from } of moved) {
    uow.record({ kind: `parcel.${to}`, subject: id, from, to, data: { manifest: manifestId } });
  }
  return moved.map(({ id }) => id);
}
