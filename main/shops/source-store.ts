import type { OrderTraces } from '../../shared/model/attribution.ts';
import type { Handle } from '../db/rows.ts';
import { insertMany, type Tx } from '../db/unit-of-work.ts';

/** `missing`: the shop, asked for it, did not give it. */
export type RemoteState = 'open' | 'held' | 'cancelled' | 'shipped' | 'missing';

/** What a channel says of an order beside what is packed. */
export interface OrderSource {
  readonly orderId: string;
  readonly shopId: string | null;
  readonly externalId: string;
  /** By the platform's clock; null where it does not tell. */
  readonly updatedAt: string | null;
  readonly readAt: string;
  readonly remoteState: RemoteState;
  readonly addressState: 'clear' | 'masked' | 'encrypted' | 'pending';
  readonly addressToken: string | null;
  readonly attribution: string;
  readonly evidence: string;
  /** False while the platform still gathers traces. */
  readonly settled: boolean;
  readonly traces: OrderTraces | null;
  readonly marketplaceOrderId: string | null;
}

interface SourceRow {
  readonly order_id: string;
  readonly shop_id: string | null;
  readonly external_id: string;
  readonly updated_at: string | null;
  readonly read_at: string;
  readonly remote_state: RemoteState;
  readonly address_state: OrderSource['addressState'];
  readonly address_token: string | null;
  readonly attribution: string;
  readonly evidence: string;
  readonly settled: number;
  readonly traces: string | null;
  readonly marketplace_order_id: string | null;
}

const fromRow = (row: SourceRow): OrderSource => ({
  orderId: row.order_id,
  shopId: row.shop_id,
  externalId: row.external_id,
  updatedAt: row.updated_at,
  readAt: row.read_at,
  remoteState: row.remote_state,
  addressState: row.address_state,
  addressToken: row.address_token,
  attribution: row.attribution,
  evidence: row.evidence,
  settled: row.settled === 1,
  traces: row.traces === null ? null : JSON.parse(row.traces),
  marketplaceOrderId: row.marketplace_order_id,
});

const toRow = (source: OrderSource): SourceRow => ({
  order_id: source.orderId,
  shop_id: source.shopId,
  external_id: source.externalId,
  updated_at: source.updatedAt,
  read_at: source.readAt,
  remote_state: source.remoteState,
  address_state: source.addressState,
  address_token: source.addressToken,
  attribution: source.attribution,
  evidence: source.evidence,
  settled: source.settled ? 1 : 0,
  traces: source.traces === null ? null : JSON.stringify(source.traces),
  marketplace_order_id: source.marketplaceOrderId,
});

/** What is known of an order; undefined where no shop gave it. */
export async function findSource(handle: Handle, orderId: string): Promise<OrderSource | undefined> {
  const row = await handle('order_source').where({ order_id: orderId }).first<SourceRow | undefined>();
  return row && fromRow(row);
}

/** Of these orders of one shop, those that are known. */
export async function listSources(
  handle: Handle,
  shopId: string,
  externalIds: readonly string[],
): Promise<OrderSource[]> {
  if (externalIds.length === 0) return [];
  const rows: SourceRow[] = await handle('order_source')
    .where({ shop_id: shopId })
    .whereIn('external_id', [...externalIds])
    .select('*');
  return rows.map(fromRow);
}

/** Stores new ones at once and writes known ones over. */
export async function saveSources(
  tx: Tx,
  sources: { readonly fresh: readonly OrderSource[]; readonly known: readonly OrderSource[] },
): Promise<void> {
  if (sources.fresh.length > 0)
    await insertMany(
      tx,
      'order_source',
      sources.fresh.map((source) => ({ ...toRow(source) })),
    );
  for (const source of sources.known) {
    const { order_id: id, ...columns } = toRow(source);
    await tx('order_source').where({ order_id: id }).update(columns);
  }
}

/** Our order of this number at one of these kinds of shop: what a copy was made from. */
export async function findOriginal(
  handle: Handle,
  original: { readonly connector: string; readonly externalId: string },
): Promise<string | undefined> {
  const row: { id: string } | undefined = await handle('order_source')
    .join('shop', 'shop.id', 'order_source.shop_id')
    .where({ 'shop.connector': original.connector, 'order_source.external_id': original.externalId })
    .first('order_source.order_id as id');
  return row?.id;
}

/** Orders of ours that a shop engine copied from these of a marketplace; a number alone says nothing, each shop has its own. */
export async function findCopy(
  handle: Handle,
  connector: string,
  marketplaceOrderIds: readonly string[],
): Promise<Map<string, string>> {
  const rows: { id: string; copied: string }[] = await handle('order_source')
    .where({ attribution: connector })
    .whereIn('marketplace_order_id', [...marketplaceOrderIds])
    .select('order_id as id', 'marketplace_order_id as copied');
  return new Map(rows.map(({ id, copied }) => [copied, id]));
}

export interface OrderLink {
  readonly shopId: string;
  readonly externalId: string;
  readonly number: string;
  readonly orderId: string;
}

/** Of these orders of a shop, those that only point to one that another shop gave. */
export async function listLinks(handle: Handle, shopId: string, externalIds: readonly string[]): Promise<OrderLink[]> {
  const rows: { external_id: string; number: string; order_id: string }[] = await handle('order_link')
    .where({ shop_id: shopId })
    .whereIn('external_id', [...externalIds])
    .select('external_id', 'number', 'order_id');
  return rows.map((row) => ({ shopId, externalId: row.external_id, number: row.number, orderId: row.order_id }));
}

export async function insertLink(tx: Tx, link: OrderLink, at: string): Promise<void> {
  await tx('order_link')
    .insert({ shop_id: link.shopId, external_id: link.externalId, number: link.number, order_id: link.orderId, at })
    .onConflict(['shop_id', 'external_id'])
    .ignore();
}

/** Orders whose traces were kept, by id from one on. */
export async function listTraced(
  handle: Handle,
  page: { readonly after: string; readonly limit: number },
): Promise<(Pick<OrderSource, 'orderId' | 'attribution' | 'evidence'> & { readonly traces: OrderTraces })[]> {
  const rows: SourceRow[] = await handle('order_source')
    .where('order_id', '>', page.after)
    .whereNotNull('traces')
    .orderBy('order_id')
    .limit(page.limit)
    .select('*');
  return rows.flatMap((row) => {
    const { orderId, attribution, evidence, traces } = fromRow(row);
    return traces ? [{ orderId, attribution, evidence, traces }] : [];
  });
}

export async function saveJudgement(
  tx: Tx,
  orderId: string,
  judged: { readonly attribution: string; readonly evidence: string },
): Promise<void> {
  await tx('order_source').where({ order_id: orderId }).update(judged);
}

/** Orders of a shop that came since an instant and of which the platform did not know yet where they come from. */
export async function listUnsettled(handle: Handle, shopId: string, since: string): Promise<string[]> {
  const rows: { id: string }[] = await handle('order_source')
    .join('sales_order', 'sales_order.id', 'order_source.order_id')
    .where({ 'order_source.shop_id': shopId, 'order_source.settled': 0 })
    .where('sales_order.created_at', '>=', since)
    .limit(100)
    .select('order_source.external_id as id');
  return rows.map(({ id }) => id);
}

/** Orders of shops of these kinds on which work has begun and whose shop has not heard of it. */
export async function listBegun(handle: Handle, connectors: readonly string[], limit: number): Promise<string[]> {
  const rows: { id: string }[] = await handle('order_source')
    .join('sales_order', 'sales_order.id', 'order_source.order_id')
    .join('shop', 'shop.id', 'order_source.shop_id')
    .whereNull('order_source.acknowledged_at')
    .whereIn('sales_order.state', ['picking', 'picked', 'packing', 'packed'])
    .whereIn('shop.connector', [...connectors])
    .where({ 'shop.push_shipments': 1 })
    .limit(limit)
    .select('order_source.order_id as id');
  return rows.map(({ id }) => id);
}

export async function markAcknowledged(tx: Tx, orderId: string, now: string): Promise<void> {
  await tx('order_source').where({ order_id: orderId }).update({ acknowledged_at: now });
}
