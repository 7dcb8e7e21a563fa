import type { ChannelName } from '../../../shared/model/channel.ts';
import { orderHeaders } from './detect-format.ts';
import type { JsonPiece } from './json-values.ts';
import { type OrderOutcome, rejectOrder } from './outcome.ts';
import { type GetValue, readOwnOrder } from './own-order.ts';
import { headerKey } from './table.ts';

const ADDRESS_KEYS = new Set(['address', 'shippingaddress', 'shipto', 'recipient']);
const LINES_KEYS = new Set(['lines', 'lineitems', 'items']);
const UNREADABLE = /[\0\uFFFD\p{Surrogate}]/u;
const MAX_LINES = 10_000;

/** One order of our own JSON: the names of `orderColumns`, lines in `lines`, the address in `address` or beside it. */
export function readOwnJsonOrder(piece: JsonPiece, channel: ChannelName | undefined): OrderOutcome {
  const row = piece.line;
  if (piece.kind === 'broken') return { kind: 'rejected', row, reason: piece.reason };
  if (!isObject(piece.value)) return { kind: 'rejected', row, reason: 'an order was expected here' };
  const values = new Map<string, { text: string; rank: number }>();
  collect(piece.value, values);
  const lines = linesOf(piece.value).map((line) => {
    const own = new Map<string, { text: string; rank: number }>();
    if (isObject(line)) collect(line, own);
    return { row, get: getter(own), readable: isObject(line) };
  });
  const get = getter(values);
  const problem = problemOf([...values.values()], lines);
  if (problem !== undefined) return rejectOrder(get('order_id'), [{ row, reason: problem }]);
  return readOwnOrder({ row, get, lines }, channel);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Takes the plain values of an object and of the address in it; by rank where two keys mean one column. */
function collect(object: Readonly<Record<string, unknown>>, values: Map<string, { text: string; rank: number }>): void {
  for (const [name, value] of Object.entries(object)) {
    const key = keyOf(name);
    if (isObject(value) && ADDRESS_KEYS.has(key)) collect(value, values);
    const named = orderHeaders.get(key);
    if (named === undefined || !isPlain(value)) continue;
    const before = values.get(named.column);
    if (before === undefined || named.rank < before.rank) {
      values.set(named.column, { text: String(value).trim(), rank: named.rank });
    }
  }
}

function isPlain(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function linesOf(order: Readonly<Record<string, unknown>>): readonly unknown[] {
  const found = Object.entries(order).find(([name, value]) => LINES_KEYS.has(keyOf(name)) && Array.isArray(value))?.[1];
  return Array.isArray(found) ? found : [];
}

function problemOf(
  values: readonly { text: string }[],
  lines: readonly { get: GetValue; readable: boolean }[],
): string | undefined {
  if (lines.length > MAX_LINES) return `more than ${MAX_LINES} lines`;
  if (lines.some((line) => !line.readable)) return '“lines” holds something that is no line';
  const texts = [...values.map((value) => value.text), ...lines.flatMap(({ get }) => [get('sku'), get('title')])];
  return texts.some((text) => UNREADABLE.test(text)) ? 'unreadable characters' : undefined;
}

const getter =
  (values: ReadonlyMap<string, { text: string }>): GetValue =>
  (column) =>
    values.get(column)?.text ?? '';

const keys = new Map<string, string>();

/** `headerKey`, remembered: the orders of a file repeat a few dozen names. */
function keyOf(name: string): string {
  const known = keys.get(name);
  if (known !== undefined) return known;
  const key = headerKey(name);
  if (keys.size < 1_000) keys.set(name, key);
  return key;
}
