import { isObject } from '../../../shared/json/wire-values.ts';
import { OrderBook } from '../channel-order-book.ts';
import {
  createPlatform,
  type PlatformCall,
  type PlatformOptions,
  type PlatformReply,
  type PlatformRoute,
  type SimulatedPlatform,
} from '../channel-simulator.ts';
import { signWooWebhook, wooAuthorization } from './sign.ts';
import { type PlayedWoo, playedOrder, takeMeta } from './simulated-orders.ts';

export interface WooPlatformOptions extends PlatformOptions {
  /** The key may read only. */
  readonly readOnly?: boolean;
}

const KEY = 'ck_played';
const SECRET = 'cs_played';
const WEBHOOK_SECRET = 'played webhook secret';
const BASE = '/wp-json/wc/v3';

/** Ids are numbers in Woo's JSON, larger than a double holds here. */
function json(value: unknown, headers: Readonly<Record<string, string>> = {}): PlatformReply {
  const body = JSON.stringify(value).replace(/"(id|product_id|variation_id|parent_id)":"(\d+)"/g, '"$1":$2');
  return { headers: { 'content-type': 'application/json; charset=UTF-8', ...headers }, body };
}

const refused = (status: number, code: string, message: string): PlatformReply => ({
  status,
  body: JSON.stringify({ code, message, data: { status } }),
});
const unknown = (): PlatformReply => refused(404, 'woocommerce_rest_shop_order_invalid_id', 'Invalid ID.');

/** Plays a WooCommerce shop by its REST documents: Basic auth, lists by id, meta data that is kept as it was sent. */
export function simulateWooCommerce(options: WooPlatformOptions): SimulatedPlatform {
  const book = new OrderBook({ ...options, prefix: '', first: options.first ?? 5_001 });
  const woo: PlayedWoo = {
    book,
    meta: new Map(),
    completed: new Set(),
    notes: new Map(),
    parcels: new Map(),
    products: new Map(),
  };
  const guarded = (answer: (call: PlatformCall) => PlatformReply) => (call: PlatformCall) => {
    if (call.headers.get('authorization') !== wooAuthorization(KEY, SECRET))
      return refused(401, 'woocommerce_rest_authentication_error', 'Consumer key is invalid.');
    if (options.readOnly && call.method !== 'GET')
      return refused(401, 'woocommerce_rest_cannot_edit', 'Sorry, you are not allowed to edit this resource.');
    return answer(call);
  };
  const route = (method: string, path: RegExp, answer: (call: PlatformCall) => PlatformReply): PlatformRoute => ({
    ...{ method, path },
    answer: guarded(answer),
  });
  return createPlatform(
    {
      name: 'woocommerce',
      book,
      routes: [
        route('GET', new RegExp(`^${BASE}/orders$`), (call) => list(woo, call)),
        route('POST', new RegExp(`^${BASE}/orders/batch$`), () => json({ create: [], update: [], delete: [] })),
        route('GET', new RegExp(`^${BASE}/orders/(\\d+)$`), (call) => one(woo, call)),
        route('PUT', new RegExp(`^${BASE}/orders/(\\d+)$`), (call) => change(woo, call)),
        route('GET', new RegExp(`^${BASE}/orders/(\\d+)/refunds$`), (call) => refunds(woo, call)),
        route('POST', new RegExp(`^${BASE}/orders/(\\d+)/notes$`), (call) => note(woo, call)),
        route('GET', new RegExp(`^${BASE}/products$`), (call) => products(woo, call)),
        route('PUT', new RegExp(`^${BASE}/products/(\\d+)$`), (call) => stock(woo, call)),
      ],
      account: { consumerKey: KEY, consumerSecret: SECRET, webhookSecret: WEBHOOK_SECRET },
      throttled: () => ({ ...refused(429, 'rate_limited', 'Too many requests'), headers: { 'retry-after': '1' } }),
      signInRefused: () => refused(401, 'woocommerce_rest_authentication_error', 'Consumer key is invalid.'),
      webhook: (orderId) => webhook(woo, orderId),
    },
    options,
  );
}

function list(woo: PlayedWoo, { url }: PlatformCall): PlatformReply {
  const { searchParams } = url;
  const perPage = Number(searchParams.get('per_page') ?? 10);
  const page = Number(searchParams.get('page') ?? 1);
  if (perPage > 100) return refused(400, 'rest_invalid_param', 'per_page must be between 1 and 100');
  const include = searchParams.get('include')?.split(',');
  const after = searchParams.get('modified_after');
  const found = include
    ? woo.book.all().filter(({ id }) => include.includes(id))
    : woo.book
        .listed()
        .filter(({ updatedAt }) => after === null || updatedAt.slice(0, 19) > after)
        .sort((a, b) => (a.id < b.id ? -1 : 1));
  const rows = found.slice((page - 1) * perPage, page * perPage).map((order) => playedOrder(woo, order));
  const pages = String(Math.max(1, Math.ceil(found.length / perPage)));
  return json(rows, { 'x-wp-total': String(found.length), 'x-wp-totalpages': pages });
}

function one(woo: PlayedWoo, { params: [id = ''] }: PlatformCall): PlatformReply {
  const order = woo.book.find(id);
  return order ? json(playedOrder(woo, order)) : unknown();
}

/** Meta data is merged by key, a status is set as asked: Woo lets a seller complete anything. */
function change(woo: PlayedWoo, { params: [id = ''], rawBody }: PlatformCall): PlatformReply {
  const order = woo.book.find(id);
  if (!order) return unknown();
  const asked: unknown = JSON.parse(rawBody);
  if (!isObject(asked)) return refused(400, 'rest_invalid_json', 'Invalid JSON body passed.');
  takeMeta(woo, order, asked.meta_data);
  if (asked.status === 'cancelled') woo.book.change(order, { kind: 'cancel' });
  if (asked.status === 'completed') {
    woo.completed.add(order.id);
    woo.book.change(order, { kind: 'touch' });
  }
  return json(playedOrder(woo, order));
}

function refunds(woo: PlayedWoo, { params: [id = ''] }: PlatformCall): PlatformReply {
  const order = woo.book.find(id);
  if (!order) return unknown();
  const lines = order.lines.filter(({ cancelled }) => cancelled > 0);
  const items = lines.map((line) => ({
    ...{ id: `${line.id}0`, quantity: -line.cancelled },
    meta_data: [{ id: 1, key: '_refunded_item_id', value: line.id }],
  }));
  return json(items.length > 0 ? [{ id: `${order.id}1`, line_items: items }] : []);
}

function note(woo: PlayedWoo, { params: [id = ''], rawBody }: PlatformCall): PlatformReply {
  const order = woo.book.find(id);
  if (!order) return unknown();
  const { note: text = '' } = JSON.parse(rawBody) as { note?: string }; // whoever writes notes writes them by the document
  woo.notes.set(id, [...(woo.notes.get(id) ?? []), text]);
  return json({ id: woo.book.newId(), note: text });
}

function products(woo: PlayedWoo, { url }: PlatformCall): PlatformReply {
  const skus = (url.searchParams.get('sku') ?? '').split(',');
  const known = new Set([
    ...woo.book.stock.keys(),
    ...woo.book.all().flatMap(({ lines }) => lines.map(({ sku }) => sku)),
  ]);
  const rows = skus
    .filter((sku) => known.has(sku))
    .map((sku) => {
      const id = woo.products.get(sku) ?? woo.book.newId();
      woo.products.set(sku, id);
      return { id, sku, type: 'simple', parent_id: 0 };
    });
  return json(rows);
}

function stock(woo: PlayedWoo, { params: [id = ''], rawBody }: PlatformCall): PlatformReply {
  const sku = [...woo.products].find(([, known]) => known === id)?.[0];
  if (sku === undefined) return refused(404, 'woocommerce_rest_product_invalid_id', 'Invalid ID.');
  const { stock_quantity: quantity = 0 } = JSON.parse(rawBody) as { stock_quantity?: number }; // as above
  woo.book.stock.set(sku, quantity);
  return json({ id, sku, stock_quantity: quantity });
}

function webhook(woo: PlayedWoo, orderId: string): { headers: Record<string, string>; rawBody: string } {
  const order = woo.book.find(orderId);
  const rawBody = order ? json(playedOrder(woo, order)).body.toString() : '{}';
  return {
    headers: {
      'x-wc-webhook-topic': 'order.updated',
      'x-wc-webhook-resource': 'order',
      'x-wc-webhook-event': 'updated',
      'x-wc-webhook-delivery-id': `played-${orderId}-${order?.updatedAt ?? ''}`,
      'x-wc-webhook-signature': signWooWebhook(WEBHOOK_SECRET, rawBody),
    },
    rawBody,
  };
}
