import { z } from 'zod';

/** Where a buyer placed the order; `other` carries what no list knows yet. */
export const channels = [
  'facebook',
  'instagram',
  'tiktok',
  'snapchat',
  'pinterest',
  'x',
  'wechat',
  'xiaohongshu',
  'pinduoduo',
  'taobao',
  'amazon',
  'shopify',
  'prestashop',
  'woocommerce',
  'web',
  'other',
] as const;
export const ChannelName = z.enum(channels);
export type ChannelName = z.infer<typeof ChannelName>;

/** Names as the platforms write them, for papers; `web` and `other` are said in the reader's language. */
export const channelTitles: Readonly<Record<Exclude<ChannelName, 'web' | 'other'>, string>> = {
  facebook: 'Facebook',
  instagram: 'Instagram',
  tiktok: 'TikTok',
  snapchat: 'Snapchat',
  pinterest: 'Pinterest',
  x: 'X',
  wechat: 'WeChat',
  xiaohongshu: 'Xiaohongshu',
  pinduoduo: 'Pinduoduo',
  taobao: 'Taobao',
  amazon: 'Amazon',
  shopify: 'Shopify',
  prestashop: 'PrestaShop',
  woocommerce: 'WooCommerce',
};
