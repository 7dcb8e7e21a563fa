import { AppError } from '../../shared/errors.ts';
import type { Actor } from '../../shared/model/actor.ts';
import { type Deps, runUnitOfWork } from '../db/unit-of-work.ts';
import { releaseAllocation } from '../stock/allocation-service.ts';
import { moveOrder, orderById } from './orders-service.ts';

/** Command: cancels an order that no hand has touched; what it reserved is free again. */
export async function cancelOrder(deps: Deps, actor: Actor, orderId: string): Promise<void> {
  await runUnitOfWork(deps, actor, async (uow) => {
    const order = await orderById(uow, orderId);
    if (!['new', 'ready', 'allocated', 'backordered'].includes(order.state)) {
      throw new AppError('rule', 'order.cancel-too-late', { number: order.number, state: order.state });
    }
    await releaseAllocation(uow, orderId);
    await moveOrder(uow, order, 'cancelled');
    uow.enqueue({ topic: 'stock.allocate', key: orderId, payload: { backordered: true } });
    return null;
  });
}
