import type { BenchView } from '../../shared/contract/bench.ts';
import type { Scene } from './bench-rules.ts';
import type { SceneLine } from './scene-store.ts';

export type Instruction = BenchView['instructions'][number];

/**
 * What the packer has to read and confirm before the hand goes on; empty where nothing waits or nobody is asked.
 *
 * The buyer's note and the gift come first, for the whole parcel; then what `line`, where the hand goes next, asks for
 * before its first unit.
 */
export function waitingInstructions(scene: Scene, line: SceneLine | undefined): Instruction[] {
  if (!scene.settings.confirmInstructions || scene.bench.mode !== 'pack') return [];
  if (readsAfterwards(scene)) return unread(scene, afterFirstUnit(scene));
  const ofParcel = unread(scene, parcelInstructions(scene));
  if (ofParcel.length > 0) return ofParcel;
  return line ? unreadOfLine(scene, line) : [];
}

/** What the screen lists: what waits for CONFIRM, or all that is to know where nobody is asked. */
export function shownInstructions(scene: Scene, line: SceneLine | undefined): Instruction[] {
  if (scene.bench.mode !== 'pack' || scene.parcel?.state !== 'open') return [];
  if (scene.settings.confirmInstructions) return waitingInstructions(scene, line);
  return [...parcelInstructions(scene), ...(line ? lineInstructions(line) : [])];
}

/** What a line still asks to be read before its first unit is packed. */
export function unreadOfLine(scene: Scene, line: SceneLine): Instruction[] {
  if (!scene.settings.confirmInstructions || line.packed > 0 || readsAfterwards(scene)) return [];
  return unread(scene, lineInstructions(line));
}

/** In the lane of single lines the item is in the hand before its order is known: its first scan shows what to read. */
export function readsAfterwards({ bench }: Scene): boolean {
  return bench.lane === 'singles';
}

function afterFirstUnit(scene: Scene): Instruction[] {
  const begun = scene.lines.filter((line) => line.packed > 0);
  return begun.length === 0 ? [] : [...parcelInstructions(scene), ...begun.flatMap(lineInstructions)];
}

function unread(scene: Scene, instructions: readonly Instruction[]): Instruction[] {
  const confirmed = scene.parcel?.confirmed ?? [];
  return instructions.filter((instruction) => !confirmed.includes(instruction.key));
}

function parcelInstructions({ order }: Scene): Instruction[] {
  const note = order?.note?.trim() ?? '';
  return [
    ...(note ? [{ key: 'note', kind: 'note' as const, lineId: null, text: note }] : []),
    ...(order?.gift ? [{ key: 'gift', kind: 'gift' as const, lineId: null, text: '' }] : []),
  ];
}

const MARKS = ['hazardous', 'fragile', 'upright'] as const;

function lineInstructions(line: SceneLine): Instruction[] {
  return MARKS.filter((mark) => line[mark]).map((mark) => ({
    key: `${line.id}:${mark}`,
    kind: mark,
    lineId: line.id,
    text: '',
  }));
}
