import { z } from 'zod';
import { wireId, wireList, wireText } from '../../../shared/json/wire-values.ts';
import type { StockResult, StockWanted } from '../channel-connector.ts';
import { type Router, refusalIn } from '../channel-router.ts';
import { wechatData } from './client.ts';

const LIST = '/channels/ec/product/list/get';
const PRODUCT = '/channels/ec/product/get';
const UPDATE = '/channels/ec/product/stock/update';
/** On sale. */
const LISTED = 5;
/** To this number, instead of by so many. */
const SET = 3;
const PAGE = 30;
/** A SKU that was not found is looked for again after so long. */
const LOOK_AGAIN_MS = 3_600_000;

interface Counted {
  readonly productId: string;
  readonly skuId: string;
}

const List = z.object({ product_ids: wireList(wireId), next_key: wireText });
const Product = z.object({
  product: z.object({ product_id: wireId, skus: wireList(z.object({ sku_id: wireId, sku_code: wireText })) }),
});

/** Tells how many can be sold. WeChat counts by its own ids and has no search by SKU: the shop's products are walked once. */
export function wechatStock(client: Router): (levels: readonly StockWanted[]) => Promise<readonly StockResult[]> {
  let counted = new Map<string, Counted>();
  let walkedAt = Number.NEGATIVE_INFINITY;
  return async (levels) => {
    const now = client.now().getTime();
    if (levels.some(({ sku }) => !counted.has(sku)) && now - walkedAt >= LOOK_AGAIN_MS) {
      counted = await walk(client);
      walkedAt = now;
    }
    const results: StockResult[] = [];
    for (const level of levels) results.push(await set(client, level, counted.get(level.sku)));
    return results;
  };
}

async function walk(client: Router): Promise<Map<string, Counted>> {
  const counted = new Map<string, Counted>();
  for (let key = ''; ; ) {
    const asked = { status: LISTED, page_size: PAGE, next_key: key };
    const { product_ids: ids, next_key: next } = wechatData(await client.ask(LIST, asked), List);
    for (const id of ids) {
      const { product } = wechatData(await client.ask(PRODUCT, { product_id: id }), Product);
      for (const { sku_id: skuId, sku_code: sku } of product.skus)
        counted.set(sku || skuId, { productId: product.product_id, skuId });
    }
    if (ids.length < PAGE || next === '' || next === key) return counted;
    key = next;
  }
}

async function set(client: Router, { sku, available }: StockWanted, at: Counted | undefined): Promise<StockResult> {
  if (!at) return { sku, outcome: 'unknown-sku' };
  try {
    await client.ask(UPDATE, { product_id: at.productId, sku_id: at.skuId, diff_type: SET, num: available });
    return { sku, outcome: 'done' };
  } catch (error) {
    return { sku, outcome: 'refused', ...refusalIn(error) };
  }
}
