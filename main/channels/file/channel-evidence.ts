import { type ChannelName, channels } from '../../../shared/model/channel.ts';

interface Evidence {
  readonly channel: ChannelName;
  /** Whole words of a sales channel's name or handle. */
  readonly names: readonly string[];
  /** Values of `utm_source` as advertising tools set them. */
  readonly utm: readonly string[];
  /** Ends of the host names that a buyer came from. */
  readonly hosts: readonly string[];
}

const TABLE: readonly Evidence[] = [
  {
    channel: 'facebook',
    names: ['facebook', 'facebook marketplace', 'facebook shop', 'meta', 'facebook & instagram'],
    utm: ['facebook', 'fb', 'meta'],
    hosts: ['facebook.com', 'fb.com', 'fb.me'],
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
    hosts: ['snapchat.com', 'sc-cdn.net'],
  },
  {
    channel: 'pinterest',
    names: ['pinterest'],
    utm: ['pinterest', 'pin'],
    hosts: ['pinterest.com', 'pinterest.fr', 'pinterest.de', 'pinterest.co.uk', 'pin.it'],
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

const byName = new Map(
  TABLE.flatMap(({ channel, names }) => [...names, channel].map((name) => [name, channel] as const)),
);
const byUtm = new Map(TABLE.flatMap(({ channel, utm }) => utm.map((name) => [name, channel] as const)));

/** Words too common to be evidence when a tag happens to be one of them. */
const WEAK_TAGS = new Set([
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
/** Names of the shop engine itself, which say nothing about where the buyer came from. */
const ENGINE: ReadonlySet<ChannelName> = new Set(['shopify', 'web']);

/** The channel that a file names outright; undefined for a name that stands in no table. */
export function channelByName(text: string): ChannelName | undefined {
  return byName.get(text.trim().toLowerCase());
}

/** Every channel's own name, for a message. */
export const channelNames = channels.join(', ');

/** What a Shopify order says about where it came from. */
export interface ShopifyTraces {
  readonly source: string;
  readonly tags: string;
  /** Lines `name: value`. */
  readonly attributes: ReadonlyMap<string, string>;
}

/**
 * The channel a Shopify order came through; the first trace that says anything counts: sales channel, tags and
 * attributes that marketplace apps leave, then `utm_source`, then the referring host. Undefined when none does.
 */
export function channelByTraces({ source, tags, attributes }: ShopifyTraces): ChannelName | undefined {
  const named = channelByName(source);
  if (named !== undefined && !ENGINE.has(named)) return named;
  if (tags !== '') {
    for (const tag of tags.toLowerCase().split(',')) {
      const channel = WEAK_TAGS.has(tag.trim()) ? undefined : byName.get(tag.trim());
      if (channel !== undefined) return channel;
    }
  }
  return attributes.size === 0 ? undefined : channelByAttributes(attributes);
}

function channelByAttributes(attributes: ReadonlyMap<string, string>): ChannelName | undefined {
  for (const name of attributes.keys()) {
    const marketplace =
      /^(tiktok|amazon|facebook|instagram|pinterest|snapchat)\W*(?:shop\W*)?order\W*(?:id|number|no)?$/.exec(name)?.[1];
    if (marketplace !== undefined) return byName.get(marketplace);
  }
  const utm = attributes.get('utm_source') ?? attributes.get('utm source');
  const byCampaign = utm === undefined ? undefined : byUtm.get(utm.toLowerCase());
  if (byCampaign !== undefined) return byCampaign;
  for (const name of ['referring_site', 'referrer', 'referer', 'referring site', 'landing_site_ref']) {
    const channel = channelByHost(attributes.get(name) ?? '');
    if (channel !== undefined) return channel;
  }
  return undefined;
}

function channelByHost(address: string): ChannelName | undefined {
  const host = /^(?:https?:\/\/)?([a-z0-9.-]+)/i.exec(address.trim())?.[1]?.toLowerCase();
  if (host === undefined) return undefined;
  return TABLE.find(({ hosts }) => hosts.some((end) => host === end || host.endsWith(`.${end}`)))?.channel;
}
