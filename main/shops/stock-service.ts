import { AppError } from '../../shared/errors.ts';
import { systemActor } from '../../shared/model/actor.ts';
import type { Channel } from '../channels/channel-connector.ts';
import { runUnitOfWork } from '../db/unit-of-work.ts';
import { askToRead, openShop, type ShopsDeps } from './shop-service.ts';
import { listShops } from './shop-store.ts';
import { hasOpenStock, listAvailable, listChanged, type StockAnswer, saveTold } from './stock-told-store.ts';

export const STOCK = 'channel.stock';
/** SKUs in one message, and at most so many messages a look. */
const BATCH = 50;
const MOST = 2_000;
/** SKUs of one question; each may cost the platform several. */
const AT_ONCE = 10;

/**
 * Command: what can be sold (on hand less reserved, less what waiting orders want) of each SKU is told to shops that want it,
 * where it is not what they were told last. Returns how many SKUs are to be told.
 */
export async function tellStock(deps: ShopsDeps): Promise<number> {
  const shops = (await listShops(deps.database.read)).filter(({ pushStock }) => pushStock);
  let told = 0;
  for (const { id } of shops) {
    // What is under way is told first; it reads what there is when it is delivered.
    if (await hasOpenStock(deps.database.read, id)) continue;
    const skus = await listChanged(deps.database.read, { shopId: id, now: deps.clock().toISOString(), limit: MOST });
    if (skus.length === 0) continue;
    await runUnitOfWork(deps, systemActor, async (uow) => {
      for (let start = 0; start < skus.length; start += BATCH)
        uow.enqueue({ topic: STOCK, key: id, payload: { shopId: id, skus: skus.slice(start, start + BATCH) } });
      uow.record({ kind: 'stock.to-tell', subject: id, data: { skus: skus.length } });
      return null;
    });
    told += skus.length;
  }
  return told;
}

interface AskedStock {
  readonly shopId: string;
  readonly skus: readonly string[];
  readonly reference: string;
}

/**
 * Tells a shop what can be sold now of these SKUs; compared and set where the platform can, so that no sale is undone.
 *
 * Where the shop's number is not the one that it was told last, somebody bought there and the order is not here yet: that
 * SKU is told again only after a reading that began later. What it refuses is kept with its words and told again slowly.
 */
export async function deliverStock(deps: ShopsDeps, asked: AskedStock): Promise<void> {
  const { channel } = await openShop(deps, asked.shopId);
  if (!channel.stock) throw new AppError('rule', 'shop.cannot-be-told', { code: STOCK, text: '' });
  // What was told before a fault stays told: a retry begins where the last one stopped.
  for (let start = 0; start < asked.skus.length; start += AT_ONCE)
    await tellSome(deps, channel.stock, { ...asked, skus: asked.skus.slice(start, start + AT_ONCE) });
}

async function tellSome(deps: ShopsDeps, tell: NonNullable<Channel['stock']>, asked: AskedStock): Promise<void> {
  const { shopId, skus, reference } = asked;
  const levels = await listAvailable(deps.database.read, { shopId, skus, now: deps.clock().toISOString() });
  if (levels.length === 0) return;
  const results = await tell(
    // Another number under the same key would be refused as another question.
    levels.map((level) => ({ ...level, reference: `${reference}-${level.sku}-${level.before}-${level.available}` })),
  );
  const answers = results.flatMap((result): StockAnswer[] => {
    const level = levels.find(({ sku }) => sku === result.sku);
    return level ? [{ ...level, ...result }] : [];
  });
  const isRefused = answers.some(({ outcome }) => outcome === 'refused' || outcome === 'unknown-sku');
  await runUnitOfWork(deps, systemActor, async (uow) => {
    uow.unchanged();
    await saveTold(uow.tx, shopId, { answers, at: uow.now });
    if (answers.some(({ outcome }) => outcome === 'stale')) await askToRead(uow, shopId);
    if (isRefused) uow.emit('shops.changed', { shopId });
    return null;
  });
}
