import { z } from 'zod';
import { AppError } from '../../../shared/errors.ts';
import { isObject, wireText } from '../../../shared/json/wire-values.ts';
import { unreadableAnswer } from '../channel.ts';
import type { ChangesAsked, Channel, OrderPage } from '../channel-connector.ts';
import { orderByOrder } from '../channel-named-orders.ts';
import { parseAmazon } from './answer.ts';
import type { AmazonShopClient } from './client.ts';
import { rates } from './rates.ts';

const LIST = '/orders/2026-01-01/orders';
/** Payment and tax are nobody's business at a bench. */
export const INCLUDED = 'BUYER,RECIPIENT,PROCEEDS,CANCELLATION,FULFILLMENT,PACKAGES';

/** Lists end two minutes ago, says Amazon. */
const SETTLE_MS = 120_000;
const DAY_MS = 86_400_000;
const SHORTEST_MS = 60_000;
/** A window of so few pages may be twice as long next time. */
const FEW_PAGES = 2;

const Page = z.object({
  pagination: z.object({ nextToken: wireText }).nullish(),
  lastUpdatedBefore: z.iso.datetime({ offset: true }).nullish(),
});

/** An order by its id, with all that is needed to pack it. */
export const orderPath = (id: string): string => `${LIST}/${encodeURIComponent(id)}`;

/**
 * Orders that changed, window by window. Twenty searches may go out at once and then one in three minutes: where they run
 * out, the next reading waits for many of them, and asks for the window again, half as long, so that the cursor gets on.
 */
export function amazonReading(client: AmazonShopClient, marketplaceIds: string): Pick<Channel, 'changes' | 'orders'> {
  let spanMs = DAY_MS;
  /** The furthest end of a window that was read whole. */
  let furthest = '';
  const page = async (from: string, until: string | null, token: string) => {
    const answer = await client.ask('search', {
      ...{ method: 'GET', path: LIST },
      query: {
        ...{ lastUpdatedAfter: from, ...(until === null ? {} : { lastUpdatedBefore: until }), marketplaceIds },
        ...{ fulfilledBy: 'MERCHANT', maxResultsPerPage: '100', includedData: INCLUDED },
        ...(token === '' ? {} : { paginationToken: token }),
      },
    });
    const read = Page.safeParse(answer);
    if (!read.success || !isObject(answer) || !Array.isArray(answer.orders)) throw unreadableAnswer('amazon', answer);
    return { ...parseAmazon(answer), next: read.data.pagination?.nextToken ?? '', bound: read.data.lastUpdatedBefore };
  };
  async function* changes({ since }: ChangesAsked): AsyncIterable<OrderPage> {
    const before = furthest;
    for (let from = since; ; ) {
      const settled = client.now().getTime() - SETTLE_MS;
      // The last window has no end of ours: Amazon names the one that it took, by its own clock.
      const until = Date.parse(from) + spanMs >= settled ? null : instant(Date.parse(from) + spanMs);
      let [token, bound, pages] = ['', until, 0];
      do {
        const answer = await page(from, until, token).catch((error: unknown) => {
          if (!isThrottled(error) || (pages === 0 && from === since)) throw error;
          if (pages > 0) spanMs = Math.max(SHORTEST_MS, Math.min(spanMs, settled - Date.parse(from)) / 2);
          // One alone would be spent on what is read again each time, the overlap.
          const searches = rates.search.burst / (furthest > before ? 2 : 1);
          const retryAfterMs = client.waitFor('search', searches);
          throw new AppError('remote', 'channel.throttled', { ...error.details, retryAfterMs }, error);
        });
        pages += 1;
        if (until === null && pages === 1) bound = boundOf(answer.bound, instant(settled));
        token = answer.next;
        const { orders, quarantined } = answer;
        yield { orders, quarantined, upTo: token === '' ? bound : null };
      } while (token !== '');
      if (bound !== null && bound > furthest) furthest = bound;
      if (pages <= FEW_PAGES) spanMs *= 2;
      if (until === null) return;
      from = until;
    }
  }
  return { changes, orders: (ids) => amazonOrders(client, ids) };
}

const isThrottled = (error: unknown): error is AppError =>
  error instanceof AppError && error.code === 'channel.throttled';

const instant = (ms: number): string => new Date(ms).toISOString();

const boundOf = (said: string | null | undefined, settled: string): string =>
  said ? instant(Date.parse(said)) : settled;

/** Orders whole, one question each. */
export function amazonOrders(client: AmazonShopClient, ids: readonly string[]): Promise<Omit<OrderPage, 'upTo'>> {
  return orderByOrder(ids, {
    one: async (id) =>
      parseAmazon(await client.ask('order', { method: 'GET', path: orderPath(id), query: { includedData: INCLUDED } })),
    unknown: /NotFound|not found|does not exist/i,
    aboutOrder: /order/i,
  });
}
