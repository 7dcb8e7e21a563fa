import { pinduoduoConnector } from '../../../main/channels/pinduoduo/channel.ts';
import { simulatePinduoduo } from '../../../main/channels/pinduoduo/simulated.ts';
import { orderSnOf } from '../../../main/channels/pinduoduo/simulated-orders.ts';
import { taobaoConnector } from '../../../main/channels/taobao/channel.ts';
import { simulateTaobao } from '../../../main/channels/taobao/simulated.ts';
import { xiaohongshuConnector } from '../../../main/channels/xiaohongshu/channel.ts';
import { simulateXiaohongshu } from '../../../main/channels/xiaohongshu/simulated.ts';
import { orderIdOf } from '../../../main/channels/xiaohongshu/simulated-orders.ts';
import type { ShopUnderTest } from './shop-world.ts';

/** Shops that are read by half-hour windows and pages with numbers. */
export const xiaohongshu: ShopUnderTest = {
  connector: xiaohongshuConnector,
  play: simulateXiaohongshu,
  wrongConfig: { appSecret: 'another' },
  externalId: orderIdOf,
  carrier: { code: 'zhongtong', name: '中通快递' },
};

export const pinduoduo: ShopUnderTest = {
  connector: pinduoduoConnector,
  play: simulatePinduoduo,
  wrongConfig: { clientSecret: 'another' },
  externalId: orderSnOf,
  carrier: { code: '115', name: '中通快递' },
};

export const taobao: ShopUnderTest = {
  connector: taobaoConnector,
  play: simulateTaobao,
  wrongConfig: { appSecret: 'another' },
  carrier: { code: 'ZTO', name: '中通快递' },
  // A session ends with the seller's authorisation, and nothing renews it.
  renews: false,
};

/** The same without parcels that share a line: these platforms are told of lines as a whole. */
export function withoutSharedLines(subject: ShopUnderTest): ShopUnderTest {
  const abilities = subject.connector.abilities.filter((ability) => ability !== 'split-shipment');
  return { ...subject, connector: { ...subject.connector, abilities } };
}
