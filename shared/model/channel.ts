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
