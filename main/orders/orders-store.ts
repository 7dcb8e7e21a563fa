import { AppError } from '../../shared/errors.ts';
import type { OrderState } from '../../shared/model/machines.ts';
import { personalOf } from '../db/personal-seal.ts';
import { selectRows } from '../db/rows.ts';
import { insertMany, type Tx } from '../db/unit-of-work.ts';
import { factsRow, type LinePrice, type OrderFacts, priceRow } from './order-facts-store.ts';

export interface Order {
  readonly id: string;
  readonly channel: string;
  readonly shop: string;
  readonly externalId: string;
  readonly number: string;
  readonly code: string;
  readonly state: OrderState;
  readonly priority: number;
  readonly placedAt: string;
  readonly shipBy: string;
  readonly country: string;
  readonly gift: boolean;
  readonly shippingMethod: string | null;
  readonly contentHash: string;
  readonly toteId: string | null;
  readonly claimedBy: string | null;
  readonly claimUntil: string | null;
  /** What is there ships now, the rest follows in a parcel of its own. */
  readonly split: boolean;
  /** The buyer takes something equal when an item is out of stock. */
  readonly substitutionOk: boolean;
  readonly version: number;
}

export interface OrderLine {
  readonly id: string;
  readonly orderId: string;
  readonly lineNo: number;
  readonly parentLineId: string | null;
  /** Line whose units this one replaces. */
  readonly substituteFor: string | null;
  readonly externalLineId: string | null;
  readonly sku: string;
  readonly itemId: string | null;
  readonly title: string;
  readonly ordered: number;
  readonly cancelled: number;
  /** Of `cancelled`: units that left with a label made elsewhere. */
  readonly sentElsewhere: number;
  readonly allocated: number;
  readonly picked: number;
  readonly packed: number;
  readonly shipped: number;
}

export interface OrderRow {
  readonly id: string;
  readonly channel: string;
  readonly shop: string;
  readonly external_id: string;
  readonly number: string;
  readonly code: string;
  readonly state: OrderState;
  readonly priority: number;
  readonly placed_at: string;
  readonly ship_by: string;
  readonly country: string;
  readonly gift: number;
  readonly shipping_method: string | null;
  readonly content_hash: string;
  readonly tote_id: string | null;
  readonly claimed_by: string | null;
  readonly claim_until: string | null;
  readonly split: number;
  readonly substitution_ok: number;
  readonly version: number;
}

interface LineRow {
  readonly id: string;
  readonly order_id: string;
  readonly line_no: number;
  readonly parent_line_id: string | null;
  readonly substitute_for: string | null;
  readonly external_line_id: string | null;
  readonly sku: string;
  readonly item_id: string | null;
  readonly title: string;
  readonly ordered: number;
  readonly cancelled: number;
  readonly sent_elsewhere: number;
  readonly allocated: number;
  readonly picked: number;
  readonly packed: number;
  readonly shipped: number;
}

export const ORDER_COLUMNS: (keyof OrderRow)[] = [
  'id',
  'channel',
  'shop',
  'external_id',
  'number',
  'code',
  'state',
  'priority',
  'placed_at',
  'ship_by',
  'country',
  'gift',
  'shipping_method',
  'content_hash',
  'tote_id',
  'claimed_by',
  'claim_until',
  'split',
  'substitution_ok',
  'version',
];

export const orderFromRow = (row: OrderRow): Order => ({
  id: row.id,
  channel: row.channel,
  shop: row.shop,
  externalId: row.external_id,
  number: row.number,
  code: row.code,
  state: row.state,
  priority: row.priority,
  placedAt: row.placed_at,
  shipBy: row.ship_by,
  country: row.country,
  gift: row.gift === 1,
  shippingMethod: row.shipping_method,
  contentHash: row.content_hash,
  toteId: row.tote_id,
  claimedBy: row.claimed_by,
  claimUntil: row.claim_until,
  split: row.split === 1,
  substitutionOk: row.substitution_ok === 1,
  version: row.version,
});

const lineFromRow = (row: LineRow): OrderLine => ({
  id: row.id,
  orderId: row.order_id,
  lineNo: row.line_no,
  parentLineId: row.parent_line_id,
  substituteFor: row.substitute_for,
  externalLineId: row.external_line_id,
  sku: row.sku,
  itemId: row.item_id,
  title: row.title,
  ordered: row.ordered,
  cancelled: row.cancelled,
  sentElsewhere: row.sent_elsewhere,
  allocated: row.allocated,
  picked: row.picked,
  packed: row.packed,
  shipped: row.shipped,
});

export async function getOrder(tx: Tx, id: string): Promise<Order> {
  const row = await tx<OrderRow>('sales_order').where({ id }).first<OrderRow | undefined>(ORDER_COLUMNS);
  if (!row) throw new AppError('not-found', 'order.unknown', { id });
  return orderFromRow(row);
}

export async function findOrderByCode(tx: Tx, code: string): Promise<Order | undefined> {
  const row = await tx<OrderRow>('sales_order').where({ code }).first<OrderRow | undefined>(ORDER_COLUMNS);
  return row && orderFromRow(row);
}

/** An order number is unique inside a channel only; the newest wins. */
export async function findOrderByNumber(tx: Tx, number: string): Promise<Order | undefined> {
  const row = await tx<OrderRow>('sales_order')
    .where({ number })
    .orderBy('placed_at', 'desc')
    .first<OrderRow | undefined>(ORDER_COLUMNS);
  return row && orderFromRow(row);
}

export async function findOrderByTote(tx: Tx, toteId: string): Promise<Order | undefined> {
  const row = await tx<OrderRow>('sales_order').where({ tote_id: toteId }).first<OrderRow | undefined>(ORDER_COLUMNS);
  return row && orderFromRow(row);
}

export async function listOrdersByExternalId(
  tx: Tx,
  source: { channel: string; shop: string; externalIds: readonly string[] },
): Promise<Order[]> {
  const rows = await tx<OrderRow>('sales_order')
    .where({ channel: source.channel, shop: source.shop })
    .whereIn('external_id', [...source.externalIds])
    .select<OrderRow[]>(ORDER_COLUMNS);
  return rows.map(orderFromRow);
}

/** Orders that came by a file, by number; `shop` is empty then. */
export async function listByNumbers(
  tx: Tx,
  numbers: readonly string[],
): Promise<Pick<Order, 'id' | 'number' | 'channel' | 'externalId' | 'placedAt'>[]> {
  const columns = ['id', 'number', 'channel', 'external_id as externalId', 'placed_at as placedAt'];
  return tx('sales_order')
    .where({ shop: '' })
    .whereIn('number', [...numbers])
    .select(columns);
}

export type OrderChange = Partial<
  Pick<
    Order,
    | 'state'
    | 'number'
    | 'shipBy'
    | 'toteId'
    | 'claimedBy'
    | 'claimUntil'
    | 'contentHash'
    | 'country'
    | 'priority'
    | 'gift'
    | 'shippingMethod'
    | 'split'
    | 'substitutionOk'
  >
>;

/** Saves only if nobody else did since `order` was read; returns the order as it is now. */
export async function saveOrder(tx: Tx, order: Order, change: OrderChange): Promise<Order> {
  const next = { ...order, ...change, version: order.version + 1 };
  const changed = await tx<OrderRow>('sales_order')
    .where({ id: order.id, version: order.version })
    .update({
      state: next.state,
      number: next.number,
      ship_by: next.shipBy,
      tote_id: next.toteId,
      claimed_by: next.claimedBy,
      claim_until: next.claimUntil,
      content_hash: next.contentHash,
      country: next.country,
      priority: next.priority,
      gift: next.gift ? 1 : 0,
      shipping_method: next.shippingMethod,
      split: next.split ? 1 : 0,
      substitution_ok: next.substitutionOk ? 1 : 0,
      version: next.version,
    });
  if (changed !== 1) throw new AppError('conflict', 'order.changed-elsewhere', { id: order.id });
  return next;
}

/** Lines that are picked and packed: a kit stands for its components and is left out. */
export async function listLeafLines(tx: Tx, orderId: string): Promise<OrderLine[]> {
  const lines = await listLines(tx, orderId);
  const parents = new Set(lines.flatMap((line) => line.parentLineId ?? []));
  return lines.filter((line) => !parents.has(line.id));
}

export async function listLines(tx: Tx, orderId: string): Promise<OrderLine[]> {
  const rows = await tx<LineRow>('order_line').where({ order_id: orderId }).orderBy('line_no').select('*');
  return rows.map(lineFromRow);
}

export async function listLinesOfOrders(tx: Tx, orderIds: readonly string[]): Promise<OrderLine[]> {
  const rows = await tx<LineRow>('order_line')
    .whereIn('order_id', [...orderIds])
    .orderBy('line_no')
    .select('*');
  return rows.map(lineFromRow);
}

export interface QuantityMove {
  readonly id: string;
  readonly quantity: 'cancelled' | 'sentElsewhere' | 'allocated' | 'picked' | 'packed' | 'shipped';
  /** The number that was read. */
  readonly from: number;
  readonly by: number;
}

/** Moves one quantity of a line, only from the number that was read: two benches never both count the last unit. */
export async function moveLineQuantity(tx: Tx, move: QuantityMove): Promise<void> {
  const { id, quantity, from, by } = move;
  const column = quantity === 'sentElsewhere' ? 'sent_elsewhere' : quantity;
  const sql = `update order_line set ${column} = ? where id = ? and ${column} = ? returning id`;
  const changed = await selectRows(tx, sql, [from + by, id, from]);
  if (changed.length !== 1) throw new AppError('conflict', 'order.changed-elsewhere', { line: id });
}

export interface NewOrder {
  readonly order: Order & OrderFacts;
  readonly private: OrderPrivate;
  readonly lines: readonly (OrderLine & LinePrice)[];
}

/** Personal data of an order; stands apart so that it can be purged without touching anything else. */
export interface OrderPrivate {
  readonly address: Readonly<Record<string, unknown>>;
  readonly note: string | null;
  /** Of a business that buys. */
  readonly vatNumber?: string;
}

export async function insertOrders(tx: Tx, orders: readonly NewOrder[], now: string): Promise<void> {
  const personal = personalOf(tx);
  await insertMany(
    tx,
    'sales_order',
    orders.map(({ order }) => ({
      id: order.id,
      channel: order.channel,
      shop: order.shop,
      external_id: order.externalId,
      number: order.number,
      code: order.code,
      state: order.state,
      priority: order.priority,
      placed_at: order.placedAt,
      ship_by: order.shipBy,
      country: order.country,
      ...factsRow(order),
      gift: order.gift ? 1 : 0,
      shipping_method: order.shippingMethod,
      content_hash: order.contentHash,
      split: order.split ? 1 : 0,
      substitution_ok: order.substitutionOk ? 1 : 0,
      created_at: now,
      version: 1,
    })),
  );
  await insertMany(
    tx,
    'order_private',
    orders.map(({ order, private: data }) => ({
      order_id: order.id,
      data: personal.seal(order.id, JSON.stringify(data)),
    })),
  );
  await insertLines(
    tx,
    orders.flatMap(({ lines }) => [...lines]),
  );
}

export async function insertLines(tx: Tx, lines: readonly (OrderLine & LinePrice)[]): Promise<void> {
  await insertMany(
    tx,
    'order_line',
    lines.map((line) => ({
      id: line.id,
      order_id: line.orderId,
      line_no: line.lineNo,
      parent_line_id: line.parentLineId,
      substitute_for: line.substituteFor,
      external_line_id: line.externalLineId,
      sku: line.sku,
      item_id: line.itemId,
      title: line.title,
      ...priceRow(line),
      ordered: line.ordered,
      cancelled: line.cancelled,
      sent_elsewhere: line.sentElsewhere,
      allocated: line.allocated,
      picked: line.picked,
      packed: line.packed,
      shipped: line.shipped,
    })),
  );
}

/** Changes what was ordered of a line; its other numbers must be zero by then. */
export async function saveOrderedQuantity(
  tx: Tx,
  lineId: string,
  change: { ordered: number; cancelled: number },
): Promise<void> {
  await tx('order_line').where({ id: lineId }).update(change);
}

export async function setLineItem(tx: Tx, lineId: string, itemId: string): Promise<void> {
  await tx('order_line').where({ id: lineId }).update({ item_id: itemId });
}

export async function getPrivate(tx: Tx, orderId: string): Promise<OrderPrivate | undefined> {
  const row = await tx('order_private').where({ order_id: orderId }).first<{ data: string } | undefined>('data');
  return row && (JSON.parse(personalOf(tx).open(orderId, row.data)) as OrderPrivate); // written by insertOrders and savePrivate only
}

/** What was erased stays erased, whatever the channel tells later. */
export async function savePrivate(tx: Tx, orderId: string, data: OrderPrivate): Promise<void> {
  await tx('order_private')
    .insert({ order_id: orderId, data: personalOf(tx).seal(orderId, JSON.stringify(data)) })
    .onConflict('order_id')
    .merge()
    .whereNull('order_private.purged_at');
}
