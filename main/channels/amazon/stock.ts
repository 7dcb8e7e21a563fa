import { isObject, textUnder } from '../../../shared/json/wire-values.ts';
import type { StockResult, StockWanted } from '../channel-connector.ts';
import { refusalIn } from '../channel-router.ts';
import type { AmazonShopClient } from './client.ts';

/** The seller's own stock; anything else lies with Amazon. */
const OWN = 'DEFAULT';

export const listingsPath = (sellerId: string): string => `/listings/2021-08-01/items/${encodeURIComponent(sellerId)}`;

/**
 * Sets what can be sold of a listing. One that Amazon fulfils is left alone: a quantity of the seller's own would take it
 * out of Amazon's warehouse.
 */
export function amazonStock(
  client: AmazonShopClient,
  { sellerId, marketplaceIds }: { readonly sellerId: string; readonly marketplaceIds: string },
): (levels: readonly StockWanted[]) => Promise<readonly StockResult[]> {
  const one = async ({ sku, available }: StockWanted): Promise<StockResult> => {
    const path = `${listingsPath(sellerId)}/${encodeURIComponent(sku)}`;
    const query = { marketplaceIds };
    const listing = await client.ask('listing', {
      ...{ method: 'GET', path, query: { ...query, includedData: 'fulfillmentAvailability' } },
    });
    if (codesOf(listing).some((code) => code !== OWN))
      return { sku, outcome: 'refused', code: 'fulfilled-by-amazon', text: 'Amazon keeps the stock of this listing' };
    const value = [{ fulfillment_channel_code: OWN, quantity: available }];
    const patch = { op: 'replace', path: '/attributes/fulfillment_availability', value };
    const answer = await client.ask('listing', {
      ...{ method: 'PATCH', path, query, json: { productType: 'PRODUCT', patches: [patch] } },
    });
    if (textUnder(answer, 'status') !== 'INVALID') return { sku, outcome: 'done' };
    const [issue] = isObject(answer) && Array.isArray(answer.issues) ? answer.issues : [];
    const [code, text] = [textUnder(issue, 'code') ?? 'INVALID', textUnder(issue, 'message') ?? 'not valid'];
    return { sku, outcome: 'refused', code, text };
  };
  return async (levels) => {
    const results: StockResult[] = [];
    for (const level of levels)
      results.push(
        await one(level).catch((error: unknown): StockResult => {
          const refusal = refusalIn(error);
          const isUnknown = /NOT_?FOUND|404/i.test(refusal.code);
          return isUnknown
            ? { sku: level.sku, outcome: 'unknown-sku' }
            : { sku: level.sku, outcome: 'refused', ...refusal };
        }),
      );
    return results;
  };
}

function codesOf(listing: unknown): string[] {
  const rows =
    isObject(listing) && Array.isArray(listing.fulfillmentAvailability) ? listing.fulfillmentAvailability : [];
  return rows.flatMap((row) => textUnder(row, 'fulfillmentChannelCode') ?? []);
}
