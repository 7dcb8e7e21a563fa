import { AppError } from '../../../shared/errors.ts';
import { isObject, textUnder } from '../../../shared/json/wire-values.ts';
import { mapOrders, type NormalisedOrder } from '../channel.ts';
import type { ChangesAsked, OrderPage } from '../channel-connector.ts';
import type { ShopifyAnswer, ShopifyClient } from './client.ts';
import { mapShopifyOrder } from './mapper.ts';
import { idOf, type Raw, rowsUnder, under, wholeOrder } from './whole-orders.ts';
import { ShopifyOrder } from './wire.ts';

type Orders = Omit<OrderPage, 'upTo'>;

/** Points that one question may cost. */
const MOST_POINTS = 900;
const MOST_ORDERS = 25;

export interface ShopifyReading {
  changes(asked: ChangesAsked): AsyncGenerator<OrderPage>;
  orders(externalIds: readonly string[]): Promise<Orders>;
}

/**
 * Reading in two steps, because whole orders are dear: a list of ids and times, then those that are unknown. How many go
 * into one question follows from what the shop counts for it.
 */
export function shopifyReading(client: ShopifyClient): ShopifyReading {
  let size = 5;
  const learn = (count: number, cost: number | null): void => {
    if (cost === null || count === 0) return;
    size = Math.max(1, Math.min(MOST_ORDERS, Math.floor(MOST_POINTS / (cost / count))));
  };
  const some = async (ids: readonly string[]): Promise<Orders> => {
    const answer = await client.ask('Orders', { ids });
    learn(ids.length, answer.cost);
    return readWhole(client, answer);
  };
  async function* byIds(ids: readonly string[]): AsyncGenerator<Orders> {
    for (let at = 0; at < ids.length; ) {
      const batch = ids.slice(at, at + size);
      const answer = await some(batch).catch((error: unknown) => onlyOf(batch, error));
      // Too dear, or one of them broken: fewer at once; `learn` makes it more again.
      if (answer === 'fewer') size = Math.max(1, Math.floor(batch.length / 2));
      else {
        yield answer;
        at += batch.length;
      }
    }
  }
  return {
    changes: (asked) => readChanges(client, asked, byIds),
    async orders(externalIds) {
      const found: { orders: NormalisedOrder[]; quarantined: Orders['quarantined'][number][] } = {
        orders: [],
        quarantined: [],
      };
      for await (const page of byIds(externalIds.filter((id) => id.startsWith('gid://shopify/Order/')))) {
        found.orders.push(...page.orders);
        found.quarantined.push(...page.quarantined);
      }
      return found;
    },
  };
}

/** Orders in one page of a reading: whoever stores them does it page by page. */
const PAGE_ORDERS = 100;

/** Several small answers as one page; what came before a fault is handed over before it is thrown. */
async function* gathered(answers: AsyncIterable<Orders>): AsyncGenerator<Orders> {
  let page: Orders = { orders: [], quarantined: [] };
  const isEmpty = (): boolean => page.orders.length + page.quarantined.length === 0;
  try {
    for await (const { orders, quarantined } of answers) {
      page = { orders: [...page.orders, ...orders], quarantined: [...page.quarantined, ...quarantined] };
      if (page.orders.length < PAGE_ORDERS) continue;
      yield page;
      page = { orders: [], quarantined: [] };
    }
  } catch (error) {
    if (!isEmpty()) yield page;
    throw error;
  }
  if (!isEmpty()) yield page;
}

/** What a failed question for these orders means: ask for fewer, set the only one aside, or a fault of all. */
function onlyOf(batch: readonly string[], error: unknown): 'fewer' | Orders {
  if (!(error instanceof AppError)) throw error;
  const { code, path, message } = error.details;
  const isTooDear = error.code === 'channel.refused' && code === 'MAX_COST_EXCEEDED';
  // Part of an order is missing; a right that is missing would be missing with all of them.
  const isBroken = typeof path === 'string' && path.startsWith('nodes') && code !== 'ACCESS_DENIED';
  if (!isTooDear && !isBroken) throw error;
  if (batch.length > 1) return 'fewer';
  if (isTooDear) throw error;
  return { orders: [], quarantined: batch.map((id) => ({ id, reason: `Shopify: ${message}`.slice(0, 200) })) };
}

async function* readChanges(
  client: ShopifyClient,
  asked: ChangesAsked,
  byIds: (ids: readonly string[]) => AsyncGenerator<Orders>,
): AsyncGenerator<OrderPage> {
  // Shopify counts in whole seconds; the same text through all pages, else the cursor means nothing.
  const search = `updated_at:>='${asked.since.slice(0, 19)}Z'`;
  let [after, upTo]: [string | null, string | null] = [null, null];
  for (;;) {
    const { data, at } = await client.ask('ChangedOrders', { after, search });
    // What changes while this is read comes with the next reading: everything before its begin is on these pages.
    upTo ??= at ?? asked.since;
    const rows = rowsUnder(data, 'orders', 'nodes');
    const headers = rows.filter((row) => idOf(row) !== '');
    const known = headers.map((row) => ({ externalId: idOf(row), updatedAt: instantOf(row.updatedAt) }));
    const wanted = known.length > 0 ? await asked.unseen(known) : [];
    for await (const page of gathered(byIds(wanted))) yield { ...page, upTo: null };
    const next = under(data, 'orders', 'pageInfo');
    const cursor = textUnder(next, 'endCursor') ?? null;
    if (under(next, 'hasNextPage') !== true || cursor === null || cursor === after) break;
    after = cursor;
  }
  yield { orders: [], quarantined: [], upTo };
}

function instantOf(time: unknown): string | null {
  return typeof time === 'string' && !Number.isNaN(Date.parse(time)) ? new Date(time).toISOString() : null;
}

async function readWhole(client: ShopifyClient, { data, at }: ShopifyAnswer): Promise<Orders> {
  const rows: Raw[] = [];
  const quarantined: Orders['quarantined'][number][] = [];
  for (const row of rowsUnder(data, 'nodes')) {
    if (idOf(row) === '') continue;
    try {
      rows.push(await wholeOrder(client, row));
    } catch (error) {
      // One order whose further pages the shop refuses keeps none of the others back.
      if (!(error instanceof AppError) || error.code !== 'channel.refused') throw error;
      quarantined.push({ id: idOf(row), reason: String(error.details.message ?? error.code).slice(0, 200) });
    }
  }
  const parsed = mapOrders(rows, { schema: ShopifyOrder, idKeys: ['id', 'name'], map: mapShopifyOrder });
  return {
    orders: parsed.orders.map((order) => notTooFresh(order, at)),
    quarantined: [...parsed.quarantined, ...quarantined],
  };
}

const FRESH_MS = 2_000;

/**
 * Shopify's times have whole seconds: what was read within the second of its change may have changed once more since, under
 * the same time. It counts as a little older, so that the next list shows it as changed.
 */
function notTooFresh(order: NormalisedOrder, at: string | null): NormalisedOrder {
  if (order.updatedAt === null || at === null) return order;
  const updated = Date.parse(order.updatedAt);
  if (updated < Date.parse(at) - FRESH_MS) return order;
  return { ...order, updatedAt: new Date(updated - 1_000).toISOString() };
}

/** The raw order as shipping needs it, with all its lists; null when the shop has none. */
export async function orderToShip(client: ShopifyClient, id: string): Promise<Raw | null> {
  const { data } = await client.ask('OrderToShip', { id });
  return isObject(data.order) ? wholeOrder(client, data.order) : null;
}
