import type { OrderState } from '../../shared/model/machines.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { lineKey, wanted } from './orders-rules.ts';
import { listLinesOfOrders, listOrdersByExternalId, type OrderLine } from './orders-store.ts';

/** Units of one line as its channel counts them: a kit is one line, a replacement counts as what it replaces. */
export interface ChannelLine {
  /** By `lineKey`. */
  readonly key: string;
  readonly sku: string;
  /** Units that have left included. */
  readonly wanted: number;
  /** Units that have left, also with a label made elsewhere. */
  readonly shipped: number;
}

export interface ChannelOrder {
  readonly orderId: string;
  readonly externalId: string;
  readonly state: OrderState;
  readonly lines: readonly ChannelLine[];
}

/** Step: of these orders of one shop those that are known, with their units as the channel counts them. */
export async function channelOrders(
  uow: UnitOfWork,
  source: { readonly channel: string; readonly shop: string; readonly externalIds: readonly string[] },
): Promise<ReadonlyMap<string, ChannelOrder>> {
  const orders = await listOrdersByExternalId(uow.tx, source);
  if (orders.length === 0) return new Map();
  const lines = await listLinesOfOrders(
    uow.tx,
    orders.map(({ id }) => id),
  );
  return new Map(
    orders.map(({ id, externalId, state }) => [
      externalId,
      { orderId: id, externalId, state, lines: channelLinesOf(lines.filter(({ orderId }) => orderId === id)) },
    ]),
  );
}

/** Lines of one order by the channel's own, kits whole. */
export function channelLinesOf(lines: readonly OrderLine[]): ChannelLine[] {
  const sums = new Map<string, ChannelLine>();
  for (const line of lines.filter(({ parentLineId }) => parentLineId === null)) {
    const asked = lines.find(({ id }) => id === line.substituteFor) ?? line;
    const key = lineKey(asked);
    const before = sums.get(key) ?? { key, sku: asked.sku, wanted: 0, shipped: 0 };
    sums.set(key, {
      ...before,
      wanted: before.wanted + wanted(line) + line.sentElsewhere,
      shipped: before.shipped + shippedOf(line, lines) + line.sentElsewhere,
    });
  }
  return [...sums.values()];
}

/** Whole kits that have left, by their components; of any other line its own units. */
function shippedOf(line: OrderLine, lines: readonly OrderLine[]): number {
  const parts = lines.filter(({ parentLineId }) => parentLineId === line.id);
  if (parts.length === 0) return line.shipped;
  return Math.min(...parts.map((part) => Math.floor((part.shipped * line.ordered) / Math.max(1, part.ordered))));
}
