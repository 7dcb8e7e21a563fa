import { z } from 'zod';
import { wireCount, wireId, wireList, wireTime } from '../../../shared/json/wire-values.ts';
import type { ChangesAsked, OrderPage } from '../channel-connector.ts';
import { namedOrders, type OrderHeader, orderByOrder } from '../channel-named-orders.ts';
import { endedPart, readWindows } from '../channel-windows.ts';
import { parseXhs } from './answer.ts';
import { type XhsClient, xhsData } from './client.ts';
import { withReceivers } from './receiver.ts';

/** Of `order.getOrderList` by time of change: half an hour at most, a hundred pages. */
const LIST = { longestSeconds: 1_800, pageSize: 50, mostRows: 5_000 } as const;
const BY_UPDATE = 2;
/** A window that has ended does not grow while it is read. */
const SETTLE_MS = 5_000;

const Row = z.object({ orderId: wireId, updateTime: wireTime });
const List = z.object({ total: wireCount, orderList: wireList(z.unknown()) });

/** Orders that changed, window by window; what a list names is read whole, one request each. */
export function xhsChanges(client: XhsClient, { since, unseen }: ChangesAsked): AsyncIterable<OrderPage> {
  const until = (): Date => new Date(client.now().getTime() - SETTLE_MS);
  const pages = readWindows<unknown>({
    since,
    until,
    ...LIST,
    async ask(window, pageNo) {
      const answer = await client.ask('order.getOrderList', () => {
        const { from, to } = endedPart(window, until());
        return { timeType: BY_UPDATE, startTime: from, endTime: to, pageNo, pageSize: LIST.pageSize };
      });
      const { total, orderList } = xhsData(answer, List);
      return { total, rows: orderList };
    },
  });
  return namedOrders(pages, { unseen, header, read: (ids) => xhsOrders(client, ids) });
}

/** Times are epoch milliseconds; one that cannot be read says nothing, and the order is read. */
function header(row: unknown): OrderHeader | null {
  const read = Row.safeParse(row);
  if (!read.success) return null;
  const ms = Number(read.data.updateTime ?? Number.NaN);
  return { externalId: read.data.orderId, updatedAt: ms > 1e12 ? new Date(ms).toISOString() : null };
}

/** Orders whole; with their receivers where the app may read them. */
export async function xhsOrders(client: XhsClient, ids: readonly string[]): Promise<Omit<OrderPage, 'upTo'>> {
  const { orders, quarantined } = await closedOrders(client, ids);
  return { orders: await withReceivers(client, orders), quarantined };
}

/** The same without receivers: reading one in clear counts against a day's number of orders. */
export function closedOrders(client: XhsClient, ids: readonly string[]): Promise<Omit<OrderPage, 'upTo'>> {
  return orderByOrder(ids, {
    one: async (orderId) => parseXhs(await client.ask('order.getOrderDetail', { orderId })),
    unknown: /不存在|not exist|not found|no such/i,
    aboutOrder: /^(?!.*(?:权限|permission|auth)).*(?:订单|order)/i,
  });
}
