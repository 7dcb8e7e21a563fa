import { BY_HAND } from '../../shared/model/weight.ts';
import { cannotWeigh } from '../../shared/scale/no-weight.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import type { PackScene } from './bench-rules.ts';
import { pendingText } from './pending-rules.ts';
import { bad, info, type ScanOutcome } from './scan-outcome.ts';
import { judgeWeight, type WeightNow } from './scan-weigh-service.ts';
import { typedGrams } from './weigh-view-rules.ts';

/** A parcel of a ton is a slip of the finger. */
const MOST_DIGITS = 6;

/** Step: one more figure of a weight in grams, where the scale cannot tell it. */
export function typeDigit(uow: UnitOfWork, scene: PackScene, typed: { digit: string; weight: WeightNow }): ScanOutcome {
  if (!cannotWeigh(typed.weight.state)) return bad('weigh.scale-works');
  const digits = `${typedGrams(scene) ?? ''}${typed.digit}`.replace(/^0+/, '');
  if (digits.length > MOST_DIGITS) return bad('weigh.too-many-figures');
  uow.record({ kind: 'bench.figure-typed', subject: scene.bench.stationId });
  const pending = pendingText({ kind: 'by-hand', digits, parcelVersion: scene.parcel.version });
  return info('weigh.typing', { params: { weightMg: Number(digits) * 1_000 }, change: { pending }, scene });
}

/** Step: the typed weight is judged like one of the scale, and marked as what it is. */
export async function enterByHand(uow: UnitOfWork, scene: PackScene, weight: WeightNow): Promise<ScanOutcome> {
  const grams = Number(typedGrams(scene) ?? 0);
  if (grams === 0) return bad('command.not-here');
  if (!cannotWeigh(weight.state)) return bad('weigh.scale-works', { change: { pending: null } });
  return judgeWeight(uow, scene, { mg: grams * 1_000, device: BY_HAND });
}
