import type { BenchView, Expected } from '../../shared/contract/bench.ts';
import { setIsComplete } from '../packing/kit-rules.ts';
import { expectedWeightMg, takesQuantityCard } from '../packing/packing-rules.ts';
import { currentLine, isFull, linesHere, type Scene, unitsHere, unitsToPack } from './bench-rules.ts';
import { pendingOf } from './pending-rules.ts';
import type { SceneLine } from './scene-store.ts';

/** The parcel at this bench with what lies in it. */
export function parcelView(scene: Scene): BenchView['parcel'] {
  const { parcel } = scene;
  if (!parcel) return null;
  const packed = unitsHere(scene);
  return {
    id: parcel.id,
    sequence: numberOf(scene, parcel.id),
    sscc: parcel.sscc,
    state: parcel.state,
    weightMg: parcel.weightMg,
    expectedMg: expectedWeightMg(linesHere(scene)),
    unitsPacked: packed,
    unitsToPack: packed + unitsToPack(scene),
  };
}

/** Which of the order's standing parcels this is, as the PARCEL cards count them. */
function numberOf(scene: Scene, parcelId: string): number {
  return scene.boxes.find((box) => box.id === parcelId)?.number ?? 1;
}

/** Every standing parcel of the order; empty while there is one. */
export function parcelsView(scene: Scene): BenchView['parcels'] {
  return scene.boxes.map(({ id, number, state, units }) => {
    const current = id === scene.parcel?.id;
    const inside = [...units.values()].reduce((sum, quantity) => sum + quantity, 0);
    return { id, sequence: number, state, unitsPacked: current ? unitsHere(scene) : inside, current };
  });
}

/** The code of the kit that the current line belongs to, where one scan of it packs a whole set now. */
export function kitText(scene: Scene, line: SceneLine | undefined): Expected[] {
  const kit = scene.kits.find((candidate) => candidate.lineId === line?.parentLineId);
  const code = scene.codes.find((known) => known.itemId === kit?.itemId && known.quantity === 1);
  if (!kit || !code || !setIsComplete(scene.lines, kit)) return [];
  return [{ kind: 'item', text: plainText(code), title: kit.title }];
}

/** A unit's own code as the scanner sends it, without lot or serial number. */
export function plainText(code: { readonly code: string; readonly kind: 'gtin' | 'alias' }): string {
  return code.kind === 'alias' ? code.code : code.code.replace(/^0(?=\d{13}$)/, '');
}

/** What of the present parcel may be scanned to be moved. */
export function movableTexts(scene: Scene): Expected[] {
  const pending = pendingOf(scene.bench);
  if (pending?.kind !== 'move' || pending.unitScanId !== null) return [];
  return scene.lines.flatMap((line) => {
    const code = scene.codes.find((known) => known.itemId === line.itemId && known.quantity === 1);
    return line.inParcel > 0 && code ? [{ kind: 'item' as const, text: plainText(code), title: line.title }] : [];
  });
}

/** Cards that fit an open parcel, beside what its step asks for. */
export function openParcelCards(scene: Scene): string[] {
  const filled = unitsHere(scene) > 0;
  const left = unitsToPack(scene);
  const line = currentLine(scene);
  const closes = filled && (isFull(scene) ? scene.settings.weighing === 'off' : true);
  return [
    ...(isFull(scene) ? [] : quantityCard(line, line ? line.picked - line.packed : 0)),
    'UNDO',
    ...(filled && left > 0 && !isFull(scene) ? ['NEXT-PARCEL'] : []),
    ...(closes ? ['CLOSE-PARCEL'] : []),
    ...(filled ? ['MOVE'] : []),
    ...parcelCards(scene),
    'CANCEL',
  ];
}

/** The quantity card for all the units that are left, where one scan may stand for them. */
export function quantityCard(line: SceneLine | undefined, left: number): string[] {
  return line && takesQuantityCard(line) && left > 1 && left <= 9_999 ? [`QTY-${left}`] : [];
}

/** PARCEL-n for every other open parcel, and for one more where that makes sense. */
export function parcelCards(scene: Scene): string[] {
  const others = scene.boxes.filter((box) => box.id !== scene.parcel?.id && box.state === 'open');
  const moving = pendingOf(scene.bench)?.kind === 'move';
  const next = Math.max(1, scene.boxes.length) + 1;
  const another = unitsHere(scene) > 0 && (moving || unitsToPack(scene) > 0) && next <= 99;
  const useful = others.filter((box) => moving || box.units.size > 0 || unitsToPack(scene) > 0);
  return [...useful.map((box) => box.number), ...(another ? [next] : [])].map((number) => `PARCEL-${number}`);
}
