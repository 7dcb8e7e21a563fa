import type { ShopMessage } from '../../shared/contract/shops.ts';
import { AppError } from '../../shared/errors.ts';
import type { Handle } from '../db/rows.ts';
import type { Tx } from '../db/unit-of-work.ts';

/** A carrier's name at the platform, by our name of it. */
export type CarrierNames = Readonly<Record<string, { readonly code: string; readonly name: string }>>;

/** One connected shop. `secrets` hold sealed texts by field name; `tokens` one sealed text. */
export interface Shop {
  readonly id: string;
  readonly connector: string;
  /** `sales_order.shop` of its orders. */
  readonly key: string;
  readonly title: string;
  readonly config: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly active: boolean;
  readonly pushShipments: boolean;
  readonly pushStock: boolean;
  readonly carriers: CarrierNames;
  readonly cursor: string | null;
  readonly readNextAt: string | null;
  readonly readAt: string | null;
  readonly fault: ShopMessage | null;
  readonly faultAt: string | null;
  readonly faults: number;
  readonly checkedAt: string | null;
  readonly checkMessages: readonly ShopMessage[];
  readonly version: number;
}

interface ShopRow {
  readonly id: string;
  readonly connector: string;
  readonly key: string;
  readonly title: string;
  readonly config: string;
  readonly secrets: string;
  readonly active: number;
  readonly push_shipments: number;
  readonly push_stock: number;
  readonly carriers: string;
  readonly cursor: string | null;
  readonly read_next_at: string | null;
  readonly read_at: string | null;
  readonly fault: string | null;
  readonly fault_at: string | null;
  readonly faults: number;
  readonly checked_at: string | null;
  readonly check_messages: string;
  readonly version: number;
}

const fromRow = (row: ShopRow): Shop => ({
  id: row.id,
  connector: row.connector,
  key: row.key,
  title: row.title,
  config: JSON.parse(row.config),
  secrets: JSON.parse(row.secrets),
  active: row.active === 1,
  pushShipments: row.push_shipments === 1,
  pushStock: row.push_stock === 1,
  carriers: JSON.parse(row.carriers),
  cursor: row.cursor,
  readNextAt: row.read_next_at,
  readAt: row.read_at,
  fault: row.fault === null ? null : JSON.parse(row.fault),
  faultAt: row.fault_at,
  faults: row.faults,
  checkedAt: row.checked_at,
  checkMessages: JSON.parse(row.check_messages),
  version: row.version,
});

/** What a form sets. */
export type ShopForm = Pick<
  Shop,
  'connector' | 'key' | 'title' | 'config' | 'secrets' | 'active' | 'pushShipments' | 'pushStock' | 'carriers'
>;

const columnsOf = (shop: ShopForm) => ({
  connector: shop.connector,
  key: shop.key,
  title: shop.title,
  config: JSON.stringify(shop.config),
  secrets: JSON.stringify(shop.secrets),
  active: shop.active ? 1 : 0,
  push_shipments: shop.pushShipments ? 1 : 0,
  push_stock: shop.pushStock ? 1 : 0,
  carriers: JSON.stringify(shop.carriers),
});

/** In a transaction or with the read handle, oldest first. */
export async function listShops(handle: Handle): Promise<Shop[]> {
  const rows: ShopRow[] = await handle('shop').orderBy(['created_at', 'id']).select('*');
  return rows.map(fromRow);
}

/** Throws `not-found` `channel.unknown-shop`. */
export async function getShop(handle: Handle, id: string): Promise<Shop> {
  const row = await handle('shop').where({ id }).first<ShopRow | undefined>();
  if (!row) throw new AppError('not-found', 'channel.unknown-shop', { id });
  return fromRow(row);
}

/** The shop that is the same one at its platform; at most one. */
export async function findShopByKey(tx: Tx, connector: string, key: string): Promise<Shop | undefined> {
  const row = await tx('shop').where({ connector, key }).first<ShopRow | undefined>();
  return row && fromRow(row);
}

export async function insertShop(tx: Tx, id: string, shop: ShopForm & { readonly at: string }): Promise<void> {
  await tx('shop').insert({ id, ...columnsOf(shop), read_next_at: shop.at, created_at: shop.at, version: 1 });
}

/** Saves over the version that was read; throws `conflict` `channel.shop-changed`. */
export async function saveShop(
  tx: Tx,
  shop: ShopForm & { readonly id: string; readonly version: number },
): Promise<number> {
  const version = shop.version + 1;
  const changed = await tx('shop')
    .where({ id: shop.id, version: shop.version })
    // What a check found was about what stood here before.
    .update({ ...columnsOf(shop), version, checked_at: null, check_messages: '[]' });
  if (changed !== 1) throw new AppError('conflict', 'channel.shop-changed', { id: shop.id });
  return version;
}

/** Another key or token was typed in: what the platform gave before is worth nothing. */
export async function forgetTokens(tx: Tx, id: string): Promise<void> {
  await tx('shop')
    .where({ id })
    .update({ tokens: null, tokens_version: tx.raw('tokens_version + 1') });
}

export async function saveCheck(
  tx: Tx,
  id: string,
  check: { readonly at: string; readonly messages: readonly ShopMessage[] },
): Promise<void> {
  await tx('shop')
    .where({ id })
    .update({ checked_at: check.at, check_messages: JSON.stringify(check.messages) });
}

/** Paused, or read again from this instant on. */
export async function saveActive(tx: Tx, id: string, active: boolean, now: string): Promise<void> {
  await tx('shop')
    .where({ id })
    .update({ active: active ? 1 : 0, ...(active ? { read_next_at: now } : {}) });
}

/** Takes the reading of a shop until the lease ends; false while another bench has it. */
export async function leaseReading(
  tx: Tx,
  id: string,
  lease: { readonly owner: string; readonly now: string; readonly until: string },
): Promise<boolean> {
  const changed = await tx('shop')
    .where({ id })
    .where((free) =>
      free
        .whereNull('read_lease_until')
        .orWhere('read_lease_until', '<=', lease.now)
        .orWhere('read_lease', lease.owner),
    )
    .update({ read_lease: lease.owner, read_lease_until: lease.until });
  return changed === 1;
}

/** Everything before `cursor` is stored; only forwards, and only by whoever has the lease. */
export async function moveCursor(
  tx: Tx,
  id: string,
  move: { readonly owner: string; readonly cursor: string },
): Promise<void> {
  await tx('shop')
    .where({ id, read_lease: move.owner })
    .where((behind) => behind.whereNull('cursor').orWhere('cursor', '<', move.cursor))
    .update({ cursor: move.cursor });
}

/** The reading ended; the lease is given back. */
export async function endReading(
  tx: Tx,
  id: string,
  end: {
    readonly owner: string;
    readonly at: string;
    readonly nextAt: string;
    readonly fault: ShopMessage | null;
  },
): Promise<void> {
  const { owner, at, nextAt, fault } = end;
  await tx('shop')
    .where({ id, read_lease: owner })
    .update({
      read_lease: null,
      read_lease_until: null,
      read_next_at: nextAt,
      ...(fault
        ? { fault: JSON.stringify(fault), fault_at: at, faults: tx.raw('faults + 1') }
        : { fault: null, fault_at: null, faults: 0, read_at: at }),
    });
}

/** Shops that are to be read now. */
export async function listDue(handle: Handle, now: string): Promise<string[]> {
  const rows: { id: string }[] = await handle('shop')
    .where({ active: 1 })
    .where((due) => due.whereNull('read_next_at').orWhere('read_next_at', '<=', now))
    .where((free) => free.whereNull('read_lease_until').orWhere('read_lease_until', '<=', now))
    .orderBy('read_next_at')
    .select('id');
  return rows.map(({ id }) => id);
}

/** A message said that something waits: the next look reads at once. */
export async function readSoon(tx: Tx, id: string, now: string): Promise<void> {
  await tx('shop').where({ id, active: 1 }).update({ read_next_at: now });
}
