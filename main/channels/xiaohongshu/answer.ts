import { isObject, textUnder } from '../../../shared/json/wire-values.ts';
import {
  type ChannelReader,
  mapOrders,
  type ParsedAnswer,
  readJsonAnswer,
  refusedAnswer,
  unreadableAnswer,
} from '../channel.ts';
import { mapXhsOrder } from './mapper.ts';
import { XhsOrder } from './wire.ts';

/** Xiaohongshu: order details and lists of the ARK gateway; written from its documents, no sample could be had. */
export const xiaohongshuReader: ChannelReader = {
  name: 'xiaohongshu',
  confirmed: false,
  abilities: ['read-orders', 'confirm-shipment', 'split-shipment', 'correct-tracking', 'stock-absolute'],
  parse: (text) => parseXhs(readJsonAnswer('xiaohongshu', text)),
};

export function parseXhs(answer: unknown): ParsedAnswer {
  if (!isObject(answer)) throw unreadableAnswer('xiaohongshu', answer);
  refuseXhs(answer);
  const inner = isObject(answer.data) ? answer.data : answer;
  // Some methods answer within their answer, a refusal without data.
  if (inner !== answer && ('success' in inner || isObject(inner.data))) refuseXhs(inner);
  const rows = rowsOf(inner !== answer && isObject(inner.data) ? inner.data : inner);
  if (rows === undefined) throw unreadableAnswer('xiaohongshu', inner);
  // Lists carry states and times, not what was bought.
  const isNamed = (row: unknown): boolean => isObject(row) && 'orderId' in row && !('skuList' in row);
  const parsed = mapOrders(
    rows.filter((row) => !isNamed(row)),
    { schema: XhsOrder, idKeys: ['orderId'], map: mapXhsOrder },
  );
  return { ...parsed, named: rows.filter(isNamed).flatMap((row) => textUnder(row, 'orderId') ?? []) };
}

/**
 * Throws what an answer refuses with. Success only when both say so: `success: true` comes with an `error_code` and no
 * data, too.
 */
export function refuseXhs(answer: Readonly<Record<string, unknown>>): void {
  const code = textUnder(answer, 'error_code') ?? textUnder(answer, 'code');
  const bad = (code !== undefined && code !== '0') || ('success' in answer && answer.success !== true);
  if (!bad) return;
  const message = textUnder(answer, 'error_msg') ?? textUnder(answer, 'msg') ?? textUnder(answer, 'message') ?? '';
  const kind =
    code === '-9013' || /限流/.test(message) ? 'throttled' : /token/i.test(message) ? 'sign-in-expired' : 'refused';
  throw refusedAnswer('xiaohongshu', kind, { code: code ?? '', message });
}

function rowsOf(data: Readonly<Record<string, unknown>>): readonly unknown[] | undefined {
  if (Array.isArray(data.orderList)) return data.orderList;
  if ('orderId' in data) return [data];
  if (isObject(data.order)) return [data.order];
  return 'maxPageNo' in data || 'total' in data ? [] : undefined;
}
