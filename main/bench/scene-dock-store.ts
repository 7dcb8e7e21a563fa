import type { BenchView } from '../../shared/contract/bench.ts';
import type { DockCarrier } from '../../shared/contract/shipping-dock.ts';
import { type Handle, selectRows } from '../db/rows.ts';
import {
  DOCK_ACCOUNTS,
  DOCK_MANIFESTS,
  DOCK_WAITING,
  dockCarriers,
  dockValues,
} from '../shipping/dock-figures-rules.ts';

type Dock = NonNullable<BenchView['dock']>;

/** What a bench at the dock is about, read for its screen. */
export interface SceneDock {
  readonly carriers: readonly DockCarrier[];
  readonly last: Dock['last'];
  readonly manifest: Dock['manifest'];
  /** Labels of parcels that wait, for screens on which a scan is tapped. */
  readonly waiting: readonly { readonly scanText: string; readonly trackingNumber: string; readonly own: boolean }[];
}

/** Offered for tapping. */
const OFFERED = 3;

const LAST = `
  select o.number as "orderNumber", label.tracking_number as "trackingNumber", label.account_id as "accountId",
    coalesce(account.title, label.carrier) as carrier, manifest.number as manifest
  from parcel
  join sales_order o on o.id = parcel.order_id
  join label on label.parcel_id = parcel.id and label.kind = 'outbound' and label.state = 'bought'
  join manifest on manifest.id = parcel.manifest_id
  left join carrier_account account on account.id = label.account_id
  where parcel.id = ?`;

const MANIFEST = `
  select number, carrier, state, (select count(*) from parcel where parcel.manifest_id = manifest.id) as parcels
  from manifest where id = ? and handed_over_at is null`;

const WAITING = `
  select label.scan_text as "scanText", label.tracking_number as "trackingNumber", label.account_id as "accountId"
  from parcel
  join label on label.parcel_id = parcel.id and label.kind = 'outbound' and label.state = 'bought'
  left join order_hold hold on hold.order_id = parcel.order_id
  where parcel.state = 'labelled' and parcel.label_confirmed_at >= ? and parcel.manifest_id is null
    and (hold.order_id is null or hold.until <= ?)
  order by parcel.label_confirmed_at limit ${OFFERED}`;

/** The piles, the last parcel, and the manifest that the card HAND-OVER is about. */
export async function readSceneDock(
  handle: Handle,
  at: { parcelId: string | null; manifestId: string | null; timeZone: string },
  now: string,
): Promise<SceneDock> {
  const values = dockValues(now);
  const carriers = dockCarriers(
    {
      accounts: await selectRows(handle, DOCK_ACCOUNTS, []),
      waiting: await selectRows(handle, DOCK_WAITING, values.waiting),
      manifests: await selectRows(handle, DOCK_MANIFESTS, values.manifests),
      timeZone: at.timeZone,
    },
    now,
  );
  const [last] = at.parcelId === null ? [] : await selectRows<NonNullable<Dock['last']>>(handle, LAST, [at.parcelId]);
  const [manifest] =
    at.manifestId === null ? [] : await selectRows<NonNullable<Dock['manifest']>>(handle, MANIFEST, [at.manifestId]);
  const waiting = await selectRows<{ scanText: string; trackingNumber: string; accountId: string | null }>(
    handle,
    WAITING,
    values.waiting,
  );
  return {
    carriers,
    last: last ?? null,
    manifest: manifest ? { ...manifest, parcels: Number(manifest.parcels) } : null,
    waiting: waiting.map(({ accountId, ...label }) => ({ ...label, own: accountId === null })),
  };
}
