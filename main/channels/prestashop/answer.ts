import { AppError } from '../../../shared/errors.ts';
import { isObject, textUnder } from '../../../shared/json/wire-values.ts';
import { isTimeZone } from '../../../shared/model/local-time.ts';
import {
  type ChannelReader,
  mapOrders,
  type ParsedAnswer,
  type ParseOptions,
  readJsonAnswer,
  refusedAnswer,
  unreadableAnswer,
} from '../channel.ts';
import { withDetails } from './details.ts';
import { mapPrestashopOrder } from './mapper.ts';
import { PrestashopOrder, rowsIn } from './wire.ts';
import { readXml } from './xml.ts';

/** PrestaShop: orders of the Webservice, in JSON and in the XML it speaks by itself. */
export const prestashopReader: ChannelReader = {
  name: 'prestashop',
  confirmed: true,
  abilities: ['read-orders', 'confirm-shipment', 'split-shipment', 'correct-tracking', 'stock-absolute'],
  parse: (text, options = {}) => parsePrestashop(readAnswer(text), options),
};

function readAnswer(text: string): unknown {
  const body = text.replace(/^\uFEFF/, '').trim();
  if (!/^(?:<\?xml[^>]*>\s*)?<prestashop[\s>]/.test(body)) return readJsonAnswer('prestashop', body);
  try {
    const root = readXml(body);
    return isObject(root) ? root.prestashop : undefined;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new AppError(
      'remote',
      'channel.not-json',
      { channel: 'prestashop', got: String(error.details.reason) },
      error,
    );
  }
}

function parsePrestashop(answer: unknown, options: ParseOptions): ParsedAnswer {
  if (options.timeZone !== undefined && !isTimeZone(options.timeZone))
    throw new AppError('validation', 'channel.unknown-time-zone', { timeZone: options.timeZone });
  // The Webservice answers an empty list instead of `orders` when nothing was found.
  if (Array.isArray(answer) && answer.length === 0) return { orders: [], quarantined: [], named: [] };
  if (!isObject(answer)) throw unreadableAnswer('prestashop', answer);
  refuseErrors(answer);
  const found = rowsOf(answer);
  if (found === undefined) throw unreadableAnswer('prestashop', answer);
  const rows = withDetails(found, detailsIn(answer, found));
  const isNamed = (row: unknown): boolean => isObject(row) && Object.keys(row).join() === 'id';
  const parsed = mapOrders(
    rows.filter((row) => !isNamed(row)),
    { schema: PrestashopOrder, idKeys: ['id', 'reference'], map: (order) => mapPrestashopOrder(order, options) },
  );
  return { ...parsed, named: rows.filter(isNamed).flatMap((row) => textUnder(row, 'id')?.trim() ?? []) };
}

/** Both resources in one answer, as several were put together; or details within an order. */
function detailsIn(answer: Readonly<Record<string, unknown>>, orders: readonly unknown[]): readonly unknown[] {
  const inside = orders.flatMap((order) => {
    if (!isObject(order)) return [];
    const { associations } = order;
    return [order.order_details, isObject(associations) ? associations.order_details : undefined];
  });
  return [answer.order_details, ...inside].flatMap((raw) => rowsIn(raw, 'order_detail'));
}

function refuseErrors(answer: Readonly<Record<string, unknown>>): void {
  const { errors } = answer;
  const list = isObject(errors) && 'error' in errors ? errors.error : errors;
  const first: unknown = Array.isArray(list) ? list[0] : list;
  if (!isObject(first)) return;
  const code = textUnder(first, 'code')?.trim() ?? '';
  throw refusedAnswer('prestashop', refusalOf(code), { code, message: textUnder(first, 'message') ?? '' });
}

/** 17 to 20: the key is missing, malformed, unknown or switched off. */
function refusalOf(code: string): 'sign-in-expired' | 'refused' {
  return /^(?:1[6-9]|2[0-1])$/.test(code) ? 'sign-in-expired' : 'refused';
}

/** One row may come as an object instead of a list, and XML wraps each in `order`. */
function rowsOf(answer: Readonly<Record<string, unknown>>): readonly unknown[] | undefined {
  if ('orders' in answer) {
    const inner = isObject(answer.orders) && 'order' in answer.orders ? answer.orders.order : answer.orders;
    if (Array.isArray(inner)) return inner;
    return isObject(inner) ? [inner] : [];
  }
  if (isObject(answer.order)) return [answer.order];
  return 'associations' in answer && 'id' in answer ? [answer] : undefined;
}
