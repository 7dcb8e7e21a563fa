import type { UnitOfWork } from '../db/unit-of-work.ts';
import type { ReleasedTask } from '../picking/tasks-service.ts';
import { moveStock } from './catalogue-service.ts';
import { available, type BinLevel, type Take, takeWhatIsThere, type Want } from './stock-rules.ts';
import { listLevels, moveLevel } from './stock-store.ts';

export interface GoneUnits {
  /** The order. */
  readonly subject: string;
  readonly wants: readonly Want[];
  /** What the order had reserved and has just given back. */
  readonly reserved: readonly ReleasedTask[];
}

/**
 * Step: units left the house without a hand here picking them. They leave the bins that were reserved for them, then any
 * other with free units. What no bin holds never lay here by the books, and nothing is written of it. Returns the units taken.
 */
export async function takeGone(uow: UnitOfWork, { subject, wants, reserved }: GoneUnits): Promise<number> {
  const items = [...new Set(wants.map(({ itemId }) => itemId))];
  const own = takeWhatIsThere(wants, reservedIn(await listLevels(uow.tx, items), reserved));
  await takeOut(uow, subject, own.takes);
  const other = takeWhatIsThere(own.missing, own.missing.length > 0 ? await listLevels(uow.tx, items) : []);
  await takeOut(uow, subject, other.takes);
  const units = [...own.takes, ...other.takes].reduce((sum, { quantity }) => sum + quantity, 0);
  if (units > 0) uow.emit('stock.changed', {});
  return units;
}

/** Bins as if nothing lay in them but what the order had reserved, and that only as far as it is there. */
function reservedIn(levels: readonly BinLevel[], reserved: readonly ReleasedTask[]): BinLevel[] {
  return levels.map((level) => {
    const units = reserved
      .filter(({ itemId, locationId }) => itemId === level.itemId && locationId === level.locationId)
      .reduce((sum, { quantity }) => sum + quantity, 0);
    return { ...level, onHand: Math.min(units, available(level)), allocated: 0 };
  });
}

async function takeOut(uow: UnitOfWork, subject: string, takes: readonly Take[]): Promise<void> {
  for (const { itemId, locationId, quantity } of takes) {
    // Reserved for a moment: what another order gets at the same time is not taken from it.
    await moveLevel(uow.tx, { itemId, locationId, onHand: 0, allocated: quantity });
    const place = { itemId, locationId, subject };
    await moveStock(uow, { ...place, quantity: -quantity, allocated: -quantity, reason: 'sent-elsewhere' });
  }
}
