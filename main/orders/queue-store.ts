import type { OrderState } from '../../shared/model/machines.ts';
import { lockAll, lockFree, type RowLock, withRowLock } from '../db/row-locks.ts';
import type { Tx } from '../db/unit-of-work.ts';
import { CLAIMABLE } from './claim-rules.ts';
import { STANDING_HOLD } from './hold-rules.ts';
import { ORDER_COLUMNS, type Order, type OrderRow, orderFromRow } from './orders-store.ts';

/** Part of the queue: at most `limit` orders, those behind `after` where a page came before. */
export interface QueuePage {
  readonly limit: number;
  readonly after?: Order | undefined;
  /** Those that another bench holds at this moment too, once it lets go; otherwise only where there are no others. */
  readonly whole?: boolean;
}

/** Orders in one of `states` without a hold, most urgent first, locked for this transaction. */
export async function listUrgent(
  tx: Tx,
  states: readonly OrderState[],
  page: QueuePage & { readonly now: string },
): Promise<Order[]> {
  const { after, whole } = page;
  const rows = await (whole ? lockAll : lockFree)(tx, (lock) => {
    const query = queueOf(tx, { states, now: page.now, lock }).limit(page.limit);
    if (after)
      query.where((behind) =>
        behind
          .where('priority', '<', after.priority)
          .orWhere((same) => same.where('priority', after.priority).where('ship_by', '>', after.shipBy))
          .orWhere((same) =>
            same.where({ priority: after.priority, ship_by: after.shipBy }).where('sales_order.id', '>', after.id),
          ),
      );
    return query.select<OrderRow[]>(COLUMNS);
  });
  return rows.map(orderFromRow);
}

/** The most urgent order in one of `states` that this bench may take; no lease that is alive ends after `latest`. */
export async function findClaimable(
  tx: Tx,
  states: readonly OrderState[],
  by: { stationId: string; now: string; latest: string },
): Promise<Order | undefined> {
  const [row] = await lockFree(tx, (lock) =>
    queueOf(tx, { states, now: by.now, lock })
      .whereRaw(CLAIMABLE, [by.stationId, by.now, by.latest])
      .limit(1)
      .select<OrderRow[]>(COLUMNS),
  );
  return row && orderFromRow(row);
}

const COLUMNS = ORDER_COLUMNS.map((column) => `sales_order.${column}`);

interface Queue {
  readonly states: readonly OrderState[];
  readonly now: string;
  readonly lock: RowLock;
}

function queueOf(tx: Tx, { states, now, lock }: Queue) {
  const query = tx('sales_order')
    .leftJoin(tx.raw(STANDING_HOLD, [now]))
    .whereIn('state', [...states])
    .whereNull('order_hold.order_id')
    .orderBy([{ column: 'priority', order: 'desc' }, { column: 'ship_by' }, { column: 'sales_order.id' }]);
  return withRowLock(tx, query, { table: 'sales_order', lock });
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
