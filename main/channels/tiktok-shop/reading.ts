import type { z } from 'zod';
import { AppError } from '../../../shared/errors.ts';
import { isObject, textUnder } from '../../../shared/json/wire-values.ts';
import { refusedAnswer, unreadableAnswer } from '../channel.ts';
import type { ChangesAsked, OrderPage } from '../channel-connector.ts';
import { mapTiktokOrders } from './answer.ts';
import type { TiktokClient } from './client.ts';
import { OrderRows } from './wire-api.ts';

const PAGE_SIZE = 100;
/** Ids in one question for details. */
const MOST_IDS = 50;
/** A long absence is read in days: what breaks off goes on from the last whole one. */
const WINDOW_S = 86_400;

/**
 * Every order that changed, oldest change first. Page tokens stand for a place in that order and not for a count: what
 * changes while pages are read moves behind the window's end and comes with the next reading.
 */
export async function* changedOrders(client: TiktokClient, { since }: ChangesAsked): AsyncGenerator<OrderPage> {
  const began = client.clock.now().getTime();
  const aheadBefore = client.clock.aheadMs();
  // The second that runs is asked for too, but counts as read only when it is over.
  const end = Math.floor(began / 1_000) + 1;
  // The first answer may have told that this PC's clock is wrong: nothing is read up to an instant that is still to come.
  const reached = (): number => Math.floor((began + client.clock.aheadMs() - aheadBefore) / 1_000);
  let from = Math.floor(Date.parse(since) / 1_000);
  do {
    const to = end - from < WINDOW_S + 60 ? Math.max(end, from + 1) : from + WINDOW_S;
    yield* pagesOf(client, { from, to, reached });
    from = to;
  } while (from < end);
}

interface Window {
  /** Epoch seconds; the first is within, the last is not. */
  readonly from: number;
  readonly to: number;
  reached(): number;
}

async function* pagesOf(client: TiktokClient, { from, to, reached }: Window): AsyncGenerator<OrderPage> {
  for (let [token, size] = ['', PAGE_SIZE]; ; ) {
    const page = await pageAt(client, { from, to, token, size });
    if (page === null) {
      // Orders of thousands of units make pages that nobody takes whole.
      size = Math.max(1, Math.floor(size / 5));
      continue;
    }
    const next = page.next_page_token;
    // A list that names the same place again would be read for ever.
    if (next !== '' && next === token) throw unreadableAnswer('tiktok_shop', { next_page_token: next });
    const { orders, quarantined } = mapTiktokOrders(await completed(client, page.orders));
    const upTo = next === '' ? new Date(Math.min(to, reached()) * 1_000).toISOString() : null;
    yield { orders, quarantined, upTo };
    if (next === '') return;
    token = next;
  }
}

interface Place {
  readonly from: number;
  readonly to: number;
  readonly token: string;
  readonly size: number;
}

/** Null where a page of this size is larger than any answer that is taken. */
async function pageAt(
  client: TiktokClient,
  { from, to, token, size }: Place,
): Promise<z.infer<typeof OrderRows> | null> {
  const query = {
    page_size: String(size),
    sort_field: 'update_time',
    sort_order: 'ASC',
    ...(token === '' ? {} : { page_token: token }),
  };
  const json = { update_time_ge: from, update_time_lt: to };
  try {
    return await client.demand({ method: 'POST', path: '/order/202309/orders/search', query, json }, OrderRows);
  } catch (error) {
    if (isTooLarge(error) && size > 1) return null;
    throw error;
  }
}

function isTooLarge(error: unknown): boolean {
  return error instanceof AppError && error.code === 'channel.unreadable' && error.details.why === 'too-large';
}

/** Rows that lack what the packer needs are read again by their id. */
async function completed(client: TiktokClient, rows: readonly unknown[]): Promise<readonly unknown[]> {
  const ids = rows.filter(isIncomplete).flatMap((row) => textUnder(row, 'id') ?? []);
  if (ids.length === 0) return rows;
  const whole = new Map((await rowsById(client, ids)).map((row) => [textUnder(row, 'id'), row]));
  return rows.map((row) => (isIncomplete(row) ? (whole.get(textUnder(row, 'id')) ?? row) : row));
}

function isIncomplete(row: unknown): boolean {
  if (!isObject(row)) return false;
  return !('line_items' in row) || (row.status === 'AWAITING_SHIPMENT' && !('recipient_address' in row));
}

/** Orders by their ids, as they are now. */
export async function ordersById(client: TiktokClient, ids: readonly string[]): Promise<Omit<OrderPage, 'upTo'>> {
  const { orders, quarantined } = mapTiktokOrders(await rowsById(client, ids));
  return { orders, quarantined };
}

async function rowsById(client: TiktokClient, ids: readonly string[]): Promise<unknown[]> {
  const rows: unknown[] = [];
  for (let at = 0; at < ids.length; at += MOST_IDS) rows.push(...(await fewRows(client, ids.slice(at, at + MOST_IDS))));
  return rows;
}

/** One id that TikTok does not know, or one order that is too large beside others, must not keep the others back. */
async function fewRows(client: TiktokClient, ids: readonly string[]): Promise<readonly unknown[]> {
  const question = { method: 'GET', path: '/order/202507/orders', query: { ids: ids.join(',') } } as const;
  if (ids.length === 0) return [];
  const answer = await client.ask(question, OrderRows).catch((error: unknown) => {
    if (isTooLarge(error) && ids.length > 1) return null;
    throw error;
  });
  if (answer?.data) return answer.data.orders;
  if (ids.length > 1 && (answer === null || answer.refused.trouble === 'refused')) {
    const rows: unknown[] = [];
    for (const id of ids) rows.push(...(await fewRows(client, [id])));
    return rows;
  }
  if (/not (?:exist|found)/i.test(answer?.refused.text ?? '')) return [];
  const { code = '', text = '' } = answer?.refused ?? {};
  throw refusedAnswer('tiktok_shop', 'refused', { code, message: text });
}
