import { AppError } from '../../shared/errors.ts';
import type { Actor } from '../../shared/model/actor.ts';
import { type Deps, runUnitOfWork, type UnitOfWork } from '../db/unit-of-work.ts';
import { setOnHand } from './catalogue-service.ts';
import { listItemsBySku } from './item-store.ts';
import type { BinLevel } from './stock-rules.ts';
import { findLocationByCode, listLevels, moveLevel } from './stock-store.ts';

/** Step: what lies where of these items. */
export function levelsOf(uow: UnitOfWork, itemIds: readonly string[]): Promise<BinLevel[]> {
  return listLevels(uow.tx, itemIds);
}

/** Step: gives a reservation back; the units stay where they are. */
export async function releaseReserved(
  uow: UnitOfWork,
  reserved: { itemId: string; locationId: string; quantity: number },
): Promise<void> {
  await moveLevel(uow.tx, {
    itemId: reserved.itemId,
    locationId: reserved.locationId,
    onHand: 0,
    allocated: -reserved.quantity,
  });
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
