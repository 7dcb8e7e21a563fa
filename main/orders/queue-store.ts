import type { OrderState } from '../../shared/model/machines.ts';
import { dialectOf } from '../db/rows.ts';
import type { Tx } from '../db/unit-of-work.ts';
import { STANDING_HOLD } from './hold-rules.ts';
import { ORDER_COLUMNS, type Order, type OrderRow, orderFromRow } from './orders-store.ts';

/** Part of the queue: at most `limit` orders, those behind `after` where a page came before. */
export interface QueuePage {
  readonly limit: number;
  readonly after?: Order | undefined;
}

/**
 * Orders in one of `states` without a hold, most urgent first, locked for this transaction.
 *
 * PostgreSQL leaves out what another bench holds at this moment; SQLite has one writer anyway.
 */
export async function listUrgent(
  tx: Tx,
  states: readonly OrderState[],
  page: QueuePage & { readonly now: string },
): Promise<Order[]> {
  const query = queueOf(tx, states, page.now).limit(page.limit);
  const { after } = page;
  if (after)
    query.where((behind) =>
      behind
        .where('priority', '<', after.priority)
        .orWhere((same) => same.where('priority', after.priority).where('ship_by', '>', after.shipBy))
        .orWhere((same) =>
          same.where({ priority: after.priority, ship_by: after.shipBy }).where('sales_order.id', '>', after.id),
        ),
    );
  return (await query.select<OrderRow[]>(COLUMNS)).map(orderFromRow);
}

/**
 * The most urgent order in one of `states` that this bench may take: free, its own, left until the lease ran out, or with
 * a lease that ends after `latest`, which only a clock that was put back can leave.
 */
export async function findClaimable(
  tx: Tx,
  states: readonly OrderState[],
  by: { stationId: string; now: string; latest: string },
): Promise<Order | undefined> {
  const [row] = await queueOf(tx, states, by.now)
    .where((free) =>
      free
        .whereNull('claimed_by')
        .orWhere({ claimed_by: by.stationId })
        .orWhereNull('claim_until')
        .orWhere('claim_until', '<=', by.now)
        .orWhere('claim_until', '>', by.latest),
    )
    .limit(1)
    .select<OrderRow[]>(COLUMNS);
  return row && orderFromRow(row);
}

const COLUMNS = ORDER_COLUMNS.map((column) => `sales_order.${column}`);

function queueOf(tx: Tx, states: readonly OrderState[], now: string) {
  const query = tx('sales_order')
    .leftJoin(tx.raw(STANDING_HOLD, [now]))
    .whereIn('state', [...states])
    .whereNull('order_hold.order_id')
    .orderBy([{ column: 'priority', order: 'desc' }, { column: 'ship_by' }, { column: 'sales_order.id' }]);
  if (dialectOf(tx) === 'postgres') query.forUpdate('sales_order').skipLocked();
  return query;
}

/** Orders in `new` that wait for an item; at most `limit`, after the given id. */
export async function listNewOrders(tx: Tx, afterId: string, limit: number): Promise<Order[]> {
  const rows = await tx<OrderRow>('sales_order')
    .where({ state: 'new' })
    .where('id', '>', afterId)
    .orderBy('id')
    .limit(limit)
    .select<OrderRow[]>(ORDER_COLUMNS);
  return rows.map(orderFromRow);
}
