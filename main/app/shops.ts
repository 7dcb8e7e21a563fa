import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Reconciliation, ShopView } from '../../shared/contract/shops.ts';
import { AppError } from '../../shared/errors.ts';
import { systemActor } from '../../shared/model/actor.ts';
import { type ReadSummary, readShop } from '../shops/reading-service.ts';
import { reconcile } from '../shops/reconcile-service.ts';
import { type SentElsewhere, shipElsewhere } from '../shops/ship-elsewhere-service.ts';
import { shopList } from '../shops/shop-calls.ts';
import { checkShop, connectorOf, formFields, putShop } from '../shops/shop-service.ts';
import type { Core } from './core.ts';
import { showOrder } from './operations.ts';

/** What the file of `channels connect` says beside the fields of the connector. */
const ShopFile = z.looseObject({
  title: z.string().trim().min(1).max(60).optional(),
  active: z.boolean().optional(),
  pushShipments: z.boolean().optional(),
  pushStock: z.boolean().optional(),
  carriers: z.record(z.string(), z.object({ code: z.string(), name: z.string() })).optional(),
});
const ABOUT = Object.keys(ShopFile.shape);

/** The connected shops as the command line tells them; no secret is among it. */
export function listShops(core: Core): Promise<ShopView[]> {
  return shopList(core.deps);
}

/**
 * Connects a shop by what a file says, or changes the one with the same title or key; what the file leaves out stays.
 * Errors: `channel.bad-file` with what is wrong, and those of the settings page.
 */
export async function connectShop(
  core: Core,
  name: string,
  given: unknown,
): Promise<{ id: string; version: number; key: string; title: string }> {
  const connector = connectorOf(core.deps, name);
  const read = ShopFile.safeParse(given);
  if (!read.success) throw new AppError('validation', 'channel.bad-file', { reason: z.prettifyError(read.error) });
  const fields = formFields(connector);
  const unknown = Object.keys(read.data).filter(
    (key) => !ABOUT.includes(key) && !fields.some((field) => field.name === key),
  );
  if (unknown.length > 0)
    throw new AppError('validation', 'channel.bad-file', { reason: `unknown: ${unknown.join(', ')}` });
  const valuesOf = (secret: boolean): Record<string, string> =>
    Object.fromEntries(
      fields.flatMap(({ name: field, kind }) => {
        const value = read.data[field];
        return (kind === 'secret') === secret && value !== undefined && value !== null ? [[field, asText(value)]] : [];
      }),
    );
  const config = valuesOf(false);
  const known = (await listShops(core)).find(
    (shop) =>
      shop.connector === name &&
      (shop.title === read.data.title || isSameShop(() => connector.shopKey({ ...shop.config, ...config }), shop.key)),
  );
  const saved = await putShop(core.deps, systemActor, {
    id: known?.id ?? null,
    expectedVersion: known?.version ?? 0,
    connector: name,
    title: read.data.title ?? known?.title ?? connector.title,
    config: { ...known?.config, ...config },
    secrets: valuesOf(true),
    active: read.data.active ?? known?.active ?? true,
    pushShipments: read.data.pushShipments ?? known?.pushShipments ?? true,
    pushStock: read.data.pushStock ?? known?.pushStock ?? false,
    carriers: Object.entries(read.data.carriers ?? {}).map(([ours, theirs]) => ({ ours, ...theirs })),
  });
  const shop = (await listShops(core)).find(({ id }) => id === saved.id);
  return { ...saved, key: shop?.key ?? '', title: shop?.title ?? '' };
}

/** A list (marketplaces) stands in one field, with commas. */
const asText = (value: unknown): string => (Array.isArray(value) ? value.map(String).join(',') : String(value));

/** A file that leaves a field out names no shop by its key. */
function isSameShop(keyNow: () => string, key: string): boolean {
  try {
    return keyNow() === key;
  } catch {
    return false;
  }
}

/** Shops by id, title, key, or all of one connector. Error: `not-found` `channel.unknown-shop`. */
export async function shopsNamed(core: Core, name: string): Promise<ShopView[]> {
  const shops = await listShops(core);
  const exact = shops.filter(({ id, title, key }) => id === name || title === name || key === name);
  const found = exact.length > 0 ? exact : shops.filter(({ connector }) => connector === name);
  if (found.length === 0) throw new AppError('not-found', 'channel.unknown-shop', { id: name });
  return found;
}

/** Asks a shop whether it can be read and told. */
export async function checkShopNamed(core: Core, name: string): Promise<{ ok: boolean; messages: object[] }> {
  const [shop] = await shopsNamed(core, name);
  return checkShop(core.deps, systemActor, shop?.id ?? '');
}

/** Reads a shop now. Error: `conflict` `channel.read-elsewhere` while a station reads it. */
export async function syncShop(core: Core, shop: ShopView, since: string | undefined): Promise<ReadSummary> {
  const owner = `command:${randomUUID()}`;
  const asked = { shopId: shop.id, owner, ...(since === undefined ? {} : { since }) };
  const read = await readShop(core.deps, systemActor, asked);
  if (!read) throw new AppError('conflict', 'channel.read-elsewhere', { shop: shop.title });
  // Orders are on the packers' list with the command's end, not with the next start of a station.
  await core.worker.drain();
  return read;
}

/** Compares a shop's orders and parcels with what the platform says. */
export function reconcileShop(core: Core, shop: ShopView, since: string | undefined): Promise<Reconciliation> {
  return reconcile(core.deps, systemActor, { id: shop.id, since: since ?? null });
}

/** Marks units of an order sent that were labelled elsewhere. Error: `order.unknown` and those of `shipElsewhere`. */
export async function sendOrder(
  core: Core,
  key: string,
  sent: Omit<SentElsewhere, 'orderId'>,
): Promise<{ order: string; state: string; shipmentId: string | null }> {
  const { id, number } = await showOrder(core, key);
  const { shipmentId } = await shipElsewhere(core.deps, systemActor, { ...sent, orderId: id });
  return { order: number, state: (await showOrder(core, id)).state, shipmentId };
}
