import { AppError } from '../../../shared/errors.ts';
import type { AccountField } from '../../../shared/model/carrier.ts';
import { readShopConfig } from '../channel-config.ts';
import type { Channel, ChannelConnector } from '../channel-connector.ts';
import { shopifyReader } from './answer.ts';
import { shopifyCancelling } from './cancelling.ts';
import { checkShopify } from './checking.ts';
import { type ShopifyAccess, shopifyClient } from './client.ts';
import { hearShopify } from './hearing.ts';
import { shopifyReading } from './reading.ts';
import { shopifyReturns } from './returns.ts';
import { shopifyShipping } from './shipping.ts';
import { locationIdOf, shopifyStock } from './stock.ts';
import { otherCarrier, shopifyCarriers } from './tracking-companies.ts';

const text = (name: string, required = false): AccountField => ({ name, kind: 'text', required });
const secret = (name: string): AccountField => ({ name, kind: 'secret', required: false });
const address = (name: string): AccountField => ({ name, kind: 'url', required: false });

const fields: readonly AccountField[] = [
  text('shop', true),
  secret('accessToken'),
  text('clientId'),
  secret('clientSecret'),
  secret('webhookSecret'),
  text('locationId'),
  address('baseUrl'),
  address('authUrl'),
];

interface Config extends ShopifyAccess {
  readonly domain: string;
  readonly webhookSecret: string;
  readonly locationId: string;
}

/** `my-shop`, `my-shop.myshopify.com` and its address are the same shop. */
function domainOf(shop: string): string {
  const host = shop
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/\/.*$/, '');
  return host.includes('.') ? host : `${host}.myshopify.com`;
}

function read(config: Readonly<Record<string, string>>): Config {
  const value = readShopConfig(fields, config);
  const domain = domainOf(value('shop'));
  const wrong = [
    ...(/^[a-z0-9][a-z0-9.-]*$/.test(domain) ? [] : ['shop']),
    ...(value('accessToken') === '' && (value('clientId') === '' || value('clientSecret') === '')
      ? ['accessToken', 'clientId', 'clientSecret']
      : []),
  ];
  if (wrong.length > 0) throw new AppError('validation', 'channel.bad-config', { fields: wrong });
  const baseUrl = value('baseUrl') || `https://${domain}`;
  return {
    domain,
    baseUrl,
    authUrl: value('authUrl') || baseUrl,
    accessToken: value('accessToken'),
    clientId: value('clientId'),
    clientSecret: value('clientSecret'),
    webhookSecret: value('webhookSecret') || value('clientSecret'),
    locationId: locationIdOf(value('locationId')),
  };
}

/**
 * Shopify through its Admin GraphQL API: also where orders from Pinterest, Snapchat, X, Facebook and Instagram come in.
 * Either an access token, or id and secret of an app of the shop's own organisation. `authUrl` is the address before
 * `/admin/oauth/access_token`.
 */
export const shopifyConnector: ChannelConnector = {
  name: 'shopify',
  title: 'Shopify',
  channel: 'shopify',
  abilities: shopifyReader.abilities,
  confirmed: shopifyReader.confirmed,
  fields,
  pollSeconds: 60,
  overlapSeconds: 600,
  // Without the right to read all orders; older ones are not given then.
  reachesBackDays: 60,
  carriers: shopifyCarriers,
  otherCarrier,
  shopKey: (config) => domainOf(config.shop ?? ''),
  open(config, deps): Channel {
    const access = read(config);
    const client = shopifyClient(deps, access);
    return {
      check: () => checkShopify(client, { clock: deps.clock, domain: access.domain }),
      ...shopifyReading(client),
      ...shopifyShipping(client),
      ...shopifyCancelling(client),
      ...shopifyReturns(client),
      stock: shopifyStock(client, access.locationId),
    };
  },
  webhook: (config, webhook) => hearShopify(read(config).webhookSecret, webhook),
};
