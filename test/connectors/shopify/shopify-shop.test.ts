import { shopifyConnector } from '../../../main/channels/shopify/channel.ts';
import { simulateShopify } from '../../../main/channels/shopify/simulated.ts';
import { shopSuite } from '../support/shop-suite.ts';

shopSuite({
  connector: shopifyConnector,
  play: simulateShopify,
  wrongConfig: { clientSecret: 'shpss_another' },
  externalId: ({ id }) => `gid://shopify/Order/${id}`,
  many: 520,
});
