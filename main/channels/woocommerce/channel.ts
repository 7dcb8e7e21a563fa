import { AppError } from '../../../shared/errors.ts';
import { parseLossless } from '../../../shared/json/lossless-json.ts';
import { textUnder } from '../../../shared/json/wire-values.ts';
import type { AccountField } from '../../../shared/model/carrier.ts';
import { isSameSignature } from '../channel.ts';
import { readShopConfig } from '../channel-config.ts';
import type { Channel, ChannelConnector, RemoteCarrier } from '../channel-connector.ts';
import { wooCommerceReader } from './answer.ts';
import { checkWoo } from './checking.ts';
import { wooClient } from './client.ts';
import { wooReading } from './reading.ts';
import { signWooWebhook } from './sign.ts';
import { wooStock } from './stock.ts';
import { wooTelling } from './telling.ts';

const fields: readonly AccountField[] = [
  { name: 'baseUrl', kind: 'url', required: true },
  { name: 'consumerKey', kind: 'secret', required: true },
  { name: 'consumerSecret', kind: 'secret', required: true },
  { name: 'webhookSecret', kind: 'secret', required: false },
];

/** Names as the Shipment Tracking extension writes them. */
const carriers: Readonly<Record<string, RemoteCarrier>> = Object.fromEntries(
  [
    ...[
      ['colissimo', 'Colissimo'],
      ['chronopost', 'Chronopost'],
      ['mondial-relay', 'Mondial Relay'],
      ['dpd', 'DPD'],
    ],
    ...[
      ['dpd-france', 'DPD'],
      ['dhl', 'DHL'],
      ['dhl-paket', 'DHL'],
      ['ups', 'UPS'],
      ['usps', 'USPS'],
    ],
  ].map(([ours = '', name = '']) => [ours, { code: name, name }]),
);

/** WooCommerce: REST wc/v3 of a shop of the seller's own. */
export const wooCommerceConnector: ChannelConnector = {
  name: 'woocommerce',
  title: 'WooCommerce',
  channel: 'woocommerce',
  abilities: wooCommerceReader.abilities,
  confirmed: wooCommerceReader.confirmed,
  fields,
  pollSeconds: 60,
  overlapSeconds: 300,
  reachesBackDays: 365,
  carriers,
  otherCarrier: { code: 'other', name: 'other' },
  shopKey: (config) =>
    (config.baseUrl ?? '')
      .replace(/^https?:\/\//, '')
      .replace(/\/+$/, '')
      .toLowerCase(),
  open(config, deps): Channel {
    const value = readShopConfig(fields, config);
    const baseUrl = value('baseUrl');
    const access = { baseUrl, consumerKey: value('consumerKey'), consumerSecret: value('consumerSecret') };
    const client = wooClient(deps, access);
    return {
      check: () => checkWoo(client, { clock: deps.clock, baseUrl }),
      ...wooReading(client),
      ...wooTelling(client),
      ...wooStock(client),
    };
  },
  webhook(config, { headers, rawBody }) {
    const secret = config.webhookSecret ?? '';
    const expected = signWooWebhook(secret, rawBody);
    if (secret === '' || !isSameSignature(expected, headers['x-wc-webhook-signature']))
      throw new AppError('permission', 'channel.bad-signature', {});
    const id = headers['x-wc-webhook-delivery-id'] ?? null;
    // Woo tries a new webhook with a form that names no order.
    const isOrder = (headers['x-wc-webhook-resource'] ?? '') === 'order';
    const order = isOrder ? textUnder(parseLossless(Buffer.from(rawBody).toString('utf8')), 'id') : undefined;
    return { id, externalIds: order ? [order] : [] };
  },
};
