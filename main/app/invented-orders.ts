import type { SimulatedPlatform } from '../channels/channel-simulator.ts';
import { buildCatalogue } from '../demo/catalogue.ts';
import { createRandom } from '../demo/random.ts';
import { inventShopOrders } from '../demo/shop-orders.ts';
import { channelConnectors } from './channel-connectors.ts';

const SEED = 20_261_124;

/** Puts invented orders into a played platform; the goods are those of the demo warehouse. */
export function placeInvented(platform: SimulatedPlatform, count: number): void {
  const context = { random: createRandom(SEED), catalogue: buildCatalogue(), now: platform.book.now };
  for (const order of inventShopOrders(context, count)) platform.book.place(order);
}

/** What `channels connect` needs for a platform that is played at this address. */
export function configFor(platform: SimulatedPlatform, address: string): Record<string, string> {
  const fields = channelConnectors.find(({ name }) => name === platform.name)?.fields ?? [];
  const auth = fields.find(({ name }) => name === 'authUrl');
  // Signing in may have a path of its own on another host; here it is the same one.
  const path = auth?.default !== undefined && URL.canParse(auth.default) ? new URL(auth.default).pathname : '/';
  return {
    baseUrl: address,
    ...(auth ? { authUrl: path === '/' ? address : `${address}${path}` } : {}),
    ...platform.account,
  };
}
