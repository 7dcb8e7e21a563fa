import type { UnitOfWork } from '../db/unit-of-work.ts';
import { findSource } from './source-store.ts';

/** Step: whether the shop of an order keeps it back, by what it said last; false for orders that no shop gave. */
export async function isHeldByChannel(uow: UnitOfWork, orderId: string): Promise<boolean> {
  return (await findSource(uow.tx, orderId))?.remoteState === 'held';
}
