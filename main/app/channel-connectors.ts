import { amazonConnector } from '../channels/amazon/channel.ts';
import type { ChannelConnector } from '../channels/channel-connector.ts';
import { pinduoduoConnector } from '../channels/pinduoduo/channel.ts';
import { prestashopConnector } from '../channels/prestashop/channel.ts';
import { shopifyConnector } from '../channels/shopify/channel.ts';
import { taobaoConnector } from '../channels/taobao/channel.ts';
import { tiktokShopConnector } from '../channels/tiktok-shop/channel.ts';
import { wechatShopConnector } from '../channels/wechat-shop/channel.ts';
import { wooCommerceConnector } from '../channels/woocommerce/channel.ts';
import { xiaohongshuConnector } from '../channels/xiaohongshu/channel.ts';

/** Every kind of shop that can be connected. */
export const channelConnectors: readonly ChannelConnector[] = [
  shopifyConnector,
  tiktokShopConnector,
  amazonConnector,
  prestashopConnector,
  wooCommerceConnector,
  wechatShopConnector,
  xiaohongshuConnector,
  pinduoduoConnector,
  taobaoConnector,
];
