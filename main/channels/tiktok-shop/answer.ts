import { isObject, textUnder } from '../../../shared/json/wire-values.ts';
import {
  type ChannelReader,
  mapOrders,
  type ParsedAnswer,
  type Refusal,
  readJsonAnswer,
  refusedAnswer,
  unreadableAnswer,
} from '../channel.ts';
import { mapTiktokOrder, mapWholeTiktokOrder } from './mapper.ts';
import { troubleOf } from './refusal.ts';
import { TiktokOrder } from './wire.ts';

/** TikTok Shop: order search and detail of Open API 202309 and later; of a webhook only the order's id counts. */
export const tiktokShopReader: ChannelReader = {
  name: 'tiktok_shop',
  confirmed: true,
  abilities: [
    'request-refund',
    'read-orders',
    'confirm-shipment',
    'split-shipment',
    'correct-tracking',
    'platform-label',
    'cancel-line',
    'stock-absolute',
    'webhook',
  ],
  parse: (text) => parseTiktok(readJsonAnswer('tiktok_shop', text)),
};

const PLAN = { schema: TiktokOrder, idKeys: ['id'], map: mapTiktokOrder };
const WHOLE = { ...PLAN, map: mapWholeTiktokOrder };

/** Rows of an order list as the station keeps them, mapped one by one; what cannot be read is set aside. */
export const mapTiktokOrders = (rows: readonly unknown[]): ParsedAnswer => mapOrders(rows, WHOLE);

function parseTiktok(answer: unknown): ParsedAnswer {
  if (!isObject(answer)) throw unreadableAnswer('tiktok_shop', answer);
  refuseErrors(answer);
  const { data } = answer;
  if (isWebhook(answer)) return { orders: [], quarantined: [], named: idsIn(data) };
  if (isObject(data) && Array.isArray(data.orders)) return mapOrders(data.orders, PLAN);
  if (isObject(data) && isObject(data.order)) return mapOrders([data.order], PLAN);
  if ('code' in answer && isEmptyPage(data)) return { orders: [], quarantined: [], named: [] };
  if (Array.isArray(answer.orders)) return mapOrders(answer.orders, PLAN);
  if (Array.isArray(answer.line_items)) return mapOrders([answer], PLAN);
  throw unreadableAnswer('tiktok_shop', answer);
}

/** An empty page has no list at all. */
function isEmptyPage(data: unknown): boolean {
  return !isObject(data) || Object.keys(data).every((key) => key === 'total_count' || key === 'next_page_token');
}

/** HTTP 200 says nothing: `code` does, and `data.errors` even with code 0. */
function refuseErrors(answer: Readonly<Record<string, unknown>>): void {
  const code = textUnder(answer, 'code');
  const message = textUnder(answer, 'message') ?? '';
  if (code !== undefined && code !== '0')
    throw refusedAnswer('tiktok_shop', refusalOf(code, message), { code, message });
  const errors = isObject(answer.data) && Array.isArray(answer.data.errors) ? answer.data.errors : [];
  const [first] = errors;
  if (first === undefined) return;
  throw refusedAnswer('tiktok_shop', 'refused', {
    code: textUnder(first, 'code') ?? '',
    message: textUnder(first, 'message') ?? 'a part of the call failed',
  });
}

function refusalOf(code: string, message: string): Refusal {
  const trouble = troubleOf(code, message);
  if (trouble === 'throttled' || trouble === 'unavailable') return 'throttled';
  return trouble === 'token' || trouble === 'key' ? 'sign-in-expired' : 'refused';
}

function isWebhook(answer: Readonly<Record<string, unknown>>): boolean {
  return 'type' in answer && 'shop_id' in answer && isObject(answer.data);
}

/** Orders that a webhook's `data` names; a package of a combined shipment names several. */
export function idsIn(data: unknown): string[] {
  const own = textUnder(data, 'order_id');
  if (own !== undefined) return [own];
  const packages = isObject(data) && Array.isArray(data.package_list) ? data.package_list : [];
  const ids = packages.flatMap((one: unknown) =>
    isObject(one) && Array.isArray(one.order_id_list) ? one.order_id_list : [],
  );
  return [...new Set(ids.map(String))];
}
