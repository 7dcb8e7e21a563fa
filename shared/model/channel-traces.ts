import type { ChannelName } from './channel.ts';

/** What gives a channel away. */
export interface ChannelTraces {
  readonly channel: ChannelName;
  /** Whole words of a sales channel's name or handle. */
  readonly names: readonly string[];
  /** Values of `utm_source` as advertising tools set them. */
  readonly utm: readonly string[];
  /** Ends of the host names that a buyer came from. */
  readonly hosts: readonly string[];
}

/** The one table of names, campaign sources and hosts; what the user adds comes before it (see `attribute`). */
export const channelTraces: readonly ChannelTraces[] = [
  {
    channel: 'facebook',
    names: ['facebook', 'facebook marketplace', 'facebook shop', 'meta', 'facebook & instagram'],
    utm: ['facebook', 'fb', 'meta'],
    hosts: ['facebook.com', 'fb.com', 'fb.me', 'messenger.com'],
  },
  {
    channel: 'instagram',
    names: ['instagram', 'instagram shop', 'instagram shopping'],
    utm: ['instagram', 'ig'],
    hosts: ['instagram.com'],
  },
  {
    channel: 'tiktok',
    names: ['tiktok', 'tiktok shop', 'tiktokshop', 'tik tok'],
    utm: ['tiktok', 'tiktok shop'],
    hosts: ['tiktok.com'],
  },
  {
    channel: 'snapchat',
    names: ['snapchat', 'snap'],
    utm: ['snapchat', 'snap'],
    hosts: ['snapchat.com', 'sc-cdn.net', 'sc-cdn.com'],
  },
  {
    channel: 'pinterest',
    names: ['pinterest'],
    utm: ['pinterest', 'pin'],
    hosts: ['pin.it'],
  },
  {
    channel: 'x',
    names: ['twitter', 'x.com', 'x'],
    utm: ['twitter', 't.co', 'x.com', 'x'],
    hosts: ['t.co', 'x.com', 'twitter.com'],
  },
  {
    channel: 'wechat',
    names: ['wechat', 'weixin', '微信', '微信小店'],
    utm: ['wechat', 'weixin'],
    hosts: ['weixin.qq.com'],
  },
  {
    channel: 'xiaohongshu',
    names: ['xiaohongshu', 'rednote', 'red', '小红书'],
    utm: ['xiaohongshu', 'rednote'],
    hosts: ['xiaohongshu.com', 'xhslink.com'],
  },
  {
    channel: 'pinduoduo',
    names: ['pinduoduo', 'pdd', '拼多多'],
    utm: ['pinduoduo'],
    hosts: ['pinduoduo.com', 'yangkeduo.com'],
  },
  {
    channel: 'taobao',
    names: ['taobao', 'tmall', '淘宝', '天猫'],
    utm: ['taobao', 'tmall'],
    hosts: ['taobao.com', 'tmall.com'],
  },
  { channel: 'amazon', names: ['amazon', 'amazon marketplace'], utm: ['amazon'], hosts: [] },
  { channel: 'shopify', names: ['shopify', 'shop', 'shop app', 'shopify_draft_order', 'pos'], utm: [], hosts: [] },
  { channel: 'prestashop', names: ['prestashop'], utm: [], hosts: [] },
  { channel: 'woocommerce', names: ['woocommerce', 'woo'], utm: [], hosts: [] },
  { channel: 'web', names: ['web', 'website', 'webshop', 'online store'], utm: [], hosts: [] },
  {
    channel: 'other',
    names: ['other', 'autre', 'google', 'youtube', 'google & youtube', 'ebay', 'etsy', 'manual'],
    utm: [],
    hosts: [],
  },
];

/** Words too common to be evidence when a tag happens to be one of them. */
export const weakTags: ReadonlySet<string> = new Set([
  'x',
  'red',
  'pin',
  'snap',
  'meta',
  'web',
  'shop',
  'pos',
  'other',
  'manual',
  'shopify',
  'google',
]);

/** Pinterest sends buyers from a site a country. */
const PINTEREST = /(?:^|\.)pinterest\.[a-z]{2,3}(?:\.[a-z]{2})?$/;

/** The channel whose site an address (with or without scheme) lies on. */
export function channelByHost(address: string): ChannelName | undefined {
  const host = /^(?:https?:\/\/)?([a-z0-9.-]+)/i.exec(address.trim())?.[1]?.toLowerCase();
  if (host === undefined) return undefined;
  if (PINTEREST.test(host)) return 'pinterest';
  return channelTraces.find(({ hosts }) => hosts.some((end) => host === end || host.endsWith(`.${end}`)))?.channel;
}
