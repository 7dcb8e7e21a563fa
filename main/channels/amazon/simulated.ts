import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { type BookOrder, OrderBook } from '../channel-order-book.ts';
import {
  createPlatform,
  type PlatformCall,
  type PlatformOptions,
  type PlatformReply,
  type PlatformRoute,
  type SimulatedPlatform,
} from '../channel-simulator.ts';
import { allowance, type Operation, rates } from './rates.ts';
import { amazonOrderId, MARKETPLACE, type PlayedAmazon, playedOrder } from './simulated-orders.ts';

export interface AmazonPlatformOptions extends PlatformOptions {
  /** How long a token lives. */
  readonly tokenSeconds?: number;
  /** The app has not the role for names and addresses. */
  readonly withholdsAddresses?: boolean;
  /** The app may read orders and nothing else. */
  readonly readOnly?: boolean;
  /** SKUs that lie in Amazon's own warehouse. */
  readonly fulfilledByAmazon?: readonly string[];
}

const ACCOUNT = {
  clientId: 'amzn1.application-oa2-client.played',
  clientSecret: 'played-secret',
  refreshToken: 'Atzr|played',
  sellerId: 'A1PLAYEDSELLER',
  marketplaceIds: MARKETPLACE,
};
const SETTLE_MS = 120_000;
const CARRIERS = new Set([
  'Colissimo',
  'Chronopost',
  'Mondial Relay',
  'DPD',
  'DHL',
  'UPS',
  'USPS',
  'La Poste',
  'Royal Mail',
  'GLS',
  'Hermes',
]);

const said = (answer: object, status = 200): PlatformReply => ({ status, body: JSON.stringify(answer) });
const refused = (status: number, code: string, message: string): PlatformReply =>
  said({ errors: [{ code, message, details: '' }] }, status);
const denied = (): PlatformReply => refused(403, 'Unauthorized', 'Access to requested resource is denied.');
const unknownOrder = (): PlatformReply => refused(404, 'NotFound', 'The order was not found.');

/** Plays the Selling Partner API by its published models: tokens of an hour, token buckets, lists that end two minutes ago. */
export function simulateAmazon(options: AmazonPlatformOptions): SimulatedPlatform {
  const book = new OrderBook({ ...options, prefix: 'AMZ', first: options.first ?? 301 });
  const played: PlayedAmazon = {
    ...{ book, clock: options.clock, references: new Map(), tokens: new Map() },
    withholdsAddresses: options.withholdsAddresses ?? false,
  };
  const allowed = allowance(options.clock);
  const spent = new Map<Operation, number>();
  /** A multiple of the pace is so many requests for one of the bucket's. */
  const isOver = (operation: Operation): boolean => {
    const count = (spent.get(operation) ?? 0) + 1;
    spent.set(operation, count);
    if (count % (options.pace ?? 1) !== 0) return false;
    if (allowed.waitFor(operation) > 0) return true;
    allowed.spend(operation);
    return false;
  };
  const route = (
    operation: Operation,
    { method, path }: { readonly method: string; readonly path: RegExp },
    answer: (call: PlatformCall) => PlatformReply,
  ): PlatformRoute => ({
    ...{ method, path },
    answer(call) {
      const until = played.tokens.get(call.headers.get('x-amz-access-token') ?? '');
      if (until === undefined || until < options.clock().getTime()) return denied();
      if (options.readOnly && operation !== 'search' && operation !== 'order') return denied();
      if (isOver(operation)) return throttled();
      const reply = answer(call);
      const headers = {
        'content-type': 'application/json',
        'x-amzn-ratelimit-limit': String(rates[operation].perSecond),
      };
      return { ...reply, headers };
    },
  });
  const listing = new RegExp(`^/listings/2021-08-01/items/${ACCOUNT.sellerId}/([^/]+)$`);
  return createPlatform(
    {
      name: 'amazon',
      book,
      routes: [
        { method: 'POST', path: /^\/auth\/o2\/token$/, answer: (call) => grant(played, call, options.tokenSeconds) },
        route('search', { method: 'GET', path: /^\/orders\/2026-01-01\/orders$/ }, (call) => search(played, call)),
        route('order', { method: 'GET', path: /^\/orders\/2026-01-01\/orders\/([^/]+)$/ }, (call) => one(played, call)),
        route('confirm', { method: 'POST', path: /^\/orders\/v0\/orders\/([^/]+)\/shipmentConfirmation$/ }, (call) =>
          confirm(played, call),
        ),
        route('listing', { method: 'GET', path: /^\/listings\/2021-08-01\/items\/([^/]+)$/ }, (call) =>
          call.params[0] === ACCOUNT.sellerId ? said({ numberOfResults: 0, items: [] }) : denied(),
        ),
        route('listing', { method: 'GET', path: listing }, (call) => availability(played, call, options)),
        route('listing', { method: 'PATCH', path: listing }, (call) => setAvailability(played, call)),
      ],
      account: ACCOUNT,
      throttled,
      signInRefused: () => refused(403, 'Unauthorized', 'The access token you provided has expired.'),
    },
    options,
  );
}

const throttled = (): PlatformReply =>
  refused(429, 'QuotaExceeded', 'You exceeded your quota for the requested resource.');

function grant({ tokens, clock }: PlayedAmazon, { rawBody }: PlatformCall, life = 3_600): PlatformReply {
  const asked = new URLSearchParams(rawBody);
  const isClient = asked.get('client_id') === ACCOUNT.clientId && asked.get('client_secret') === ACCOUNT.clientSecret;
  if (!isClient) return said({ error: 'invalid_client', error_description: 'Client authentication failed' }, 401);
  if (asked.get('grant_type') !== 'refresh_token' || asked.get('refresh_token') !== ACCOUNT.refreshToken)
    return said({ error: 'invalid_grant', error_description: 'The request has an invalid grant parameter' }, 400);
  const token = `Atza|${randomBytes(9).toString('hex')}`;
  tokens.set(token, clock().getTime() + life * 1_000);
  return said({ access_token: token, token_type: 'bearer', expires_in: life, refresh_token: ACCOUNT.refreshToken });
}

const invalid = (message: string): PlatformReply => refused(400, 'InvalidInput', message);

/** A page goes on behind the last order of the one before, by id: changes move nothing about. */
function search(played: PlayedAmazon, { url }: PlatformCall): PlatformReply {
  const asked = url.searchParams;
  const latest = played.clock().getTime() - SETTLE_MS;
  const [after, given] = [asked.get('lastUpdatedAfter'), asked.get('lastUpdatedBefore')];
  if (after === null || asked.has('createdAfter')) return invalid('exactly one of createdAfter and lastUpdatedAfter');
  if (given !== null && (Date.parse(given) > latest || given < after)) return invalid('lastUpdatedBefore');
  if (asked.get('marketplaceIds') !== MARKETPLACE) return invalid('marketplaceIds');
  const [token, size] = [asked.get('paginationToken'), Number(asked.get('maxResultsPerPage') ?? 100)];
  if (!(size >= 1 && size <= 100)) return invalid('maxResultsPerPage');
  const [bound = '', last = ''] = token === null ? [given ?? new Date(latest).toISOString()] : readToken(token);
  const statuses = asked.get('fulfillmentStatuses')?.split(',');
  const found = played.book
    .listed()
    .filter(({ updatedAt, id }) => updatedAt >= after && updatedAt <= bound && id > last)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((order) => ({ order, shown: playedOrder(played, order) }))
    .filter(({ shown }) => !statuses || statuses.some((status) => JSON.stringify(shown).includes(`"${status}"`)));
  const page = found.slice(0, size);
  const end = page.at(-1);
  const nextToken = end && found.length > page.length ? makeToken([bound, end.order.id]) : undefined;
  const orders = page.map(({ shown }) => shown);
  return said({ orders, ...(nextToken ? { pagination: { nextToken } } : {}), lastUpdatedBefore: bound });
}

const makeToken = (parts: readonly string[]): string => Buffer.from(parts.join(' ')).toString('base64url');
const readToken = (token: string): string[] => Buffer.from(token, 'base64url').toString().split(' ');

const orderOf = ({ book }: PlayedAmazon, id: string): BookOrder | undefined =>
  book.all().find((order) => amazonOrderId(order) === id);

function one(played: PlayedAmazon, { params: [id = ''] }: PlatformCall): PlatformReply {
  const order = orderOf(played, id);
  return order ? said({ order: playedOrder(played, order) }) : unknownOrder();
}

const Confirmation = z.strictObject({
  marketplaceId: z.literal(MARKETPLACE),
  packageDetail: z.strictObject({
    packageReferenceId: z.string().regex(/^[1-9]\d*$/),
    carrierCode: z.string().min(1),
    carrierName: z.string().optional(),
    shippingMethod: z.string().optional(),
    trackingNumber: z.string().min(1),
    shipDate: z.iso.datetime(),
    orderItems: z.array(z.object({ orderItemId: z.string(), quantity: z.int().positive() })).min(1),
  }),
});

/** The same number again changes its parcel; a new one may hold no more than is left. */
function confirm(played: PlayedAmazon, { params: [id = ''], rawBody }: PlatformCall): PlatformReply {
  const { book, references } = played;
  const order = orderOf(played, id);
  if (!order) return unknownOrder();
  const asked = Confirmation.safeParse(JSON.parse(rawBody || '{}'));
  if (!asked.success) return invalid(z.prettifyError(asked.error));
  const { packageDetail: parcel } = asked.data;
  const carrier = parcel.carrierCode === 'Other' ? (parcel.carrierName ?? '') : parcel.carrierCode;
  if (carrier === '' || (parcel.carrierCode !== 'Other' && !CARRIERS.has(carrier))) return invalid('carrierCode');
  if (Date.parse(parcel.shipDate) > played.clock().getTime()) return invalid('shipDate is in the future');
  if (order.state !== 'open') return invalid('The order cannot be confirmed in its present state');
  const told = { tracking: parcel.trackingNumber, carrier };
  const known = order.packages.find((one) => references.get(one.id) === parcel.packageReferenceId);
  if (known) {
    if (known.tracking !== told.tracking) book.correct(order, known, told);
    return { status: 204, body: '' };
  }
  const tooMany = parcel.orderItems.some(({ orderItemId, quantity }) => {
    const line = order.lines.find((one) => one.id === orderItemId);
    return !line || quantity > book.left(line);
  });
  if (tooMany) return invalid('orderItems: more than is unshipped');
  const lines = parcel.orderItems.map(({ orderItemId: lineId, quantity }) => ({ lineId, quantity }));
  references.set(book.ship(order, { ...told, lines }).id, parcel.packageReferenceId);
  return { status: 204, body: '' };
}

const isListed = ({ book }: PlayedAmazon, sku: string): boolean =>
  book.stock.has(sku) || book.all().some(({ lines }) => lines.some((line) => line.sku === sku));

function availability(
  played: PlayedAmazon,
  { params: [raw = ''] }: PlatformCall,
  { fulfilledByAmazon = [] }: AmazonPlatformOptions,
): PlatformReply {
  const sku = decodeURIComponent(raw);
  if (!isListed(played, sku)) return refused(404, 'NOT_FOUND', `SKU ${sku} not found in marketplace`);
  const fulfillmentChannelCode = fulfilledByAmazon.includes(sku) ? 'AMAZON_EU' : 'DEFAULT';
  return said({
    sku,
    fulfillmentAvailability: [{ fulfillmentChannelCode, quantity: played.book.stock.get(sku) ?? 0 }],
  });
}

const Patch = z.strictObject({
  productType: z.string().min(1),
  patches: z.tuple([
    z.strictObject({
      op: z.literal('replace'),
      path: z.literal('/attributes/fulfillment_availability'),
      value: z.tuple([z.strictObject({ fulfillment_channel_code: z.literal('DEFAULT'), quantity: z.int().min(0) })]),
    }),
  ]),
});

function setAvailability(played: PlayedAmazon, { params: [raw = ''], rawBody }: PlatformCall): PlatformReply {
  const sku = decodeURIComponent(raw);
  if (!isListed(played, sku)) return refused(404, 'NOT_FOUND', `SKU ${sku} not found in marketplace`);
  const asked = Patch.safeParse(JSON.parse(rawBody || '{}'));
  if (!asked.success)
    return said({
      sku,
      status: 'INVALID',
      issues: [{ code: '4000001', message: z.prettifyError(asked.error), severity: 'ERROR' }],
    });
  played.book.stock.set(sku, asked.data.patches[0].value[0].quantity);
  return said({ sku, status: 'ACCEPTED', submissionId: 'played', issues: [] });
}
