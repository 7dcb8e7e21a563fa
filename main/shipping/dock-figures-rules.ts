import type { DockCarrier } from '../../shared/contract/shipping-dock.ts';
import type { ManifestState } from '../../shared/model/machines.ts';
import { lateBefore, nextPickup, type PickupClock, pickupDaysOf } from './dock-clock-rules.ts';
import { waitingSince } from './dock-rules.ts';

/** Name of the shipper's own logistic labels, as it stands on them. */
export const OWN_CARRIER = 'GS1 logistic label';

/** How long a manifest that no driver took is told: over a weekend. */
const READY_MS = 4 * 86_400_000;

/** Carriers with an account; active ones, and those with parcels at the dock. */
export const DOCK_ACCOUNTS = `
  select id, title, active, cut_off as "cutOff", time_zone as "timeZone", config from carrier_account`;

/** Values: `waitingSince`, now. */
export const DOCK_WAITING = `
  select label.account_id as "accountId", o.ship_by as "shipBy", count(*) as parcels
  from parcel
  join label on label.parcel_id = parcel.id and label.kind = 'outbound' and label.state = 'bought'
  join sales_order o on o.id = parcel.order_id
  left join order_hold hold on hold.order_id = o.id
  where parcel.state = 'labelled' and parcel.label_confirmed_at >= ? and parcel.manifest_id is null
    and (hold.order_id is null or hold.until <= ?)
  group by label.account_id, o.ship_by`;

/** Values: `readySince`. */
export const DOCK_MANIFESTS = `
  select id, number, account_id as "accountId", state,
    (select count(*) from parcel where parcel.manifest_id = manifest.id) as parcels
  from manifest
  where handed_over_at is null and (state = 'open' or closed_at >= ?)
  order by ship_date, number`;

export interface DockRows {
  readonly accounts: readonly {
    readonly id: string;
    readonly title: string;
    readonly active: number;
    readonly cutOff: string | null;
    readonly timeZone: string;
    readonly config: string;
  }[];
  readonly waiting: readonly {
    readonly accountId: string | null;
    readonly shipBy: string;
    readonly parcels: number | string;
  }[];
  readonly manifests: readonly {
    readonly id: string;
    readonly number: string;
    readonly accountId: string | null;
    readonly state: ManifestState;
    readonly parcels: number | string;
  }[];
  /** The shipper's own clock, for what goes without an account. */
  readonly timeZone: string;
}

/** Values of `DOCK_WAITING` and `DOCK_MANIFESTS` at an instant. */
export function dockValues(now: string): { waiting: [string, string]; manifests: [string] } {
  return { waiting: [waitingSince(now), now], manifests: [readySince(now)] };
}

function readySince(now: string): string {
  return new Date(Date.parse(now) - READY_MS).toISOString();
}

/** The pile of each carrier with its counts and its clock, the one whose driver comes first on top. */
export function dockCarriers(rows: DockRows, now: string): DockCarrier[] {
  const own = { id: null, title: OWN_CARRIER, active: 0, clock: clockOf({ cutOff: null, ...rows, config: '{}' }) };
  const accounts = rows.accounts.map((account) => ({ ...account, clock: clockOf(account) }));
  return [...accounts, own]
    .flatMap(({ id, title, active, clock }) => {
      const carrier = pileOf(rows, { accountId: id, title, clock }, now);
      const shown = active === 1 && clock.cutOff !== null;
      return shown || carrier.manifest || carrier.waiting > 0 || carrier.ready > 0 ? [carrier] : [];
    })
    .sort((a, b) => (a.cutOffAt ?? '9').localeCompare(b.cutOffAt ?? '9') || a.title.localeCompare(b.title));
}

function clockOf(account: { cutOff: string | null; timeZone: string; config: string }): PickupClock {
  const { pickupDays }: { pickupDays?: string } = JSON.parse(account.config); // strings by name, as `save-account` stores them
  return { cutOff: account.cutOff, timeZone: account.timeZone, days: pickupDaysOf(pickupDays) };
}

function pileOf(
  rows: DockRows,
  { accountId, title, clock }: { accountId: string | null; title: string; clock: PickupClock },
  now: string,
): DockCarrier {
  const pickup = nextPickup(clock, now);
  const limit = lateBefore(clock, pickup);
  const waiting = rows.waiting.filter((row) => row.accountId === accountId);
  const manifests = rows.manifests.filter((row) => row.accountId === accountId);
  const open = manifests.filter(({ state }) => state === 'open');
  const shown = open.find(({ parcels }) => Number(parcels) > 0) ?? open[0];
  return {
    accountId,
    title,
    cutOffAt: pickup.cutOffAt,
    manifest: shown ? { id: shown.id, number: shown.number, parcels: Number(shown.parcels) } : null,
    waiting: sum(waiting),
    late: sum(waiting.filter(({ shipBy }) => shipBy < limit)),
    ready: sum(manifests.filter(({ state }) => state !== 'open')),
  };
}

function sum(rows: readonly { readonly parcels: number | string }[]): number {
  return rows.reduce((total, { parcels }) => total + Number(parcels), 0);
}
