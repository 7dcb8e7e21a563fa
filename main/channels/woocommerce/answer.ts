import { isObject, textUnder } from '../../../shared/json/wire-values.ts';
import {
  type ChannelReader,
  mapOrders,
  type ParsedAnswer,
  readJsonAnswer,
  refusedAnswer,
  unreadableAnswer,
} from '../channel.ts';
import { mapWooOrder } from './mapper.ts';
import { WooOrder } from './wire.ts';

/** WooCommerce: lists, single orders, batches and webhook bodies of REST wc/v3. */
export const wooCommerceReader: ChannelReader = {
  name: 'woocommerce',
  confirmed: true,
  abilities: ['read-orders', 'confirm-shipment', 'split-shipment', 'correct-tracking', 'stock-absolute', 'webhook'],
  parse: (text) => parseWoo(readJsonAnswer('woocommerce', text)),
};

function parseWoo(answer: unknown): ParsedAnswer {
  return readWooOrders(rowsOf(answer));
}

/** Rows of a list that was read already. */
export function readWooOrders(rows: readonly unknown[]): ParsedAnswer {
  // A deleted order comes as its id alone.
  const isNamed = (row: unknown): boolean => isObject(row) && Object.keys(row).join() === 'id';
  const full = rows.filter((row) => !isNamed(row));
  const parsed = mapOrders(full, { schema: WooOrder, idKeys: ['id', 'number'], map: mapWooOrder });
  return { ...parsed, named: rows.filter(isNamed).flatMap((row) => textUnder(row, 'id') ?? []) };
}

function rowsOf(answer: unknown): readonly unknown[] {
  if (Array.isArray(answer)) return answer;
  if (!isObject(answer)) throw unreadableAnswer('woocommerce', answer);
  refuseError(answer);
  const batch = [answer.create, answer.update, answer.delete, answer.orders].filter(Array.isArray);
  if (batch.length > 0) return batch.flat();
  if (isObject(answer.order)) return [answer.order];
  if ('id' in answer) return [answer];
  throw unreadableAnswer('woocommerce', answer);
}

function refuseError(answer: Readonly<Record<string, unknown>>): void {
  const code = textUnder(answer, 'code');
  const message = textUnder(answer, 'message');
  if (code === undefined || message === undefined || 'line_items' in answer) return;
  const status = textUnder(answer.data, 'status');
  const kind = status === '429' ? 'throttled' : status === '401' || status === '403' ? 'sign-in-expired' : 'refused';
  throw refusedAnswer('woocommerce', kind, { code, message });
}
