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
import { mapAmazonOrder } from './mapper.ts';
import { AmazonOrder } from './wire.ts';

/** Amazon: search and detail of Orders 2026-01-01; a notification only names its order. */
export const amazonReader: ChannelReader = {
  name: 'amazon',
  confirmed: true,
  abilities: [
    'read-orders',
    'confirm-shipment',
    'split-shipment',
    'correct-tracking',
    'platform-label',
    'stock-absolute',
  ],
  parse: (text) => parseAmazon(readJsonAnswer('amazon', text)),
};

const PLAN = { schema: AmazonOrder, idKeys: ['orderId'], map: mapAmazonOrder };

/** Reads an answer that is JSON already. */
export function parseAmazon(answer: unknown): ParsedAnswer {
  if (!isObject(answer)) throw unreadableAnswer('amazon', answer);
  refuseErrors(answer);
  if (Array.isArray(answer.orders)) return mapOrders(answer.orders, PLAN);
  if (isObject(answer.order)) return mapOrders([answer.order], PLAN);
  if (Array.isArray(answer.orderItems)) return mapOrders([answer], PLAN);
  const id = notifiedId(answer);
  if (id !== undefined) return { orders: [], quarantined: [], named: [id] };
  throw unreadableAnswer('amazon', answer);
}

/** Throws what an answer refuses. */
export function refuseErrors(answer: Readonly<Record<string, unknown>>): void {
  const [first] = Array.isArray(answer.errors) ? answer.errors : [];
  if (first !== undefined) {
    const code = textUnder(first, 'code') ?? '';
    throw refusedAnswer('amazon', refusalOf(code), { code, message: textUnder(first, 'message') ?? '' });
  }
  // The sign-in service speaks OAuth.
  const error = textUnder(answer, 'error');
  if (error === undefined) return;
  throw refusedAnswer('amazon', 'sign-in-expired', {
    code: error,
    message: textUnder(answer, 'error_description') ?? '',
  });
}

function refusalOf(code: string): Refusal {
  if (/QuotaExceeded|TooManyRequests|Throttl/i.test(code)) return 'throttled';
  return /Unauthorized|AccessDenied|ExpiredToken|InvalidAccessToken/i.test(code) ? 'sign-in-expired' : 'refused';
}

function notifiedId(answer: Readonly<Record<string, unknown>>): string | undefined {
  const payload = answer.Payload ?? answer.payload;
  const change = isObject(payload) ? (payload.OrderChangeNotification ?? payload.orderChangeNotification) : undefined;
  return textUnder(change, 'AmazonOrderId') ?? textUnder(change, 'amazonOrderId');
}
