import type { Handle } from '../db/rows.ts';

/** What one check looked at, and what breaks it. */
export interface FloorCheck {
  readonly name: string;
  readonly checked: number;
  readonly broken: readonly string[];
}

const IN_HANDS = 'what was picked stands on a line, or goes back into stock';
const AT_REST = 'put-backs and counts are done when all of it is, and not before';
const REPLACED = 'a replacement stands for units that were cancelled of what it replaces';
const TOTES = 'no tote carries two orders';

interface HandRow {
  readonly orderId: string;
  readonly taken: number | string;
  readonly onLines: number | string;
  readonly back: number | string;
}

/** Hands take and put; whatever happened in between, no unit is counted twice or lost. */
async function checkHands(read: Handle): Promise<FloorCheck> {
  const rows: HandRow[] = await read('pick_task')
    .groupBy('order_id')
    .select(
      'order_id as orderId',
      read.raw('sum(picked) as taken'),
      read.raw(
        `(select coalesce(sum(l.picked), 0) from order_line l where l.order_id = pick_task.order_id
          and not exists (select 1 from order_line part where part.parent_line_id = l.id)) as "onLines"`,
      ),
      read.raw('(select coalesce(sum(b.quantity), 0) from put_back b where b.order_id = pick_task.order_id) as back'),
    );
  const broken = rows.filter((row) => Number(row.taken) !== Number(row.onLines) + Number(row.back));
  return { name: IN_HANDS, checked: rows.length, broken: broken.map((row) => row.orderId) };
}

async function checkTasks(read: Handle): Promise<FloorCheck> {
  const backs: { id: string; quantity: number; done: number; state: string; order: string; unwanted: number | null }[] =
    await read('put_back')
      .join('sales_order', 'sales_order.id', 'put_back.order_id')
      .select(
        ...['put_back.id', 'quantity', 'done', 'put_back.state', 'sales_order.state as order'],
        read.raw('(select sum(cancelled) from order_line l where l.order_id = put_back.order_id) as unwanted'),
      );
  const counts: { id: string; state: string; counted: number | null; doneAt: string | null }[] = await read(
    'count_task',
  ).select('id', 'state', 'counted', 'done_at as doneAt');
  const unsound = backs.filter(
    ({ quantity, done, state, order, unwanted }) =>
      done < 0 ||
      done > quantity ||
      (done === quantity) !== (state === 'done') ||
      // Goods go back from what was cancelled: the whole order, the rest after a part had left, or lines that changed.
      (!['cancelled', 'shipped', 'closed'].includes(order) && Number(unwanted ?? 0) === 0),
  );
  const uncounted = counts.filter(
    ({ state, counted, doneAt }) => (state === 'done') !== (counted !== null && doneAt !== null),
  );
  return {
    name: AT_REST,
    checked: backs.length + counts.length,
    broken: [...unsound, ...uncounted].map((one) => one.id),
  };
}

async function checkReplacements(read: Handle): Promise<FloorCheck> {
  const rows: { id: string; replaced: number | string; cancelled: number | null; other: string | null; own: string }[] =
    await read('order_line')
      .leftJoin('order_line as asked', 'asked.id', 'order_line.substitute_for')
      .whereNotNull('order_line.substitute_for')
      .groupBy('order_line.substitute_for', 'asked.cancelled', 'asked.order_id', 'order_line.order_id')
      .select(
        'order_line.substitute_for as id',
        'asked.cancelled',
        'asked.order_id as other',
        'order_line.order_id as own',
        read.raw('sum(order_line.ordered) as replaced'),
      );
  const broken = rows.filter((row) => row.own !== row.other || Number(row.replaced) > (row.cancelled ?? 0));
  const total = await read('order_line').count({ count: '*' }).first();
  return { name: REPLACED, checked: Number(total?.count ?? 0), broken: broken.map((row) => row.id) };
}

/** A tote whose goods still go back is as taken as one of an order on its way. */
async function checkTotes(read: Handle): Promise<FloorCheck> {
  const orders: { toteId: string; orderId: string }[] = await read('sales_order')
    .whereNotNull('tote_id')
    .select('tote_id as toteId', 'id as orderId');
  const back: { toteId: string; orderId: string }[] = await read('put_back')
    .whereNotNull('tote_id')
    .where({ state: 'open' })
    .distinct('tote_id as toteId', 'order_id as orderId');
  const carried = new Map<string, Set<string>>();
  for (const { toteId, orderId } of [...orders, ...back])
    carried.set(toteId, (carried.get(toteId) ?? new Set()).add(orderId));
  const total = await read('tote').count({ count: '*' }).first();
  return {
    name: TOTES,
    checked: Number(total?.count ?? 0),
    broken: [...carried].filter(([, held]) => held.size > 1).map(([toteId]) => toteId),
  };
}

/** What must hold of goods in hands, in totes and on their way back. */
export async function checkFloor(read: Handle): Promise<FloorCheck[]> {
  return [await checkHands(read), await checkTasks(read), await checkReplacements(read), await checkTotes(read)];
}
