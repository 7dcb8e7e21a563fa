import type { UnitOfWork } from '../db/unit-of-work.ts';
import { wanted } from '../orders/orders-rules.ts';
import { changeOrder, holdOrder, leafLines, moveOrder } from '../orders/orders-service.ts';
import type { Order, OrderLine } from '../orders/orders-store.ts';
import { sharedSettings } from '../stations/settings-service.ts';

const FREE = { claimedBy: null, claimUntil: null } as const;

/**
 * Step: nothing is left to take for an order: it is picked when every unit lies in the tote.
 *
 * Otherwise the short rule of the settings says what becomes of it: held until people decide, what is there ships now
 * and the rest follows, or it keeps its tote and waits for stock.
 */
export async function finishPicking(uow: UnitOfWork, order: Order): Promise<Order> {
  const lines = await leafLines(uow, order.id);
  if (lines.some((line) => wanted(line) > 0) && lines.every((line) => line.picked === wanted(line)))
    return moveOrder(uow, order, 'picked', FREE);
  const { shortRule } = await sharedSettings(uow);
  const inTote = lines.some((line) => line.picked > line.shipped);
  if (shortRule === 'hold') {
    await holdOrder(uow, order.id, { reason: 'short', detail: shortText(lines) });
    return changeOrder(uow, order, FREE);
  }
  uow.record({ kind: 'order.short', subject: order.id, data: { rule: shortRule, missing: shortText(lines) } });
  if (shortRule === 'split' && inTote) return moveOrder(uow, order, 'picked', { ...FREE, split: true });
  return moveOrder(uow, order, 'backordered', inTote ? FREE : { ...FREE, toteId: null });
}

/** The missing units of each line in words. */
export function shortText(lines: readonly OrderLine[]): string {
  return lines
    .filter((line) => line.picked < wanted(line))
    .map((line) => `${line.sku}: ${wanted(line) - line.picked} missing`)
    .join('; ');
}
