import { taobaoConnector } from '../../../main/channels/taobao/channel.ts';
import { simulateTaobao } from '../../../main/channels/taobao/simulated.ts';
import { shopSuite } from '../support/shop-suite.ts';

/** Parcels are told by line: parcels that share a line are put to the test on their own. */
const abilities = taobaoConnector.abilities.filter((ability) => ability !== 'split-shipment');

shopSuite({
  connector: { ...taobaoConnector, abilities },
  play: simulateTaobao,
  wrongConfig: { appSecret: 'another' },
  carrier: { code: 'ZTO', name: '中通快递' },
  // A session ends with the seller's authorisation, and nothing renews it.
  renews: false,
});
