import type { Database } from '../db/database.ts';

const PAGE = 500;

/** Columns of the orders' rows; `lines` holds the lines of an order. */
export const orderExportColumns = [
  ...['id', 'externalId', 'channel', 'shop', 'number', 'code', 'state', 'priority', 'placedAt', 'shipBy', 'country'],
  ...['currency', 'totalMinor', 'gift', 'shippingMethod', 'hold', 'importedAt', 'attribution', 'lines'],
];
export const journalExportColumns = [
  ...['id', 'at', 'kind', 'subject', 'operatorId', 'stationId', 'commandId', 'from', 'to', 'data'],
];
export const stockExportColumns = ['sku', 'location', 'onHand', 'allocated', 'available'];

/** Orders with their lines, oldest first; `since` is an instant compared with the time of import. */
export async function* exportOrders(
  database: Database,
  since?: string,
  state?: string,
): AsyncGenerator<Record<string, unknown>> {
  let after = '';
  for (;;) {
    const query = database
      .read('sales_order')
      .leftJoin('order_hold', 'order_hold.order_id', 'sales_order.id')
      .leftJoin('order_source', 'order_source.order_id', 'sales_order.id')
      .where('sales_order.id', '>', after)
      .orderBy('sales_order.id')
      .limit(PAGE);
    if (since) query.where('created_at', '>=', since);
    if (state) query.where({ state });
    const orders = await query.select(
      'sales_order.id',
      'sales_order.external_id as externalId',
      'channel',
      'shop',
      'number',
      'code',
      'state',
      'priority',
      'placed_at as placedAt',
      'ship_by as shipBy',
      'country',
      'currency',
      'total_minor as totalMinor',
      'gift',
      'shipping_method as shippingMethod',
      'order_hold.reason as hold',
      'created_at as importedAt',
      'order_source.attribution',
      'order_source.evidence',
    );
    if (orders.length === 0) return;
    after = orders.at(-1).id;
    const lines = await database
      .read('order_line')
      .whereIn(
        'order_id',
        orders.map((order) => order.id),
      )
      .whereNull('parent_line_id')
      .orderBy('line_no')
      .select(
        'order_id as orderId',
        'sku',
        'title',
        'external_line_id as externalLineId',
        'ordered as quantityOrdered',
        database.read.raw('cancelled - sent_elsewhere as "quantityCancelled"'),
        'allocated as quantityAllocated',
        'picked as quantityPicked',
        'packed as quantityPacked',
        database.read.raw('shipped + sent_elsewhere as "quantityShipped"'),
        'sent_elsewhere as quantitySentElsewhere',
      );
    for (const { attribution, evidence, ...order } of orders) {
      yield {
        ...order,
        // An order of a file says its channel itself.
        attribution: { channel: attribution ?? order.channel, evidence: evidence ?? `file=${order.channel}` },
        gift: order.gift === 1,
        lines: lines.filter((line) => line.orderId === order.id).map(({ orderId: _, ...line }) => line),
      };
    }
  }
}

/** The journal in the order in which it was written. */
export async function* exportJournal(database: Database, since?: string): AsyncGenerator<Record<string, unknown>> {
  let after = '';
  for (;;) {
    const query = database.read('journal').where('id', '>', after).orderBy('id').limit(PAGE);
    if (since) query.where('at', '>=', since);
    const rows = await query.select(
      'id',
      'at',
      'kind',
      'subject',
      'operator_id as operatorId',
      'station_id as stationId',
      'command_id as commandId',
      'from_state as from',
      'to_state as to',
      'data',
    );
    if (rows.length === 0) return;
    after = rows.at(-1).id;
    for (const row of rows) yield { ...row, data: JSON.parse(row.data) };
  }
}

/** What lies in which bin, in walking order; with `since` only the bins in which something moved from that instant on. */
export async function* exportStock(database: Database, since?: string): AsyncGenerator<Record<string, unknown>> {
  const moved = () =>
    database
      .read('stock_movement')
      .whereRaw('stock_movement.item_id = stock_level.item_id and stock_movement.location_id = stock_level.location_id')
      .where('stock_movement.at', '>=', since ?? '');
  for (let offset = 0; ; offset += PAGE) {
    const levels = database.read('stock_level');
    if (since) levels.whereExists(moved());
    const rows = await levels
      .join('item', 'item.id', 'stock_level.item_id')
      .join('location', 'location.id', 'stock_level.location_id')
      .orderBy(['walk_key', 'sku'])
      .offset(offset)
      .limit(PAGE)
      .select(
        'sku',
        'location.code as location',
        'on_hand as onHand',
        'allocated',
        database.read.raw('on_hand - allocated as available'),
      );
    yield* rows;
    if (rows.length < PAGE) return;
  }
}
