import type { ShopView } from '../../shared/contract/shops.ts';
import type { Database } from '../db/database.ts';
import { listDue, listShops, type Shop } from './shop-store.ts';
import { listRefusals, type StockRefusals } from './stock-told-store.ts';

/** What of a connector its shops show. */
export interface KnownConnector {
  readonly name: string;
  readonly title: string;
  readonly channel: ShopView['channel'];
  readonly pollSeconds: number;
}

interface Figures {
  readonly orders: ReadonlyMap<string, number>;
  readonly aside: ReadonlyMap<string, number>;
  readonly parked: ReadonlyMap<string, number>;
  readonly waiting: ReadonlyMap<string, number>;
  readonly stock: ReadonlyMap<string, StockRefusals>;
}

/** So many polls may be missed before a shop counts as late. */
const LATE_POLLS = 5;
/** SKUs that a shop takes no stock of, as many as are named. */
const NAMED_SKUS = 5;

/** The connected shops as supervisors see them; `today` is the instant at which the day began. */
export async function shopViews(
  database: Database,
  connectors: readonly KnownConnector[],
  at: { readonly now: string; readonly today: string },
): Promise<ShopView[]> {
  const shops = await listShops(database.read);
  if (shops.length === 0) return [];
  const figures = await figuresOf(database, at.today);
  return shops.flatMap((shop) => {
    const connector = connectors.find(({ name }) => name === shop.connector);
    return connector ? [viewOf(shop, connector, { figures, now: at.now })] : [];
  });
}

function viewOf(shop: Shop, connector: KnownConnector, at: { figures: Figures; now: string }): ShopView {
  const lag =
    shop.cursor === null ? null : Math.max(0, Math.round((Date.parse(at.now) - Date.parse(shop.cursor)) / 1_000));
  const { orders, aside, parked, waiting } = at.figures;
  return {
    id: shop.id,
    connector: shop.connector,
    connectorTitle: connector.title,
    channel: connector.channel,
    key: shop.key,
    title: shop.title,
    config: { ...shop.config },
    secrets: Object.keys(shop.secrets),
    active: shop.active,
    pushShipments: shop.pushShipments,
    pushStock: shop.pushStock,
    carriers: Object.entries(shop.carriers).map(([ours, { code, name }]) => ({ ours, code, name })),
    state: stateOf(shop, lag, connector.pollSeconds),
    cursor: shop.cursor,
    readAt: shop.readAt,
    readNextAt: shop.active ? shop.readNextAt : null,
    lagSeconds: lag,
    ordersToday: orders.get(shop.id) ?? 0,
    fault: shop.fault,
    faults: shop.faults,
    quarantined: aside.get(shop.id) ?? 0,
    parked: parked.get(shop.id) ?? 0,
    waiting: waiting.get(shop.id) ?? 0,
    stock: refusalsOf(shop, at.figures),
    problem: null,
    checkedAt: shop.checkedAt,
    checkMessages: [...shop.checkMessages],
    version: shop.version,
  };
}

/** Of a shop that is not told any more nothing is asked. */
function refusalsOf(shop: Shop, { stock }: Figures): ShopView['stock'] {
  const { refused, unknown, first } = (shop.pushStock && stock.get(shop.id)) || { refused: 0, unknown: 0, first: [] };
  const named = first.map(({ sku, reason }) => {
    const [, code = '', text = ''] = /^(\S+)\s*(.*)$/s.exec(reason) ?? [];
    return { sku, code, text };
  });
  return { refused, unknown, first: named };
}

function stateOf(shop: Shop, lag: number | null, pollSeconds: number): ShopView['state'] {
  if (!shop.active) return 'paused';
  if (shop.fault) return /\.(?:sign-in-expired|refused|bad-config)$/.test(shop.fault.code) ? 'refused' : 'failing';
  if (shop.readAt === null || lag === null) return 'never-read';
  return lag > pollSeconds * LATE_POLLS + 300 ? 'late' : 'reading';
}

interface Count {
  readonly id: string;
  readonly count: number | string;
}

const asMap = (rows: readonly Count[]): Map<string, number> =>
  new Map(rows.map(({ id, count }) => [id, Number(count)]));

async function figuresOf(database: Database, today: string): Promise<Figures> {
  const { read } = database;
  const orders: Count[] = await read('order_source')
    .join('sales_order', 'sales_order.id', 'order_source.order_id')
    .where('sales_order.created_at', '>=', today)
    .groupBy('order_source.shop_id')
    .select('order_source.shop_id as id')
    .count('* as count');
  const aside: Count[] = await read('shop_quarantine').groupBy('shop_id').select('shop_id as id').count('* as count');
  const told = (states: readonly string[]): Promise<Count[]> =>
    read('shop_shipment')
      .whereIn('state', [...states])
      .groupBy('shop_id')
      .select('shop_id as id')
      .count('* as count');
  return {
    orders: asMap(orders),
    aside: asMap(aside),
    parked: asMap(await told(['refused'])),
    waiting: asMap(await told(['waiting', 'asked'])),
    stock: await listRefusals(read, NAMED_SKUS),
  };
}

export interface AsideView {
  readonly shopId: string;
  readonly shop: string;
  readonly externalId: string;
  readonly reason: string;
  readonly firstAt: string;
  readonly lastAt: string;
  readonly times: number;
}

/** Orders that could not be read, the newest first. */
export async function asideViews(database: Database, shopId: string | undefined): Promise<AsideView[]> {
  const query = database
    .read('shop_quarantine')
    .join('shop', 'shop.id', 'shop_quarantine.shop_id')
    .orderBy('last_at', 'desc')
    .limit(500);
  if (shopId !== undefined) query.where({ shop_id: shopId });
  return query.select(
    'shop_quarantine.shop_id as shopId',
    'shop.title as shop',
    'shop_quarantine.external_id as externalId',
    'shop_quarantine.reason',
    'shop_quarantine.first_at as firstAt',
    'shop_quarantine.last_at as lastAt',
    'shop_quarantine.times',
  );
}

/** What orders that came since an instant were attributed to, the most first. */
export async function attributionCounts(
  database: Database,
  since: string,
): Promise<{ channel: string; orders: number }[]> {
  const rows: { channel: string; orders: number | string }[] = await database
    .read('order_source')
    .join('sales_order', 'sales_order.id', 'order_source.order_id')
    .where('sales_order.created_at', '>=', since)
    .groupBy('order_source.attribution')
    .orderBy('orders', 'desc')
    .select('order_source.attribution as channel')
    .count('* as orders');
  return rows.map(({ channel, orders }) => ({ channel, orders: Number(orders) }));
}

/** Shops that are to be read now, the longest waiting first. */
export function dueShops(database: Database, now: string): Promise<string[]> {
  return listDue(database.read, now);
}
