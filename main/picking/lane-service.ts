import type { UnitOfWork } from '../db/unit-of-work.ts';
import { latestLeaseEnd, orderById } from '../orders/orders-service.ts';
import type { Order } from '../orders/orders-store.ts';
import { findSingle } from './lane-store.ts';
import { openTasksOf } from './picking-rules.ts';
import { claimOrder, confirmPick } from './picking-service.ts';
import { listTasks } from './picking-store.ts';

/** Step: the most urgent order of one line for an item in the hand; undefined when no such order is free. */
export async function findSingleFor(
  uow: UnitOfWork,
  stationId: string,
  inHand: { itemId: string; quantity: number },
): Promise<Order | undefined> {
  const id = await findSingle(uow.tx, { ...inHand, stationId, now: uow.now, latest: latestLeaseEnd(uow.now) });
  return id === undefined ? undefined : orderById(uow, id);
}

/** Step: an order of one line is picked whole: its units leave their bins now. Undefined where stock went missing. */
export async function pickSingle(uow: UnitOfWork, order: Order, stationId: string): Promise<Order | undefined> {
  if (order.state === 'picked') return order;
  const claim = await claimOrder(uow, order, stationId);
  let picked = claim.order;
  for (const task of openTasksOf(await listTasks(uow.tx, order.id)))
    picked = (await confirmPick(uow, picked, { taskId: task.id, quantity: task.quantity - task.picked })).order;
  return picked.state === 'picked' ? picked : undefined;
}
