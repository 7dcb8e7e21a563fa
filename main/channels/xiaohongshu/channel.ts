import { readShopConfig } from '../channel-config.ts';
import type { Channel, ChannelConnector } from '../channel-connector.ts';
import { checkRouter } from '../channel-router.ts';
import { xiaohongshuReader } from './answer.ts';
import { type XhsClient, xhsClient, xhsFields } from './client.ts';
import { xhsChanges, xhsOrders } from './reading.ts';
import { correctXhs, findXhsShipment, shipXhs, xhsCarriers } from './shipping.ts';
import { xhsStock } from './stock.ts';

/** Xiaohongshu (RED) by its ARK gateway; never compared with a true answer. */
export const xiaohongshuConnector: ChannelConnector = {
  name: 'xiaohongshu',
  title: 'Xiaohongshu (RED)',
  channel: 'xiaohongshu',
  abilities: xiaohongshuReader.abilities,
  confirmed: false,
  fields: xhsFields,
  pollSeconds: 60,
  overlapSeconds: 600,
  reachesBackDays: 90,
  // Companies have codes of the platform's own: its list is asked for.
  carriers: {},
  otherCarrier: null,
  limit: 'shop.limit.xiaohongshu',
  shopKey(config) {
    const field = readShopConfig(xhsFields, config);
    return [field('appId'), field('shopId')].filter(Boolean).join(':');
  },
  open: (config, deps) => channelOf(xhsClient(config, deps)),
};

const WORDS = {
  key: /sign|签名|appId|appid|app_id|密钥/i,
  right: /权限|permission|unauthori[sz]ed|授权/i,
  address: /白名单|\bip\b/i,
};

function channelOf(client: XhsClient): Channel {
  return {
    async check() {
      const messages = await checkRouter(client, () => xhsCarriers(client), WORDS);
      const withheld = { level: 'info', code: 'shop.check.personal-data-withheld', text: '' } as const;
      return { account: null, messages: client.decrypts ? messages : [...messages, withheld] };
    },
    changes: (asked) => xhsChanges(client, asked),
    orders: (ids) => xhsOrders(client, ids),
    ship: (shipment) => shipXhs(client, shipment),
    findShipment: (shipment) => findXhsShipment(client, shipment),
    correctTracking: (shipment, before) => correctXhs(client, shipment, before),
    stock: xhsStock(client),
    carriers: () => xhsCarriers(client),
  };
}
