import { type ParcelState, parcelMachine } from '../../shared/model/machines.ts';
import { canMove } from '../../shared/model/state-machine.ts';
import type { Tx } from '../db/unit-of-work.ts';

/** Only a labelled parcel, and only from the manifest it was seen on; tells whether it was so. */
export async function setManifest(
  tx: Tx,
  id: string,
  move: { from: string | null; to: string | null; at: string | null; by: string | null },
): Promise<boolean> {
  const changed = await tx('parcel')
    .where({ id, state: 'labelled', manifest_id: move.from })
    .update({
      manifest_id: move.to,
      scanned_out_at: move.at,
      scanned_out_by: move.by,
      version: tx.raw('version + 1'),
    });
  return changed === 1;
}

export async function findLastScannedOut(
  tx: Tx,
  stationId: string,
): Promise<{ id: string; manifestId: string } | undefined> {
  return tx('manifest')
    .join('parcel', 'parcel.manifest_id', 'manifest.id')
    .where({ 'manifest.state': 'open', 'parcel.scanned_out_by': stationId, 'parcel.state': 'labelled' })
    .orderBy([
      { column: 'parcel.scanned_out_at', order: 'desc' },
      { column: 'parcel.id', order: 'desc' },
    ])
    .first('parcel.id', 'manifest.id as manifestId');
}

/** Moves every parcel of a manifest that may; one statement a state, however many there are. */
export async function moveManifestParcels(
  tx: Tx,
  manifestId: string,
  move: { to: ParcelState; at: string },
): Promise<{ id: string; from: ParcelState }[]> {
  const all: { id: string; state: ParcelState }[] = await tx('parcel')
    .where({ manifest_id: manifestId })
    .orderBy('id')
    .forUpdate()
    .select('id', 'state');
  const moving = all.filter(({ state }) => canMove(parcelMachine, state, move.to));
  for (const state of new Set(moving.map((parcel) => parcel.state)))
    await tx('parcel')
      .where({ manifest_id: manifestId, state })
      .update({
        state: move.to,
        version: tx.raw('version + 1'),
        ...(move.to === 'handed-over' ? { handed_over_at: move.at } : {}),
      });
  return moving.map(({ id, state }) => ({ id, from: state }));
}
