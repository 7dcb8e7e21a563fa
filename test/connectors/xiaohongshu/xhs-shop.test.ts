import { xiaohongshuConnector } from '../../../main/channels/xiaohongshu/channel.ts';
import { simulateXiaohongshu } from '../../../main/channels/xiaohongshu/simulated.ts';
import { orderIdOf } from '../../../main/channels/xiaohongshu/simulated-orders.ts';
import { shopSuite } from '../support/shop-suite.ts';

/** Parcels are told by SKU: parcels that share a line are put to the test on their own. */
const abilities = xiaohongshuConnector.abilities.filter((ability) => ability !== 'split-shipment');

shopSuite({
  connector: { ...xiaohongshuConnector, abilities },
  play: simulateXiaohongshu,
  wrongConfig: { appSecret: 'another' },
  externalId: orderIdOf,
  carrier: { code: 'zhongtong', name: '中通快递' },
});
