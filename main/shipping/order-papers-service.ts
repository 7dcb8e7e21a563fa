import { AppError } from '../../shared/errors.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { hasReturn, insertOrderPaper, type OrderPaper } from './order-papers-store.ts';

/** Step: keeps a drawn paper of an order that belongs to none of its parcels. */
export async function keepOrderPaper(
  uow: UnitOfWork,
  paper: Pick<OrderPaper, 'kind' | 'bytes' | 'orderId'>,
): Promise<string> {
  const id = uow.newId();
  await insertOrderPaper(uow.tx, { id, ...paper, createdAt: uow.now });
  return id;
}

/** Step: throws `not-found` `return.unknown` where the order has no such return. */
export async function checkReturnOf(uow: UnitOfWork, orderId: string, rmaId: string): Promise<void> {
  if (!(await hasReturn(uow.tx, orderId, rmaId))) throw new AppError('not-found', 'return.unknown', { id: rmaId });
}
