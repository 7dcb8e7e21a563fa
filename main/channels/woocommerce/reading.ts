import { isObject, textUnder } from '../../../shared/json/wire-values.ts';
import { unreadableAnswer } from '../channel.ts';
import type { ChangesAsked, Channel, OrderPage } from '../channel-connector.ts';
import { readWooOrders } from './answer.ts';
import type { WooClient } from './client.ts';

const PAGE = 100;
/** `modified_after` leaves out its own second. */
const SECOND_MS = 1_000;

/**
 * Orders that changed, by id. A change while pages are read only adds rows to the list (the time of change never goes back),
 * so that a row may come twice and none is passed over; where an order was deleted meanwhile, the page before is read again.
 */
export function wooReading(client: WooClient): Pick<Channel, 'changes' | 'orders'> {
  return {
    changes: (asked) => changes(client, asked),
    async orders(externalIds) {
      let whole: Omit<OrderPage, 'upTo'> = { orders: [], quarantined: [] };
      for (let start = 0; start < externalIds.length; start += PAGE) {
        const include = externalIds.slice(start, start + PAGE).join(',');
        const { json } = await client.ask('GET', '/orders', { query: { include, per_page: String(PAGE) } });
        const part = await wholeOrders(client, rowsOf(json));
        whole = { orders: [...whole.orders, ...part.orders], quarantined: [...whole.quarantined, ...part.quarantined] };
      }
      return whole;
    },
  };
}

async function* changes(client: WooClient, { since }: ChangesAsked): AsyncIterable<OrderPage> {
  const after = new Date(Date.parse(since) - SECOND_MS).toISOString().slice(0, 19);
  const query = { modified_after: after, dates_are_gmt: 'true', orderby: 'id', order: 'asc', per_page: String(PAGE) };
  let [upTo, total, page]: [string | null, number | null, number] = [null, null, 1];
  for (;;) {
    const answer = await client.ask('GET', '/orders', { query: { ...query, page: String(page) } });
    upTo ??= answer.at;
    const rows = rowsOf(answer.json);
    const shrank = total !== null && answer.total !== null && answer.total < total;
    total = answer.total;
    if (shrank && page > 1) {
      page -= 1;
      continue;
    }
    const isLast = rows.length < PAGE;
    yield { ...(await wholeOrders(client, rows)), upTo: isLast ? (upTo ?? since) : null };
    if (isLast) return;
    page += 1;
  }
}

function rowsOf(json: unknown): readonly unknown[] {
  if (Array.isArray(json)) return json;
  throw unreadableAnswer('woocommerce', json);
}

/** An order only says that money went back; for which units stands with its refunds. */
async function wholeOrders(client: WooClient, rows: readonly unknown[]): Promise<Omit<OrderPage, 'upTo'>> {
  const whole: unknown[] = [];
  for (const row of rows) {
    const id = textUnder(row, 'id') ?? '';
    const refunded =
      isObject(row) && row.status === 'processing' && Array.isArray(row.refunds) && row.refunds.length > 0;
    if (!refunded || id === '') whole.push(row);
    else whole.push({ ...row, refunds: rowsOf((await client.ask('GET', `/orders/${id}/refunds`)).json) });
  }
  const { orders, quarantined, named } = readWooOrders(whole);
  return { orders, quarantined: [...quarantined, ...named.map((id) => ({ id, reason: 'the order was deleted' }))] };
}
