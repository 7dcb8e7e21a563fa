import type { BenchView, Expected } from '../../shared/contract/bench.ts';
import type { Scene } from './bench-rules.ts';
import { pendingOf } from './pending-rules.ts';
import type { SceneCount, SceneGoods, ScenePutBack, SceneSubstitute } from './scene-floor-store.ts';

/** What the scene knows when picking went wrong. */
export interface SceneFloor {
  readonly putBacks: readonly ScenePutBack[];
  readonly count: SceneCount | null;
  readonly substitutes: readonly SceneSubstitute[];
}

/** What a half-done pick, put-back or count waits for; undefined where the bench does something else. */
export function floorStep(scene: Scene): BenchView['step'] | undefined {
  const { bench } = scene;
  const pending = pendingOf(bench);
  if (bench.mode === 'count') return 'count';
  if (bench.mode === 'put-back') return pending?.kind === 'put-back' ? 'put-back-location' : 'put-back-item';
  if (scene.order && bench.mode !== 'idle' && pending?.kind === 'substitute') return 'substitute';
  return undefined;
}

/** A count needs no order: the bench is busy with a bin. */
export function isCounting(scene: Scene): boolean {
  return scene.bench.mode === 'count';
}

/** The put-back whose units are in the hand, else the next one on the walk. */
export function currentPutBack(scene: Scene): ScenePutBack | undefined {
  const pending = pendingOf(scene.bench);
  const open = scene.floor?.putBacks ?? [];
  return pending?.kind === 'put-back' ? open.find((one) => one.id === pending.putBackId) : open[0];
}

/** Units of cancelled goods that still lie in the tote. */
export function putBackUnitsLeft(scene: Scene): number {
  return (scene.floor?.putBacks ?? []).reduce((sum, one) => sum + one.quantity - one.done, 0);
}

const goods = ({ sku, title, imageHash }: SceneGoods) => ({
  sku,
  title,
  imageUrl: imageHash ? `/images/${imageHash}` : null,
});

/** The parts of the view that only floor work fills. */
export function floorView(scene: Scene): Pick<BenchView, 'substitutes' | 'putBack' | 'count'> {
  const back = scene.bench.mode === 'put-back' ? currentPutBack(scene) : undefined;
  const count = scene.bench.mode === 'count' ? scene.floor?.count : undefined;
  const pending = pendingOf(scene.bench);
  const { quantity, done, location } = back ?? { quantity: 0, done: 0, location: '' };
  return {
    substitutes: (scene.floor?.substitutes ?? []).map((one) => ({
      ...goods(one),
      location: one.location,
      available: one.available,
    })),
    putBack: back ? { ...goods(back), location, quantity, done, unitsLeft: putBackUnitsLeft(scene) } : null,
    count: count
      ? {
          ...goods(count),
          location: count.location,
          binConfirmed: pending?.kind === 'count',
          counted: pending?.kind === 'count' ? sumOf(pending.scans) : 0,
          tasksLeft: count.tasksLeft,
        }
      : null,
  };
}

/** Units of all scans of a count so far. */
export function sumOf(scans: readonly number[]): number {
  return scans.reduce((sum, units) => sum + units, 0);
}

export interface FloorExpects {
  readonly places: readonly string[];
  readonly items: readonly Expected[];
  readonly commands: readonly string[];
}

const itemText = (one: SceneGoods): Expected[] =>
  one.code === null ? [] : [{ kind: 'item', text: one.code, title: one.title }];

/** What may be scanned at a step of floor work: bins by name, items as a scanner sends them, payloads of cards. */
export function floorExpects(scene: Scene, step: BenchView['step']): FloorExpects {
  const nothing: FloorExpects = { places: [], items: [], commands: ['CANCEL'] };
  const back = currentPutBack(scene);
  const count = scene.floor?.count;
  switch (step) {
    case 'substitute':
      return {
        ...nothing,
        items: (scene.floor?.substitutes ?? []).flatMap(itemText),
        commands: ['YES', 'NO', 'CANCEL'],
      };
    case 'put-back-item':
      return {
        ...nothing,
        items: (scene.floor?.putBacks ?? []).flatMap(itemText),
        commands: ['UNDO', 'CANCEL'],
      };
    case 'put-back-location':
      return {
        ...nothing,
        places: back ? [back.location] : [],
        commands: ['DAMAGED', ...wholeRest(back), 'UNDO', 'CANCEL'],
      };
    case 'count': {
      if (!count) return nothing;
      if (pendingOf(scene.bench)?.kind !== 'count') return { ...nothing, places: [count.location] };
      return { ...nothing, items: itemText(count), commands: ['CONFIRM', 'UNDO', 'CANCEL'] };
    }
    default:
      return nothing;
  }
}

/** The quantity card that stands for all that is left of an item, where that is more than the piece in the hand. */
function wholeRest(back: ScenePutBack | undefined): string[] {
  const left = back ? back.quantity - back.done : 0;
  return left > 1 ? [`QTY-${left}`] : [];
}
