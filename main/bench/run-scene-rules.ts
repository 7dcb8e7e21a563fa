import { fromHere, lossOf, type RunTask, type SlotLoss, walkOf } from '../picking/run-rules.ts';
import type { Bench } from './bench-store.ts';
import { pendingOf } from './pending-rules.ts';
import type { SceneRun, SceneSlot } from './run-scene-store.ts';

/** Units taken from a bin that are not in their tote yet. */
export function inHandOf(bench: Pick<Bench, 'pending'>): { taskId: string; quantity: number } | undefined {
  const pending = pendingOf(bench);
  return pending?.kind === 'put' ? { taskId: pending.taskId, quantity: pending.quantity } : undefined;
}

/** Orders that this bench may go on with; the next scan tells of the others. */
export function goingOn(run: SceneRun): SceneSlot[] {
  return run.slots.filter(({ order }) => order.state === 'picking' && order.claimedBy === run.stationId && !order.hold);
}

export interface Loss extends SceneSlot {
  readonly because: SlotLoss;
}

/** Orders that were held, cancelled or taken over since the last scan. */
export function lossesOf(run: SceneRun, now: string): Loss[] {
  return run.slots.flatMap((slot) => {
    const because = lossOf(slot.order, run.stationId, now);
    return because ? [{ ...slot, because }] : [];
  });
}

/** Tasks of the walk with the one in front where the hand is. */
export function walkNow(run: SceneRun, bench: Pick<Bench, 'pending' | 'taskId'>): RunTask[] {
  const slots = new Set(goingOn(run).map(({ slot }) => slot));
  const walk = walkOf(run.tasks, run.zone).filter((task) => slots.has(task.slot));
  return fromHere(walk, { inHand: inHandOf(bench)?.taskId, atBin: bench.taskId });
}

/** The first order that still needs a tote. */
export function slotWithoutTote(run: SceneRun): SceneSlot | undefined {
  return goingOn(run).find(({ order }) => order.tote === null);
}

/** The order whose turn it is: the one that needs a tote, otherwise the one of the next task. */
export function currentSlot(run: SceneRun, bench: Pick<Bench, 'pending' | 'taskId'>): SceneSlot | undefined {
  const slot = walkNow(run, bench)[0]?.slot;
  return slotWithoutTote(run) ?? run.slots.find((candidate) => candidate.slot === slot);
}

/** What a bench on a walk waits for; a walk of a zone without any order waits for a tote of another zone. */
export function runStep(
  run: SceneRun,
  bench: Pick<Bench, 'pending' | 'taskId'>,
): 'tote' | 'location' | 'item' | 'put-to-tote' {
  const [task] = walkNow(run, bench);
  if (slotWithoutTote(run) || !task) return 'tote';
  const inHand = inHandOf(bench);
  const held = inHand?.taskId === task.id ? inHand.quantity : 0;
  if (held > 0 && task.picked + held >= task.quantity) return 'put-to-tote';
  return held > 0 || bench.taskId === task.id ? 'item' : 'location';
}
