import type { Channel, RemoteShipment } from '../../../main/channels/channel-connector.ts';
import { channelHttp } from '../../../main/channels/channel-http.ts';
import type { BookOrder } from '../../../main/channels/channel-order-book.ts';
import type { TokenBox } from '../../../main/channels/channel-token.ts';
import { tiktokShopConnector } from '../../../main/channels/tiktok-shop/channel.ts';
import {
  type SimulatedTiktok,
  simulateTiktokShop,
  type TiktokPlatformOptions,
} from '../../../main/channels/tiktok-shop/simulated.ts';
import { anOrderToPlace, inShop, memoryTokens, type ShopUnderTest, type ShopWorld } from '../support/shop-world.ts';

export interface TiktokWorld extends ShopWorld {
  readonly tiktok: SimulatedTiktok;
  /** The same shop at a PC of its own: its clock is so far ahead of TikTok's, its tokens lie in this box. */
  at(pc: { readonly aheadMs?: number; readonly tokens?: TokenBox }): Channel;
  placeOne(change?: Partial<Parameters<SimulatedTiktok['book']['place']>[0]>): BookOrder;
}

/** A played TikTok behind a socket, with what it alone can do. */
export function inTiktok(
  act: (world: TiktokWorld) => Promise<void>,
  options: Partial<TiktokPlatformOptions> = {},
): Promise<void> {
  let tiktok: SimulatedTiktok | undefined;
  const subject: ShopUnderTest = {
    connector: tiktokShopConnector,
    play: (given) => {
      tiktok = simulateTiktokShop({ ...given, ...options });
      return tiktok;
    },
    wrongConfig: {},
  };
  return inShop(subject, (world) => {
    if (!tiktok) throw new Error('nothing is played');
    const at: TiktokWorld['at'] = ({ aheadMs = 0, tokens = memoryTokens() }) =>
      tiktokShopConnector.open(world.config, {
        http: channelHttp,
        clock: () => new Date(world.now() + aheadMs),
        tokens,
      });
    const { book } = tiktok;
    const placeOne: TiktokWorld['placeOne'] = (change = {}) => book.place({ ...anOrderToPlace(0), ...change });
    return act({ ...world, tiktok, at, placeOne });
  });
}

/** Every page of one reading, from that instant on. */
export async function pagesSince(channel: Channel, since: string) {
  const pages = [];
  for await (const page of channel.changes({ since, unseen: async () => [] })) pages.push(page);
  return pages;
}

export function aParcel(externalId: string, changes: Partial<RemoteShipment>): RemoteShipment {
  return {
    reference: '0198e2a0-0000-7000-8000-000000000001',
    sequence: 1,
    externalId,
    lines: [],
    last: true,
    carrier: { code: 'UPS', name: 'UPS' },
    service: 'standard',
    tracking: '1Z999AA10123456784',
    trackingUrl: null,
    shippedAt: '2026-11-23T09:10:00.000Z',
    ...changes,
  };
}
