import { openShop } from '../../main/shops/shop-service.ts';
import { openShopWorldWith, type ShopWorld, toPlace } from '../support/played-shop-world.ts';
import { openWorld } from '../support/world.ts';

const ORDERS = 50_000;
const PLATFORMS = ['shopify', 'tiktok_shop'] as const;
/** Times the pace that the platforms' documents allow: what is measured is this station, not their patience. */
const PACE = 10_000;

/**
 * 50,000 orders over the played Shopify and TikTok Shop into a station, beside fetching and parsing them alone; then what a
 * reading costs when nothing is new.
 */
export async function run(): Promise<{ ok: boolean } & Record<string, unknown>> {
  const shops: Record<string, unknown> = {};
  let ok = true;
  for (const name of PLATFORMS) {
    const measured = await measure(name, ORDERS / PLATFORMS.length);
    ok &&= measured.ratio <= 2 && measured.rssGrowthMb <= 200 && measured.idleRequests === 1;
    shops[name] = measured;
  }
  return { ok, bar: '<= 2 x fetching and parsing alone, RSS growth <= 200 MB, 1 request when nothing is new', shops };
}

async function measure(name: (typeof PLATFORMS)[number], count: number) {
  const world = await openShopWorldWith(openWorld, [name], { play: { pace: PACE } });
  try {
    const platform = world.platform(name);
    const placedAt = (index: number): string => new Date(Date.now() - 3_600_000 + index * 40).toISOString();
    for (let index = 0; index < count; index += 1)
      platform.book.place(toPlace([{ sku: `SKU-${index % 40}`, quantity: 1 }], { placedAt: placedAt(index) }));
    const id = await world.connect(name);
    await readAlone(world, id); // both sides have run once
    const alone = await timed(() => readAlone(world, id));
    global.gc?.();
    const before = process.memoryUsage().rss;
    let peak = before;
    const sampler = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().rss);
    }, 50);
    const stored = await timed(async () => (await world.read(id)).new);
    clearInterval(sampler);
    world.passTime(60);
    await world.read(id);
    const requests = platform.asked();
    await world.read(id);
    return {
      orders: stored.value,
      ordersPerSecond: Math.round(count / stored.seconds),
      seconds: round(stored.seconds),
      aloneSeconds: round(alone.seconds),
      ratio: round(stored.seconds / alone.seconds),
      rssGrowthMb: Math.round((peak - before) / 1_048_576),
      idleRequests: platform.asked() - requests,
    };
  } finally {
    await world.close();
  }
}

/** Every order fetched and parsed, and forgotten. */
async function readAlone(world: ShopWorld, shopId: string): Promise<number> {
  const { channel } = await openShop(world.core.deps, shopId);
  const since = new Date(Date.now() - 7 * 86_400_000).toISOString();
  const unseen = async (headers: readonly { readonly externalId: string }[]): Promise<string[]> =>
    headers.map(({ externalId }) => externalId);
  let orders = 0;
  for await (const page of channel.changes({ since, unseen })) orders += page.orders.length;
  return orders;
}

async function timed<T>(work: () => Promise<T>): Promise<{ value: T; seconds: number }> {
  const started = performance.now();
  const value = await work();
  return { value, seconds: (performance.now() - started) / 1_000 };
}

const round = (value: number): number => Number(value.toFixed(2));
