import { pinduoduoConnector } from '../../../main/channels/pinduoduo/channel.ts';
import { simulatePinduoduo } from '../../../main/channels/pinduoduo/simulated.ts';
import { orderSnOf } from '../../../main/channels/pinduoduo/simulated-orders.ts';
import { shopSuite } from '../support/shop-suite.ts';

shopSuite({
  connector: pinduoduoConnector,
  play: simulatePinduoduo,
  wrongConfig: { clientSecret: 'another' },
  externalId: orderSnOf,
  carrier: { code: '115', name: '中通快递' },
});
