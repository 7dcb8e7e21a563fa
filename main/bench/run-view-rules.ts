import { encodeStationCode } from '../../shared/barcode/station-codes.ts';
import type { BenchView, Expected } from '../../shared/contract/bench.ts';
import { walkOf } from '../picking/run-rules.ts';
import { currentLine, type Scene } from './bench-rules.ts';
import type { Bench } from './bench-store.ts';
import { currentSlot, goingOn, inHandOf, type runStep, walkNow } from './run-scene-rules.ts';
import type { SceneRun } from './run-scene-store.ts';

/** The walk as the screen shows it: who is on the cart, what is left, and where the units in the hand belong. */
export function runView(scene: Scene): BenchView['run'] {
  const { run, bench } = scene;
  if (!run || bench.mode !== 'batch') return null;
  const walk = walkNow(run, bench);
  const current = currentSlot(run, bench);
  const left = walkOf(run.tasks, run.zone);
  const inHand = inHandOf(bench);
  const put = inHand && run.slots.find(({ slot }) => slot === walk.find((task) => task.id === inHand.taskId)?.slot);
  return {
    id: run.id,
    code: run.code,
    zone: run.zone,
    slots: run.slots.map(({ slot, order }) => ({
      slot,
      orderId: order.id,
      orderNumber: order.number,
      tote: order.tote,
      unitsLeft: left.filter((task) => task.slot === slot).reduce((sum, task) => sum + task.quantity - task.picked, 0),
      current: slot === current?.slot,
    })),
    tasksLeft: walk.length,
    put: inHand && put ? { quantity: inHand.quantity, tote: put.order.tote ?? '', slot: put.slot } : null,
  };
}

/** The task of the walk that the hand is at; units in the hand count as picked on the screen. */
export function runTask(scene: Scene): BenchView['task'] {
  const { run, bench } = scene;
  const walk = run && bench.mode === 'batch' ? walkNow(run, bench) : [];
  const [task] = walk;
  if (!task || !currentLine(scene)) return null;
  const inHand = inHandOf(bench);
  return {
    lineId: task.lineId,
    location: task.location,
    quantity: task.quantity,
    picked: task.picked + (inHand?.taskId === task.id ? inHand.quantity : 0),
    tasksLeft: walk.length,
  };
}

/** Whether the bench is busy although no order is open at it. */
export function isInLane(bench: Pick<Bench, 'mode'>): bench is { mode: 'batch' | 'singles' } {
  return bench.mode === 'batch' || bench.mode === 'singles';
}

const toteText = (code: string): Expected => ({ kind: 'tote', text: encodeStationCode('tote', code), title: code });

/** Totes that may be scanned with units in the hand: the one they belong in. */
export function putTote(scene: Scene): Expected[] {
  const tote = runView(scene)?.put?.tote;
  return tote ? [toteText(tote)] : [];
}

/** Steps of a walk. */
export type WalkStep = ReturnType<typeof runStep>;
const WALK_STEPS: readonly string[] = ['tote', 'location', 'item', 'put-to-tote'] satisfies WalkStep[];

export function isWalkStep(step: BenchView['step']): step is WalkStep {
  return WALK_STEPS.includes(step);
}

/** Command cards of a step of the walk, beside what can be scanned of goods and places. */
export function runCards(run: SceneRun, bench: Bench, step: WalkStep): string[] {
  if (step === 'tote') return [...(goingOn(run).some(({ order }) => order.tote !== null) ? ['NEXT'] : []), 'CANCEL'];
  if (step === 'location') return ['SHORT', 'CANCEL'];
  return inHandOf(bench) ? ['UNDO', 'CANCEL'] : ['SHORT', 'DAMAGED', 'CANCEL'];
}
