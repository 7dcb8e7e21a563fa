import { z } from 'zod';
import { wireCount, wireId, wireList, wireText } from '../../../shared/json/wire-values.ts';
import type { StockResult, StockWanted } from '../channel-connector.ts';
import { refusalIn } from '../channel-router.ts';
import { type XhsClient, xhsData } from './client.ts';

const Catalogue = z.object({
  total: wireCount,
  data: wireList(z.object({ sku: z.object({ id: wireId, erpCode: wireText, erpcode: wireText }) })),
});
const PAGE = 100;
const MOST_PAGES = 100;
/** A catalogue that did not name a SKU is asked again after so long. */
const STALE_MS = 600_000;

const Level = z.object({
  skuStock: z.object({ available: wireCount.nullish(), total: wireCount.nullish() }),
});

/**
 * Tells what can be sold. ARK takes the total of a SKU, with the units of unpaid orders in it; they are read first and
 * added.
 */
export function xhsStock(client: XhsClient): (levels: readonly StockWanted[]) => Promise<readonly StockResult[]> {
  const ids = new Map<string, string>();
  let readAt = Number.NEGATIVE_INFINITY;
  const idOf = async (sku: string): Promise<string | undefined> => {
    if (!ids.has(sku) && client.now().getTime() - readAt > STALE_MS) {
      await readCatalogue(client, ids);
      readAt = client.now().getTime();
    }
    return ids.get(sku);
  };
  return async (levels) => {
    const results: StockResult[] = [];
    for (const { sku, available } of levels) {
      const skuId = await idOf(sku);
      results.push(
        skuId === undefined ? { sku, outcome: 'unknown-sku' } : await setLevel(client, { sku, skuId, available }),
      );
    }
    return results;
  };
}

async function readCatalogue(client: XhsClient, ids: Map<string, string>): Promise<void> {
  for (let pageNo = 1; pageNo <= MOST_PAGES; pageNo++) {
    const answer = await client.ask('product.getDetailSkuList', { pageNo, pageSize: PAGE });
    const { total, data } = xhsData(answer, Catalogue);
    for (const { sku } of data) ids.set(sku.erpCode || sku.erpcode || sku.id, sku.id);
    if (data.length === 0 || pageNo * PAGE >= total) return;
  }
}

async function setLevel(
  client: XhsClient,
  { sku, skuId, available }: { readonly sku: string; readonly skuId: string; readonly available: number },
): Promise<StockResult> {
  try {
    const { skuStock: now } = xhsData(await client.ask('inventory.getSkuStock', { skuId }), Level);
    const occupied = Math.max(0, (now.total ?? 0) - (now.available ?? now.total ?? 0));
    await client.ask('inventory.syncSkuStock', { skuId, qty: available + occupied });
    return { sku, outcome: 'done' };
  } catch (error) {
    return { sku, outcome: 'refused', ...refusalIn(error) };
  }
}
