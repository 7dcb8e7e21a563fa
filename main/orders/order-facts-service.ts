import { AppError } from '../../shared/errors.ts';
import type { ImportedOrder } from '../../shared/model/imported.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import {
  findOrderFacts,
  type LinePrice,
  listLinePrices,
  type OrderFacts,
  saveLinePrice,
  saveOrderFacts,
} from './order-facts-store.ts';
import { lineKey } from './orders-rules.ts';
import { listLines, type OrderLine } from './orders-store.ts';

export type { LinePrice, OrderFacts } from './order-facts-store.ts';

/** Step: what an order says about money, promise, pick-up point and who makes its label. */
export async function orderFactsOf(uow: UnitOfWork, orderId: string): Promise<OrderFacts> {
  const facts = await findOrderFacts(uow.tx, orderId);
  if (!facts) throw new AppError('not-found', 'order.unknown', { id: orderId });
  return facts;
}

/**
 * Step: every line of an order, kits and their components alike, with its price, as the buyer sees it: what left with a
 * label made elsewhere is not among `cancelled`.
 */
export async function pricedLines(
  uow: UnitOfWork,
  orderId: string,
): Promise<readonly (OrderLine & { readonly price: LinePrice })[]> {
  const lines = await listLines(uow.tx, orderId);
  const prices = await listLinePrices(uow.tx, orderId);
  const none: LinePrice = { unitPriceMinor: null, vatRate: null, discountMinor: null };
  return lines.map((line) => ({
    ...line,
    cancelled: line.cancelled - line.sentElsewhere,
    price: prices.get(line.id) ?? none,
  }));
}

/** Step: takes over what a known order says anew about money and delivery; units and address are the caller's. */
export async function saveFacts(uow: UnitOfWork, orderId: string, incoming: ImportedOrder): Promise<void> {
  await saveOrderFacts(uow.tx, orderId, incoming);
  const lines = (await listLines(uow.tx, orderId)).filter(
    (line) => !line.parentLineId && line.ordered > line.cancelled,
  );
  for (const { unitPriceMinor, vatRate, discountMinor, ...told } of incoming.lines) {
    const line = lines.find((known) => lineKey(known) === lineKey(told) && known.sku === told.sku);
    if (!line) continue;
    await saveLinePrice(uow.tx, line.id, {
      unitPriceMinor,
      ...(vatRate === undefined ? {} : { vatRate }),
      ...(discountMinor === undefined ? {} : { discountMinor }),
    });
  }
}
