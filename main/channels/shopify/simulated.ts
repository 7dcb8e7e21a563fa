import { isObject } from '../../../shared/json/wire-values.ts';
import { OrderBook } from '../channel-order-book.ts';
import {
  createPlatform,
  type PlatformCall,
  type PlatformOptions,
  type PlatformReply,
  type SimulatedPlatform,
} from '../channel-simulator.ts';
import { API_VERSION } from './client.ts';
import { signShopifyWebhook } from './sign.ts';
import { shopifyCommands } from './simulated-commands.ts';
import {
  type Arguments,
  costOf,
  type Document,
  execute,
  GraphqlFault,
  parseDocument,
  type Resolver,
} from './simulated-graphql.ts';
import { ACCOUNT, type Points, pointsDesk, tokenDesk } from './simulated-limits.ts';
import { connection, gid, numberIn, orderNode, partNode, type ShopifyState } from './simulated-orders.ts';
import { shopifyStockDesk } from './simulated-stock.ts';

export interface ShopifyPlatformOptions extends PlatformOptions {
  /** Life of a token; 24 hours when missing. */
  readonly tokenSeconds?: number;
  readonly scopes?: readonly string[];
  readonly withholdsPersonalData?: boolean;
  /** Points of the bucket, and how many come back in a second; those of the largest plan when missing. */
  readonly points?: { readonly maximum: number; readonly restore: number };
  readonly locations?: number;
  /** From which location a line goes out, and in which fulfillment order of it. */
  locationOf?(lineIndex: number): number;
  partOf?(lineIndex: number): number;
  readonly scheduled?: boolean;
}

export interface SimulatedShopify extends SimulatedPlatform {
  /** The buyer sends units back, and the merchant has agreed to it at Shopify. */
  openReturn(orderId: string, lines: readonly { readonly lineId: string; readonly quantity: number }[]): void;
  tagsOf(orderId: string): readonly string[];
  /** From now on a part of this order cannot be shown. */
  breakOrder(orderId: string): void;
}

const ALL_SCOPES = [
  ...['read_orders', 'write_orders', 'write_order_edits', 'read_locations', 'write_returns', 'read_returns'],
  ...['read_merchant_managed_fulfillment_orders', 'write_merchant_managed_fulfillment_orders'],
  ...['read_inventory', 'write_inventory'],
];
/** What a command or question needs. */
const NEEDS: Readonly<Record<string, string>> = {
  orders: 'read_orders',
  order: 'read_orders',
  nodes: 'read_orders',
  fulfillmentCreate: 'write_merchant_managed_fulfillment_orders',
  fulfillmentTrackingInfoUpdate: 'write_merchant_managed_fulfillment_orders',
  fulfillmentOrderReportProgress: 'write_merchant_managed_fulfillment_orders',
  orderCancel: 'write_orders',
  tagsAdd: 'write_orders',
  orderEditBegin: 'write_order_edits',
  returnProcess: 'write_returns',
  inventoryItems: 'read_inventory',
  inventorySetQuantities: 'write_inventory',
};
const MOST_POINTS = 1_000;
const TOKEN_PATH = /^\/admin\/oauth\/access_token$/;
const GRAPHQL_PATH = new RegExp(`^/admin/api/${API_VERSION}/graphql\\.json$`);

const json = (value: unknown, status = 200): PlatformReply => ({
  status,
  headers: { 'content-type': 'application/json', 'x-shopify-api-version': API_VERSION },
  body: JSON.stringify(value),
});
const WRONG_TOKEN = json(
  { errors: '[API] Invalid API key or access token (unrecognized login or wrong password)' },
  401,
);

/** Plays one shop: its GraphQL door, tokens that end, points that run out, signed webhooks. */
export function simulateShopify(options: ShopifyPlatformOptions): SimulatedShopify {
  const state = stateOf(options);
  const { book } = state;
  const root = guarded(state, rootOf(state, options.locations ?? 1));
  const tokens = tokenDesk(options);
  const { pace = 1 } = options;
  const points = pointsDesk(options.points ?? { maximum: 40_000 * pace, restore: 2_000 * pace });
  const graphql = ({ headers, rawBody }: PlatformCall): PlatformReply =>
    tokens.isGood(headers.get('x-shopify-access-token')) ? answer(rawBody, root, points) : WRONG_TOKEN;
  const routes = [
    { method: 'POST', path: TOKEN_PATH, answer: ({ rawBody }: PlatformCall) => tokens.give(rawBody) },
    { method: 'POST', path: GRAPHQL_PATH, answer: graphql },
  ];
  const platform = createPlatform(
    {
      ...{ name: 'shopify', book, account: ACCOUNT, routes },
      throttled: () => json(throttled({ requested: 100, status: { ...points.status(), currentlyAvailable: 90 } })),
      signInRefused: () => WRONG_TOKEN,
      webhook: (orderId) => webhookOf(state, orderId),
    },
    options,
  );
  return {
    ...platform,
    breakOrder: (orderId) => void state.broken.add(orderId),
    tagsOf: (orderId) => [...(state.tags.get(orderId) ?? [])],
    openReturn(orderId, lines) {
      const rows = lines.map((line) => ({ ...line, id: book.newId(), processed: 0 }));
      state.returns.push({ id: book.newId(), orderId, lines: rows });
    },
  };
}

function stateOf(options: ShopifyPlatformOptions): ShopifyState {
  const { clock, lagMs, first = 1_001 } = options;
  return {
    book: new OrderBook({ clock, prefix: '#', first, ...(lagMs ? { lagMs } : {}) }),
    scopes: new Set(options.scopes ?? ALL_SCOPES),
    withholds: options.withholdsPersonalData ?? false,
    locationOf: options.locationOf ?? (() => 0),
    partOf: options.partOf ?? (() => 0),
    scheduled: options.scheduled ?? false,
    ...{ tags: new Map(), metafields: new Map(), links: new Map(), returns: [], opened: new Set(), broken: new Set() },
  };
}

/** A field for which the app has no right answers nothing but that. */
function guarded(state: ShopifyState, root: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(root).map(([name, field]) => {
      const scope = NEEDS[name];
      if (scope === undefined || state.scopes.has(scope)) return [name, field];
      const denied: Resolver = () => {
        throw new GraphqlFault(`Access denied for ${name} field. Required access: \`${scope}\``, 'ACCESS_DENIED');
      };
      return [name, denied];
    }),
  );
}

function rootOf(state: ShopifyState, locations: number): Readonly<Record<string, unknown>> {
  const find = (id: unknown): object | null => {
    const order = String(id).includes('/Order/') ? state.book.find(numberIn(id)) : undefined;
    return order ? orderNode(state, order) : null;
  };
  return {
    shop: { name: 'Packwright Demo', myshopifyDomain: `${ACCOUNT.shop}.myshopify.com` },
    currentAppInstallation: { accessScopes: [...state.scopes].map((handle) => ({ handle })) },
    orders: (args: Arguments) => listOrders(state, args),
    order: ({ id }: Arguments) => find(id),
    nodes: ({ ids }: Arguments) => (Array.isArray(ids) ? ids.map(find) : []),
    node: ({ id }: Arguments) => partNode(state, id),
    ...shopifyCommands(state),
    ...shopifyStockDesk(state.book, locations),
  };
}

/** By time of change, oldest first; the cursor is a place in that order, so that what changes moves to the end. */
function listOrders(state: ShopifyState, { first, after, query, reverse }: Arguments): object {
  const since = /^updated_at:>='([^']+)'$/.exec(String(query ?? ''))?.[1];
  const listed = state.book.listed().filter(({ updatedAt }) => since === undefined || updatedAt >= since);
  const rows = reverse === true ? listed.reverse() : listed;
  const search = String(query ?? '');
  const [at = '', from = '', ...asked] =
    typeof after === 'string' ? Buffer.from(after, 'base64').toString().split('|') : [];
  if (at !== '' && asked.join('|') !== search) throw new GraphqlFault('Invalid cursor for current pagination sort.');
  const rest = at === '' ? rows : rows.filter(({ updatedAt, id }) => updatedAt > at || (updatedAt === at && id > from));
  const page = rest.slice(0, Number(first));
  const last = page.at(-1);
  return {
    ...connection(
      page.map((order) => orderNode(state, order)),
      { first },
    ),
    pageInfo: {
      hasNextPage: rest.length > page.length,
      endCursor: last ? Buffer.from(`${last.updatedAt}|${last.id}|${search}`).toString('base64') : null,
    },
  };
}

function throttled({ requested, status }: { requested: number; status: ReturnType<Points['status']> }): object {
  return {
    errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }],
    extensions: { cost: { requestedQueryCost: requested, actualQueryCost: null, throttleStatus: status } },
  };
}

const documents = new Map<string, Document>();

/** The connector's texts are few and never change. */
function documentOf(query: string): Document {
  const known = documents.get(query) ?? parseDocument(query);
  documents.set(query, known);
  return known;
}

function answer(rawBody: string, root: Readonly<Record<string, unknown>>, points: Points): PlatformReply {
  try {
    const body: unknown = JSON.parse(rawBody);
    const [query, given] = isObject(body) ? [body.query, body.variables] : [];
    const variables = isObject(given) ? given : {};
    const document = documentOf(String(query));
    const requested = costOf(document, variables);
    if (requested > MOST_POINTS)
      throw new GraphqlFault(`Query cost is ${requested}, which exceeds the limit (1000).`, 'MAX_COST_EXCEEDED');
    if (!points.take(requested)) return json(throttled({ requested, status: points.status() }));
    const { data, errors } = execute(document, variables, root);
    const actual = Math.min(requested, objectsIn(data) + (document.kind === 'mutation' ? 10 : 0));
    points.give(requested - actual);
    const cost = { requestedQueryCost: requested, actualQueryCost: actual, throttleStatus: points.status() };
    return json({ data, ...(errors.length > 0 ? { errors } : {}), extensions: { cost } });
  } catch (error) {
    if (!(error instanceof GraphqlFault)) throw error;
    return json({ errors: [{ message: error.message, extensions: { code: error.code } }] });
  }
}

function objectsIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, one: unknown) => sum + objectsIn(one), 0);
  if (!isObject(value)) return 0;
  return Object.values(value).reduce((sum: number, one) => sum + objectsIn(one), 1);
}

/** Of the older dialect, with the id as a number that no double holds. */
function webhookOf({ book }: ShopifyState, orderId: string): { headers: Record<string, string>; rawBody: string } {
  const order = book.find(orderId);
  const rest = JSON.stringify({
    admin_graphql_api_id: gid('Order', orderId),
    name: order?.number ?? '',
    updated_at: order?.updatedAt ?? book.now,
  });
  const rawBody = `{"id":${orderId},${rest.slice(1)}`;
  return {
    rawBody,
    headers: {
      'x-shopify-topic': 'orders/updated',
      'x-shopify-hmac-sha256': signShopifyWebhook(ACCOUNT.clientSecret, rawBody),
      'x-shopify-shop-domain': `${ACCOUNT.shop}.myshopify.com`,
      'x-shopify-webhook-id': `w-${orderId}-${order?.updatedAt ?? ''}`,
      'x-shopify-triggered-at': book.now,
    },
  };
}
