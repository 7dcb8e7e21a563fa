import { isObject, textUnder } from '../../../shared/json/wire-values.ts';
import {
  type ChannelReader,
  mapOrders,
  type ParsedAnswer,
  readJsonAnswer,
  refusedAnswer,
  unreadableAnswer,
} from '../channel.ts';
import { mapShopifyOrder } from './mapper.ts';
import { fromRestOrder, isRestOrder } from './webhook.ts';
import { ShopifyOrder } from './wire.ts';

/** Shopify: Admin GraphQL answers (`order`, `orders`, `node`, `nodes`) and the bodies of order webhooks. */
export const shopifyReader: ChannelReader = {
  name: 'shopify',
  confirmed: true,
  abilities: [
    'return-received',
    'request-refund',
    'read-orders',
    'confirm-shipment',
    'split-shipment',
    'correct-tracking',
    'cancel-line',
    'acknowledge',
    'stock-compare-and-set',
    'webhook',
  ],
  parse: (text) => parseShopify(readJsonAnswer('shopify', text)),
};

function parseShopify(answer: unknown): ParsedAnswer {
  refuseErrors(answer);
  const rows = rowsOf(answer);
  if (rows === undefined) throw unreadableAnswer('shopify', answer);
  const [headers, full] = [rows.filter(isHeader), rows.filter((row) => !isHeader(row))];
  const parsed = mapOrders(full, { schema: ShopifyOrder, idKeys: ['id', 'name'], map: mapShopifyOrder });
  return { ...parsed, named: headers.flatMap((row) => textUnder(row, 'id') ?? []) };
}

/** GraphQL answers errors with HTTP 200. A field that the app may not read comes as null and is no reason to stop. */
function refuseErrors(answer: unknown): void {
  if (!isObject(answer)) return;
  if (typeof answer.errors === 'string' || isObject(answer.errors)) {
    const message = typeof answer.errors === 'string' ? answer.errors : JSON.stringify(answer.errors);
    throw refusedAnswer('shopify', /access token|api key/i.test(message) ? 'sign-in-expired' : 'refused', {
      code: '',
      message,
    });
  }
  const errors = [...(Array.isArray(answer.errors) ? answer.errors : []), ...userErrors(answer.data)];
  const worst = errors.find((error) => codeOf(error) !== 'ACCESS_DENIED' || !hasOrders(answer.data));
  if (worst === undefined) return;
  const code = codeOf(worst);
  const message = textUnder(worst, 'message') ?? (typeof worst === 'string' ? worst : 'no reason given');
  throw refusedAnswer('shopify', code === 'THROTTLED' ? 'throttled' : 'refused', { code, message });
}

function codeOf(error: unknown): string {
  const extensions = isObject(error) ? error.extensions : undefined;
  return textUnder(extensions, 'code') ?? textUnder(error, 'code') ?? '';
}

function userErrors(data: unknown): unknown[] {
  if (!isObject(data)) return [];
  return Object.values(data).flatMap((part) =>
    isObject(part) && Array.isArray(part.userErrors) ? part.userErrors : [],
  );
}

function hasOrders(data: unknown): boolean {
  return (
    isObject(data) && ['order', 'orders', 'node', 'nodes'].some((key) => data[key] !== null && data[key] !== undefined)
  );
}

function rowsOf(answer: unknown): readonly unknown[] | undefined {
  if (isRestOrder(answer)) return [fromRestOrder(answer)];
  if (!isObject(answer)) return undefined;
  const data = isObject(answer.data) ? answer.data : answer;
  if ('orders' in data) return listOf(data.orders)?.map(graphOrder);
  if ('nodes' in data) return listOf(data.nodes)?.map(graphOrder);
  for (const key of ['order', 'node', 'orderByIdentifier']) {
    if (key in data) return data[key] === null ? [] : [graphOrder(data[key])];
  }
  return typeof answer.id === 'string' && answer.id.includes('/Order/') ? [answer] : undefined;
}

const graphOrder = (row: unknown): unknown => (isRestOrder(row) ? fromRestOrder(row) : row);

function listOf(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  if (!isObject(value)) return undefined;
  if (Array.isArray(value.nodes)) return value.nodes;
  return Array.isArray(value.edges)
    ? value.edges.map((edge: unknown) => (isObject(edge) ? edge.node : edge))
    : undefined;
}

/** The first of the two steps of reading lists ids and dates only. */
function isHeader(row: unknown): boolean {
  return isObject(row) && typeof row.id === 'string' && !('lineItems' in row) && !('fulfillmentOrders' in row);
}
