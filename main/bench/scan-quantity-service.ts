import type { UnitOfWork } from '../db/unit-of-work.ts';
import type { Scene } from './bench-rules.ts';
import { pendingOf, pendingText } from './pending-rules.ts';
import { info, type ScanOutcome } from './scan-outcome.ts';

/** Cards that only take back what waits for its second half. */
const TAKES_BACK: readonly string[] = ['cancel', 'undo', 'no'];

export function takesBack(cardName: string): boolean {
  return TAKES_BACK.includes(cardName);
}

/** Units that the next item scan counts for; null where no quantity card was scanned. */
export function quantityOf({ bench }: Pick<Scene, 'bench'>): number | null {
  const pending = pendingOf(bench);
  return pending?.kind === 'quantity' ? pending.quantity : null;
}

/** Step: a quantity card; the very next item scan counts for so many. */
export function setQuantity(uow: UnitOfWork, scene: Scene, quantity: number): ScanOutcome {
  uow.record({ kind: 'bench.quantity-set', subject: scene.bench.stationId, data: { quantity } });
  const change = { pending: pendingText({ kind: 'quantity', quantity }) };
  return info('pack.quantity-set', { params: { quantity }, change, scene });
}

/** Step: what waits for its second half is taken back; nothing else happens. */
export function dropPending(uow: UnitOfWork, scene: Scene): ScanOutcome {
  uow.record({ kind: 'bench.pending-dropped', subject: scene.bench.stationId });
  return info('pack.never-mind', { change: { pending: null }, scene });
}

/** The outcome of the scan after a quantity card: right or wrong, the card counts no further. */
export function spendQuantity(scene: Scene, outcome: ScanOutcome): ScanOutcome {
  return quantityOf(scene) === null ? outcome : { ...outcome, change: { pending: null, ...outcome.change } };
}
