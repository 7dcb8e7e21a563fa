import { AppError } from '../../../shared/errors.ts';
import type { AccountField } from '../../../shared/model/carrier.ts';
import { isTimeZone } from '../../../shared/model/local-time.ts';
import { readShopConfig } from '../channel-config.ts';
import type { Channel, ChannelConnector, RemoteCarrier } from '../channel-connector.ts';
import { prestashopReader } from './answer.ts';
import { checkPrestashop } from './checking.ts';
import { prestashopClient } from './client.ts';
import { prestashopReading } from './reading.ts';
import { prestashopStock } from './stock.ts';
import { prestashopTelling } from './telling.ts';

const fields: readonly AccountField[] = [
  { name: 'baseUrl', kind: 'url', required: true },
  { name: 'apiKey', kind: 'secret', required: true },
  { name: 'timeZone', kind: 'text', required: true, default: 'Europe/Paris' },
  { name: 'shippedState', kind: 'text', required: false },
  { name: 'cancelState', kind: 'text', required: false, default: '6' },
];

/** A shop has its own carriers; only the number is told. */
const carriers: Readonly<Record<string, RemoteCarrier>> = {};

/** PrestaShop: the Webservice of a shop of the seller's own. */
export const prestashopConnector: ChannelConnector = {
  name: 'prestashop',
  title: 'PrestaShop',
  channel: 'prestashop',
  abilities: prestashopReader.abilities,
  confirmed: prestashopReader.confirmed,
  fields,
  pollSeconds: 60,
  // Times are the shop's own clock without offset: longer than the hour that a night in autumn has twice.
  overlapSeconds: 7_500,
  reachesBackDays: 365,
  carriers,
  otherCarrier: { code: 'other', name: 'other' },
  limit: 'shop.limit.prestashop',
  shopKey: (config) =>
    (config.baseUrl ?? '')
      .replace(/^https?:\/\//, '')
      .replace(/\/+$/, '')
      .toLowerCase(),
  open(config, deps): Channel {
    const value = readShopConfig(fields, config);
    const timeZone = value('timeZone');
    if (!isTimeZone(timeZone)) throw new AppError('validation', 'channel.bad-config', { fields: ['timeZone'] });
    const baseUrl = value('baseUrl');
    const client = prestashopClient(deps, { baseUrl, apiKey: value('apiKey') });
    return {
      check: () => checkPrestashop(client, { clock: deps.clock, baseUrl }),
      ...prestashopReading(client, { timeZone, clock: deps.clock }),
      ...prestashopTelling(client, { shipped: value('shippedState'), cancelled: value('cancelState') }),
      ...prestashopStock(client),
    };
  },
};
