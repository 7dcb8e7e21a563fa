import { AppError } from '../../../shared/errors.ts';
import { isObject, textUnder } from '../../../shared/json/wire-values.ts';
import type { Channel, StockResult, StockWanted } from '../channel-connector.ts';
import type { WooClient } from './client.ts';

const AT_ONCE = 50;

/** Sets what can be sold; Woo has no compare-and-set. Variations are found by their SKU like products. */
export function wooStock(client: WooClient): Required<Pick<Channel, 'stock'>> {
  return {
    async stock(levels) {
      const results: StockResult[] = [];
      for (let start = 0; start < levels.length; start += AT_ONCE) {
        const part = levels.slice(start, start + AT_ONCE);
        const places = await placesOf(client, part);
        for (const level of part) results.push(await set(client, level, places.get(level.sku)));
      }
      return results;
    },
  };
}

async function placesOf(client: WooClient, levels: readonly StockWanted[]): Promise<Map<string, string>> {
  const sku = levels.map((level) => level.sku).join(',');
  const { json } = await client.ask('GET', '/products', { query: { sku, per_page: '100' } });
  const rows = Array.isArray(json) ? json.filter(isObject) : [];
  return new Map(
    rows.map((row) => {
      const [id, parent] = [textUnder(row, 'id') ?? '', textUnder(row, 'parent_id') ?? '0'];
      const isVariation = row.type === 'variation' && parent !== '0';
      return [textUnder(row, 'sku') ?? '', isVariation ? `/products/${parent}/variations/${id}` : `/products/${id}`];
    }),
  );
}

async function set(client: WooClient, level: StockWanted, place: string | undefined): Promise<StockResult> {
  const { sku, available } = level;
  if (place === undefined) return { sku, outcome: 'unknown-sku' };
  try {
    await client.ask('PUT', place, { json: { manage_stock: true, stock_quantity: available } });
    return { sku, outcome: 'done' };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'channel.refused') throw error;
    return {
      sku,
      outcome: 'refused',
      code: String(error.details.code ?? ''),
      text: String(error.details.message ?? ''),
    };
  }
}
