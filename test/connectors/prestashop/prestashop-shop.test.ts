import { prestashopConnector } from '../../../main/channels/prestashop/channel.ts';
import { simulatePrestashop } from '../../../main/channels/prestashop/simulated.ts';
import { shopSuite } from '../support/shop-suite.ts';

shopSuite({
  connector: prestashopConnector,
  play: simulatePrestashop,
  wrongConfig: { apiKey: 'KEYOFANOTHERSHOP' },
  // The key never changes.
  renews: false,
});
