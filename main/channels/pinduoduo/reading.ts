import { z } from 'zod';
import { wireCount, wireId, wireList, wireText } from '../../../shared/json/wire-values.ts';
import type { ChangesAsked, OrderPage } from '../channel-connector.ts';
import { namedOrders, type OrderHeader, orderByOrder } from '../channel-named-orders.ts';
import type { Router } from '../channel-router.ts';
import { chinaInstant, endedPart, mayChangeInItsSecond, readWindows, type TimeWindow } from '../channel-windows.ts';
import { parsePdd } from './answer.ts';
import { pddData } from './client.ts';
import { type SealedReceiver, sealedIn, withMasks } from './masks.ts';

/** Of `pdd.order.number.list.increment.get`. */
const LIST = { longestSeconds: 1_800, pageSize: 100, mostRows: 10_000 } as const;
/** It refuses what ended less than three minutes ago; ten seconds more for clocks that are almost right. */
const SETTLE_MS = 190_000;
const ALL = 5;

const List = z.object({ total_count: wireCount, order_sn_list: wireList(z.unknown()) });
const Row = z.object({ order_sn: wireId, updated_at: wireText });

const settled = (router: Router): Date => new Date(router.now().getTime() - SETTLE_MS);

const spanOf = ({ from, to }: TimeWindow) => ({ start_updated_at: from, end_updated_at: to });

/** Asks for one page; pages are asked for without `use_has_next`, which leaves the total out. */
async function askPage(
  router: Router,
  window: TimeWindow,
  page: number,
): Promise<{ readonly rows: readonly unknown[]; readonly total: number }> {
  const answer = await router.ask('pdd.order.number.list.increment.get', () => ({
    ...spanOf(endedPart(window, settled(router))),
    order_status: ALL,
    refund_status: ALL,
    is_lucky_flag: 0,
    page,
    page_size: LIST.pageSize,
    use_has_next: false,
  }));
  const { total_count: total, order_sn_list: rows } = pddData(answer, List);
  return { rows, total };
}

/** Orders that changed until three minutes ago, window by window. */
export function pddChanges(router: Router, { since, unseen }: ChangesAsked): AsyncIterable<OrderPage> {
  const pages = readWindows<unknown>({
    since,
    until: () => settled(router),
    ...LIST,
    ask: (window, page) => askPage(router, window, page),
  });
  return namedOrders(pages, { unseen, header, read: (ids) => pddOrders(router, ids) });
}

/** Proves key, right and clock. */
export async function probePdd(router: Router): Promise<void> {
  const to = Math.floor(settled(router).getTime() / 1_000);
  await askPage(router, { from: to - 60, to }, 1);
}

function header(row: unknown): OrderHeader | null {
  const read = Row.safeParse(row);
  return read.success ? { externalId: read.data.order_sn, updatedAt: chinaInstant(read.data.updated_at) } : null;
}

/** Orders whole, with the receiver as far as the platform shows it. */
export async function pddOrders(router: Router, ids: readonly string[]): Promise<Omit<OrderPage, 'upTo'>> {
  const sealed = new Map<string, SealedReceiver>();
  const found = await orderByOrder(ids, {
    async one(orderSn) {
      const answer = await router.ask('pdd.order.information.get', { order_sn: orderSn });
      sealed.set(orderSn, sealedIn(answer));
      return parsePdd(answer);
    },
    unknown: /不存在|not exist|not found|no such/i,
    aboutOrder: /^(?!.*(?:权限|permission|授权)).*(?:订单|order)/i,
  });
  const orders = found.orders.map((order) => mayChangeInItsSecond(order, router.now()));
  return { ...found, orders: await withMasks(router, orders, sealed) };
}
