import { matchCodes } from '../../shared/barcode/match-codes.ts';
import type { AcceptedScan } from '../../shared/barcode/scan-result.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { leaveOrder, orderById } from '../orders/orders-service.ts';
import { addParcel, confirmLabel, parcelById, resumeParcel, setClosing } from '../packing/packing-service.ts';
import { emptyParcel, findPackedScan, moveScan } from '../packing/parcel-units-service.ts';
import { settleByLabel } from '../printing/printing-service.ts';
import { labelTexts } from '../shipping/dock-rules.ts';
import { relabelOutdated } from '../shipping/relabel-service.ts';
import { deadLabelCode } from '../shipping/shipping-rules.ts';
import { type Label, labelByScan } from '../shipping/shipping-service.ts';
import { expectPickup } from '../shipping/tracking-start-service.ts';
import { tellShipped } from '../shops/shipment-service.ts';
import { hitsOf, isFull, type PackScene, type stepOf, unitsHere, unitsToPack } from './bench-rules.ts';
import { pendingOf, pendingText } from './pending-rules.ts';
import { bad, complete, good, info, type ScanOutcome, toIdle } from './scan-outcome.ts';
import { parcelFull } from './scan-weigh-service.ts';
import type { SceneBox } from './scene-boxes-store.ts';

/** Step: the label on the box is scanned back; then the order has left, or its next parcel opens by itself. */
export async function scanLabel(uow: UnitOfWork, scene: PackScene, scan: AcceptedScan): Promise<ScanOutcome> {
  const own = scene.labels.find((label) => label.kind === 'outbound' && label.state === 'bought');
  const expected = own?.trackingNumber ?? '';
  if (!isNumber(scan)) return bad('label.scan-needed', { expected });
  if (!own || !(await isOn(uow, own, scan)))
    return bad((await deadLabel(uow, scan)) ?? 'label.wrong-label', { expected, params: { expected } });
  if (await relabelOutdated(uow, scene.parcel.id)) return bad('label.revision-changed');
  const left = unitsToPack(scene);
  if (left === 0) await voidEmpties(uow, scene);
  const { shipped, following } = await confirmLabel(uow, await orderById(uow, scene.order.id), scene.parcel.id);
  await tellShipped(uow, { orderId: scene.order.id, parcelId: scene.parcel.id });
  await settleByLabel(uow, scene.parcel.id);
  await expectPickup(uow, scene.parcel.id);
  const params = { number: scene.order.number, following };
  if (shipped) return complete(following > 0 ? 'label.part-shipped' : 'label.confirmed', { params, change: toIdle });
  return goOn(uow, scene);
}

/** A carrier's label may carry texts of any kind; what is an item's code is none. */
function isNumber({ kind }: AcceptedScan): boolean {
  return kind === 'sscc' || kind === 'tracking' || kind === 'text';
}

/** Whether this symbol stands on this label: its number, or another of its symbols. */
async function isOn(uow: UnitOfWork, own: PackScene['labels'][number], scan: AcceptedScan): Promise<boolean> {
  const texts = labelTexts(scan);
  if (texts.includes(own.scanText) || texts.includes(own.trackingNumber)) return true;
  return (await labelAmong(uow, texts))?.id === own.id;
}

async function labelAmong(uow: UnitOfWork, texts: readonly string[]): Promise<Label | undefined> {
  for (const text of texts) {
    const label = await labelByScan(uow, text);
    if (label) return label;
  }
  return undefined;
}

/** Step: why a scanned number must not leave, where its label was voided; a code of the catalogues. */
export async function deadLabel(uow: UnitOfWork, scan: AcceptedScan): Promise<string | undefined> {
  const label = isNumber(scan) ? await labelAmong(uow, labelTexts(scan)) : undefined;
  return label?.state === 'voided' || label?.state === 'void-requested' ? deadLabelCode(label) : undefined;
}

const others = (scene: PackScene): SceneBox[] => scene.boxes.filter((box) => box.id !== scene.parcel.id);
const isEmpty = (box: SceneBox): boolean => box.units.size === 0;

/** Nothing is left for a box that was opened beside this one and never filled. */
async function voidEmpties(uow: UnitOfWork, scene: PackScene): Promise<void> {
  for (const box of others(scene)) if (box.state === 'open' && isEmpty(box)) await emptyParcel(uow, box.id);
}

/** The next parcel of the order: one that stands open, one whose label waits, or a new one for what is left. */
async function goOn(uow: UnitOfWork, scene: PackScene): Promise<ScanOutcome> {
  const { order, bench } = scene;
  const params = { number: order.number };
  const left = unitsToPack(scene);
  const waiting = others(scene).filter((box) => box.labelConfirmedAt === null);
  const next =
    left > 0
      ? waiting.find((box) => box.state === 'open')
      : waiting.find((box) => box.state !== 'open' || !isEmpty(box));
  if (next) {
    await resumeParcel(uow, next, bench.stationId);
    const parcel = await parcelById(uow, next.id);
    if (parcel.state === 'open' && left === 0) await parcelFull(uow, sceneAt(scene, parcel, next), params);
    return complete('label.parcel-done', { params, change: { parcelId: next.id, taskId: null, pending: null } });
  }
  if (left > 0) {
    const { id } = await addParcel(uow, order.id, bench.stationId);
    return complete('label.parcel-done', { params, change: { parcelId: id, taskId: null, pending: null } });
  }
  await leaveOrder(uow, order.id);
  return complete('label.parcel-done', { params, change: toIdle });
}

function sceneAt(scene: PackScene, parcel: PackScene['parcel'], box: SceneBox): PackScene {
  const lines = scene.lines.map((line) => ({ ...line, inParcel: box.units.get(line.id) ?? 0 }));
  return { ...scene, parcel, lines, labels: [], bench: { ...scene.bench, parcelId: parcel.id, pending: null } };
}

/** Step: the present parcel takes no more; what is left goes into another one. */
export async function closePresent(
  uow: UnitOfWork,
  scene: PackScene,
  step: ReturnType<typeof stepOf>,
): Promise<ScanOutcome> {
  if (unitsHere(scene) === 0) return bad('parcel.empty');
  const params = { number: scene.order.number, ...countOf(scene) };
  if (isFull(scene)) {
    const closes = step === 'weigh' && scene.settings.weighing === 'off';
    return closes ? parcelFull(uow, scene, params) : bad('parcel.closing');
  }
  if (step !== 'pack-item' && step !== 'instructions') return bad('command.not-here');
  await setClosing(uow, scene.parcel, true);
  const parcel = { ...scene.parcel, closing: true, version: scene.parcel.version + 1 };
  const outcome = await parcelFull(uow, { ...scene, parcel }, params);
  return { ...outcome, code: PART_OF_ORDER[outcome.code] ?? outcome.code };
}

/** The same news where only a part of the order is in the box. */
const PART_OF_ORDER: Readonly<Record<string, string>> = {
  'pack.all-packed': 'parcel.to-weigh',
  'pack.closed': 'parcel.closed',
};

function countOf(scene: PackScene): { sku: string; title: string; done: number; total: number; quantity: number } {
  const done = unitsHere(scene);
  return { sku: '', title: '', done, total: done + unitsToPack(scene), quantity: 0 };
}

/** Step: PARCEL-n goes on with another open parcel, opens one more, or says where the unit in the hand belongs. */
export async function takeParcelCard(uow: UnitOfWork, scene: PackScene, number: number): Promise<ScanOutcome> {
  const pending = pendingOf(scene.bench);
  const boxes = scene.boxes.length;
  const box = scene.boxes.find((candidate) => candidate.number === number);
  const present = boxes === 0 ? number === 1 : box?.id === scene.parcel.id;
  const next = Math.max(1, boxes) + 1;
  if (present) return bad('parcel.this-one', { params: { parcel: number } });
  if (!box && number !== next) return bad('parcel.no-such', { params: { parcel: number, next } });
  if (box && box.state !== 'open') return bad('parcel.not-open', { params: { parcel: number } });
  if (pending?.kind === 'move') return moveTo(uow, scene, { box, number, scanId: pending.unitScanId });
  if (box) return goTo(uow, scene, box);
  if (unitsToPack(scene) === 0) return bad('parcel.nothing-left');
  if (unitsHere(scene) === 0) return bad('parcel.empty');
  const { id } = await addParcel(uow, scene.order.id, scene.bench.stationId);
  return good('parcel.opened', { params: { parcel: number }, change: { parcelId: id, pending: null } });
}

async function goTo(uow: UnitOfWork, scene: PackScene, box: SceneBox): Promise<ScanOutcome> {
  if (isEmpty(box) && unitsToPack(scene) === 0) return bad('parcel.nothing-left');
  await resumeParcel(uow, box, scene.bench.stationId);
  return good('parcel.switched', { params: { parcel: box.number }, change: { parcelId: box.id, pending: null } });
}

/** Step: MOVE asks which unit, then into which parcel. */
export function startMove(uow: UnitOfWork, scene: PackScene): ScanOutcome {
  if (unitsHere(scene) === 0) return bad('parcel.empty');
  uow.record({ kind: 'bench.move-asked', subject: scene.bench.stationId });
  return info('parcel.move-what', { change: { pending: pendingText({ kind: 'move', unitScanId: null }) }, scene });
}

/** Step: the item that is to move: what the newest scan of it brought into the present parcel. */
export async function scanMove(uow: UnitOfWork, scene: PackScene, scan: AcceptedScan): Promise<ScanOutcome> {
  const pending = pendingOf(scene.bench);
  if (pending?.kind === 'move' && pending.unitScanId !== null) return bad('parcel.number-needed');
  const codes = matchCodes(scan);
  if (codes.length === 0) return bad('scan.unknown-code');
  const itemIds = hitsOf(scene.codes, codes).map((hit) => hit.itemId);
  const found = await findPackedScan(uow, scene.parcel.id, { itemIds, codes });
  if (!found) return bad('parcel.item-not-here');
  uow.record({ kind: 'bench.move-asked', subject: scene.bench.stationId, data: { scan: found.scanId } });
  const change = { pending: pendingText({ kind: 'move', unitScanId: found.scanId }) };
  return good('parcel.move-where', { params: { quantity: found.quantity }, change, scene });
}

interface MoveTarget {
  readonly box: SceneBox | undefined;
  readonly number: number;
  readonly scanId: string | null;
}

async function moveTo(uow: UnitOfWork, scene: PackScene, target: MoveTarget): Promise<ScanOutcome> {
  const { number, scanId } = target;
  if (scanId === null) return bad('parcel.move-what-first');
  const to = target.box ?? (await addParcel(uow, scene.order.id, scene.bench.stationId));
  const moved = await moveScan(uow, { from: scene.parcel, to, scanId });
  if (!moved) return bad('parcel.item-not-here', { change: { pending: null } });
  const params = { sku: moved.skus.join(' + '), quantity: moved.quantity, parcel: number };
  if (moved.quantity < unitsHere(scene) || unitsToPack(scene) > 0)
    return good('parcel.moved', { params, change: { pending: null } });
  // The box is empty and nothing is left for it.
  await emptyParcel(uow, scene.parcel.id);
  return good('parcel.moved', { params, change: { pending: null, parcelId: to.id } });
}
