import type { CallOutput } from '../../shared/contract/index.ts';
import type { ManifestView } from '../../shared/contract/shipping-dock.ts';
import type { Database } from '../db/database.ts';
import { type Handle, selectRows } from '../db/rows.ts';
import { settingsOf } from '../stations/settings-rules.ts';
import {
  DOCK_ACCOUNTS,
  DOCK_MANIFESTS,
  DOCK_WAITING,
  type DockRows,
  dockCarriers,
  dockValues,
} from './dock-figures-rules.ts';

/** What waits for which carrier, and until when. */
export async function readDock(database: Database, now: string): Promise<CallOutput<'shipping.dock-view'>> {
  return { now, carriers: dockCarriers(await readRows(database.read, now), now) };
}

async function readRows(handle: Handle, now: string): Promise<DockRows> {
  const values = dockValues(now);
  const setting = await handle('setting').where({ key: 'shared' }).first<{ value: string } | undefined>('value');
  return {
    accounts: await selectRows(handle, DOCK_ACCOUNTS, []),
    waiting: await selectRows(handle, DOCK_WAITING, values.waiting),
    manifests: await selectRows(handle, DOCK_MANIFESTS, values.manifests),
    timeZone: settingsOf(setting?.value ?? null).timeZone,
  };
}

/** The latest manifests, newest first. */
export async function listManifests(database: Database, limit: number): Promise<ManifestView[]> {
  const { read } = database;
  const rows: (Omit<ManifestView, 'parcels'> & { parcels: number | string })[] = await read('manifest')
    .orderBy([
      { column: 'created_at', order: 'desc' },
      { column: 'number', order: 'desc' },
    ])
    .limit(limit)
    .select(
      'id',
      'number',
      'account_id as accountId',
      'carrier',
      'state',
      'ship_date as shipDate',
      'cut_off_at as cutOffAt',
      'closed_at as closedAt',
      'transmitted_at as transmittedAt',
      'handed_over_at as handedOverAt',
      'paper_id as paperId',
      'fault',
      read.raw('(select count(*) from parcel where parcel.manifest_id = manifest.id) as parcels'),
    );
  return rows.map((row) => ({ ...row, parcels: Number(row.parcels) }));
}
