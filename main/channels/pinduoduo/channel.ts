import { readShopConfig } from '../channel-config.ts';
import type { Channel, ChannelConnector } from '../channel-connector.ts';
import { checkRouter, type Router } from '../channel-router.ts';
import { pinduoduoReader } from './answer.ts';
import { pddClient, pddFields } from './client.ts';
import { pddChanges, pddOrders, probePdd } from './reading.ts';
import { correctPdd, findPddShipment, pddCarriers, shipPdd } from './shipping.ts';

/** Pinduoduo by its POP router; never compared with a true answer. */
export const pinduoduoConnector: ChannelConnector = {
  name: 'pinduoduo',
  title: 'Pinduoduo',
  channel: 'pinduoduo',
  abilities: pinduoduoReader.abilities,
  confirmed: false,
  fields: pddFields,
  pollSeconds: 60,
  overlapSeconds: 600,
  reachesBackDays: 90,
  // Companies have numbers of the platform's own: its list is asked for.
  carriers: {},
  otherCarrier: null,
  limit: 'shop.limit.pinduoduo',
  shopKey(config) {
    const field = readShopConfig(pddFields, config);
    return [field('clientId'), field('shopId')].filter(Boolean).join(':');
  },
  open: (config, deps) => channelOf(pddClient(config, deps)),
};

const WORDS = {
  key: /sign|签名|client_id|client_secret/i,
  right: /权限|permission|授权|scope/i,
  address: /白名单|\bip\b/i,
};

function channelOf(router: Router): Channel {
  return {
    async check() {
      const messages = await checkRouter(router, () => probePdd(router), WORDS);
      const withheld = { level: 'info', code: 'shop.check.personal-data-withheld', text: '' } as const;
      return { account: null, messages: [...messages, withheld] };
    },
    changes: (asked) => pddChanges(router, asked),
    orders: (ids) => pddOrders(router, ids),
    ship: (shipment) => shipPdd(router, shipment),
    findShipment: (shipment) => findPddShipment(router, shipment),
    correctTracking: (shipment, before) => correctPdd(router, shipment, before),
    carriers: () => pddCarriers(router),
  };
}
