import { AppError } from '../../shared/errors.ts';
import { systemActor } from '../../shared/model/actor.ts';
import type { Channel } from '../channels/channel-connector.ts';
import { runUnitOfWork } from '../db/unit-of-work.ts';
import { openShop, type ShopsDeps } from './shop-service.ts';
import { listShops } from './shop-store.ts';
import { hasOpenStock, listAvailable, listChanged, saveTold } from './stock-told-store.ts';

export const STOCK = 'channel.stock';
/** SKUs in one message, and at most so many messages a look. */
const BATCH = 50;
const MOST = 2_000;
/** SKUs of one question; each may cost the platform several. */
const AT_ONCE = 10;
/** Somebody else may change it at the same time; then the next look tells it. */
const CAS_TRIES = 3;

/**
 * Command: what can be sold (on hand less reserved) of each SKU is told to shops that want it, where it is not what they
 * were told last. Returns how many SKUs are to be told.
 */
export async function tellStock(deps: ShopsDeps): Promise<number> {
  const shops = (await listShops(deps.database.read)).filter(({ pushStock }) => pushStock);
  let told = 0;
  for (const { id } of shops) {
    // What is under way is told first; it reads what there is when it is delivered.
    if (await hasOpenStock(deps.database.read, id)) continue;
    const skus = await listChanged(deps.database.read, id, MOST);
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

/** Tells a shop what can be sold now of these SKUs; compared and set where the platform can, so that no sale is undone. */
export async function deliverStock(
  deps: ShopsDeps,
  asked: { readonly shopId: string; readonly skus: readonly string[]; readonly reference: string },
): Promise<void> {
  const { channel } = await openShop(deps, asked.shopId);
  if (!channel.stock) throw new AppError('rule', 'shop.cannot-be-told', { code: STOCK, text: '' });
  // What was told before a fault stays told: a retry begins where the last one stopped.
  for (let start = 0; start < asked.skus.length; start += AT_ONCE)
    await tellSome(deps, channel.stock, { ...asked, skus: asked.skus.slice(start, start + AT_ONCE) });
}

async function tellSome(
  deps: ShopsDeps,
  tell: NonNullable<Channel['stock']>,
  asked: { readonly shopId: string; readonly skus: readonly string[]; readonly reference: string },
): Promise<void> {
  let skus = asked.skus;
  for (let tries = 1; skus.length > 0 && tries <= CAS_TRIES; tries += 1) {
    const levels = (await listAvailable(deps.database.read, asked.shopId, skus)).filter(
      ({ available, before }) => available !== before,
    );
    if (levels.length === 0) return;
    const results = await tell(
      levels.map((level) => ({ ...level, reference: `${asked.reference}-${level.sku}-${tries}` })),
    );
    const at = deps.clock().toISOString();
    await saveTold(
      deps.database.write,
      asked.shopId,
      results.map((result) => {
        const available = levels.find(({ sku }) => sku === result.sku)?.available ?? 0;
        if (result.outcome === 'done') return { sku: result.sku, told: available, at, fault: null };
        if (result.outcome === 'stale') return { sku: result.sku, told: result.now, at, fault: null };
        const fault = result.outcome === 'refused' ? `${result.code} ${result.text}`.trim() : result.outcome;
        return { sku: result.sku, told: available, at, fault };
      }),
    );
    skus = results.flatMap(({ sku, outcome }) => (outcome === 'stale' ? [sku] : []));
  }
}
