import type { Handle } from '../db/rows.ts';

const AVAILABLE = 'coalesce(sum(stock_level.on_hand - stock_level.allocated), 0)';

/** SKUs of which a shop was told another number than can be sold now, or none yet. */
export async function listChanged(handle: Handle, shopId: string, limit: number): Promise<string[]> {
  const rows: { sku: string }[] = await handle('item')
    .join('stock_level', 'stock_level.item_id', 'item.id')
    .leftJoin('shop_stock as told', (join) =>
      join.on('told.sku', 'item.sku').andOn('told.shop_id', handle.raw('?', [shopId])),
    )
    .groupBy('item.sku', 'told.told')
    .havingRaw(`told.told is null or told.told <> ${AVAILABLE}`)
    .orderBy('item.sku')
    .limit(limit)
    .select('item.sku as sku');
  return rows.map(({ sku }) => sku);
}

/** What can be sold now of these SKUs, never below zero, and what the shop was told before. */
export async function listAvailable(
  handle: Handle,
  shopId: string,
  skus: readonly string[],
): Promise<{ readonly sku: string; readonly available: number; readonly before: number | null }[]> {
  const rows: { sku: string; available: number | string; before: number | null }[] = await handle('item')
    .leftJoin('stock_level', 'stock_level.item_id', 'item.id')
    .leftJoin('shop_stock as told', (join) =>
      join.on('told.sku', 'item.sku').andOn('told.shop_id', handle.raw('?', [shopId])),
    )
    .whereIn('item.sku', [...skus])
    .groupBy('item.sku', 'told.told')
    .select('item.sku as sku', 'told.told as before', handle.raw(`${AVAILABLE} as available`));
  return rows.map(({ sku, available, before }) => ({ sku, before, available: Math.max(0, Number(available)) }));
}

export async function saveTold(
  handle: Handle,
  shopId: string,
  rows: readonly {
    readonly sku: string;
    readonly told: number | null;
    readonly at: string;
    readonly fault: string | null;
  }[],
): Promise<void> {
  for (const { sku, told, at, fault } of rows)
    await handle('shop_stock')
      .insert({ shop_id: shopId, sku, told, told_at: at, fault })
      .onConflict(['shop_id', 'sku'])
      .merge();
}

/** A message with stock of this shop waits or is under way. */
export async function hasOpenStock(handle: Handle, shopId: string): Promise<boolean> {
  const row = await handle('outbox')
    .where({ topic: 'channel.stock', key: shopId })
    .whereIn('state', ['pending', 'sending'])
    .first('id');
  return row !== undefined;
}
