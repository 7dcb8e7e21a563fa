import type { Database } from '../db/database.ts';
import { inWalkingOrder, walkOf, zoneCards } from './run-rules.ts';

/** Names on the cards of this warehouse's zones, in order. */
export async function listZoneCards(database: Database): Promise<string[]> {
  const rows: { zone: string }[] = await database.read('location').distinct('zone');
  return [...zoneCards(rows.map((row) => row.zone)).keys()];
}

export interface ListedOrder {
  readonly id: string;
  readonly number: string;
  readonly code: string;
  readonly tote: string | null;
}

/** What a pick list is about. */
export interface ListedRun {
  readonly code: string;
  readonly zone: string | null;
  readonly orders: readonly (ListedOrder & { readonly slot: number })[];
}

/** A walk by its code, with the orders that are part of it; undefined when there is none. */
export async function findListedRun(database: Database, code: string): Promise<ListedRun | undefined> {
  const run: { id: string; code: string; zone: string | null } | undefined = await database
    .read('pick_run')
    .where({ code })
    .first('id', 'code', 'zone');
  if (!run) return undefined;
  const orders: (ListedOrder & { slot: number })[] = await database
    .read('pick_run_order')
    .join('sales_order', 'sales_order.id', 'pick_run_order.order_id')
    .leftJoin('tote', 'tote.id', 'sales_order.tote_id')
    .where({ run_id: run.id })
    .whereNull('left_at')
    .orderBy('slot')
    .select('sales_order.id', 'number', 'sales_order.code', 'tote.code as tote', 'slot');
  return { code: run.code, zone: run.zone, orders };
}

/** An order by its number, its own code or its id, the newest of that number. */
export async function findListedOrder(database: Database, key: string): Promise<ListedOrder | undefined> {
  return database
    .read('sales_order')
    .leftJoin('tote', 'tote.id', 'sales_order.tote_id')
    .where((match) => match.where({ number: key }).orWhere('sales_order.code', key).orWhere('sales_order.id', key))
    .orderBy('placed_at', 'desc')
    .first<ListedOrder | undefined>('sales_order.id', 'number', 'sales_order.code', 'tote.code as tote');
}

/** One bin to go to. */
export interface ListedStop {
  readonly orderId: string;
  readonly location: string;
  readonly sku: string;
  readonly title: string;
  readonly quantity: number;
}

/** What is left to take for orders, in walking order; `zone` is the name on a zone's card. */
export async function listStops(
  database: Database,
  orders: readonly { readonly id: string; readonly slot?: number }[],
  zone: string | null,
): Promise<ListedStop[]> {
  const slots = new Map(orders.map((order) => [order.id, order.slot ?? 0]));
  const rows = await database
    .read('pick_task')
    .join('location', 'location.id', 'pick_task.location_id')
    .join('order_line', 'order_line.id', 'pick_task.order_line_id')
    .leftJoin('item', 'item.id', 'pick_task.item_id')
    .whereIn('pick_task.order_id', [...slots.keys()])
    .whereIn('pick_task.state', ['open', 'claimed', 'picking'])
    .select(
      'pick_task.id',
      'pick_task.order_id as orderId',
      'order_line_id as lineId',
      'pick_task.item_id as itemId',
      'location.code as location',
      'walk_key as walkKey',
      'zone',
      'quantity',
      'pick_task.picked',
      'state',
      'order_line.sku',
      database.read.raw('coalesce(item.title, order_line.title) as title'),
    );
  const tasks = rows.map((row) => ({ ...row, slot: slots.get(row.orderId) ?? 0 }));
  return inWalkingOrder(walkOf(tasks, zone)).map(({ orderId, location, sku, title, quantity, picked }) => ({
    orderId,
    location,
    sku,
    title,
    quantity: quantity - picked,
  }));
}
