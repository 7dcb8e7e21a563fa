import type { ImportedOrder } from '../../shared/model/imported.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { sharedSettings } from '../stations/settings-service.ts';
import { catalogueFor } from './catalogue-lookup-service.ts';
import { applyChange } from './change-service.ts';
import { contentHash } from './import-rules.ts';
import { keepBackNew } from './kept-back-service.ts';
import { newOrder } from './new-order-rules.ts';
import { insertOrders, listOrdersByExternalId, type Order } from './orders-store.ts';

/** What became of one order that a source gave; `detail` is the difference in words, or why it was not taken. */
export type Taken =
  | { readonly outcome: 'new'; readonly orderId: string }
  | { readonly outcome: 'changed'; readonly orderId: string; readonly detail: string }
  | { readonly outcome: 'unchanged'; readonly orderId: string }
  | { readonly outcome: 'rejected'; readonly detail: string };

/**
 * Step: takes orders over from whatever source, each once: new ones are stored, known ones compared, and changed by the
 * rules of `applyChange`. Answers stand in the order of `records`. The caller has stock allocated (`stock.allocate`).
 */
export async function takeOrders(uow: UnitOfWork, records: readonly ImportedOrder[]): Promise<Taken[]> {
  const known = await knownOrders(uow, records);
  const taken: (Taken | undefined)[] = [];
  const fresh: { readonly index: number; readonly record: ImportedOrder }[] = [];
  const seen = new Set<string>();
  for (const [index, record] of records.entries()) {
    const key = keyOf(record);
    const stored = known.get(key);
    if (record.lines.every((line) => line.quantity === 0) && !record.cancelled)
      taken[index] = { outcome: 'rejected', detail: `order ${record.number}: nothing to ship` };
    else if (seen.has(key))
      taken[index] = { outcome: 'rejected', detail: `order ${record.number} stands twice in this file` };
    else if (!stored) fresh.push({ index, record });
    else if (stored.contentHash === contentHash(record)) taken[index] = { outcome: 'unchanged', orderId: stored.id };
    else {
      const detail = await applyChange(uow, stored, record);
      taken[index] = { outcome: 'changed', orderId: stored.id, detail };
    }
    seen.add(key);
  }
  const ids = await insertNew(
    uow,
    fresh.map(({ record }) => record),
  );
  for (const [at, { index }] of fresh.entries()) taken[index] = { outcome: 'new', orderId: ids[at] ?? '' };
  if (fresh.length > 0 || taken.some((one) => one?.outcome === 'changed')) uow.emit('orders.changed', {});
  return taken.flatMap((one) => one ?? []);
}

const keyOf = (order: { channel: string; shop: string; externalId: string }): string =>
  `${order.channel}\u0000${order.shop}\u0000${order.externalId}`;

async function knownOrders(uow: UnitOfWork, records: readonly ImportedOrder[]): Promise<Map<string, Order>> {
  const sources = new Map<string, { channel: string; shop: string; externalIds: string[] }>();
  for (const { channel, shop, externalId } of records) {
    const key = `${channel}\u0000${shop}`;
    const source = sources.get(key) ?? { channel, shop, externalIds: [] };
    source.externalIds.push(externalId);
    sources.set(key, source);
  }
  const known = new Map<string, Order>();
  for (const source of sources.values()) {
    for (const order of await listOrdersByExternalId(uow.tx, source)) known.set(keyOf(order), order);
  }
  return known;
}

/** Returns the ids of the new orders, in the order of `records`. */
async function insertNew(uow: UnitOfWork, records: readonly ImportedOrder[]): Promise<string[]> {
  if (records.length === 0) return [];
  const { handlingHours } = await sharedSettings(uow);
  const catalogue = await catalogueFor(
    uow,
    records.flatMap(({ lines }) => lines.map((line) => line.sku)),
  );
  const orders = records.map((record) => newOrder(uow.newId, record, { catalogue, handlingHours }));
  await insertOrders(uow.tx, orders, uow.now);
  for (const [index, { order }] of orders.entries()) {
    uow.record({ kind: 'order.imported', subject: order.id, to: order.state, data: { channel: order.channel } });
    const record = records[index];
    if (record && !record.cancelled) await keepBackNew(uow, order.id, record);
  }
  return orders.map(({ order }) => order.id);
}
