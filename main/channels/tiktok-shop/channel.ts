import type { AccountField } from '../../../shared/model/carrier.ts';
import { baseUrlField } from '../../carriers/carrier-config.ts';
import { readShopConfig } from '../channel-config.ts';
import type { Channel, ChannelConnector, ChannelDeps } from '../channel-connector.ts';
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

const fields: readonly AccountField[] = [
  { name: 'appKey', kind: 'text', required: true },
  { name: 'appSecret', kind: 'secret', required: true },
  { name: 'shopCipher', kind: 'text', required: true },
  { name: 'accessToken', kind: 'secret', required: false },
  { name: 'refreshToken', kind: 'secret', required: true },
  baseUrlField('https://open-api.tiktokglobalshop.com'),
  { ...baseUrlField('https://auth.tiktok-shops.com'), name: 'authUrl' },
];

/** A TikTok Shop: orders by Open API 202309 and later, both ship flows; a number is typed in only where the seller labels. */
export const tiktokShopConnector: ChannelConnector = {
  name: 'tiktok_shop',
  title: 'TikTok Shop',
  channel: 'tiktok',
  abilities: tiktokShopReader.abilities,
  confirmed: tiktokShopReader.confirmed,
  fields,
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

/** Throws `validation` `channel.bad-config` with the `fields`. */
export function readTiktokAccess(config: Readonly<Record<string, string>>): TiktokAccess {
  const field = readShopConfig(fields, config);
  return {
    baseUrl: field('baseUrl'),
    authUrl: field('authUrl'),
    appKey: field('appKey'),
    appSecret: field('appSecret'),
    shopCipher: field('shopCipher'),
    accessToken: field('accessToken'),
    refreshToken: field('refreshToken'),
  };
}

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
