import { systemActor } from '../../shared/model/actor.ts';
import { retryConflicts } from '../db/retry-conflicts.ts';
import { type Deps, runUnitOfWork, type UnitOfWork } from '../db/unit-of-work.ts';
import { wanted } from '../orders/orders-rules.ts';
import { addToLine, leafLines, moveOrder, nextUrgentOrders } from '../orders/orders-service.ts';
import type { Order, OrderLine } from '../orders/orders-store.ts';
import { cancelTasks, openTasks, type ReleasedTask } from '../picking/tasks-service.ts';
import { decideAllocation, type Take, type Want } from './stock-rules.ts';
import { listLevels, moveLevel } from './stock-store.ts';

const ORDERS_A_PASS = 50;

/** Step: reserves stock for one order, whole or not at all, and opens its pick tasks. */
export async function allocateOrder(uow: UnitOfWork, order: Order): Promise<'allocated' | 'backordered' | 'waiting'> {
  const lines = await leafLines(uow, order.id);
  const wants = lines.flatMap((line): Want[] => {
    const quantity = wanted(line) - line.allocated;
    return quantity > 0 && line.itemId ? [{ lineId: line.id, itemId: line.itemId, quantity }] : [];
  });
  const levels = await listLevels(uow.tx, [...new Set(wants.map((want) => want.itemId))]);
  const decision = decideAllocation(wants, levels);
  if (decision.outcome === 'backordered') {
    if (order.state === 'backordered') return 'waiting';
    await moveOrder(uow, order, 'backordered');
    return 'backordered';
  }
  await reserve(uow, order, { lines, takes: decision.takes });
  await moveOrder(uow, order, 'allocated');
  return 'allocated';
}

/** Step: reserves given bins for lines of an order and opens the tasks. */
export async function reserve(
  uow: UnitOfWork,
  order: Order,
  plan: { lines: readonly OrderLine[]; takes: readonly Take[] },
): Promise<void> {
  const byLine = new Map<string, number>();
  for (const take of plan.takes) {
    await moveLevel(uow.tx, { itemId: take.itemId, locationId: take.locationId, onHand: 0, allocated: take.quantity });
    byLine.set(take.lineId, (byLine.get(take.lineId) ?? 0) + take.quantity);
  }
  for (const line of plan.lines) {
    const by = byLine.get(line.id);
    if (by) await addToLine(uow, line, { quantity: 'allocated', by });
  }
  await openTasks(uow, order.id, plan.takes);
}

/** Step: gives back what an order has reserved and not picked yet; tells which bins it was. */
export async function releaseAllocation(uow: UnitOfWork, orderId: string): Promise<readonly ReleasedTask[]> {
  const open = await cancelTasks(uow, orderId);
  const lines = await leafLines(uow, orderId);
  for (const task of open) {
    await moveLevel(uow.tx, { itemId: task.itemId, locationId: task.locationId, onHand: 0, allocated: -task.quantity });
  }
  for (const line of lines) {
    const by = open.filter((task) => task.lineId === line.id).reduce((sum, task) => sum + task.quantity, 0);
    if (by > 0) await addToLine(uow, line, { quantity: 'allocated', by: -by });
  }
  return open;
}

/**
 * Reserves stock for every order that is ready, the most urgent first; then, when stock came in, for those that wait for it.
 *
 * Several stations allocate at once: who loses a bin to another looks again. Returns how many got all their stock. Runs in short units of work so that a bench never waits long.
 */
export async function allocateWaiting(
  deps: Deps,
  options: { backordered: boolean },
): Promise<{ allocated: number; backordered: number }> {
  const total = { allocated: 0, backordered: 0 };
  for (;;) {
    const pass = await retryConflicts(() =>
      runUnitOfWork(deps, systemActor, async (uow) => {
        const orders = await nextUrgentOrders(uow, ['ready'], { limit: ORDERS_A_PASS });
        const outcomes = { allocated: 0, backordered: 0, seen: orders.length };
        for (const order of orders) {
          const outcome = await allocateOrder(uow, order);
          if (outcome !== 'waiting') outcomes[outcome] += 1;
        }
        if (orders.length === 0) uow.unchanged();
        return outcomes;
      }),
    );
    total.allocated += pass.allocated;
    total.backordered += pass.backordered;
    // Those that another bench held at that moment are looked at in a pass of their own.
    if (pass.seen === 0) break;
  }
  if (options.backordered) total.allocated += await retryBackordered(deps);
  return total;
}

/** All of them, page by page: those in front that still wait must not keep stock from those behind. */
async function retryBackordered(deps: Deps): Promise<number> {
  let allocated = 0;
  let after: Order | undefined;
  do {
    const page = await retryConflicts(() =>
      runUnitOfWork(deps, systemActor, async (uow) => {
        const orders = await nextUrgentOrders(uow, ['backordered'], { limit: ORDERS_A_PASS, after, whole: true });
        let got = 0;
        for (const order of orders) if ((await allocateOrder(uow, order)) === 'allocated') got += 1;
        if (got === 0) uow.unchanged();
        return { got, last: orders.length === ORDERS_A_PASS ? orders.at(-1) : undefined };
      }),
    );
    allocated += page.got;
    after = page.last;
  } while (after);
  return allocated;
}
