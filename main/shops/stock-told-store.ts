import type { Handle } from '../db/rows.ts';
import type { Tx } from '../db/unit-of-work.ts';

/**
 * Why the last word did not arrive, in `shop_stock.fault`. `changed-there`: the shop's number was not the one that it was told
 * last, somebody bought or changed it there; behind it the reading that is to bring that sale. `unknown-sku`: the shop does
 * not have it. Anything else are the platform's own code and words.
 */
const CHANGED_THERE = 'changed-there';
const UNKNOWN_SKU = 'unknown-sku';

/** What a shop refused is told again after so long, and what it does not have. */
const REFUSED_MS = 3_600_000;
const UNKNOWN_MS = 6 * 3_600_000;

/** States of an order of which something may wait for stock; a list, so that the index on them serves. */
const OPEN = ['new', 'ready', 'backordered', 'allocated', 'picking', 'picked', 'packing', 'packed'];

/**
 * What is sold of an item and lies reserved nowhere: orders that are held, wait for stock or are about to be allocated. The
 * platform counts these as sold already. A kit stands for its components.
 */
const demandOf = (handle: Handle): ReturnType<Handle> =>
  handle('sales_order as buying')
    .join('order_line as line', 'line.order_id', 'buying.id')
    .whereIn('buying.state', OPEN)
    .whereNotNull('line.item_id')
    .whereRaw('line.ordered - line.cancelled > line.allocated')
    .whereNotExists(
      handle('order_line as part').whereRaw('part.order_id = buying.id and part.parent_line_id = line.id'),
    )
    .groupBy('line.item_id')
    .select('line.item_id', handle.raw('sum(line.ordered - line.cancelled - line.allocated) as units'));

const FREE = 'coalesce(sum(stock_level.on_hand - stock_level.allocated), 0) - coalesce(max(demand.units), 0)';
const AVAILABLE = `case when ${FREE} > 0 then ${FREE} else 0 end`;

/**
 * A word is due where the number is another one. What was refused waits its time and is then told again, whatever the
 * number; what somebody changed there waits for a reading.
 */
const DUE = `(told.fault is null and (told.told is null or told.told <> ${AVAILABLE}))
  or (told.fault = ? and (told.told_at <= ? or told.told_at > ?))
  or (told.fault <> ? and told.fault not like ? and (told.told_at <= ? or told.told_at > ?))`;

function dueAt(now: string): readonly string[] {
  const before = (ms: number): string => new Date(Date.parse(now) - ms).toISOString();
  // An instant that is yet to come was written before the clock was put back.
  return [UNKNOWN_SKU, before(UNKNOWN_MS), now, UNKNOWN_SKU, `${CHANGED_THERE}%`, before(REFUSED_MS), now];
}

const itemsToTell = (handle: Handle, { shopId, now }: { readonly shopId: string; readonly now: string }) =>
  handle('item')
    .leftJoin(demandOf(handle).as('demand'), 'demand.item_id', 'item.id')
    .leftJoin('shop_stock as told', (join) =>
      join.on('told.sku', 'item.sku').andOn('told.shop_id', handle.raw('?', [shopId])),
    )
    .groupBy('item.sku', 'told.told', 'told.told_at', 'told.fault')
    .havingRaw(DUE, [...dueAt(now)]);

/** SKUs with stock of which a shop is to be told, the first ones. */
export async function listChanged(
  handle: Handle,
  asked: { readonly shopId: string; readonly now: string; readonly limit: number },
): Promise<string[]> {
  const rows: { sku: string }[] = await itemsToTell(handle, asked)
    .join('stock_level', 'stock_level.item_id', 'item.id')
    .orderBy('item.sku')
    .limit(asked.limit)
    .select('item.sku as sku');
  return rows.map(({ sku }) => sku);
}

export interface StockToTell {
  readonly sku: string;
  /** What can be sold now: on hand less reserved, less what waiting orders want; never below zero. */
  readonly available: number;
  /** What the shop was told last, or had when it refused that; null before. */
  readonly before: number | null;
}

/** Of these SKUs those of which a shop is to be told. */
export async function listAvailable(
  handle: Handle,
  asked: { readonly shopId: string; readonly now: string; readonly skus: readonly string[] },
): Promise<StockToTell[]> {
  const rows: { sku: string; available: number | string; before: number | null }[] = await itemsToTell(handle, asked)
    .leftJoin('stock_level', 'stock_level.item_id', 'item.id')
    .whereIn('item.sku', [...asked.skus])
    .select('item.sku as sku', 'told.told as before', handle.raw(`${AVAILABLE} as available`));
  return rows.map(({ sku, available, before }) => ({ sku, before, available: Number(available) }));
}

/** What became of one word; `now` is what the shop has, where it says. */
export type StockAnswer = StockToTell &
  (
    | { readonly outcome: 'done' | 'unknown-sku' }
    | { readonly outcome: 'stale'; readonly now: number | null }
    | { readonly outcome: 'refused'; readonly code: string; readonly text: string }
  );

export async function saveTold(
  tx: Tx,
  shopId: string,
  { answers, at }: { readonly answers: readonly StockAnswer[]; readonly at: string },
): Promise<void> {
  for (const answer of answers)
    await tx('shop_stock')
      .insert({ shop_id: shopId, sku: answer.sku, told: toldBy(answer), told_at: at, fault: faultOf(answer) })
      .onConflict(['shop_id', 'sku'])
      .merge();
}

/** Only a number that the shop took, or names itself, is one to compare with the next time. */
function toldBy(answer: StockAnswer): number | null {
  if (answer.outcome === 'done') return answer.available;
  return answer.outcome === 'stale' ? (answer.now ?? answer.before) : answer.before;
}

function faultOf(answer: StockAnswer): string | null {
  switch (answer.outcome) {
    case 'done':
      return null;
    case 'stale':
      return CHANGED_THERE;
    case 'unknown-sku':
      return UNKNOWN_SKU;
    case 'refused':
      return `${answer.code} ${answer.text}`.trim().slice(0, 500) || 'refused';
  }
}

/** A reading of a shop begins: what somebody changed there until now stands in it. */
export async function beginSales(tx: Tx, shopId: string, reading: string): Promise<void> {
  await tx('shop_stock')
    .where({ shop_id: shopId })
    .where('fault', 'like', `${CHANGED_THERE}%`)
    .update({ fault: `${CHANGED_THERE} ${reading}` });
}

/** That reading came to its end: every sale that was waited for is here, and the shop may be told again. */
export async function endSales(tx: Tx, shopId: string, reading: string): Promise<void> {
  await tx('shop_stock')
    .where({ shop_id: shopId, fault: `${CHANGED_THERE} ${reading}` })
    .update({ fault: null });
}

/** A message with stock of this shop waits or is under way. */
export async function hasOpenStock(handle: Handle, shopId: string): Promise<boolean> {
  const row = await handle('outbox')
    .where({ topic: 'channel.stock', key: shopId })
    .whereIn('state', ['pending', 'sending'])
    .first('id');
  return row !== undefined;
}

/** What a shop does not take of its stock. */
export interface StockRefusals {
  /** SKUs that it refuses, and those that it does not have. */
  readonly refused: number;
  readonly unknown: number;
  /** The first ones, what it refuses before what it does not have; the platform's own words. */
  readonly first: readonly { readonly sku: string; readonly reason: string }[];
}

/** By shop, those that refuse something. */
export async function listRefusals(handle: Handle, most: number): Promise<ReadonlyMap<string, StockRefusals>> {
  const refused = (): ReturnType<Handle> =>
    handle('shop_stock')
      .join('item', 'item.sku', 'shop_stock.sku')
      .whereNotNull('fault')
      .where('fault', 'not like', `${CHANGED_THERE}%`);
  const counts: { id: string; unknown: number; count: number | string }[] = await refused()
    .groupBy('shop_id', 'unknown')
    .select('shop_id as id', handle.raw('case when fault = ? then 1 else 0 end as unknown', [UNKNOWN_SKU]))
    .count('* as count');
  const found = new Map<string, StockRefusals>();
  for (const { id } of counts) {
    if (found.has(id)) continue;
    const of = (unknown: number): number =>
      Number(counts.find((row) => row.id === id && row.unknown === unknown)?.count ?? 0);
    const first = await refused()
      .where({ shop_id: id })
      .orderByRaw('case when fault = ? then 1 else 0 end, shop_stock.sku', [UNKNOWN_SKU])
      .limit(most)
      .select('shop_stock.sku as sku', 'fault as reason');
    found.set(id, { refused: of(0), unknown: of(1), first });
  }
  return found;
}
