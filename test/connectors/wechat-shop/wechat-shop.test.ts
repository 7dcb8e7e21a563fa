import { wechatShopConnector } from '../../../main/channels/wechat-shop/channel.ts';
import { simulateWechatShop } from '../../../main/channels/wechat-shop/simulated.ts';
import { shopSuite } from '../support/shop-suite.ts';

shopSuite({
  connector: wechatShopConnector,
  play: simulateWechatShop,
  wrongConfig: { appSecret: 'of another app' },
  carrier: { code: 'UPS', name: 'UPS' },
});
