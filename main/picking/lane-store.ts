import { lockFree, rowLockSql } from '../db/row-locks.ts';
import { selectRows } from '../db/rows.ts';
import type { Tx } from '../db/unit-of-work.ts';
import { CLAIMABLE } from '../orders/claim-rules.ts';

const FREE = `o.tote_id is null
    and ${CLAIMABLE}
    and not exists (select 1 from order_hold hold where hold.order_id = o.id and (hold.until is null or hold.until > ?))
    and not exists (select 1 from order_line other where other.order_id = o.id and other.id <> line.id
      and other.id <> coalesce(line.parent_line_id, '') and other.ordered > other.cancelled)
  order by o.priority desc, o.ship_by, o.id limit 1`;

/** Picked and left without a tote, as a parcel of the lane that was given up. */
const PICKED = `
  select o.id from sales_order o
  join order_line line on line.order_id = o.id
  where o.state = 'picked' and line.item_id = ? and line.ordered - line.cancelled >= ? and line.shipped = 0 and ${FREE}`;

const TO_PICK = `
  select o.id from pick_task task
  join sales_order o on o.id = task.order_id
  join order_line line on line.id = task.order_line_id
  where task.item_id = ? and task.state in ('open', 'claimed', 'picking') and o.state in ('allocated', 'picking')
    and line.picked = 0 and line.allocated = line.ordered - line.cancelled and line.allocated >= ? and ${FREE}`;

/** An item in a hand at a bench. */
export interface InHand {
  readonly itemId: string;
  /** Units of the scanned code. */
  readonly quantity: number;
  readonly stationId: string;
  readonly now: string;
  /** No lease that is alive ends later. */
  readonly latest: string;
}

/**
 * Id of the most urgent order whose only line asks for the item, at least as many as are in the hand; it has no tote, no
 * hold, and nobody works on it. Locked for this transaction; one that is picked already comes first.
 */
export async function findSingle(tx: Tx, inHand: InHand): Promise<string | undefined> {
  const { itemId, quantity, stationId, now, latest } = inHand;
  const values = [itemId, quantity, stationId, now, latest, now];
  const [order] = await lockFree(tx, async (lock) => {
    const locked = rowLockSql(tx, { table: 'o', lock });
    const picked = await selectRows<{ id: string }>(tx, PICKED + locked, values);
    return picked.length > 0 ? picked : selectRows<{ id: string }>(tx, TO_PICK + locked, values);
  });
  return order?.id;
}
