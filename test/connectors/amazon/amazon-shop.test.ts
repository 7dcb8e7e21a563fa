import { amazonConnector } from '../../../main/channels/amazon/channel.ts';
import { simulateAmazon } from '../../../main/channels/amazon/simulated.ts';
import { amazonOrderId } from '../../../main/channels/amazon/simulated-orders.ts';
import { shopSuite } from '../support/shop-suite.ts';

shopSuite({
  connector: amazonConnector,
  play: simulateAmazon,
  wrongConfig: { clientSecret: 'of another app' },
  externalId: amazonOrderId,
  carrier: { code: 'UPS', name: 'UPS' },
});
