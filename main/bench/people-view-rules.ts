import type { BenchView } from '../../shared/contract/bench.ts';
import type { PinAsked, Seat } from '../../shared/model/actor.ts';
import { reasonsFor } from '../../shared/model/reasons.ts';
import type { Scene } from './bench-rules.ts';
import { pendingOf } from './pending-rules.ts';

export type PeopleView = Pick<BenchView, 'locked' | 'pin' | 'override' | 'reasons'>;

/** Who is asked for what: a badge, a PIN, an approval, a reason. */
export function peopleView(scene: Scene, seat: Seat, pin: PinAsked | undefined): PeopleView {
  const pending = seat.operator === null ? undefined : pendingOf(scene.bench);
  return {
    locked: seat.locked ? { name: seat.locked.name, language: seat.locked.language } : null,
    pin: pin ? { name: pin.name, digits: pin.digits.length } : null,
    override: pending?.kind === 'override' ? { action: pending.action, supervisor: pending.supervisor ?? null } : null,
    reasons: [...reasonsNow(scene)],
  };
}

/** Arguments of the REASON cards that fit what waits for one. */
export function reasonsNow(scene: Pick<Scene, 'bench'>): readonly string[] {
  const pending = pendingOf(scene.bench);
  if (pending?.kind === 'override') return pending.supervisorId === null ? [] : reasonsFor.override;
  if (pending?.kind !== 'reason') return [];
  const known: Readonly<Record<string, readonly string[]>> = reasonsFor;
  return known[pending.action] ?? [];
}

/** Whether the bench shows nothing but a lock: a badge or a PIN opens it. */
export function isLocked(seat: Seat, pin: PinAsked | undefined): boolean {
  return seat.operator === null && (Boolean(seat.locked) || pin !== undefined);
}

/** Cards that a PIN is made of. */
export const pinCards = [
  ...[0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((digit) => `DIGIT-${digit}`),
  'UNDO',
  'CONFIRM',
  'CANCEL',
];

/** Cards of the step that asks for a reason. */
export function reasonCards(scene: Scene): string[] {
  const pending = pendingOf(scene.bench);
  const days = pending?.kind === 'reason' && pending.action === 'hold' ? ['DAYS-1', 'DAYS-2', 'DAYS-3', 'DAYS-7'] : [];
  return [...reasonsNow(scene).map((reason) => `REASON-${reason}`), ...days, 'CANCEL'];
}
