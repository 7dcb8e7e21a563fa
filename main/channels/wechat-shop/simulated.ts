import { createCipheriv, randomBytes } from 'node:crypto';
import { isObject, textUnder } from '../../../shared/json/wire-values.ts';
import { type BookOrder, OrderBook } from '../channel-order-book.ts';
import {
  createPlatform,
  type PlatformCall,
  type PlatformOptions,
  type PlatformReply,
  type SimulatedPlatform,
} from '../channel-simulator.ts';
import { signWechatCallback } from './sign.ts';

export interface WechatPlatformOptions extends PlatformOptions {
  /** How long a token lives. */
  readonly tokenSeconds?: number;
  /** This PC's address is not on the app's list. */
  readonly forbidsAddress?: boolean;
}

const APP = { appId: 'wxplayed0000000001', appSecret: 'played-secret-of-a-shop' };
const HOOK = { webhookToken: 'playedtoken', encodingAesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG' };
const COMPANIES = [
  { delivery_id: 'SF', delivery_name: 'SF Express' },
  { delivery_id: 'YTO', delivery_name: 'YTO Express' },
  { delivery_id: 'UPS', delivery_name: 'UPS' },
];

interface Played {
  readonly book: OrderBook;
  /** Tokens with the instant at which each ends. */
  readonly tokens: Map<string, number>;
  readonly options: WechatPlatformOptions;
}

const said = (answer: object): PlatformReply => ({ body: JSON.stringify({ errcode: 0, errmsg: 'ok', ...answer }) });
const refused = (errcode: number, errmsg: string): PlatformReply => ({ body: JSON.stringify({ errcode, errmsg }) });
const seconds = (instant: string): number => Math.floor(Date.parse(instant) / 1_000);

/** Plays WeChat's API by its documents: tokens of two hours, errors with HTTP 200, lists by key, money in fen. */
export function simulateWechatShop(options: WechatPlatformOptions): SimulatedPlatform {
  const book = new OrderBook({ ...options, prefix: 'WX', first: options.first ?? 801 });
  const played: Played = { book, tokens: new Map(), options };
  const guarded = (answer: (asked: Readonly<Record<string, unknown>>) => PlatformReply) => (call: PlatformCall) => {
    const token = call.url.searchParams.get('access_token') ?? '';
    const until = played.tokens.get(token);
    if (until === undefined) return refused(40001, 'invalid credential, access_token is invalid or not latest');
    if (until < options.clock().getTime()) return refused(42001, 'access_token expired');
    const asked: unknown = JSON.parse(call.rawBody || '{}');
    return answer(isObject(asked) ? asked : {});
  };
  const route = (path: string, answer: (asked: Readonly<Record<string, unknown>>) => PlatformReply) => ({
    ...{ method: 'POST', path: new RegExp(`^${path}$`) },
    answer: guarded(answer),
  });
  const withOrder =
    (answer: (order: BookOrder, asked: Readonly<Record<string, unknown>>) => PlatformReply) =>
    (asked: Readonly<Record<string, unknown>>): PlatformReply => {
      const order = book.find(textUnder(asked, 'order_id') ?? '');
      return order ? answer(order, asked) : refused(100006, '订单不存在');
    };
  const deliver = (order: BookOrder, asked: Readonly<Record<string, unknown>>): PlatformReply =>
    send(played, order, asked);
  return createPlatform(
    {
      name: 'wechat_shop',
      book,
      routes: [
        { method: 'POST', path: /^\/cgi-bin\/stable_token$/, answer: (call) => grant(played, call) },
        route('/channels/ec/order/list/get', (asked) => list(played, asked)),
        route(
          '/channels/ec/order/get',
          withOrder((order) => said({ order: detail(played, order) })),
        ),
        route(
          '/channels/ec/order/sensitiveinfo/decode',
          withOrder((order) => said({ address_info: address(order, false) })),
        ),
        route('/channels/ec/product/list/get', (asked) => products(played, asked)),
        route('/channels/ec/product/get', (asked) => product(played, asked)),
        route('/channels/ec/product/stock/update', (asked) => count(played, asked)),
        route('/channels/ec/order/deliverycompanylist/new/get', () => said({ company_list: COMPANIES })),
        route('/channels/ec/order/delivery/send', withOrder(deliver)),
        route(
          '/channels/ec/order/deliveryinfo/update',
          withOrder((order, asked) => correct(played, order, asked)),
        ),
      ],
      account: { ...APP, ...HOOK },
      throttled: () => refused(45009, 'reach max api daily quota limit'),
      signInRefused: () => refused(42001, 'access_token expired'),
      webhook: (orderId) => webhook(played, orderId),
    },
    options,
  );
}

function grant({ tokens, options }: Played, { rawBody }: PlatformCall): PlatformReply {
  const asked: unknown = JSON.parse(rawBody || '{}');
  if (options.forbidsAddress) return refused(40164, 'invalid ip 203.0.113.7, not in whitelist');
  if (textUnder(asked, 'appid') !== APP.appId) return refused(40013, 'invalid appid');
  if (textUnder(asked, 'secret') !== APP.appSecret) return refused(40125, 'invalid appsecret');
  const life = options.tokenSeconds ?? 7_200;
  const token = randomBytes(12).toString('hex');
  tokens.set(token, options.clock().getTime() + life * 1_000);
  return { body: JSON.stringify({ access_token: token, expires_in: life }) };
}

function list({ book }: Played, asked: Readonly<Record<string, unknown>>): PlatformReply {
  const range = isObject(asked.update_time_range) ? asked.update_time_range : {};
  const [from, to] = [Number(range.start_time), Number(range.end_time)];
  if (to - from > 7 * 86_400) return refused(40097, 'time range too long');
  const after = textUnder(asked, 'next_key') ?? '';
  const found = book.listed().filter(({ updatedAt }) => seconds(updatedAt) >= from && seconds(updatedAt) <= to);
  const key = ({ updatedAt, id }: BookOrder): string => `${updatedAt} ${id}`;
  const rest = found.filter((order) => key(order) > after);
  const page = rest.slice(0, Number(asked.page_size ?? 10));
  const last = page.at(-1);
  const more = rest.length > page.length;
  return said({ order_id_list: page.map(({ id }) => id), next_key: more && last ? key(last) : '', has_more: more });
}

function statusOf({ book }: Played, order: BookOrder): number {
  if (order.state === 'cancelled') return 250;
  if (order.state === 'unpaid' || order.held !== null) return 10;
  const left = order.lines.some((line) => book.left(line) > 0);
  if (!left) return 30;
  return order.packages.length > 0 ? 21 : 20;
}

const starred = (text: string): string => `${text.slice(0, 1)}**`;

function address({ address: given }: BookOrder, masked: boolean): object {
  const shown = (text: string): string => (masked ? starred(text) : text);
  return {
    ...{ user_name: shown(given.name), tel_number: shown(given.phone || '13800000000'), postal_code: given.postcode },
    ...{
      province_name: given.region || '广东省',
      city_name: given.city,
      county_name: '',
      detail_info: shown(given.street1),
    },
  };
}

function detail(played: Played, order: BookOrder): object {
  const total = order.lines.reduce((sum, line) => sum + line.unitPriceMinor * line.quantity, 0);
  return {
    ...{ order_id: order.id, status: statusOf(played, order) },
    ...{ create_time: seconds(order.placedAt), update_time: seconds(order.updatedAt) },
    order_detail: {
      product_infos: order.lines.map((line) => ({
        ...{
          product_id: `${line.id}9`,
          sku_id: line.id,
          sku_code: line.sku,
          sku_cnt: line.quantity,
          title: line.title,
        },
        ...{ sale_price: line.unitPriceMinor, sku_attrs: [], on_aftersale_sku_cnt: 0 },
        finish_aftersale_sku_cnt: line.cancelled,
      })),
      price_info: { order_price: total },
      delivery_info: {
        address_info: address(order, true),
        delivery_product_info: order.packages.map(({ tracking, carrier, lines }) => ({
          ...{ waybill_id: tracking, delivery_id: carrier },
          product_infos: lines.map(({ lineId, quantity }) => ({
            product_id: `${lineId}9`,
            sku_id: lineId,
            product_cnt: quantity,
          })),
        })),
      },
      ext_info: { customer_notes: order.note, merchant_notes: '' },
    },
    // A buyer who wants everything back before it has left.
    aftersale_detail: { on_aftersale_order_cnt: order.cancelRequested ? 1 : 0 },
  };
}

interface Delivery {
  readonly tracking: string;
  readonly carrier: string;
  readonly lines: readonly { readonly lineId: string; readonly quantity: number }[];
}

function deliveries(asked: Readonly<Record<string, unknown>>): Delivery[] {
  const rows = Array.isArray(asked.delivery_list) ? asked.delivery_list.filter(isObject) : [];
  return rows.map((row) => ({
    ...{ tracking: textUnder(row, 'waybill_id') ?? '', carrier: textUnder(row, 'delivery_id') ?? '' },
    lines: (Array.isArray(row.product_infos) ? row.product_infos.filter(isObject) : []).map((info) => ({
      lineId: textUnder(info, 'sku_id') ?? '',
      quantity: Number(textUnder(info, 'product_cnt') ?? 0),
    })),
  }));
}

function send({ book }: Played, order: BookOrder, asked: Readonly<Record<string, unknown>>): PlatformReply {
  if (order.state === 'cancelled') return refused(100100, '订单已取消 order cancelled');
  for (const delivery of deliveries(asked)) {
    if (!COMPANIES.some(({ delivery_id: id }) => id === delivery.carrier))
      return refused(100101, '快递公司不存在 delivery_id');
    const tooMany = delivery.lines.some(({ lineId, quantity }) => {
      const line = order.lines.find(({ id }) => id === lineId);
      return !line || quantity > book.left(line);
    });
    if (tooMany || delivery.lines.length === 0) return refused(100102, '发货数量超出 order product_cnt');
    book.ship(order, delivery);
  }
  return said({});
}

function correct({ book }: Played, order: BookOrder, asked: Readonly<Record<string, unknown>>): PlatformReply {
  for (const [index, { tracking, carrier }] of deliveries(asked).entries()) {
    const parcel = order.packages[index];
    if (parcel && parcel.tracking !== tracking) book.correct(order, parcel, { tracking, carrier });
  }
  return said({});
}

/** Every SKU is a product of its own here; its number tells which one. */
function skusOf({ book }: Played): string[] {
  const ordered = book.all().flatMap(({ lines }) => lines.map(({ sku }) => sku));
  return [...new Set([...book.stock.keys(), ...ordered])].sort();
}

function products(played: Played, asked: Readonly<Record<string, unknown>>): PlatformReply {
  const [from, size] = [Number(textUnder(asked, 'next_key') || 0), Number(asked.page_size ?? 10)];
  const skus = skusOf(played);
  const ids = skus.slice(from, from + size).map((_, at) => String(70_000 + from + at));
  return said({ product_ids: ids, next_key: from + size < skus.length ? String(from + size) : '' });
}

function product(played: Played, asked: Readonly<Record<string, unknown>>): PlatformReply {
  const id = textUnder(asked, 'product_id') ?? '';
  const sku = skusOf(played)[Number(id) - 70_000];
  if (sku === undefined) return refused(10020049, '商品不存在');
  return said({ product: { product_id: id, skus: [{ sku_id: `${id}1`, sku_code: sku }] } });
}

function count(played: Played, asked: Readonly<Record<string, unknown>>): PlatformReply {
  const sku = skusOf(played)[Number(textUnder(asked, 'product_id') ?? 0) - 70_000];
  if (sku === undefined) return refused(10020049, '商品不存在');
  if (asked.diff_type !== 3) return refused(10020050, 'diff_type');
  played.book.stock.set(sku, Number(asked.num));
  return said({});
}

/** Encrypted as WeChat does: 16 random bytes, length, message, app, padded to 32. */
function encrypted(message: string): string {
  const key = Buffer.from(`${HOOK.encodingAesKey}=`, 'base64');
  const text = Buffer.from(message);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length);
  const plain = Buffer.concat([randomBytes(16), length, text, Buffer.from(APP.appId)]);
  const padding = 32 - (plain.length % 32);
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false);
  const padded = Buffer.concat([plain, Buffer.alloc(padding, padding)]);
  return Buffer.concat([cipher.update(padded), cipher.final()]).toString('base64');
}

function webhook(
  { book }: Played,
  orderId: string,
): { headers: Record<string, string>; rawBody: string; query: Record<string, string> } {
  const event = `{"Event":"channels_ec_order_new","CreateTime":${seconds(book.now)},"order_info":{"order_id":${orderId}}}`;
  const encrypt = encrypted(event);
  const [timestamp, nonce] = [String(seconds(book.now)), 'played'];
  const msg_signature = signWechatCallback(HOOK.webhookToken, { timestamp, nonce, encrypt });
  return {
    headers: { 'content-type': 'application/json' },
    query: { timestamp, nonce, msg_signature },
    rawBody: JSON.stringify({ ToUserName: 'played', Encrypt: encrypt }),
  };
}
