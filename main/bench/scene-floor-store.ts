import { type Handle, selectRows } from '../db/rows.ts';
import { available } from '../stock/stock-rules.ts';

/** An item as a floor task shows it; `code` is what a scanner would send for one unit, null where it has none. */
export interface SceneGoods {
  readonly itemId: string;
  readonly sku: string;
  readonly title: string;
  readonly imageHash: string | null;
  readonly code: string | null;
}

/** Units of a cancelled order that still go back into a bin. */
export interface ScenePutBack extends SceneGoods {
  readonly id: string;
  readonly location: string;
  readonly tote: string | null;
  readonly quantity: number;
  readonly done: number;
}

/** The bin that is counted at this bench. */
export interface SceneCount extends SceneGoods {
  readonly id: string;
  readonly location: string;
  /** Open counts, this one too. */
  readonly tasksLeft: number;
}

/** Something equal that may be sent for what is missing. */
export interface SceneSubstitute extends SceneGoods {
  readonly location: string;
  readonly available: number;
}

// GTINs are kept as GTIN-14 and printed as GTIN-13.
const GOODS = `item.id as "itemId", item.sku, item.title, item.image_hash as "imageHash",
    (select case when c.kind = 'gtin' and c.code like '0%' then substr(c.code, 2) else c.code end
      from item_code c where c.item_id = item.id and c.quantity = 1 order by c.code limit 1) as code`;

const PUT_BACKS = `
  select b.id, b.quantity, b.done, location.code as location, tote.code as tote, ${GOODS}
  from put_back b
  join item on item.id = b.item_id
  join location on location.id = b.location_id
  left join tote on tote.id = b.tote_id
  where b.order_id = ? and b.state = 'open'
  order by location.walk_key, b.id`;

/** What of a cancelled order still goes back, in walking order. */
export function listScenePutBacks(handle: Handle, orderId: string): Promise<ScenePutBack[]> {
  return selectRows<ScenePutBack>(handle, PUT_BACKS, [orderId]);
}

const COUNT = `
  select t.id, location.code as location, (select count(*) from count_task where state = 'open') as "tasksLeft", ${GOODS}
  from count_task t
  join item on item.id = t.item_id
  join location on location.id = t.location_id
  where t.id = ?`;

export async function findSceneCount(handle: Handle, taskId: string): Promise<SceneCount | undefined> {
  const [row] = await selectRows<SceneCount>(handle, COUNT, [taskId]);
  return row && { ...row, tasksLeft: Number(row.tasksLeft) };
}

interface SubstituteRow extends SceneGoods {
  readonly location: string;
  readonly onHand: number;
  readonly allocated: number;
  readonly missing: number;
}

const SUBSTITUTES = `
  select location.code as location, level.on_hand as "onHand", level.allocated, ${GOODS},
    l.ordered - l.cancelled - l.allocated
      + case when t.state in ('open', 'claimed', 'picking') then t.quantity - t.picked else 0 end as missing
  from pick_task t
  join order_line l on l.id = t.order_line_id
  join item_substitute s on s.item_id = t.item_id and s.price_neutral = 1
  join item on item.id = s.substitute_item_id
  join stock_level level on level.item_id = item.id and level.on_hand > level.allocated
  join location on location.id = level.location_id
  where t.id = ?
  order by item.sku, location.walk_key`;

/** What may be sent instead of the missing units of a task, with the bin to go to; enough of it must be there. */
export async function listSceneSubstitutes(handle: Handle, taskId: string): Promise<SceneSubstitute[]> {
  const rows = await selectRows<SubstituteRow>(handle, SUBSTITUTES, [taskId]);
  return [...new Set(rows.map((row) => row.itemId))].flatMap((itemId) => {
    const bins = rows.filter((row) => row.itemId === itemId);
    const free = bins.reduce((sum, bin) => sum + available(bin), 0);
    const fullest = [...bins].sort((a, b) => available(b) - available(a))[0];
    if (!fullest || free < fullest.missing) return [];
    const nearest = bins.find((bin) => available(bin) >= fullest.missing) ?? fullest;
    const { onHand: _onHand, allocated: _allocated, missing: _missing, ...goods } = nearest;
    return [{ ...goods, available: free }];
  });
}

/** Floor work that waits: units of cancelled orders count as orders, bins as bins. */
export async function countFloorTasks(handle: Handle): Promise<{ putBacks: number; counts: number }> {
  const [row] = await selectRows<{ putBacks: number | string; counts: number | string }>(
    handle,
    `select (select count(distinct order_id) from put_back where state = 'open') as "putBacks",
      (select count(*) from count_task where state = 'open') as counts`,
    [],
  );
  return { putBacks: Number(row?.putBacks ?? 0), counts: Number(row?.counts ?? 0) };
}

/** Cancelled orders whose units still go back, first the one that waits longest; those of the lane lie in no tote. */
export async function listPutBackTotes(
  handle: Handle,
  limit: number,
): Promise<{ tote: string | null; code: string; number: string }[]> {
  return selectRows(
    handle,
    `select tote.code as tote, o.code, o.number from put_back b
      join sales_order o on o.id = b.order_id left join tote on tote.id = b.tote_id
      where b.state = 'open' and o.claimed_by is null
      group by tote.code, o.code, o.number order by min(b.id) limit ?`,
    [limit],
  );
}
