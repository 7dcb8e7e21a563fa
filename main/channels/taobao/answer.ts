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
import { mapTaobaoTrade } from './mapper.ts';
import { TaobaoTrade } from './wire.ts';

/** Taobao and Tmall: trade details and lists of the TOP router; written from its documents, no sample could be had. */
export const taobaoReader: ChannelReader = {
  name: 'taobao',
  confirmed: false,
  abilities: ['read-orders', 'confirm-shipment', 'split-shipment', 'correct-tracking', 'platform-label'],
  parse: (text) => parseTaobao(readJsonAnswer('taobao', text)),
};

/** Trades of an answer that is JSON already. */
export function parseTaobao(answer: unknown): ParsedAnswer {
  if (!isObject(answer)) throw unreadableAnswer('taobao', answer);
  refuseTaobao(answer);
  const [, wrapped] = Object.entries(answer).find(([key]) => key.endsWith('_response')) ?? [];
  const body = isObject(wrapped) ? wrapped : answer;
  const rows = rowsOf(body);
  if (rows === undefined) throw unreadableAnswer('taobao', answer);
  const isNamed = (row: unknown): boolean => isObject(row) && !('orders' in row) && idOf(row) !== undefined;
  const parsed = mapOrders(
    rows.filter((row) => !isNamed(row)),
    { schema: TaobaoTrade, idKeys: ['tid_str', 'tid'], map: mapTaobaoTrade },
  );
  return { ...parsed, named: rows.filter(isNamed).flatMap((row) => idOf(row) ?? []) };
}

const idOf = (row: unknown): string | undefined => textUnder(row, 'tid_str') ?? textUnder(row, 'tid');

/** Throws what an answer refuses with. */
export function refuseTaobao(answer: Readonly<Record<string, unknown>>): void {
  const error = answer.error_response;
  if (!isObject(error)) return;
  const code = textUnder(error, 'code') ?? '';
  const sub = textUnder(error, 'sub_code') ?? '';
  const message = [textUnder(error, 'msg'), textUnder(error, 'sub_msg')].filter(Boolean).join(': ');
  throw refusedAnswer('taobao', refusalOf(code, sub), { code: [code, sub].filter(Boolean).join(' '), message });
}

function refusalOf(code: string, sub: string): Refusal {
  if (code === '7' || /call-limited|accesscontrol\.limited/i.test(sub)) return 'throttled';
  return code === '26' || code === '27' || /session-(?:expired|not-exist)|invalid-session/i.test(sub)
    ? 'sign-in-expired'
    : 'refused';
}

/** An empty page lacks `trades`. */
function rowsOf(body: Readonly<Record<string, unknown>>): readonly unknown[] | undefined {
  if (isObject(body.trade)) return [body.trade];
  if ('trades' in body) {
    const inner = isObject(body.trades) && 'trade' in body.trades ? body.trades.trade : body.trades;
    return Array.isArray(inner) ? inner : isObject(inner) && idOf(inner) !== undefined ? [inner] : [];
  }
  if (Array.isArray(body.trade)) return body.trade;
  if (idOf(body) !== undefined) return [body];
  return 'total_results' in body || 'has_next' in body || 'request_id' in body ? [] : undefined;
}
