import { z } from 'zod';
import { type ChannelName, channels } from './channel.ts';
import { channelByHost, channelTraces, weakTags } from './channel-traces.ts';

/** Where an order comes from: a channel of the station, or one of the two marketplaces that share a name with ads. */
export const AttributedChannel = z.enum([...channels, 'tiktok_shop', 'wechat_shop']);
export type AttributedChannel = z.infer<typeof AttributedChannel>;

export const Attribution = z.object({
  channel: AttributedChannel,
  /** The trace that decided, `name=value` (`utm_source=pinterest`); `none` when there was none. */
  evidence: z.string(),
  /** False while the platform still gathers traces: look again at the next reading. */
  settled: z.boolean(),
  /** The order's id on the marketplace it was copied from, where the copy names it. */
  marketplaceOrderId: z.string().nullable(),
});
export type Attribution = z.infer<typeof Attribution>;

/** A trace with the name it goes by in the evidence. */
export const Trace = z.object({ from: z.string(), value: z.string() });
export type Trace = Readonly<z.infer<typeof Trace>>;

/** What an order of a shop engine says about where its buyer came from, in the order of its weight. */
export const OrderTraces = z.object({
  /** The engine's own channel ids: handles, source names, apps, modules. */
  engine: z.array(Trace).readonly(),
  tags: z.array(z.string()).readonly(),
  /** Attributes and meta data that apps leave. */
  attributes: z.array(Trace).readonly(),
  campaigns: z.array(Trace).readonly(),
  /** Addresses the buyer came from; only their hosts are kept (`keptTraces`). */
  referrers: z.array(Trace).readonly(),
  settled: z.boolean().optional(),
});
export type OrderTraces = Readonly<z.infer<typeof OrderTraces>>;

/** A line of the user's own table: it goes before the built-in one. `match` is compared whole, in lower case. */
export interface AttributionRule {
  readonly kind: 'name' | 'campaign' | 'host';
  readonly match: string;
  readonly channel: AttributedChannel;
}

/** Channels that say nothing: the engine itself, or a place no connector or report knows. */
const SILENT: ReadonlySet<ChannelName> = new Set(['shopify', 'prestashop', 'woocommerce', 'web', 'other']);
const NOISE =
  /\b(?:shop|shopping|store|marketplace|sales|channel|orders?|app|ads?|import(?:er)?|sync|connector|integration)\b/g;
const MARKETPLACE_ID =
  /^(tiktok|amazon|facebook|instagram|pinterest|snapchat)\W*(?:shop\W*)?order\W*(?:id|number|no)?$/;
/** The same as one text, alone or with the id behind it: `TikTok order id: 576461413038785752`. */
const MARKETPLACE_NOTE =
  /^\W*(tiktok|amazon|facebook|instagram|pinterest|snapchat)[\W_]*(?:shop[\W_]*)?order(?:[\W_]*(?:id|number|no))?(?:[\W_]+(\d[\d-]{5,}))?[\W_]*$/i;
const MARKETPLACE_KEYS: ReadonlySet<string> = new Set([
  'marketplace',
  'sales channel',
  'channel',
  'order source',
  'source',
]);

const byName = index(({ channel, names, utm }) => (SILENT.has(channel) ? [] : [...names, ...utm, channel]));
const byCampaign = index(({ channel, utm }) => (SILENT.has(channel) ? [] : utm));

function index(wordsOf: (row: (typeof channelTraces)[number]) => readonly string[]): ReadonlyMap<string, ChannelName> {
  return new Map(channelTraces.flatMap((row) => wordsOf(row).map((word) => [word, row.channel] as const)));
}

/**
 * Where an order of a shop engine comes from: the first trace that says anything wins: engine channel ids, tags and
 * attributes, campaign source, referring host; `web` when none does. TikTok named by the engine or a tag is its
 * marketplace; named by a campaign or a link it is an advertisement.
 */
export function attribute(traces: OrderTraces, rules: readonly AttributionRule[] = []): Attribution {
  const found =
    firstOf(traces.engine, (value) => ruled(rules, 'name', value) ?? marketplaceOf(byEngineName(value))) ??
    firstOf(tagTraces(traces.tags), (value) => ruled(rules, 'name', value) ?? byTag(value, rules)) ??
    byAttributes(traces.attributes, rules) ??
    firstOf(traces.campaigns, (value) => ruled(rules, 'campaign', value) ?? byCampaignName(value)) ??
    firstOf(traces.referrers, (value) => ruled(rules, 'host', hostOf(value)) ?? hostChannel(value), hostOf);
  return {
    ...(found ?? { channel: 'web', evidence: 'none' }),
    settled: traces.settled ?? true,
    marketplaceOrderId:
      traces.attributes.find(({ from }) => MARKETPLACE_ID.test(clean(from)))?.value.slice(0, 120) ||
      traces.tags
        .map((tag) => marketplaceNote(tag)?.id)
        .find(Boolean)
        ?.slice(0, 120) ||
      null,
  };
}

/** The marketplace that a text names as where the order was copied from, and its id there, empty where it gives none. */
function marketplaceNote(text: string): { readonly marketplace: string; readonly id: string } | undefined {
  const [, marketplace, id = ''] = MARKETPLACE_NOTE.exec(text) ?? [];
  return marketplace === undefined ? undefined : { marketplace: marketplace.toLowerCase(), id };
}

/** Lines of a free text that name a marketplace and the order's id there, as attributes; without an id they say too little. */
export function marketplaceNotes(text: string): Trace[] {
  return text.split(/[\r\n;]+/).flatMap((line) => {
    const { marketplace, id } = marketplaceNote(line) ?? { marketplace: '', id: '' };
    return id === '' ? [] : [{ from: `${marketplace} order id`, value: id }];
  });
}

/** Longest value of a trace that is kept: whatever decides is a name, not a text. */
const KEPT_LENGTH = 120;
const KEPT_TRACES = 20;

/** Traces as they are stored: without empty ones, addresses as their hosts alone, because the rest can name a person. */
export function keptTraces({ engine, tags, attributes, campaigns, referrers, settled }: OrderTraces): OrderTraces {
  const kept = (traces: readonly Trace[]): Trace[] =>
    traces
      .filter(({ value }) => value !== '')
      .slice(0, KEPT_TRACES)
      .map(({ from, value }) => ({ from: from.slice(0, KEPT_LENGTH), value: value.slice(0, KEPT_LENGTH) }));
  return {
    engine: kept(engine),
    tags: tags.slice(0, KEPT_TRACES).map((tag) => tag.slice(0, KEPT_LENGTH)),
    // Only what may decide: attributes of a shop hold what buyers typed.
    attributes: kept(
      attributes.filter(({ from }) => MARKETPLACE_ID.test(clean(from)) || MARKETPLACE_KEYS.has(clean(from))),
    ),
    campaigns: kept(campaigns),
    referrers: kept(referrers.map(({ from, value }) => ({ from, value: hostOf(value) }))),
    ...(settled === undefined ? {} : { settled }),
  };
}

/** An order that a marketplace gave itself. */
export function ownMarketplace(channel: AttributedChannel): Attribution {
  return { channel, evidence: `connector=${channel}`, settled: true, marketplaceOrderId: null };
}

/** The name under which the station counts an attributed order. */
export function stationChannel(channel: AttributedChannel): ChannelName {
  if (channel === 'tiktok_shop') return 'tiktok';
  return channel === 'wechat_shop' ? 'wechat' : channel;
}

interface Found {
  readonly channel: AttributedChannel;
  readonly evidence: string;
}

function firstOf(
  traces: readonly Trace[],
  decide: (value: string) => AttributedChannel | undefined,
  shown: (value: string) => string = (value) => value,
): Found | undefined {
  for (const { from, value } of traces) {
    const channel = value === '' ? undefined : decide(value);
    if (channel !== undefined) return { channel, evidence: `${from}=${shown(value).slice(0, 120)}` };
  }
  return undefined;
}

const clean = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim();
const tagTraces = (tags: readonly string[]): Trace[] => tags.map((value) => ({ from: 'tag', value }));

function ruled(
  rules: readonly AttributionRule[],
  kind: AttributionRule['kind'],
  value: string,
): AttributedChannel | undefined {
  const wanted = clean(value);
  return rules.find((rule) => rule.kind === kind && clean(rule.match) === wanted)?.channel;
}

function marketplaceOf(channel: ChannelName | undefined): AttributedChannel | undefined {
  return channel === 'tiktok' ? 'tiktok_shop' : channel;
}

function byEngineName(value: string): ChannelName | undefined {
  const name = clean(value);
  return byName.get(name) ?? byName.get(name.replace(NOISE, ' ').replace(/\s+/g, ' ').trim());
}

function byTag(value: string, rules: readonly AttributionRule[]): AttributedChannel | undefined {
  const tag = clean(value);
  const marketplace = marketplaceNote(value)?.marketplace;
  if (marketplace !== undefined) return ruled(rules, 'name', marketplace) ?? marketplaceOf(byName.get(marketplace));
  return weakTags.has(tag) ? undefined : marketplaceOf(byName.get(tag));
}

/** Either the name of the attribute is the evidence (`TikTok order id`) or its value (`sales channel: TikTok`). */
function byAttributes(attributes: readonly Trace[], rules: readonly AttributionRule[]): Found | undefined {
  for (const { from, value } of attributes) {
    const name = clean(from);
    const marketplace = value === '' ? undefined : MARKETPLACE_ID.exec(name)?.[1];
    const named = marketplace ?? (MARKETPLACE_KEYS.has(name) ? value : undefined);
    const channel =
      named === undefined ? undefined : (ruled(rules, 'name', named) ?? marketplaceOf(byEngineName(named)));
    if (channel !== undefined) return { channel, evidence: `${from}=${value}`.slice(0, 160) };
  }
  return undefined;
}

/** `fb`, and what advertisers hang on to it: `fb_ads`, `ig-story`. */
function byCampaignName(value: string): ChannelName | undefined {
  const raw = value.trim().toLowerCase();
  const whole = byCampaign.get(raw) ?? byCampaign.get(clean(raw));
  if (whole !== undefined) return whole;
  const [first = ''] = raw.split(/[\s_-]/);
  return first.length > 1 ? (byCampaign.get(first) ?? hostChannel(raw)) : hostChannel(raw);
}

function hostChannel(value: string): ChannelName | undefined {
  const channel = channelByHost(value);
  return channel === undefined || SILENT.has(channel) ? undefined : channel;
}

/** Only the host is kept as evidence: the rest of an address can name a person. */
function hostOf(value: string): string {
  return /^(?:[a-z-]+:\/\/)?([^/?#\s]+)/i.exec(value.trim())?.[1]?.toLowerCase() ?? '';
}

/** The value of `utm_source` in an address, as a trace. */
export function campaignIn(address: string): Trace[] {
  const value = /[?&]utm_source=([^&#]*)/i.exec(address)?.[1];
  if (value === undefined) return [];
  const text = value.replaceAll('+', ' ');
  return [{ from: 'utm_source', value: /%(?![0-9a-f]{2})/i.test(text) ? text : safeDecode(text) }];
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
