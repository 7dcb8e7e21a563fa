import { AppError } from '../../shared/errors.ts';
import type { Actor } from '../../shared/model/actor.ts';
import { type Deps, runUnitOfWork, type UnitOfWork } from '../db/unit-of-work.ts';
import { releaseAllocation } from '../stock/allocation-service.ts';
import { removeHold } from './hold-store.ts';
import { moveOrder, orderById } from './orders-service.ts';
import type { Order } from './orders-store.ts';

/** Step: cancels an order that no hand has touched; what it reserved is free again, and nobody has to look at it. */
export async function cancelUntouched(uow: UnitOfWork, order: Order): Promise<void> {
  await releaseAllocation(uow, order.id);
  await removeHold(uow.tx, order.id);
  await moveOrder(uow, order, 'cancelled');
}

/** Command: cancels an order before picking. */
export async function cancelOrder(deps: Deps, actor: Actor, orderId: string): Promise<void> {
  await runUnitOfWork(deps, actor, async (uow) => {
    const order = await orderById(uow, orderId);
    if (!['new', 'ready', 'allocated', 'backordered'].includes(order.state)) {
      throw new AppError('rule', 'order.cancel-too-late', { number: order.number, state: order.state });
    }
    await cancelUntouched(uow, order);
    uow.enqueue({ topic: 'stock.allocate', key: orderId, payload: { backordered: true } });
    return null;
  });
}
