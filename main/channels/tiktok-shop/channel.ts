import type { Channel, ChannelConnector, ChannelDeps } from '../channel-connector.ts';
import { readTiktokAccess, tiktokFields } from './access.ts';
import { tiktokAftersale } from './aftersale.ts';
import { tiktokShopReader } from './answer.ts';
import { checkTiktok } from './check.ts';
import { tiktokClient } from './client.ts';
import { tiktokParcels } from './parcels.ts';
import { tiktokCarriers, tiktokProviders } from './providers.ts';
import { changedOrders, ordersById } from './reading.ts';
import { tiktokStock } from './stock.ts';
import type { TiktokAccess } from './tokens.ts';
import { tiktokWebhook } from './webhook.ts';

/** A TikTok Shop: orders by Open API 202309 and later, both ship flows; a number is typed in only where the seller labels. */
export const tiktokShopConnector: ChannelConnector = {
  name: 'tiktok_shop',
  title: 'TikTok Shop',
  channel: 'tiktok',
  abilities: tiktokShopReader.abilities,
  confirmed: tiktokShopReader.confirmed,
  fields: tiktokFields,
  pollSeconds: 60,
  overlapSeconds: 600,
  reachesBackDays: 90,
  carriers: tiktokCarriers,
  otherCarrier: null,
  shopKey: (config) => config.shopCipher?.trim() ?? '',
  open: (config, deps) => openTiktok(readTiktokAccess(config), deps),
  webhook: (config, webhook) =>
    tiktokWebhook({ key: config.appKey?.trim() ?? '', secret: config.appSecret?.trim() ?? '' }, webhook),
};

function openTiktok(access: TiktokAccess, deps: ChannelDeps): Channel {
  const client = tiktokClient(access, deps);
  const providers = tiktokProviders(client, deps.clock);
  const stock = tiktokStock(client);
  return {
    check: () => checkTiktok(client, access.shopCipher),
    changes: (asked) => changedOrders(client, asked),
    orders: (externalIds) => ordersById(client, externalIds),
    ...tiktokParcels({ client, providers }),
    ...tiktokAftersale(client),
    stock: (levels) => stock.tell(levels),
    carriers: () => providers.all(),
  };
}
