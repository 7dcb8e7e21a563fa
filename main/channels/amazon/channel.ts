import type { AccountField } from '../../../shared/model/carrier.ts';
import { baseUrlField } from '../../carriers/carrier-config.ts';
import { readShopConfig } from '../channel-config.ts';
import type { Channel, ChannelConnector, RemoteCarrier } from '../channel-connector.ts';
import { amazonReader } from './answer.ts';
import { checkAmazon } from './checking.ts';
import { amazonShopClient } from './client.ts';
import { amazonReading } from './reading.ts';
import { signInUrl } from './sign-in.ts';
import { amazonStock } from './stock.ts';
import { amazonTelling } from './telling.ts';

const fields: readonly AccountField[] = [
  { name: 'clientId', kind: 'text', required: true },
  { name: 'clientSecret', kind: 'secret', required: true },
  { name: 'refreshToken', kind: 'secret', required: true },
  { name: 'sellerId', kind: 'text', required: true },
  { name: 'marketplaceIds', kind: 'text', required: true },
  baseUrlField('https://sellingpartnerapi-eu.amazon.com'),
  { name: 'authUrl', kind: 'url', required: false },
];

/** Carrier codes of `confirmShipment`. */
const carriers: Readonly<Record<string, RemoteCarrier>> = Object.fromEntries(
  Object.entries({
    ...{ colissimo: 'Colissimo', chronopost: 'Chronopost', 'mondial-relay': 'Mondial Relay' },
    ...{ dpd: 'DPD', 'dpd-france': 'DPD', dhl: 'DHL', 'dhl-paket': 'DHL', ups: 'UPS', usps: 'USPS' },
    ...{ 'la poste': 'La Poste', 'royal mail': 'Royal Mail', gls: 'GLS', hermes: 'Hermes', fedex: 'FedEx' },
  }).map(([ours, name]) => [ours, { code: name, name }]),
);

/** Amazon: Orders 2026-01-01, `confirmShipment` of Orders v0, Listings Items 2021-08-01. */
export const amazonConnector: ChannelConnector = {
  name: 'amazon',
  title: 'Amazon',
  channel: 'amazon',
  abilities: amazonReader.abilities,
  confirmed: amazonReader.confirmed,
  fields,
  // Amazon lets an app search about twenty times an hour.
  pollSeconds: 300,
  overlapSeconds: 600,
  reachesBackDays: 365,
  carriers,
  otherCarrier: { code: 'Other', name: 'Other' },
  limit: 'shop.limit.amazon',
  shopKey: (config) => readShopConfig(fields, config)('sellerId'),
  open(config, deps): Channel {
    const value = readShopConfig(fields, config);
    const baseUrl = value('baseUrl');
    const client = amazonShopClient(deps, {
      ...{ baseUrl, signInUrl: signInUrl(value('authUrl'), baseUrl) },
      ...{ clientId: value('clientId'), clientSecret: value('clientSecret'), refreshToken: value('refreshToken') },
    });
    const ids = value('marketplaceIds')
      .split(/[\s,;]+/)
      .filter(Boolean);
    const marketplaceIds = ids.join(',');
    const shop = { sellerId: value('sellerId'), marketplaceIds };
    return {
      check: () => checkAmazon(client, shop),
      ...amazonReading(client, marketplaceIds),
      ...amazonTelling(client, ids[0] ?? ''),
      stock: amazonStock(client, shop),
    };
  },
};
