import type { OrderSummary } from '../../shared/contract/common.ts';
import type { CallOutput, ParsedInput } from '../../shared/contract/index.ts';
import { AppError } from '../../shared/errors.ts';
import { AttributedChannel, stationChannel } from '../../shared/model/attribution.ts';
import type { Database } from '../db/database.ts';

type ListInput = ParsedInput<'orders.list-view'>;
type ListOutput = CallOutput<'orders.list-view'>;

interface Row {
  readonly id: string;
  readonly number: string;
  readonly channel: OrderSummary['channel'];
  readonly externalId: string;
  readonly state: OrderSummary['state'];
  readonly priority: number;
  readonly placedAt: string;
  readonly shipBy: string;
  readonly country: string;
  readonly gift: number;
  readonly reason: string | null;
  readonly detail: string | null;
  readonly since: string | null;
  readonly until: string | null;
}

const COLUMNS = [
  'sales_order.id',
  'number',
  'channel',
  'external_id as externalId',
  'state',
  'priority',
  'placed_at as placedAt',
  'ship_by as shipBy',
  'country',
  'gift',
  'reason',
  'detail',
  'since',
  'until',
];

/** Orders as the list shows them, with counts for the filters. Text is looked up by number, external id and SKU, all by index. */
export async function listOrders(database: Database, input: ListInput): Promise<ListOutput> {
  const filtered = () => {
    const query = database.read('sales_order').leftJoin('order_hold', 'order_hold.order_id', 'sales_order.id');
    if (input.states?.length) query.whereIn('state', input.states);
    if (input.channel) {
      const { channel } = input;
      const attributed = database.read('order_source').whereIn('attribution', attributedAs(channel)).select('order_id');
      query.where((from) => from.where({ channel }).orWhereIn('sales_order.id', attributed));
    }
    if (input.onHold !== undefined)
      query.where((held) => (input.onHold ? held.whereNotNull('reason') : held.whereNull('reason')));
    if (input.search) {
      const text = input.search.trim();
      query.where((match) => {
        match
          .where('number', text)
          .orWhere('number', `#${text}`)
          .orWhere('external_id', text)
          .orWhere('sales_order.code', text.toUpperCase())
          .orWhere('number', 'like', `${text}%`)
          .orWhereIn('sales_order.id', database.read('order_line').where({ sku: text }).select('order_id'));
      });
    }
    return query;
  };
  const order =
    input.sort === 'newest'
      ? [{ column: 'placed_at', order: 'desc' }, { column: 'sales_order.id' }]
      : [{ column: 'priority', order: 'desc' }, { column: 'ship_by' }, { column: 'sales_order.id' }];
  const rows: Row[] = await filtered().orderBy(order).offset(input.offset).limit(input.limit).select(COLUMNS);
  const total = await filtered().count({ count: '*' }).first();
  const counts: { state: string; channel: string; count: number | string }[] = await database
    .read('sales_order')
    .groupBy('state', 'channel')
    .select('state', 'channel')
    .count({ count: '*' });
  return {
    orders: await withAttribution(database, await withCounts(database, rows)),
    total: Number(total?.count ?? 0),
    byState: sumBy(counts, 'state'),
    byChannel: sumBy(counts, 'channel'),
  };
}

/** Attributions that a filter for a channel of the station means: a marketplace goes by the name of its network. */
function attributedAs(channel: OrderSummary['channel']): AttributedChannel[] {
  return AttributedChannel.options.filter((option) => stationChannel(option) === channel);
}

async function withAttribution(database: Database, orders: readonly OrderSummary[]): Promise<OrderSummary[]> {
  const sources: { orderId: string; channel: AttributedChannel; evidence: string }[] = await database
    .read('order_source')
    .whereIn(
      'order_id',
      orders.map(({ id }) => id),
    )
    .select('order_id as orderId', 'attribution as channel', 'evidence');
  const byOrder = new Map(sources.map(({ orderId, ...attribution }) => [orderId, attribution]));
  return orders.map((order) => ({ ...order, attribution: byOrder.get(order.id) ?? null }));
}

function sumBy(
  counts: readonly { state: string; channel: string; count: number | string }[],
  key: 'state' | 'channel',
): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const row of counts) sums[row[key]] = (sums[row[key]] ?? 0) + Number(row.count);
  return sums;
}

async function withCounts(database: Database, rows: readonly Row[]): Promise<OrderSummary[]> {
  const counts: { orderId: string; lines: number | string; units: number | string }[] = await database
    .read('order_line')
    .whereIn(
      'order_id',
      rows.map((row) => row.id),
    )
    .whereNull('parent_line_id')
    .groupBy('order_id')
    .select(
      'order_id as orderId',
      database.read.raw('count(*) as lines'),
      database.read.raw('sum(ordered - cancelled + sent_elsewhere) as units'),
    );
  const byOrder = new Map(counts.map((count) => [count.orderId, count]));
  return rows.map((row) => ({
    ...summary(row),
    lineCount: Number(byOrder.get(row.id)?.lines ?? 0),
    unitCount: Number(byOrder.get(row.id)?.units ?? 0),
  }));
}

function summary(row: Row): Omit<OrderSummary, 'lineCount' | 'unitCount'> {
  const { reason, detail, since, until, gift, ...order } = row;
  return { ...order, gift: gift === 1, hold: reason && since ? { reason, detail: detail ?? '', since, until } : null };
}

/** One order by id, number, external id or scannable code; the newest where a number was used twice. */
export async function findOrderRow(
  database: Database,
  key: string,
): Promise<(OrderSummary & { code: string; shippingMethod: string | null; tote: string | null }) | undefined> {
  const base = () =>
    database
      .read('sales_order')
      .leftJoin('order_hold', 'order_hold.order_id', 'sales_order.id')
      .leftJoin('tote', 'tote.id', 'sales_order.tote_id')
      .orderBy('placed_at', 'desc')
      .first<(Row & { code: string; shippingMethod: string | null; tote: string | null }) | undefined>([
        ...COLUMNS,
        'sales_order.code as code',
        'shipping_method as shippingMethod',
        'tote.code as tote',
      ]);
  const row =
    (await base().where({ 'sales_order.id': key })) ??
    (await base().where({ number: key })) ??
    (await base().where({ number: `#${key}` })) ??
    (await base().where({ external_id: key })) ??
    (await base().where({ 'sales_order.code': key }));
  if (!row) return undefined;
  const [counted] = await withCounts(database, [row]);
  return counted && { ...counted, code: row.code, shippingMethod: row.shippingMethod, tote: row.tote };
}

/** Throws `order.unknown` where nothing fits. */
export async function getOrderRow(
  database: Database,
  key: string,
): Promise<NonNullable<Awaited<ReturnType<typeof findOrderRow>>>> {
  const row = await findOrderRow(database, key);
  if (!row) throw new AppError('not-found', 'order.unknown', { order: key });
  return row;
}
