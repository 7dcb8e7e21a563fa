import type { ManifestState, ParcelState } from '../../shared/model/machines.ts';
import type { Handle } from '../db/rows.ts';
import type { InvariantResult } from './invariants-views.ts';

interface OnManifest {
  readonly id: string;
  readonly state: ParcelState;
  readonly manifestState: ManifestState;
  readonly handedOverAt: string | null;
  readonly sameAccount: number | string;
  readonly live: number | string;
}

const LEFT: readonly ParcelState[] = ['handed-over', 'delivered', 'exception', 'returned'];

/**
 * What must hold of parcels at the dock. That one stands on at most one manifest is the column itself; here that it is
 * its own carrier's, that it left with a manifest that was sent, and never under a label that is void.
 */
export async function checkDock(read: Handle): Promise<InvariantResult[]> {
  const rows: OnManifest[] = await read('parcel')
    .join('manifest', 'manifest.id', 'parcel.manifest_id')
    .leftJoin('label', (join) =>
      join.on('label.parcel_id', 'parcel.id').andOnVal('label.kind', 'outbound').andOnVal('label.state', 'bought'),
    )
    .groupBy('parcel.id', 'parcel.state', 'manifest.state', 'manifest.handed_over_at')
    .select('parcel.id', 'parcel.state', 'manifest.state as manifestState', 'manifest.handed_over_at as handedOverAt')
    .count({ live: 'label.id' })
    .select(
      read.raw(
        "sum(case when coalesce(label.account_id, '') = coalesce(manifest.account_id, '') then 1 else 0 end) as \"sameAccount\"",
      ),
    );
  const wrong = (is: (row: OnManifest) => boolean): string[] => rows.filter(is).map(({ id }) => id);
  const labels = { name: 'every parcel on a manifest has one live label, of the manifest’s carrier' };
  const sent = { name: 'parcels that were handed over stand on a manifest that was sent' };
  return [
    {
      ...labels,
      checked: rows.length,
      broken: wrong((row) => Number(row.live) !== 1 || Number(row.sameAccount) !== 1),
    },
    {
      ...sent,
      checked: rows.length,
      // The carrier's own scan may come before the paper; the driver's hand-over may not.
      broken: wrong(
        ({ state, manifestState, handedOverAt }) =>
          (handedOverAt !== null && manifestState !== 'transmitted') ||
          (handedOverAt !== null && !LEFT.includes(state)),
      ),
    },
  ];
}
