import { type ChannelName, channels } from '../../../shared/model/channel.ts';
import { channelByHost, channelTraces, weakTags } from '../../../shared/model/channel-traces.ts';

const byName = new Map(
  channelTraces.flatMap(({ channel, names }) => [...names, channel].map((name) => [name, channel] as const)),
);
const byUtm = new Map(channelTraces.flatMap(({ channel, utm }) => utm.map((name) => [name, channel] as const)));

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
      const channel = weakTags.has(tag.trim()) ? undefined : byName.get(tag.trim());
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
