import type { BenchView } from '../../shared/contract/bench.ts';
import type { SharedSettings } from '../../shared/contract/stations.ts';
import { holdStands } from '../orders/hold-rules.ts';
import { openTasksOf } from '../picking/picking-rules.ts';
import type { Bench } from './bench-store.ts';
import { floorStep, type SceneFloor } from './floor-view-rules.ts';
import { type Instruction, readsAfterwards, waitingInstructions } from './instructions-rules.ts';
import { pendingOf } from './pending-rules.ts';
import type { ScenePrint } from './print-question-rules.ts';
import { runStep, walkNow } from './run-scene-rules.ts';
import type { SceneRun } from './run-scene-store.ts';
import type { SceneBox } from './scene-boxes-store.ts';
import type { SceneCode, SceneKit, SceneLabel, SceneLine, SceneOrder, SceneParcel, SceneTask } from './scene-store.ts';
import type { SceneWeigh } from './scene-weigh-store.ts';
import { needsCarton } from './weigh-view-rules.ts';

/** Everything that one bench is busy with. */
export interface Scene {
  readonly bench: Bench;
  readonly order: SceneOrder | undefined;
  readonly lines: readonly SceneLine[];
  readonly kits: readonly SceneKit[];
  readonly codes: readonly SceneCode[];
  readonly tasks: readonly SceneTask[];
  readonly parcel: SceneParcel | undefined;
  /** Standing parcels of the order; empty while there is only one. */
  readonly boxes: readonly SceneBox[];
  readonly labels: readonly SceneLabel[];
  /** Papers of the parcel in hand; read only while its label is to be scanned. */
  readonly prints?: readonly ScenePrint[];
  readonly settings: SharedSettings;
  /** The walk that the bench is on; then `order` is the one whose turn it is. */
  readonly run?: SceneRun | undefined;
  /** What goes back, is counted or may be sent instead; read only at the steps that need it. */
  readonly floor?: SceneFloor;
  /** What the scale's verdict needs; read only once every unit is in. */
  readonly weigh?: SceneWeigh | undefined;
  /** Lot to take first, where the item in hand is kept by lot or expiry. */
  readonly hint?: { readonly lot: string; readonly expiry: string | null } | null;
}

/** The scene as it is at this instant: a hold whose time is over stops nothing. */
export function withoutEndedHold(scene: Scene, now: string): Scene {
  const freed = (order: SceneOrder): SceneOrder =>
    order.hold && !holdStands(order.hold, now) ? { ...order, hold: null } : order;
  const { order, run } = scene;
  const slots = run?.slots.map((slot) => ({ ...slot, order: freed(slot.order) }));
  return { ...scene, order: order && freed(order), ...(run && slots ? { run: { ...run, slots } } : {}) };
}

/** A scene with a parcel at the bench. */
export type PackScene = Scene & { readonly order: SceneOrder; readonly parcel: SceneParcel };

/** The task that the hand should go to next. */
export function currentTask(scene: Scene): SceneTask | undefined {
  return openTasksOf(scene.tasks)[0];
}

/** Units that wait in the tote. */
export function unitsToPack(scene: Scene): number {
  return scene.lines.reduce((sum, line) => sum + line.picked - line.packed, 0);
}

/** Units in the parcel at this bench. */
export function unitsHere(scene: Scene): number {
  return scene.lines.reduce((sum, line) => sum + line.inParcel, 0);
}

/** The lines with what of them lies in the parcel at this bench. */
export function linesHere(scene: Scene): SceneLine[] {
  return scene.lines.map((line) => ({ ...line, packed: line.inParcel }));
}

/** Whether the open parcel at this bench takes no more units. */
export function isFull(scene: Scene): boolean {
  return scene.parcel?.closing === true || unitsToPack(scene) === 0;
}

/** What waits for CONFIRM before the hand goes on. */
export function toRead(scene: Scene): Instruction[] {
  return waitingInstructions(scene, currentLine(scene));
}

/** Whether the first unit is in and what it asks for is still to be read, as in the lane of single lines. */
export function readsNow(scene: Scene): boolean {
  return readsAfterwards(scene) && toRead(scene).length > 0;
}

/** What the bench waits for now; follows from the data alone, so a crash or a power cut resumes at the same step. */
export function stepOf(scene: Scene, signedIn: boolean): BenchView['step'] {
  if (!signedIn) return 'badge';
  const asked = askedFor(scene);
  if (asked) return asked;
  const floor = floorStep(scene);
  if (floor) return floor;
  const { bench, order, parcel, run } = scene;
  if (bench.mode === 'dock') return 'scan-out';
  if (bench.mode === 'batch' && run) return runStep(run, bench);
  if (bench.mode === 'singles') return 'single-item';
  if (bench.mode === 'pick' && order) {
    if (!order.tote) return 'tote';
    return bench.taskId !== null && bench.taskId === currentTask(scene)?.id ? 'item' : 'location';
  }
  if (bench.mode === 'pack' && parcel) return packStep(scene, parcel);
  return 'choose';
}

/** A half-done act comes before everything else that the bench waits for. */
function askedFor(scene: Scene): 'override-badge' | 'reason' | undefined {
  if (!scene.order || scene.bench.mode === 'idle') return undefined;
  const pending = pendingOf(scene.bench);
  if (pending?.kind === 'reason') return 'reason';
  if (pending?.kind === 'override') return pending.supervisorId === null ? 'override-badge' : 'reason';
  return undefined;
}

function packStep(scene: Scene, parcel: SceneParcel): BenchView['step'] {
  const pending = pendingOf(scene.bench);
  switch (parcel.state) {
    case 'open':
      if (pending?.kind === 'move') return 'move-item';
      if (readsNow(scene)) return 'instructions';
      if (isFull(scene)) return needsCarton(scene, parcel) ? 'carton' : 'weigh';
      return toRead(scene).length > 0 ? 'instructions' : 'pack-item';
    case 'closed':
      return labelIsUnderWay(scene.labels) ? 'label-pending' : 'label-failed';
    case 'labelled':
    case 'manifested':
    case 'handed-over':
    case 'delivered':
    case 'exception':
    case 'returned':
      return parcel.labelConfirmedAt === null ? 'scan-label' : 'choose';
    case 'voided':
      return 'choose';
  }
}

/** False when a label failed, or when the parcel's own was voided: somebody has to ask for another. */
function labelIsUnderWay(labels: readonly SceneLabel[]): boolean {
  const fails = ({ state, fault }: SceneLabel): boolean => state === 'failed' || (state === 'bought' && fault !== null);
  return labels.some((label) => label.kind === 'outbound' && label.state !== 'void-requested') && !labels.some(fails);
}

/** The line whose picture the screen shows. */
export function currentLine(scene: Scene): SceneLine | undefined {
  const { bench, run } = scene;
  if (bench.mode === 'batch') return scene.lines.find((line) => run && line.id === walkNow(run, bench)[0]?.lineId);
  if (bench.mode === 'pick') return scene.lines.find((line) => line.id === currentTask(scene)?.lineId);
  const left = scene.lines.filter((line) => line.packed < line.picked);
  const pending = pendingOf(bench);
  return (pending?.kind === 'read' ? left.find((line) => line.id === pending.lineId) : undefined) ?? left[0];
}

/** Items that a scanned code stands for, among those of this order. */
export function hitsOf(codes: readonly SceneCode[], scanned: readonly string[]): SceneCode[] {
  return scanned.flatMap((code) => codes.filter((known) => known.code === code));
}
