import type { UnitOfWork } from '../db/unit-of-work.ts';
import { confirmInstructions } from '../packing/packing-service.ts';
import { isFull, type PackScene, toRead } from './bench-rules.ts';
import { type Instruction, readsAfterwards, unreadOfLine } from './instructions-rules.ts';
import { pendingText } from './pending-rules.ts';
import { bad, good, type ScanOutcome } from './scan-outcome.ts';
import { parcelFull } from './scan-weigh-service.ts';
import type { SceneLine } from './scene-store.ts';

/** Step: everything that is listed now was read; asked for again only in another parcel. */
export async function confirmRead(uow: UnitOfWork, scene: PackScene): Promise<ScanOutcome> {
  const waiting = toRead(scene);
  const confirmed = [...scene.parcel.confirmed, ...waiting.map((instruction) => instruction.key)];
  await confirmInstructions(uow, scene.parcel, confirmed);
  const read: PackScene = { ...scene, parcel: { ...scene.parcel, confirmed, version: scene.parcel.version + 1 } };
  const [line] = scene.lines;
  if (!readsAfterwards(scene) || !isFull(scene) || !line) return good('instructions.confirmed', { scene: read });
  const { sku, title, packed: done, picked: total } = line;
  return parcelFull(uow, read, { sku, title, done, total, quantity: 0 });
}

/** An item that was scanned before its instructions were read: it is not counted, and they are shown. */
export function refuseUnread(scene: PackScene, lines: readonly SceneLine[]): ScanOutcome | undefined {
  for (const line of lines) {
    const [first] = unreadOfLine(scene, line);
    if (first) return readFirst(first, line, { pending: pendingText({ kind: 'read', lineId: line.id }) });
  }
  return undefined;
}

/** An item scan while instructions wait: names the first of them. */
export function refuseWhileWaiting(scene: PackScene): ScanOutcome {
  const [first] = toRead(scene);
  const line = scene.lines.find((candidate) => candidate.id === first?.lineId);
  return first ? readFirst(first, line) : bad('command.not-here');
}

function readFirst(instruction: Instruction, line: SceneLine | undefined, change?: ScanOutcome['change']): ScanOutcome {
  const params = { instruction: instruction.kind, sku: line?.sku ?? '', text: instruction.text };
  return bad('pack.read-first', { params, ...(change ? { change } : {}) });
}
