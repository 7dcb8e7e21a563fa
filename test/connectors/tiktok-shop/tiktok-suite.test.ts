import { tiktokShopConnector } from '../../../main/channels/tiktok-shop/channel.ts';
import { simulateTiktokShop } from '../../../main/channels/tiktok-shop/simulated.ts';
import { shopSuite } from '../support/shop-suite.ts';

shopSuite({
  connector: tiktokShopConnector,
  play: simulateTiktokShop,
  wrongConfig: { appSecret: 'of another app' },
});
