import { AppError } from '../../shared/errors.ts';
import type { NormalisedOrder, ParsedAnswer } from './channel.ts';
import type { ChangesAsked, OrderPage, PushResult, RemoteShipment } from './channel-connector.ts';
import { pushed, refusalIn } from './channel-router.ts';
import type { WindowRows } from './channel-windows.ts';

/** An order as a list names it; null where the row has no id. */
export type OrderHeader = Parameters<ChangesAsked['unseen']>[0][number];

type Whole = Omit<OrderPage, 'upTo'>;

/** Of a platform whose lists only name orders: each page with the orders that are news, read whole by `read`. */
export async function* namedOrders<T>(
  pages: AsyncIterable<WindowRows<T>>,
  {
    unseen,
    header,
    read,
  }: Pick<ChangesAsked, 'unseen'> & {
    header(row: T): OrderHeader | null;
    read(ids: readonly string[]): Promise<Whole>;
  },
): AsyncIterable<OrderPage> {
  for await (const { rows, upTo } of pages) {
    const headers = rows.map(header);
    const named = headers.filter((one) => one !== null);
    const { orders, quarantined } = await read(named.length > 0 ? await unseen(named) : []);
    const nameless = headers
      .filter((one) => one === null)
      .map(() => ({ id: null, reason: 'a list row without its id' }));
    yield { orders, quarantined: [...nameless, ...quarantined], upTo };
  }
}

export interface OrderByOrder {
  one(id: string): Promise<ParsedAnswer>;
  /** Code and message of a refusal say that there is no such order. */
  readonly unknown: RegExp;
  /** They are about this order, so that the next one may well be read. */
  readonly aboutOrder: RegExp;
}

/** Orders by id, one request each. Unknown ones are left out, one that the platform refuses to show is set aside. */
export async function orderByOrder(ids: readonly string[], asked: OrderByOrder): Promise<Whole> {
  const orders: NormalisedOrder[] = [];
  const quarantined: { id: string | null; reason: string }[] = [];
  for (const id of ids) {
    try {
      const parsed = await asked.one(id);
      orders.push(...parsed.orders);
      quarantined.push(...parsed.quarantined, ...parsed.named.map((named) => ({ id: named, reason: 'no lines' })));
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'channel.refused') throw error;
      const { code, text } = refusalIn(error);
      if (asked.unknown.test(`${code} ${text}`)) continue;
      if (!asked.aboutOrder.test(`${code} ${text}`)) throw error;
      quarantined.push({ id, reason: `${code} ${text}`.trim() });
    }
  }
  return { orders, quarantined };
}

/** A parcel of an order as its platform has it. */
export function parcelOf(
  order: NormalisedOrder | undefined,
  tracking: string,
): NormalisedOrder['packages'][number] | undefined {
  return order?.packages.find((parcel) => parcel.tracking === tracking);
}

/** Writes to an order that the platform knows and that has not this parcel yet: what it has is done. */
export function pushedOnce(
  reading: () => Promise<NormalisedOrder | undefined>,
  tracking: string,
  write: (order: NormalisedOrder) => Promise<PushResult>,
): Promise<PushResult> {
  return pushed(async () => {
    const order = await reading();
    if (!order) return unknownOrder;
    const known = parcelOf(order, tracking);
    return known ? { outcome: 'done', remoteId: known.remoteId } : write(order);
  });
}

/** What cannot be told by unit is told with the parcel that completes it. */
export const toldLater: PushResult = { outcome: 'done', remoteId: null, later: true };

/**
 * Of a platform that is told of lines as a whole: the ids of those that this parcel completes. A line that is spread over
 * parcels goes with the last one.
 */
export function wholeLines(order: NormalisedOrder, shipment: RemoteShipment): readonly string[] {
  const units = new Map<string, number>();
  for (const { externalLineIds, quantity } of shipment.lines)
    for (const id of externalLineIds.slice(0, 1)) units.set(id, (units.get(id) ?? 0) + quantity);
  return order.lines
    .filter(({ externalLineIds: [id = ''], quantityOrdered }) =>
      shipment.last ? units.has(id) : (units.get(id) ?? 0) >= quantityOrdered,
    )
    .flatMap(({ externalLineIds }) => externalLineIds);
}

const unknownOrder: PushResult = { outcome: 'refused', code: 'unknown-order', text: 'no such order' };

export const unknownParcel = (tracking: string): PushResult => ({
  ...{ outcome: 'refused', code: 'unknown-parcel' },
  text: `no parcel ${tracking}`,
});
