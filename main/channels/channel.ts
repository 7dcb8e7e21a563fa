import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import { parseLossless } from '../../shared/json/lossless-json.ts';
import { textUnder } from '../../shared/json/wire-values.ts';
import { Attribution, OrderTraces } from '../../shared/model/attribution.ts';

/** The platforms that are read through their own API. */
export const connectorNames = [
  'shopify',
  'prestashop',
  'woocommerce',
  'tiktok_shop',
  'amazon',
  'wechat_shop',
  'xiaohongshu',
  'pinduoduo',
  'taobao',
] as const;
export const ConnectorName = z.enum(connectorNames);
export type ConnectorName = z.infer<typeof ConnectorName>;

const instant = z.iso.datetime({ precision: 3 });
const count = z.int().min(0);

/** What the platform says of the address; parts that it withholds are empty. */
export const NormalisedAddress = z.object({
  name: z.string(),
  company: z.string(),
  street1: z.string(),
  street2: z.string(),
  postcode: z.string(),
  city: z.string(),
  region: z.string(),
  /** ISO 3166-1 alpha-2 in upper case, or empty. */
  country: z.string(),
  phone: z.string(),
  email: z.string(),
});
export type NormalisedAddress = z.infer<typeof NormalisedAddress>;

export const NormalisedLine = z.object({
  /** The platform's ids of this line: several where it counts one line a unit. */
  externalLineIds: z.array(z.string()).min(1),
  /** The seller's SKU, or the platform's id of the variant where the seller gave none. */
  sku: z.string(),
  barcode: z.string().nullable(),
  title: z.string(),
  variant: z.string().nullable(),
  quantityOrdered: count,
  /** What the platform says is left to ship, never what was ordered. */
  quantityToPack: count,
  gift: z.boolean(),
  giftMessage: z.string().nullable(),
  unitPriceMinor: z.int().nullable(),
});
export type NormalisedLine = z.infer<typeof NormalisedLine>;

/** An order of any platform in one shape. Instants are ISO-8601 UTC; `sourceTimes` keeps what the platform wrote. */
export const NormalisedOrder = z.object({
  channel: ConnectorName,
  externalId: z.string().min(1),
  externalNumber: z.string().min(1),
  placedAt: instant,
  updatedAt: instant.nullable(),
  shipBy: instant.nullable(),
  deliverBy: instant.nullable(),
  sourceTimes: z.object({ placedAt: z.string(), updatedAt: z.string().nullable(), shipBy: z.string().nullable() }),
  /** `cod`: paid to the carrier, so it goes out; `unknown`: the answer does not say. */
  payState: z.enum(['paid', 'unpaid', 'cod', 'refunded', 'unknown']),
  /** `waiting`: the platform does not want it packed yet. */
  shipState: z.enum(['waiting', 'to-ship', 'partly-shipped', 'shipped', 'cancelled']),
  cancelRequested: z.boolean(),
  /** Why the platform keeps it back, in its own words; null when it does not. */
  hold: z.string().nullable(),
  /** Who makes the label; with `platform` no tracking number is typed in. */
  labelMode: z.enum(['seller', 'platform']),
  shippingOption: z.string().nullable(),
  /** False where the buyer collects: packed, but without a label. */
  needsLabel: z.boolean(),
  address: NormalisedAddress.nullable(),
  /** `masked`: a part that a parcel needs is starred or withheld; `encrypted`: ciphertext or a token; `pending`: not there yet. */
  addressState: z.enum(['clear', 'masked', 'encrypted', 'pending']),
  /** What the platform takes in place of an address (Taobao's oaid, Xiaohongshu's openAddressId). */
  addressToken: z.string().nullable(),
  note: z.string().nullable(),
  currency: z.string().nullable(),
  totalMinor: z.int().nullable(),
  lines: z.array(NormalisedLine).min(1),
  packages: z.array(
    z.object({
      remoteId: z.string(),
      carrierCode: z.string(),
      tracking: z.string(),
      lines: z.array(z.object({ lineId: z.string(), quantity: count })),
    }),
  ),
  attribution: Attribution,
  /** What a shop engine says of where the buyer came from, to be judged again later; null of a marketplace's own orders. */
  traces: OrderTraces.nullable(),
});
export type NormalisedOrder = z.infer<typeof NormalisedOrder>;

/** What an order is unless its mapper says otherwise. */
export const orderDefaults = {
  updatedAt: null,
  deliverBy: null,
  cancelRequested: false,
  hold: null,
  labelMode: 'seller',
  shippingOption: null,
  needsLabel: true,
  addressToken: null,
  note: null,
  currency: null,
  totalMinor: null,
  traces: null,
} as const satisfies Partial<NormalisedOrder>;

/** What one raw answer holds. One broken order never keeps the others back. */
export interface ParsedAnswer {
  readonly orders: readonly NormalisedOrder[];
  readonly quarantined: readonly { readonly id: string | null; readonly reason: string }[];
  /** Orders the answer only names (lists of ids, webhooks): each is to be read by its id. */
  readonly named: readonly string[];
}

export interface ParseOptions {
  /** IANA zone of a shop that writes local times without offset (PrestaShop); UTC when not given. */
  readonly timeZone?: string;
}

/** What a platform can do; screens ask for these, never for names. */
export const channelAbilities = [
  'read-orders',
  'confirm-shipment',
  'split-shipment',
  'correct-tracking',
  'platform-label',
  'cancel-line',
  'acknowledge',
  'return-received',
  'request-refund',
  'stock-compare-and-set',
  'stock-absolute',
  'webhook',
] as const;
export type ChannelAbility = (typeof channelAbilities)[number];

/** The pure half of a connector: its answers in, orders out. `confirmed` is false where no true sample could be had. */
export interface ChannelReader {
  readonly name: ConnectorName;
  readonly abilities: readonly ChannelAbility[];
  readonly confirmed: boolean;
  /**
   * Errors: `channel.not-json` (HTML, half an answer), `channel.unreadable-answer` (JSON of another shape),
   * `channel.refused`, `channel.throttled`, `channel.sign-in-expired` (the platform said no, also with HTTP 200).
   */
  parse(text: string, options?: ParseOptions): ParsedAnswer;
}

/** Reads a raw answer as JSON with its ids whole. Throws `channel.not-json` with what came instead. */
export function readJsonAnswer(channel: ConnectorName, text: string): unknown {
  const body = text.replace(/^\uFEFF/, '').trim();
  try {
    return parseLossless(body);
  } catch (error) {
    throw new AppError('remote', 'channel.not-json', { channel, got: describeBody(body) }, error);
  }
}

function describeBody(body: string): string {
  if (body === '') return 'nothing';
  if (/^<(?:!doctype html|html|head|body|!--)/i.test(body)) {
    const title = /<title[^>]*>([^<]{0,80})/i.exec(body)?.[1]?.trim();
    return title ? `an HTML page (“${title.replace(/\s+/g, ' ')}”)` : 'an HTML page';
  }
  if (body.startsWith('<')) return 'XML';
  return /^[[{]/.test(body) ? `JSON that breaks off or is damaged (${body.length} characters)` : 'text that is no JSON';
}

/** JSON, but nothing that this platform sends for orders. */
export function unreadableAnswer(channel: ConnectorName, answer: unknown): AppError {
  const kind = answer === null ? 'null' : Array.isArray(answer) ? 'a list' : typeof answer;
  const keys =
    typeof answer === 'object' && answer !== null && !Array.isArray(answer) ? Object.keys(answer).slice(0, 8) : [];
  return new AppError('remote', 'channel.unreadable-answer', {
    channel,
    got: keys.length > 0 ? keys.join(', ') : kind,
  });
}

export type Refusal = 'refused' | 'throttled' | 'sign-in-expired';

/** The platform said no; `reason` is its own code and words, cut to a line. */
export function refusedAnswer(
  channel: ConnectorName,
  kind: Refusal,
  said: { code: string; message: string },
): AppError {
  const message = said.message.replace(/\s+/g, ' ').trim().slice(0, 300);
  return new AppError('remote', `channel.${kind}`, { channel, code: said.code, message });
}

/** Reason to set one order aside, in words. */
export function brokenOrder(reason: string): AppError {
  return new AppError('remote', 'channel.broken-order', { reason });
}

export interface OrderPlan<T> {
  readonly schema: z.ZodType<T>;
  /** Keys under which the raw order carries its id, best first. */
  readonly idKeys: readonly string[];
  readonly map: (order: T) => NormalisedOrder;
}

/**
 * Maps raw orders one by one; what cannot be read is set aside with its id and the reason. Of an order that an answer
 * holds twice (pages shift while they are read) the newer copy counts.
 */
export function mapOrders<T>(rows: readonly unknown[], plan: OrderPlan<T>): ParsedAnswer {
  const orders = new Map<string, NormalisedOrder>();
  const quarantined: { id: string | null; reason: string }[] = [];
  for (const row of rows) {
    const id = plan.idKeys.map((key) => textUnder(row, key)).find((text) => text !== undefined && text !== '') ?? null;
    const wire = plan.schema.safeParse(row);
    if (!wire.success) {
      quarantined.push({ id, reason: issuesInWords(wire.error) });
      continue;
    }
    try {
      const order = checked(plan.map(wire.data));
      const before = orders.get(order.externalId);
      if (before === undefined || (before.updatedAt ?? '') <= (order.updatedAt ?? ''))
        orders.set(order.externalId, order);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'channel.broken-order') throw error;
      quarantined.push({ id, reason: String(error.details.reason) });
    }
  }
  return { orders: [...orders.values()], quarantined, named: [] };
}

function checked(order: NormalisedOrder): NormalisedOrder {
  if (order.lines.length === 0) throw brokenOrder('no lines');
  const result = NormalisedOrder.safeParse(order);
  if (!result.success) throw brokenOrder(issuesInWords(result.error));
  return withoutStarredContact(result.data);
}

const SHOWN_ISSUES = 3;

function issuesInWords(error: z.ZodError): string {
  const texts = error.issues
    .slice(0, SHOWN_ISSUES)
    .map(({ path, message }) => (path.length > 0 ? `${path.join('.')}: ${message}` : message));
  const more = error.issues.length - texts.length;
  return `${texts.join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

const STARRED = /[*＊•]/;

/**
 * Clear, or masked when a part that a parcel needs to arrive is starred or missing. Platforms star phone and e-mail of orders
 * whose seller makes the label: those are left out instead (`withoutStarredContact`).
 */
export function addressStateOf(address: NormalisedAddress): 'clear' | 'masked' {
  const name = address.name || address.company;
  if (name === '' || address.street1 === '') return 'masked';
  const { street1, street2, city, postcode } = address;
  return [name, street1, street2, city, postcode].some((part) => STARRED.test(part)) ? 'masked' : 'clear';
}

/** A clear address without a starred phone or e-mail: a carrier would print the stars, or refuse them. */
export function withoutStarredContact(order: NormalisedOrder): NormalisedOrder {
  const { address } = order;
  if (address === null || order.addressState !== 'clear') return order;
  const open = (text: string): string => (STARRED.test(text) ? '' : text);
  return { ...order, address: { ...address, phone: open(address.phone), email: open(address.email) } };
}

/** Whether a signature is the one expected, in a time that does not tell how much of it is right. */
export function isSameSignature(expected: string, given: string | undefined): boolean {
  const [left, right] = [Buffer.from(expected), Buffer.from(given ?? '')];
  return left.length === right.length && timingSafeEqual(left, right);
}
