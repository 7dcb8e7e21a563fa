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
import { mapPddOrder } from './mapper.ts';
import { PddOrder } from './wire.ts';

/** Pinduoduo: order details and lists of the POP router; written from its documents, no sample could be had. */
export const pinduoduoReader: ChannelReader = {
  name: 'pinduoduo',
  confirmed: false,
  abilities: ['read-orders', 'confirm-shipment', 'correct-tracking', 'platform-label'],
  parse: (text) => parsePdd(readJsonAnswer('pinduoduo', text)),
};

const LISTS = ['order_sn_list', 'order_list', 'orders'];

/** Orders of an answer that is JSON already. */
export function parsePdd(answer: unknown): ParsedAnswer {
  if (!isObject(answer)) throw unreadableAnswer('pinduoduo', answer);
  refusePdd(answer);
  // The key of the answer cannot be told from the call.
  const [, wrapped] = Object.entries(answer).find(([key]) => key.endsWith('_response')) ?? [];
  const body = isObject(wrapped) ? wrapped : answer;
  const rows = rowsOf(body);
  if (rows === undefined) throw unreadableAnswer('pinduoduo', answer);
  const isNamed = (row: unknown): boolean =>
    typeof row === 'string' || (isObject(row) && !('item_list' in row) && 'order_sn' in row);
  const parsed = mapOrders(
    rows.filter((row) => !isNamed(row)),
    { schema: PddOrder, idKeys: ['order_sn'], map: mapPddOrder },
  );
  const named = rows
    .filter(isNamed)
    .flatMap((row) => (typeof row === 'string' ? row : (textUnder(row, 'order_sn') ?? [])));
  return { ...parsed, named };
}

/** Throws what an answer refuses with. */
export function refusePdd(answer: Readonly<Record<string, unknown>>): void {
  const error = answer.error_response;
  if (!isObject(error)) return;
  const code = textUnder(error, 'error_code') ?? '';
  const sub = textUnder(error, 'sub_code') ?? '';
  const words = [textUnder(error, 'error_msg'), textUnder(error, 'sub_msg')].filter(Boolean);
  const message = [...new Set(words)].join(': ');
  throw refusedAnswer('pinduoduo', refusalOf(code, message), { code: [code, sub].filter(Boolean).join(' '), message });
}

function refusalOf(code: string, message: string): Refusal {
  if (/^(?:7003[1-3]|5210[1-3])$/.test(code) || /频繁|限流|rate limit/i.test(message)) return 'throttled';
  return /^100(?:18|19|35)$/.test(code) || /access_token/i.test(message) ? 'sign-in-expired' : 'refused';
}

function rowsOf(body: Readonly<Record<string, unknown>>): readonly unknown[] | undefined {
  if (isObject(body.order_info)) return [body.order_info];
  const list = LISTS.map((key) => body[key]).find(Array.isArray);
  if (list) return list;
  if ('order_sn' in body) return [body];
  return 'total_count' in body || 'has_next' in body ? [] : undefined;
}
