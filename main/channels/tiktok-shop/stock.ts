import type { StockResult, StockWanted } from '../channel-connector.ts';
import type { TiktokClient } from './client.ts';
import { Products, Warehouses, Written } from './wire-api.ts';

/** Where the units of one of our SKUs are counted by TikTok. */
interface Counted {
  readonly productId: string;
  readonly skuId: string;
  /** Warehouses that hold some; empty where the product says nothing. */
  readonly warehouses: readonly string[];
}

export interface TiktokStock {
  tell(levels: readonly StockWanted[]): Promise<readonly StockResult[]>;
}

const MOST_SKUS = 50;

/** Tells how many can be sold. TikTok counts by its own ids: they are found by the seller's SKU, and kept. */
export function tiktokStock(client: TiktokClient): TiktokStock {
  const counted = new Map<string, Counted>();
  let own: string | undefined;
  const warehouseOf = async ({ warehouses }: Counted): Promise<string | undefined> => {
    if (warehouses.length === 1) return warehouses[0];
    if (warehouses.length > 1) return undefined;
    own ??= await onlyWarehouse(client);
    return own;
  };
  return {
    async tell(levels) {
      const unknown = levels.map(({ sku }) => sku).filter((sku) => !counted.has(sku));
      for (let at = 0; at < unknown.length; at += MOST_SKUS)
        for (const [sku, where] of await lookUp(client, unknown.slice(at, at + MOST_SKUS))) counted.set(sku, where);
      const results: StockResult[] = [];
      for (const level of levels) {
        const where = counted.get(level.sku);
        const warehouse = where && (await warehouseOf(where));
        if (!where) results.push({ sku: level.sku, outcome: 'unknown-sku' });
        else if (warehouse === undefined) results.push(severalWarehouses(level.sku));
        else results.push(await tellOne(client, level, { ...where, warehouse }));
      }
      return results;
    },
  };
}

/** One number for all of them would be sold several times. */
const severalWarehouses = (sku: string): StockResult => ({
  sku,
  outcome: 'refused',
  code: 'several-warehouses',
  text: 'TikTok counts this SKU in several warehouses: keep it in one of them, or count it in Seller Center',
});

async function lookUp(client: TiktokClient, skus: readonly string[]): Promise<Map<string, Counted>> {
  const found = new Map<string, Counted>();
  for (let token = ''; ; ) {
    const page = await client.demand(
      {
        method: 'POST',
        path: '/product/202309/products/search',
        query: { page_size: '100', ...(token === '' ? {} : { page_token: token }) },
        json: { seller_skus: skus, status: 'ALL' },
      },
      Products,
    );
    for (const { id: productId, skus: variants } of page.products)
      for (const { id: skuId, seller_sku: sku, inventory } of variants) {
        const warehouses = [...new Set(inventory.flatMap(({ warehouse_id: id }) => id || []))];
        if (skus.includes(sku)) found.set(sku, { productId, skuId, warehouses });
      }
    if (page.next_page_token === '' || page.next_page_token === token) return found;
    token = page.next_page_token;
  }
}

/** The warehouse that the shop sells from, where there is one alone or one by default. */
async function onlyWarehouse(client: TiktokClient): Promise<string | undefined> {
  const { warehouses } = await client.demand({ method: 'GET', path: '/logistics/202309/warehouses' }, Warehouses);
  const selling = warehouses.filter((one) => one.type !== 'RETURN_WAREHOUSE' && one.effect_status !== 'DISABLED');
  return selling.length === 1 ? selling[0]?.id : selling.find((one) => one.is_default)?.id;
}

async function tellOne(
  client: TiktokClient,
  { sku, available }: StockWanted,
  { productId, skuId, warehouse }: Counted & { readonly warehouse: string },
): Promise<StockResult> {
  const answer = await client.ask(
    {
      method: 'POST',
      path: `/product/202309/products/${productId}/inventory/update`,
      json: { skus: [{ id: skuId, inventory: [{ warehouse_id: warehouse, quantity: available }] }] },
    },
    Written,
  );
  const refused = (code: string, text: string): StockResult => ({ sku, outcome: 'refused', code, text });
  if (answer.refused) return refused(answer.refused.code, answer.refused.text);
  const [failed] = answer.data.errors;
  return failed ? refused(failed.code, failed.message) : { sku, outcome: 'done' };
}
