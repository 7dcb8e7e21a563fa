import { z } from 'zod';
import { AppError } from '../../../shared/errors.ts';
import { wireCount, wireId, wireList, wireTime } from '../../../shared/json/wire-values.ts';
import { sourceTime } from '../../../shared/model/source-time.ts';
import type { NormalisedOrder } from '../channel.ts';
import type { ChangesAsked, OrderPage } from '../channel-connector.ts';
import { refusalIn } from '../channel-router.ts';
import { readWindows } from '../channel-windows.ts';
import { parseXhs } from './answer.ts';
import { isUnknownOrder, type XhsClient, xhsData } from './client.ts';

/** Of `order.getOrderList` by time of change: half an hour at most, a hundred pages. */
export const XHS_LIST = { longestSeconds: 1_800, pageSize: 50, mostRows: 5_000 } as const;
const BY_UPDATE = 2;
/** A window that has ended does not grow while it is read. */
const SETTLE_MS = 5_000;

const Row = z.object({ orderId: wireId, updateTime: wireTime });
const List = z.object({ total: wireCount, orderList: wireList(z.unknown()) });

type Whole = Omit<OrderPage, 'upTo'>;

/** Orders that changed, window by window; what a list names is read whole, one request each. */
export async function* xhsChanges(client: XhsClient, { since, unseen }: ChangesAsked): AsyncIterable<OrderPage> {
  const until = (): Date => new Date(client.now().getTime() - SETTLE_MS);
  const pages = readWindows<unknown>({
    since,
    until,
    ...XHS_LIST,
    async ask({ from, to }, pageNo) {
      const answer = await client.ask('order.getOrderList', () => ({
        timeType: BY_UPDATE,
        startTime: from,
        endTime: Math.max(from, Math.min(to, Math.floor(until().getTime() / 1_000))),
        pageNo,
        pageSize: XHS_LIST.pageSize,
      }));
      const { total, orderList } = xhsData(answer, List);
      return { total, rows: orderList };
    },
  });
  for await (const { rows, upTo } of pages) {
    const quarantined: { id: string | null; reason: string }[] = [];
    const headers = rows.flatMap((row) => {
      const read = Row.safeParse(row);
      if (read.success) return [{ externalId: read.data.orderId, updatedAt: timeOf(read.data.updateTime) }];
      quarantined.push({ id: null, reason: 'a list row without orderId' });
      return [];
    });
    const ids = headers.length > 0 ? await unseen(headers) : [];
    const whole = await xhsOrders(client, ids);
    yield { orders: whole.orders, quarantined: [...quarantined, ...whole.quarantined], upTo };
  }
}

function timeOf(value: string | number | null | undefined): string | null {
  try {
    return sourceTime(value)?.at ?? null;
  } catch {
    return null; // a time that cannot be read says nothing, and the order is read
  }
}

/** Orders by id; those that the platform does not know are left out, one that it refuses to show is set aside. */
export async function xhsOrders(client: XhsClient, ids: readonly string[]): Promise<Whole> {
  const orders: NormalisedOrder[] = [];
  const quarantined: { id: string | null; reason: string }[] = [];
  for (const orderId of ids) {
    try {
      const parsed = parseXhs(await client.ask('order.getOrderDetail', { orderId }));
      orders.push(...parsed.orders);
      quarantined.push(...parsed.quarantined, ...parsed.named.map((id) => ({ id, reason: 'no skuList' })));
    } catch (error) {
      if (isUnknownOrder(error)) continue;
      if (!isAboutOrder(error)) throw error;
      const { code, text } = refusalIn(error);
      quarantined.push({ id: orderId, reason: `${code} ${text}`.trim() });
    }
  }
  return { orders, quarantined };
}

/** A refusal that the next order would not meet: neither key nor right nor address. */
function isAboutOrder(error: unknown): boolean {
  if (!(error instanceof AppError) || error.code !== 'channel.refused') return false;
  return (
    /订单|order/i.test(String(error.details.message)) && !/权限|permission|auth/i.test(String(error.details.message))
  );
}
