import { AppError } from '../../shared/errors.ts';
import type { Actor } from '../../shared/model/actor.ts';
import { type Deps, runUnitOfWork, type UnitOfWork } from '../db/unit-of-work.ts';
import { listItemsBySku } from './item-store.ts';
import { type LotCount, saveLot, setLotBlocked, sumLots } from './lot-store.ts';

/** Step: notes what a file says of a lot in a bin; tells what the bin holds over all its lots. */
export async function countLot(uow: UnitOfWork, count: LotCount): Promise<{ changed: boolean; onHand: number }> {
  const changed = await saveLot(uow.tx, count, { id: uow.newId(), at: uow.now });
  if (changed)
    uow.record({
      kind: 'lot.counted',
      subject: count.itemId,
      data: { location: count.locationId, lot: count.lot, expiry: count.expiry, quantity: count.quantity },
    });
  return { changed, onHand: await sumLots(uow.tx, count.itemId, count.locationId) };
}

/** Command: recalls a lot, which every scan then refuses, or frees it again. */
export async function blockLot(
  deps: Deps,
  actor: Actor,
  input: { sku: string; lot: string; blocked: boolean },
): Promise<{ bins: number }> {
  return runUnitOfWork(deps, actor, async (uow) => {
    const [item] = await listItemsBySku(uow.tx, [input.sku]);
    if (!item) throw new AppError('not-found', 'stock.unknown-sku', { sku: input.sku });
    const bins = await setLotBlocked(uow.tx, { itemId: item.id, lot: input.lot }, input.blocked);
    if (bins === 0) throw new AppError('not-found', 'stock.unknown-lot', { sku: input.sku, lot: input.lot });
    uow.record({ kind: input.blocked ? 'lot.blocked' : 'lot.freed', subject: item.id, data: { lot: input.lot } });
    uow.emit('stock.changed', {});
    return { bins };
  });
}
