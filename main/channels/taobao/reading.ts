import { z } from 'zod';
import { isObject, textUnder, wireCount } from '../../../shared/json/wire-values.ts';
import type { ChangesAsked, OrderPage } from '../channel-connector.ts';
import { namedOrders, type OrderHeader, orderByOrder } from '../channel-named-orders.ts';
import type { Router } from '../channel-router.ts';
import {
  chinaInstant,
  chinaTime,
  endedPart,
  mayChangeInItsSecond,
  readWindows,
  type TimeWindow,
} from '../channel-windows.ts';
import { parseTaobao } from './answer.ts';
import { taobaoData } from './client.ts';

/** Of `taobao.trades.sold.increment.get`: a day at most, of which half an hour is asked for. */
const LIST = { longestSeconds: 1_800, pageSize: 100, mostRows: 10_000 } as const;
/** A window that has ended does not grow while it is read; ten seconds for clocks that are almost right. */
const SETTLE_MS = 10_000;

/** An empty page lacks `trades`. */
const List = z.object({ total_results: wireCount.nullish(), trades: z.unknown().optional() });

const FIELDS = [
  ...['tid', 'tid_str', 'status', 'type', 'created', 'modified', 'pay_time', 'payment', 'oaid'],
  ...['buyer_message', 'seller_memo', 'receiver_name', 'receiver_country', 'receiver_state', 'receiver_city'],
  ...['receiver_district', 'receiver_town', 'receiver_address', 'receiver_zip', 'receiver_mobile', 'receiver_phone'],
  ...['orders', 'orders.oid_str', 'orders.outer_sku_id', 'orders.outer_iid', 'orders.refund_status'],
].join(',');

const settled = (router: Router): Date => new Date(router.now().getTime() - SETTLE_MS);

async function askPage(
  router: Router,
  window: TimeWindow,
  page: number,
): Promise<{ readonly rows: readonly unknown[]; readonly total: number }> {
  const answer = await router.ask('taobao.trades.sold.increment.get', () => {
    const { from, to } = endedPart(window, settled(router));
    return {
      fields: 'tid,tid_str,modified,status',
      start_modified: chinaTime(new Date(from * 1_000)),
      end_modified: chinaTime(new Date(to * 1_000)),
      page_no: page,
      page_size: LIST.pageSize,
      use_has_next: false,
    };
  });
  const { total_results: total, trades } = taobaoData(answer, List);
  const inner = isObject(trades) ? trades.trade : trades;
  const rows: readonly unknown[] = Array.isArray(inner) ? inner : isObject(inner) ? [inner] : [];
  return { rows, total: total ?? rows.length };
}

/** Trades that changed, window by window; what a list names is read whole, one request each. */
export function taobaoChanges(router: Router, { since, unseen }: ChangesAsked): AsyncIterable<OrderPage> {
  const pages = readWindows<unknown>({
    since,
    until: () => settled(router),
    ...LIST,
    ask: (window, page) => askPage(router, window, page),
  });
  return namedOrders(pages, { unseen, header, read: (ids) => taobaoOrders(router, ids) });
}

/** Proves key, right and clock. */
export async function probeTaobao(router: Router): Promise<void> {
  const to = Math.floor(settled(router).getTime() / 1_000);
  await askPage(router, { from: to - 60, to }, 1);
}

function header(row: unknown): OrderHeader | null {
  const externalId = textUnder(row, 'tid_str') || textUnder(row, 'tid');
  if (!externalId) return null;
  return { externalId, updatedAt: chinaInstant(textUnder(row, 'modified') ?? '') };
}

export async function taobaoOrders(router: Router, ids: readonly string[]): Promise<Omit<OrderPage, 'upTo'>> {
  const found = await orderByOrder(ids, {
    one: async (tid) => parseTaobao(await router.ask('taobao.trade.fullinfo.get', { fields: FIELDS, tid })),
    unknown: /trade-not-exist|invalid-tid|不存在/i,
    aboutOrder: /isv\.(?:trade|order|invalid-parameter:tid)/i,
  });
  return { ...found, orders: found.orders.map((order) => mayChangeInItsSecond(order, router.now())) };
}
