import type { CarrierConnector } from '../carriers/carrier.ts';
import { chronopostConnector } from '../carriers/chronopost/carrier.ts';
import { colissimoConnector } from '../carriers/colissimo/carrier.ts';
import { dhlPaketConnector } from '../carriers/dhl-paket/carrier.ts';
import { dpdFranceConnector } from '../carriers/dpd-france/carrier.ts';
import { easypostConnector } from '../carriers/easypost/carrier.ts';
import { mondialRelayConnector } from '../carriers/mondial-relay/carrier.ts';
import { sendcloudConnector } from '../carriers/sendcloud/carrier.ts';
import { shippoConnector } from '../carriers/shippo/carrier.ts';
import { upsConnector } from '../carriers/ups/carrier.ts';
import { uspsConnector } from '../carriers/usps/carrier.ts';
import { amazonBuyShippingConnector } from '../channels/amazon/buy-shipping/carrier.ts';
import {
  type FindTiktokShop,
  tiktokShipping,
  tiktokShippingConnector,
} from '../channels/tiktok-shop/shipping/carrier.ts';

/** Every carrier that the station can ask over HTTP. */
export const carrierConnectors: readonly CarrierConnector[] = [
  colissimoConnector,
  chronopostConnector,
  mondialRelayConnector,
  dpdFranceConnector,
  dhlPaketConnector,
  upsConnector,
  uspsConnector,
  easypostConnector,
  sendcloudConnector,
  shippoConnector,
  amazonBuyShippingConnector,
  tiktokShippingConnector,
];

/** The same where shops are connected: TikTok's labels are bought with the tokens of the shop. */
export function carrierConnectorsWith(findTiktokShop: FindTiktokShop): readonly CarrierConnector[] {
  return carrierConnectors.map((connector) =>
    connector === tiktokShippingConnector ? tiktokShipping(findTiktokShop) : connector,
  );
}
