import { AppError } from '../../../shared/errors.ts';
import { textUnder } from '../../../shared/json/wire-values.ts';
import type { StockResult, StockWanted } from '../channel-connector.ts';
import type { ShopifyClient } from './client.ts';
import { refusalOf } from './refusals.ts';
import { idOf, type Raw, rowsUnder } from './whole-orders.ts';

/** SKUs that are looked up with one question. */
const BATCH = 10;

/** Sets what can be sold at one location, SKU by SKU, each with its own key: a second try changes nothing twice. */
export function shopifyStock(
  client: ShopifyClient,
  locationId: string,
): (levels: readonly StockWanted[]) => Promise<readonly StockResult[]> {
  return async (levels) => {
    const results: StockResult[] = [];
    for (let at = 0; at < levels.length; at += BATCH) {
      const batch = levels.slice(at, at + BATCH);
      const search = batch.map(({ sku }) => `sku:"${sku.replace(/["\\]/g, '\\$&')}"`).join(' OR ');
      const { data } = await client.ask('StockItems', { search });
      const items = rowsUnder(data, 'inventoryItems', 'nodes');
      for (const wanted of batch) results.push(await setOne(client, wanted, placeOf(items, wanted.sku, locationId)));
    }
    return results;
  };
}

interface Place {
  readonly itemId: string;
  readonly locationId: string;
  readonly now: number | null;
}

/** Where a SKU lies; the search also finds what only looks alike. */
function placeOf(items: readonly Raw[], sku: string, locationId: string): Place | string | null {
  const mine = items.filter((item) => textUnder(item, 'sku') === sku);
  const [item] = mine;
  if (!item) return null;
  if (mine.length > 1) return 'Several variants have this SKU.';
  if (item.tracked !== true) return 'Shopify does not track the stock of this SKU.';
  const levels = rowsUnder(item, 'inventoryLevels', 'nodes');
  const wanted = locationId === '' ? levels : levels.filter((one) => idOf(one.location) === locationId);
  const [level] = wanted;
  if (!level) return 'The SKU is not stocked at this location.';
  if (wanted.length > 1) return 'The SKU is stocked at several locations: name one in the settings of the shop.';
  const available = rowsUnder(level, 'quantities').find((one) => textUnder(one, 'name') === 'available');
  const now = available ? Number(textUnder(available, 'quantity') ?? Number.NaN) : Number.NaN;
  return { itemId: idOf(item), locationId: idOf(level.location), now: Number.isFinite(now) ? now : null };
}

async function setOne(
  client: ShopifyClient,
  { sku, available, before, reference }: StockWanted,
  place: Place | string | null,
): Promise<StockResult> {
  if (place === null) return { sku, outcome: 'unknown-sku' };
  if (typeof place === 'string') return { sku, outcome: 'refused', code: 'not-clear', text: place };
  if (place.now === available) return { sku, outcome: 'done' };
  if (before !== null && place.now !== null && place.now !== before) return { sku, outcome: 'stale', now: place.now };
  const { itemId: inventoryItemId, locationId } = place;
  const quantities = [{ inventoryItemId, locationId, quantity: available, changeFromQuantity: before }];
  const input = { name: 'available', reason: 'correction', quantities };
  const { data } = await client.ask('SetStock', { input, key: reference });
  const no = refusalOf(data, 'inventorySetQuantities');
  if (!no) return { sku, outcome: 'done' };
  if (no.code === 'CHANGE_FROM_QUANTITY_STALE') return { sku, outcome: 'stale', now: null };
  if (no.code === 'IDEMPOTENCY_CONCURRENT_REQUEST')
    throw new AppError('remote', 'channel.throttled', { channel: 'shopify', message: no.text, retryAfterMs: 1_000 });
  return { sku, ...no };
}

/** A location as the form takes it: its number or its whole id. */
export function locationIdOf(text: string): string {
  return text === '' || text.startsWith('gid://') ? text : `gid://shopify/Location/${text}`;
}
