import { AppError } from '../../shared/errors.ts';
import type { Actor } from '../../shared/model/actor.ts';
import { type Deps, runUnitOfWork, type UnitOfWork } from '../db/unit-of-work.ts';
import { moveStock, setOnHand } from './catalogue-service.ts';
import { listItemsBySku } from './item-store.ts';
import type { BinLevel } from './stock-rules.ts';
import { findLocationByCode, findOnHand, listLevels, moveLevel } from './stock-store.ts';

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
export async function writeOffReserved(uow: UnitOfWork, missing: Reserved): Promise<void> {
  const { quantity, ...place } = missing;
  const booked = Math.min(quantity, await findOnHand(uow.tx, missing.itemId, missing.locationId));
  if (booked > 0) await moveStock(uow, { ...place, quantity: -booked, allocated: -quantity, reason: 'short' });
  else await moveLevel(uow.tx, { ...place, onHand: 0, allocated: -quantity });
}

/** Command: somebody counted a bin; the difference becomes a movement, and orders that waited may get their stock. */
export async function countLocation(
  deps: Deps,
  actor: Actor,
  input: { sku: string; location: string; counted: number },
): Promise<{ difference: number }> {
  return runUnitOfWork(deps, actor, async (uow) => {
    const [item] = await listItemsBySku(uow.tx, [input.sku]);
    const location = await findLocationByCode(uow.tx, input.location);
    if (!item) throw new AppError('not-found', 'stock.unknown-sku', { sku: input.sku });
    if (!location) throw new AppError('not-found', 'stock.unknown-location', { location: input.location });
    const { difference } = await setOnHand(
      uow,
      { itemId: item.id, locationId: location.id },
      { onHand: input.counted, reason: 'count' },
    );
    uow.record({
      kind: 'stock.counted',
      subject: item.id,
      data: { location: location.id, counted: input.counted, difference },
    });
    uow.emit('stock.changed', {});
    if (difference > 0) uow.enqueue({ topic: 'stock.allocate', key: item.id, payload: { backordered: true } });
    return { difference };
  });
}

export type { Deps } from '../db/unit-of-work.ts';
