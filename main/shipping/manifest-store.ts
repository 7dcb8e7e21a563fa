import { AppError } from '../../shared/errors.ts';
import type { LabelState, ManifestState, OrderState, ParcelState } from '../../shared/model/machines.ts';
import { personalOf } from '../db/personal-seal.ts';
import { selectRows } from '../db/rows.ts';
import type { Tx } from '../db/unit-of-work.ts';
import { type PickupClock, pickupDaysOf } from './dock-clock-rules.ts';
import type { DockLabel } from './dock-rules.ts';

export interface Manifest {
  readonly id: string;
  readonly number: string;
  /** Null: the shipper's own logistic labels. */
  readonly accountId: string | null;
  readonly carrier: string;
  readonly state: ManifestState;
  readonly shipDate: string;
  readonly cutOffAt: string | null;
  readonly closedAt: string | null;
  readonly transmittedAt: string | null;
  readonly handedOverAt: string | null;
  readonly carrierRef: string;
  readonly paperId: string | null;
  readonly fault: string | null;
  readonly version: number;
}

const COLUMNS = [
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
  'carrier_ref as carrierRef',
  'paper_id as paperId',
  'fault',
  'version',
] as const;

/** Read for a change: of two that want one at once, the second waits and sees what the first made of it. */
export async function getManifest(tx: Tx, id: string): Promise<Manifest> {
  const row = await tx('manifest')
    .where({ id })
    .forUpdate()
    .first<Manifest | undefined>(...COLUMNS);
  if (!row) throw new AppError('not-found', 'manifest.unknown', { id });
  return row;
}

export async function findManifestByNumber(tx: Tx, number: string): Promise<Manifest | undefined> {
  return tx('manifest')
    .where({ number })
    .forUpdate()
    .first<Manifest | undefined>(...COLUMNS);
}

/** The open manifests of a carrier, the earliest pick-up first. */
export async function listOpenManifests(tx: Tx, accountId: string | null): Promise<Manifest[]> {
  return tx('manifest')
    .where({ state: 'open', account_id: accountId })
    .orderBy('ship_date')
    .forUpdate()
    .select<Manifest[]>(...COLUMNS);
}

/** Everything that stands at the dock: open, or on its way, or ready for the driver; with how many parcels. */
export async function listStandingManifests(tx: Tx): Promise<(Manifest & { readonly parcels: number })[]> {
  const rows: (Manifest & { parcels: number | string })[] = await tx('manifest')
    .whereNull('handed_over_at')
    .orderBy(['ship_date', 'number'])
    .select(...COLUMNS)
    .select(tx.raw('(select count(*) from parcel where parcel.manifest_id = manifest.id) as parcels'));
  return rows.map((row) => ({ ...row, parcels: Number(row.parcels) }));
}

/** Does nothing where another bench just opened one for the same pick-up. */
export async function insertManifest(
  tx: Tx,
  manifest: Pick<Manifest, 'id' | 'number' | 'accountId' | 'carrier' | 'shipDate' | 'cutOffAt'> & {
    createdAt: string;
  },
): Promise<void> {
  await tx('manifest')
    .insert({
      id: manifest.id,
      number: manifest.number,
      account_id: manifest.accountId,
      carrier: manifest.carrier,
      state: 'open',
      ship_date: manifest.shipDate,
      cut_off_at: manifest.cutOffAt,
      created_at: manifest.createdAt,
      version: 1,
    })
    .onConflict()
    .ignore();
}

const NAMES = {
  state: 'state',
  shipDate: 'ship_date',
  cutOffAt: 'cut_off_at',
  closedAt: 'closed_at',
  transmittedAt: 'transmitted_at',
  handedOverAt: 'handed_over_at',
  carrierRef: 'carrier_ref',
  paperId: 'paper_id',
  fault: 'fault',
} as const;
export type ManifestChange = Partial<Pick<Manifest, keyof typeof NAMES>>;

/** Saves only over what was read. Error: `conflict` `manifest.changed-elsewhere`. */
export async function saveManifest(tx: Tx, manifest: Manifest, change: ManifestChange): Promise<Manifest> {
  const fields = Object.fromEntries(
    Object.entries(change).map(([key, value]) => [NAMES[key as keyof ManifestChange], value]),
  ); // keys of ManifestChange
  const next = { ...manifest, ...change, version: manifest.version + 1 };
  const changed = await tx('manifest')
    .where({ id: manifest.id, version: manifest.version })
    .update({ ...fields, version: next.version });
  if (changed !== 1) throw new AppError('conflict', 'manifest.changed-elsewhere', { id: manifest.id });
  return next;
}

/** The next number of a day, from 1. */
export async function countUp(tx: Tx, day: string): Promise<number> {
  const name = `manifest:${day}`;
  await tx('number_range').insert({ name, next: 1, last: 999_999 }).onConflict('name').ignore();
  const rows: { next: number | string }[] = await tx('number_range')
    .where({ name })
    .update({ next: tx.raw('next + 1') })
    .returning('next');
  return Number(rows[0]?.next ?? 2) - 1;
}

/** A carrier account as the dock sees it. */
export interface DockAccount extends PickupClock {
  readonly title: string;
  readonly connector: string;
  /** The shipper's number with the carrier, as the account's form names it; empty where there is none. */
  readonly number: string;
}

/** Fields of accounts that carry the number a driver knows the shipper by, the plainest first. */
const NUMBERS = ['contractNumber', 'accountNumber', 'customerNumber', 'billingNumber', 'enseigne'] as const;

export async function findDockAccount(tx: Tx, accountId: string): Promise<DockAccount | undefined> {
  const row = await tx('carrier_account')
    .where({ id: accountId })
    .first<{ title: string; connector: string; cutOff: string | null; timeZone: string; config: string } | undefined>(
      'title',
      'connector',
      'cut_off as cutOff',
      'time_zone as timeZone',
      'config',
    );
  if (!row) return undefined;
  const { config, ...account } = row;
  const fields: Readonly<Record<string, string>> = JSON.parse(config);
  const number = NUMBERS.map((name) => fields[name]).find((text) => text) ?? '';
  return { ...account, number, days: pickupDaysOf(fields.pickupDays) };
}

interface DockLabelRow extends Omit<DockLabel, 'hold' | 'manifest'> {
  readonly reason: string | null;
  readonly detail: string | null;
  readonly until: string | null;
  readonly manifestId: string | null;
  readonly manifestNumber: string | null;
  readonly manifestState: ManifestState | null;
  readonly labelState: LabelState;
  readonly stateOfParcel: ParcelState;
  readonly stateOfOrder: OrderState;
}

/** Labels that one of the texts names: their own scan text, tracking number, or another text of theirs; oldest first. */
export async function listLabelsByTexts(tx: Tx, texts: readonly string[]): Promise<DockLabel[]> {
  if (texts.length === 0) return [];
  const list = texts.map(() => '?').join(', ');
  const sql = `
    select label.id, label.kind, label.state, label.fault, label.tracking_number as "trackingNumber",
      label.account_id as "accountId", coalesce(account.title, label.carrier) as carrier,
      parcel.id as "parcelId", parcel.state as "parcelState", parcel.label_confirmed_at as "confirmedAt",
      o.id as "orderId", o.number as "orderNumber", o.state as "orderState",
      hold.reason, hold.detail, hold.until,
      manifest.id as "manifestId", manifest.number as "manifestNumber", manifest.state as "manifestState"
    from label
    join parcel on parcel.id = label.parcel_id
    join sales_order o on o.id = parcel.order_id
    left join carrier_account account on account.id = label.account_id
    left join order_hold hold on hold.order_id = o.id
    left join manifest on manifest.id = parcel.manifest_id
    where label.id in (
      select id from label where scan_text in (${list})
      union select id from label where tracking_number in (${list})
      union select label_id from label_code where text in (${list}))
    order by label.created_at, label.id`;
  const rows = await selectRows<DockLabelRow>(tx, sql, [...texts, ...texts, ...texts]);
  return rows.map(({ reason, detail, until, manifestId, manifestNumber, manifestState, ...label }) => ({
    ...label,
    hold: reason === null ? null : { reason, detail: detail ?? '', until },
    manifest:
      manifestId === null || manifestNumber === null || manifestState === null
        ? null
        : { id: manifestId, number: manifestNumber, state: manifestState },
  }));
}

/** Parcels of a carrier that are ready for the dock and not scanned out. */
export async function countWaiting(
  tx: Tx,
  of: { accountId: string | null; since: string; now: string },
): Promise<number> {
  const row = await tx('parcel')
    .join('label', (join) =>
      join.on('label.parcel_id', 'parcel.id').andOnVal('label.kind', 'outbound').andOnVal('label.state', 'bought'),
    )
    .leftJoin('order_hold', (join) => join.on('order_hold.order_id', 'parcel.order_id'))
    .where({ 'parcel.state': 'labelled', 'parcel.manifest_id': null, 'label.account_id': of.accountId })
    .where('parcel.label_confirmed_at', '>=', of.since)
    .where((free) => free.whereNull('order_hold.order_id').orWhere('order_hold.until', '<=', of.now))
    .count({ count: '*' })
    .first();
  return Number(row?.count ?? 0);
}

export interface ManifestParcel {
  readonly parcelId: string;
  readonly labelId: string;
  readonly carrierRef: string;
  readonly trackingNumber: string;
  readonly orderNumber: string;
  readonly service: string;
  readonly weightMg: number | null;
  readonly address: Readonly<Record<string, unknown>>;
}

/** The parcels on a manifest in the order in which they were scanned, with the label that leaves on each. */
export async function listManifestParcels(tx: Tx, manifestId: string): Promise<ManifestParcel[]> {
  const rows: (Omit<ManifestParcel, 'address'> & { orderId: string; personal: string | null })[] = await tx('parcel')
    .join('label', (join) =>
      join.on('label.parcel_id', 'parcel.id').andOnVal('label.kind', 'outbound').andOnVal('label.state', 'bought'),
    )
    .join('sales_order', 'sales_order.id', 'parcel.order_id')
    .leftJoin('order_private', 'order_private.order_id', 'parcel.order_id')
    .where({ 'parcel.manifest_id': manifestId })
    .orderBy(['parcel.scanned_out_at', 'parcel.id'])
    .select(
      'parcel.id as parcelId',
      'label.id as labelId',
      'label.carrier_ref as carrierRef',
      'label.tracking_number as trackingNumber',
      'sales_order.number as orderNumber',
      'label.service',
      'parcel.weight_mg as weightMg',
      'parcel.order_id as orderId',
      'order_private.data as personal',
    );
  const seal = personalOf(tx);
  return rows.map(({ personal, orderId, ...row }) => ({
    ...row,
    address: personal ? (JSON.parse(seal.open(orderId, personal)).address ?? {}) : {},
  }));
}
