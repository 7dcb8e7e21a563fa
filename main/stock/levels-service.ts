import type { UnitOfWork } from '../db/unit-of-work.ts';
import { moveStock } from './catalogue-service.ts';
import type { BinLevel } from './stock-rules.ts';
import { ensureLevel, findOnHand, listLevels, listMovementsAbout, moveLevel } from './stock-store.ts';

/** Step: what lies where of these items. */
export function levelsOf(uow: UnitOfWork, itemIds: readonly string[]): Promise<BinLevel[]> {
  return listLevels(uow.tx, itemIds);
}

/** Units of one bin that were reserved for an order. */
export interface Reserved {
  readonly itemId: string;
  readonly locationId: string;
  readonly quantity: number;
  /** The order. */
  readonly subject: string;
}

/** Step: a hand took reserved units out of their bin. What lay there beyond the books was found, so the ledger says so. */
export async function takeReserved(uow: UnitOfWork, taken: Reserved): Promise<void> {
  const { quantity, ...place } = taken;
  const unknown = quantity - (await findOnHand(uow.tx, taken.itemId, taken.locationId));
  if (unknown > 0) await moveStock(uow, { ...place, quantity: unknown, allocated: 0, reason: 'found' });
  await moveStock(uow, { ...place, quantity: -quantity, allocated: -quantity, reason: 'pick' });
}

/** Step: reserved units were not found in their bin. They are taken off the books, else the next hand is sent for them. */
export async function writeOffReserved(
  uow: UnitOfWork,
  missing: Reserved,
  reason: 'short' | 'damaged' = 'short',
): Promise<void> {
  const { quantity, ...place } = missing;
  const booked = Math.min(quantity, await findOnHand(uow.tx, missing.itemId, missing.locationId));
  if (booked > 0) await moveStock(uow, { ...place, quantity: -booked, allocated: -quantity, reason });
  else await moveLevel(uow.tx, { ...place, onHand: 0, allocated: -quantity });
}

/** Step: units come into a bin, which need not have held this item before. */
export async function putIntoBin(
  uow: UnitOfWork,
  put: { itemId: string; locationId: string; quantity: number; reason: string; subject: string },
): Promise<void> {
  await ensureLevel(uow.tx, put.itemId, put.locationId);
  await moveStock(uow, { ...put, allocated: 0 });
}

/** Step: movements of these items about these subjects, oldest first. */
export function movementsAbout(
  uow: UnitOfWork,
  about: { itemIds: readonly string[]; subjects: readonly string[] },
): ReturnType<typeof listMovementsAbout> {
  return listMovementsAbout(uow.tx, about);
}
