import { AppError } from '../../shared/errors.ts';
import type { SimulatedPlatform } from '../channels/channel-simulator.ts';
import { buildCatalogue } from '../demo/catalogue.ts';
import { createRandom } from '../demo/random.ts';
import { inventShopOrder } from '../demo/shop-orders.ts';
import { readDemo } from '../stations/stations-views.ts';
import type { Core } from './core.ts';
import { placeInvented } from './invented-orders.ts';
import { connectPlayed, playedPlatform, savePlayed } from './played-platforms.ts';
import { simulatedPlatformNames } from './simulated-platforms.ts';

const SHOPS = ['shopify', 'tiktok_shop'] as const;
const ORDERS_AT_FIRST = 15;
/** Somebody buys something every minute and a half; the shops of a demo that runs for days do not fill up. */
const EVERY_MS = 90_000;
const MOST_OPEN = 60;

const platformOf = (core: Core, name: string): SimulatedPlatform =>
  playedPlatform(core, name, { clock: core.deps.clock });

/** Two shops of the demo, played in this process, with invented orders that wait to be read. */
export async function loadDemoShops(core: Core): Promise<void> {
  for (const name of SHOPS.filter((one) => simulatedPlatformNames.includes(one))) {
    const platform = platformOf(core, name);
    try {
      await connectPlayed(core, platform);
    } catch (error) {
      // A PC that can keep no secret: the demo goes on without shops.
      if (error instanceof AppError && /^(secrets|vault)\./.test(error.code)) return;
      throw error;
    }
    placeInvented(platform, ORDERS_AT_FIRST);
    await savePlayed(core, platform);
  }
}

/** Buyers of the demo's shops go on buying while the station runs. */
export function startDemoShops(core: Core, onFault: (error: unknown) => void): () => Promise<void> {
  const random = createRandom(core.deps.clock().getTime());
  const catalogue = buildCatalogue();
  let running = Promise.resolve();
  const hasShops = async (): Promise<boolean> =>
    (await readDemo(core.database)) &&
    (await core.database.read('shop').where('config', 'like', '%platform.invalid%').first('id')) !== undefined;
  const turn = async (): Promise<void> => {
    if (!(await hasShops())) return;
    const { book } = platformOf(core, random.pick(SHOPS));
    const open = book.all().filter((order) => order.state === 'open' && order.packages.length === 0);
    if (open.length < MOST_OPEN) book.place(inventShopOrder({ random, catalogue }, book.now));
    await save();
  };
  const save = async (): Promise<void> => {
    for (const name of SHOPS) await savePlayed(core, platformOf(core, name));
  };
  const timer = setInterval(() => {
    running = running.then(turn).catch(onFault);
  }, EVERY_MS);
  timer.unref();
  let stopped = false;
  return async () => {
    clearInterval(timer);
    await running;
    if (stopped) return;
    stopped = true;
    // The database may be gone by now: then nothing is left to be kept.
    if (await hasShops().catch(() => false)) await save().catch(onFault);
  };
}
