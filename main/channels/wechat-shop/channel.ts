import { readShopConfig } from '../channel-config.ts';
import type { Channel, ChannelConnector } from '../channel-connector.ts';
import { checkRouter, type Router } from '../channel-router.ts';
import { wechatShopReader } from './answer.ts';
import { wechatClient, wechatFields } from './client.ts';
import { hearWechat } from './hearing.ts';
import { wechatChanges, wechatOrders } from './reading.ts';
import { wechatStock } from './stock.ts';
import { wechatTelling } from './telling.ts';

/** WeChat Shop (微信小店). */
export const wechatShopConnector: ChannelConnector = {
  name: 'wechat_shop',
  title: 'WeChat Shop',
  channel: 'wechat',
  abilities: wechatShopReader.abilities,
  confirmed: wechatShopReader.confirmed,
  fields: wechatFields,
  pollSeconds: 60,
  // Lists do not tell when an order changed: what lies in the overlap is read again each time.
  overlapSeconds: 300,
  reachesBackDays: 90,
  // Companies have codes of the platform's own: its list is asked for.
  carriers: {},
  otherCarrier: null,
  limit: 'shop.limit.wechat_shop',
  webhookAnswer: 'success',
  shopKey: (config) => readShopConfig(wechatFields, config)('appId'),
  open: (config, deps) => channelOf(wechatClient(config, deps)),
  webhook: hearWechat,
};

const WORDS = {
  key: /^4(?:0001|0013|0125|0014)|secret|appid/i,
  right: /^48001|api unauthorized|权限/i,
  address: /^40164|whitelist|白名单/i,
};

function channelOf(client: Router): Channel {
  const telling = wechatTelling(client);
  return {
    check: async () => ({ account: null, messages: await checkRouter(client, () => telling.carriers(), WORDS) }),
    changes: (asked) => wechatChanges(client, asked),
    orders: (ids) => wechatOrders(client, ids),
    stock: wechatStock(client),
    ...telling,
  };
}
