import { textUnder } from '../../../shared/json/wire-values.ts';
import { aheadMs } from '../../../shared/model/local-time.ts';
import { sourceTime } from '../../../shared/model/source-time.ts';
import type { ChangesAsked, Channel, OrderPage } from '../channel-connector.ts';
import type { PrestashopClient, Row } from './client.ts';
import { wholeOrders } from './whole-orders.ts';

const PAGE = 50;
const FOR_EVER_MS = 2 * 86_400_000;

const field = (row: Row, name: string): string => textUnder(row, name)?.trim() ?? '';

/** The reading of a clock in the shop's zone at this instant: `2026-10-25 02:30:00`. */
export function localTime(utcMs: number, zone: string): string {
  return new Date(utcMs + aheadMs(zone, utcMs)).toISOString().slice(0, 19).replace('T', ' ');
}

/**
 * Orders by the time of their last change, as clocks of the shop show it. An order that changes while pages are read moves
 * to the end, and all behind it forward by one: so a page begins again at the time at which the one before ended, and what
 * was seen with the same time is left out. In the night in which the clock goes back, two instants have one reading: the
 * connector's overlap is longer than that hour.
 */
export function prestashopReading(
  client: PrestashopClient,
  { timeZone, clock }: { readonly timeZone: string; readonly clock: () => Date },
): Pick<Channel, 'changes' | 'orders'> {
  return {
    changes: (asked) => changes(client, { asked, timeZone, clock }),
    async orders(externalIds) {
      let whole: Omit<OrderPage, 'upTo'> = { orders: [], quarantined: [] };
      for (let start = 0; start < externalIds.length; start += PAGE) {
        const ids = externalIds.slice(start, start + PAGE).join('|');
        const rows = await client.list('orders', { display: 'full', 'filter[id]': `[${ids}]` });
        const part = await wholeOrders(client, rows, timeZone);
        whole = { orders: [...whole.orders, ...part.orders], quarantined: [...whole.quarantined, ...part.quarantined] };
      }
      return whole;
    },
  };
}

interface Reading {
  readonly asked: ChangesAsked;
  readonly timeZone: string;
  readonly clock: () => Date;
}

async function* changes(client: PrestashopClient, { asked, timeZone, clock }: Reading): AsyncIterable<OrderPage> {
  const to = localTime(clock().getTime() + FOR_EVER_MS, timeZone);
  let from = localTime(Date.parse(asked.since), timeZone);
  let [upTo, offset]: [string | null, number] = [null, 0];
  const seen = new Set<string>();
  for (;;) {
    const rows = await client.list('orders', {
      display: 'full',
      date: '1',
      'filter[date_upd]': `[${from},${to}]`,
      sort: '[date_upd_ASC,id_ASC]',
      limit: `${offset},${PAGE}`,
    });
    upTo ??= client.at() ?? clock().toISOString();
    const fresh = rows.filter((row) => !seen.has(keyOf(row)));
    for (const row of fresh) seen.add(keyOf(row));
    const isLast = rows.length < PAGE;
    yield {
      ...(await wholeOrders(client, await unseen(asked, fresh, timeZone), timeZone)),
      upTo: isLast ? upTo : null,
    };
    if (isLast) return;
    const last = field(rows.at(-1) ?? {}, 'date_upd');
    // A whole page within one second: only then the place in the list has to be trusted.
    offset = last > from ? 0 : offset + PAGE;
    if (last > from) from = last;
  }
}

const keyOf = (row: Row): string => `${field(row, 'id')} ${field(row, 'date_upd')}`;

/** Everything around an order costs further requests: only of those that are news. */
async function unseen({ unseen: ask }: ChangesAsked, rows: readonly Row[], zone: string): Promise<readonly Row[]> {
  if (rows.length === 0) return rows;
  const headers = rows.map((row) => ({ externalId: field(row, 'id'), updatedAt: updatedAt(row, zone) }));
  const wanted = new Set(await ask(headers));
  return rows.filter((row) => field(row, 'id') === '' || wanted.has(field(row, 'id')));
}

function updatedAt(row: Row, zone: string): string | null {
  try {
    return sourceTime(field(row, 'date_upd'), zone)?.at ?? null;
  } catch {
    return null; // told with the order itself, which is set aside
  }
}
