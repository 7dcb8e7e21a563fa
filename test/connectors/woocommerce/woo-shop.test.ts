import { wooCommerceConnector } from '../../../main/channels/woocommerce/channel.ts';
import { simulateWooCommerce } from '../../../main/channels/woocommerce/simulated.ts';
import { shopSuite } from '../support/shop-suite.ts';

shopSuite({
  connector: wooCommerceConnector,
  play: simulateWooCommerce,
  wrongConfig: { consumerKey: 'ck_of_another_shop' },
  // Key and secret never change.
  renews: false,
});
