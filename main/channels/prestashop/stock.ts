import { AppError } from '../../../shared/errors.ts';
import { textUnder } from '../../../shared/json/wire-values.ts';
import type { Channel, StockResult, StockWanted } from '../channel-connector.ts';
import type { PrestashopClient } from './client.ts';

const field = (row: unknown, name: string): string => textUnder(row, name)?.trim() ?? '';

interface Place {
  readonly product: string;
  readonly combination: string;
}

/** Sets what can be sold: the row is read right before it is written back, there is no compare-and-set. */
export function prestashopStock(client: PrestashopClient): Required<Pick<Channel, 'stock'>> {
  return {
    async stock(levels) {
      const results: StockResult[] = [];
      for (const level of levels) results.push(await set(client, level));
      return results;
    },
  };
}

async function set(client: PrestashopClient, { sku, available }: StockWanted): Promise<StockResult> {
  const place = await placeOf(client, sku);
  if (!place) return { sku, outcome: 'unknown-sku' };
  const [row] = await client.list('stock_availables', {
    display: 'full',
    'filter[id_product]': `[${place.product}]`,
    'filter[id_product_attribute]': `[${place.combination}]`,
  });
  const whole = row ? await client.whole('stock_availables', field(row, 'id')) : undefined;
  if (!whole) return { sku, outcome: 'unknown-sku' };
  try {
    await client.put('stock_availables', { ...whole, quantity: String(available) });
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

/** Combinations carry a reference of their own; a product without them is found by its own. */
async function placeOf(client: PrestashopClient, sku: string): Promise<Place | undefined> {
  const query = { display: 'full', 'filter[reference]': `[${sku}]`, limit: '1' };
  const [combination] = await client.list('combinations', query);
  if (combination) return { product: field(combination, 'id_product'), combination: field(combination, 'id') };
  const [product] = await client.list('products', query);
  return product && { product: field(product, 'id'), combination: '0' };
}
