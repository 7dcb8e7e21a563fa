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
import { mapWechatOrder } from './mapper.ts';
import { WechatOrder } from './wire.ts';

/** WeChat Shop: order detail; lists and callbacks only name their orders. */
export const wechatShopReader: ChannelReader = {
  name: 'wechat_shop',
  confirmed: true,
  abilities: ['read-orders', 'confirm-shipment', 'split-shipment', 'correct-tracking', 'stock-absolute', 'webhook'],
  parse: (text) => parseWechat(readJsonAnswer('wechat_shop', text)),
};

const PLAN = { schema: WechatOrder, idKeys: ['order_id'], map: mapWechatOrder };

/** Reads an answer that is JSON already. */
export function parseWechat(answer: unknown): ParsedAnswer {
  if (!isObject(answer)) throw unreadableAnswer('wechat_shop', answer);
  refuseWechat(answer);
  const list = [answer.order_list, answer.orders].find(Array.isArray);
  if (list) return mapOrders(list, PLAN);
  if (isObject(answer.order)) return mapOrders([answer.order], PLAN);
  if (isObject(answer.order_detail)) return mapOrders([answer], PLAN);
  const ids = namedIds(answer);
  if (ids === undefined) throw unreadableAnswer('wechat_shop', answer);
  return { orders: [], quarantined: [], named: ids };
}

/** Throws what an answer refuses; WeChat says so with HTTP 200. */
export function refuseWechat(answer: Readonly<Record<string, unknown>>): void {
  const code = textUnder(answer, 'errcode');
  if (code === undefined || code === '0') return;
  throw refusedAnswer('wechat_shop', refusalOf(code), { code, message: textUnder(answer, 'errmsg') ?? '' });
}

function refusalOf(code: string): Refusal {
  if (/^4(?:0001|0014|2001|1001)$/.test(code)) return 'sign-in-expired';
  return /^450(?:09|11)$|^-1$/.test(code) ? 'throttled' : 'refused';
}

/** Where callbacks name their order: about the order itself, an after-sale, and an after-sale of a present. */
const CALLBACKS = [
  'order_info',
  'finder_shop_aftersale_status_update',
  'finder_shop_present_aftersale_status_update',
] as const;

function namedIds(answer: Readonly<Record<string, unknown>>): string[] | undefined {
  if (Array.isArray(answer.order_id_list)) return answer.order_id_list.map(String);
  const event = CALLBACKS.map((key) => textUnder(answer[key], 'order_id')).find((id) => id !== undefined);
  if (event !== undefined) return [event];
  // A page without orders, and a callback about something else.
  return 'has_more' in answer || 'next_key' in answer || 'Event' in answer ? [] : undefined;
}
