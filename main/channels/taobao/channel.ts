import { readShopConfig } from '../channel-config.ts';
import type { Channel, ChannelConnector } from '../channel-connector.ts';
import { checkRouter, type Router } from '../channel-router.ts';
import { taobaoReader } from './answer.ts';
import { taobaoClient, taobaoFields } from './client.ts';
import { probeTaobao, taobaoChanges, taobaoOrders } from './reading.ts';
import { correctTaobao, findTaobaoShipment, shipTaobao, taobaoCarriers } from './shipping.ts';

/** Taobao and Tmall by the TOP router; never compared with a true answer. */
export const taobaoConnector: ChannelConnector = {
  name: 'taobao',
  title: 'Taobao and Tmall',
  channel: 'taobao',
  abilities: taobaoReader.abilities,
  confirmed: false,
  fields: taobaoFields,
  pollSeconds: 60,
  overlapSeconds: 600,
  reachesBackDays: 90,
  // Companies have codes of the platform's own: its list is asked for.
  carriers: {},
  otherCarrier: null,
  limit: 'shop.limit.taobao',
  shopKey(config) {
    const field = readShopConfig(taobaoFields, config);
    return [field('appKey'), field('shopId')].filter(Boolean).join(':');
  },
  open: (config, deps) => channelOf(taobaoClient(config, deps)),
};

const WORDS = {
  key: /signature|app ?key|签名/i,
  right: /permission|insufficient|scope|权限/i,
  address: /white ?list|白名单|\bip\b/i,
};

function channelOf(router: Router): Channel {
  return {
    async check() {
      const messages = await checkRouter(router, () => probeTaobao(router), WORDS);
      const withheld = { level: 'info', code: 'shop.check.personal-data-withheld', text: '' } as const;
      return { account: null, messages: [...messages, withheld] };
    },
    changes: (asked) => taobaoChanges(router, asked),
    orders: (ids) => taobaoOrders(router, ids),
    ship: (shipment) => shipTaobao(router, shipment),
    findShipment: (shipment) => findTaobaoShipment(router, shipment),
    correctTracking: (shipment, before) => correctTaobao(router, shipment, before),
    carriers: () => taobaoCarriers(router),
  };
}
