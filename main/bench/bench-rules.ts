import type { BenchView } from '../../shared/contract/bench.ts';
import type { SharedSettings } from '../../shared/contract/stations.ts';
import { openTasksOf } from '../picking/picking-rules.ts';
import type { Bench } from './bench-store.ts';
import type { SceneBox } from './scene-boxes-store.ts';
import type { SceneCode, SceneKit, SceneLabel, SceneLine, SceneOrder, SceneParcel, SceneTask } from './scene-store.ts';

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
  readonly settings: SharedSettings;
}

/** The task that the hand should go to next. */
export function currentTask(scene: Scene): SceneTask | undefined {
  return openTasksOf(scene.tasks)[0];
}

/** Units that wait in the tote. */
export function unitsToPack(scene: Scene): number {
  return scene.lines.reduce((sum, line) => sum + line.picked - line.packed, 0);
}

/** What the bench waits for now; follows from the data alone, so a crash or a power cut resumes at the same step. */
export function stepOf(scene: Scene, signedIn: boolean): BenchView['step'] {
  if (!signedIn) return 'badge';
  const { bench, order, parcel } = scene;
  if (bench.mode === 'pick' && order) {
    if (!order.tote) return 'tote';
    return bench.taskId !== null && bench.taskId === currentTask(scene)?.id ? 'item' : 'location';
  }
  if (bench.mode === 'pack' && parcel) return packStep(scene, parcel);
  return 'choose';
}

function packStep(scene: Scene, parcel: SceneParcel): BenchView['step'] {
  switch (parcel.state) {
    case 'open':
      return unitsToPack(scene) > 0 ? 'pack-item' : 'weigh';
    case 'closed':
      return scene.labels.some((label) => label.state === 'failed') ? 'label-failed' : 'label-pending';
    case 'labelled':
    case 'manifested':
    case 'handed-over':
    case 'delivered':
    case 'exception':
      return parcel.labelConfirmedAt === null ? 'scan-label' : 'choose';
    case 'voided':
      return 'choose';
  }
}

/** The line whose picture the screen shows. */
export function currentLine(scene: Scene): SceneLine | undefined {
  if (scene.bench.mode === 'pick') return scene.lines.find((line) => line.id === currentTask(scene)?.lineId);
  return scene.lines.find((line) => line.packed < line.picked);
}

/** Items that a scanned code stands for, among those of this order. */
export function hitsOf(codes: readonly SceneCode[], scanned: readonly string[]): SceneCode[] {
  return scanned.flatMap((code) => codes.filter((known) => known.code === code));
}
