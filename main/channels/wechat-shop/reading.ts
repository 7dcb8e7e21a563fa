import { z } from 'zod';
import { wireFlag, wireId, wireList, wireText } from '../../../shared/json/wire-values.ts';
import { addressStateOf, type NormalisedOrder, withoutStarredContact } from '../channel.ts';
import type { ChangesAsked, OrderPage } from '../channel-connector.ts';
import { orderByOrder } from '../channel-named-orders.ts';
import type { Router } from '../channel-router.ts';
import { mayChangeInItsSecond } from '../channel-windows.ts';
import { parseWechat } from './answer.ts';
import { wechatData } from './client.ts';

const LIST = '/channels/ec/order/list/get';
const DETAIL = '/channels/ec/order/get';
const DECODE = '/channels/ec/order/sensitiveinfo/decode';
const LONGEST_SECONDS = 7 * 86_400;

const List = z.object({ order_id_list: wireList(wireId), next_key: wireText, has_more: wireFlag });

const seconds = (ms: number): number => Math.floor(ms / 1_000);

/** Orders that changed, in windows of a week at most; lists only name them, each is read by its id. */
export async function* wechatChanges(client: Router, { since, unseen }: ChangesAsked): AsyncIterable<OrderPage> {
  let from = seconds(Date.parse(since));
  let until: number | undefined;
  for (;;) {
    const to = Math.min(from + LONGEST_SECONDS, until ?? seconds(client.now().getTime()));
    let nextKey = '';
    for (;;) {
      const range = { start_time: from, end_time: to };
      const answer = await client.ask(LIST, { update_time_range: range, page_size: 100, next_key: nextKey });
      // The first answer tells the platform's own time.
      until ??= seconds(client.now().getTime());
      const { order_id_list: ids, next_key: key, has_more: more } = wechatData(answer, List);
      const isLast = !more || key === '';
      const { orders, quarantined } = await readOrders(client, ids);
      // Reading an address counts against a quota: only of orders that are news by their own time of change.
      const news = new Set(await unseen(orders.map(({ externalId, updatedAt }) => ({ externalId, updatedAt }))));
      const fresh = await allInClear(
        client,
        orders.filter(({ externalId }) => news.has(externalId)),
      );
      yield { orders: fresh, quarantined, upTo: isLast ? new Date(to * 1_000).toISOString() : null };
      if (isLast) break;
      nextKey = key;
    }
    if (to >= until) return;
    from = to;
  }
}

async function readOrders(client: Router, ids: readonly string[]): Promise<Omit<OrderPage, 'upTo'>> {
  const { orders, quarantined } = await orderByOrder(ids, {
    one: async (orderId) => parseWechat(await client.ask(DETAIL, { order_id: orderId })),
    unknown: /不存在|not exist|not found|^(?:100006|10020065)\b/i,
    aboutOrder: /订单|order/i,
  });
  return { orders: orders.map((order) => mayChangeInItsSecond(order, client.now())), quarantined };
}

/** Orders by id, with the address in clear where it is starred: each such question counts against a quota and is kept by WeChat. */
export async function wechatOrders(client: Router, ids: readonly string[]): Promise<Omit<OrderPage, 'upTo'>> {
  const { orders, quarantined } = await readOrders(client, ids);
  return { orders: await allInClear(client, orders), quarantined };
}

async function allInClear(client: Router, orders: readonly NormalisedOrder[]): Promise<NormalisedOrder[]> {
  const clear: NormalisedOrder[] = [];
  for (const order of orders) clear.push(await inClear(client, order));
  return clear;
}

const Decoded = z.object({
  address_info: z.object({
    user_name: wireText,
    tel_number: wireText,
    postal_code: wireText,
    province_name: wireText,
    city_name: wireText,
    county_name: wireText,
    detail_info: wireText,
  }),
});

async function inClear(client: Router, order: NormalisedOrder): Promise<NormalisedOrder> {
  const open = order.shipState === 'to-ship' || order.shipState === 'partly-shipped';
  if (!open || order.addressState !== 'masked') return order;
  try {
    const { address_info: given } = wechatData(await client.ask(DECODE, { order_id: order.externalId }), Decoded);
    const address = {
      ...{ name: given.user_name, company: '', street1: given.detail_info, street2: given.county_name },
      ...{ postcode: given.postal_code, city: given.city_name, region: given.province_name },
      ...{ country: 'CN', phone: given.tel_number, email: '' },
    };
    return withoutStarredContact({ ...order, address, addressState: addressStateOf(address) });
  } catch (error) {
    // Without the right, or over the quota, it stays as it is: the order is held until somebody sees to it.
    if (error instanceof Error && /channel\.(?:refused|unreadable-answer)/.test(error.message)) return order;
    throw error;
  }
}
