import { matchCodes } from '../../shared/barcode/match-codes.ts';
import type { AcceptedScan } from '../../shared/barcode/scan-result.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { leaveOrder, orderById } from '../orders/orders-service.ts';
import { decidePackScan, expectedWeightMg, weightFits, weightsKnown } from '../packing/packing-rules.ts';
import {
  closeParcel,
  confirmLabel,
  keepReading,
  leaveParcel,
  packUnit,
  parcelById,
  undoLastUnit,
} from '../packing/packing-service.ts';
import { labelByScan, reprint, requestLabels, retryLabels } from '../shipping/shipping-service.ts';
import { sharedSettings } from '../stations/settings-service.ts';
import { hitsOf, type Scene, stepOf, unitsToPack } from './bench-rules.ts';
import { bad, complete, good, info, type ScanOutcome, toIdle } from './scan-outcome.ts';
import { refuseItem } from './scan-pick-service.ts';
import type { SceneOrder, SceneParcel } from './scene-store.ts';

export type PackScene = Scene & { order: SceneOrder; parcel: SceneParcel };

/** A weight that the scale at this bench shows now. */
export type WeightNow =
  | { readonly state: 'stable'; readonly mg: number; readonly device: string }
  | { readonly state: 'absent' }
  | { readonly state: 'unstable' };

/** Step: a scan while a parcel is open, closed or labelled at this bench. */
export async function scanPack(
  uow: UnitOfWork,
  scene: PackScene,
  input: { scan: AcceptedScan; weight: WeightNow },
): Promise<ScanOutcome> {
  const { scan } = input;
  const step = stepOf(scene, true);
  if (scan.kind === 'command') return commandPack(uow, scene, { name: scan.name, step, weight: input.weight });
  if (step === 'scan-label') return scanLabel(uow, scene, scan);
  if (step === 'label-pending' || step === 'label-failed') return bad('label.not-ready');
  if (scan.kind === 'tote' || scan.kind === 'order')
    return bad(scan.kind === 'tote' ? 'pack.wrong-tote' : 'pack.wrong-order', {
      params: { number: scene.order.number },
    });
  return scanItem(uow, scene, scan);
}

async function scanItem(uow: UnitOfWork, scene: PackScene, scan: AcceptedScan): Promise<ScanOutcome> {
  const codes = matchCodes(scan);
  const expected = scene.lines.find((line) => line.packed < line.picked)?.sku ?? '';
  if (codes.length === 0) return bad('scan.unknown-code', { expected });
  const details = scan.kind === 'item' ? scan : {};
  const decision = decidePackScan(scene.lines, hitsOf(scene.codes, codes), { details, today: uow.now.slice(0, 10) });
  if (decision.outcome === 'refused')
    return decision.code === 'pack.wrong-item'
      ? refuseItem(uow, decision.code, { codes, expected })
      : bad(decision.code, { expected, params: { expected } });
  const line = scene.lines.find((candidate) => candidate.id === decision.lineId);
  if (!line?.itemId) return bad('scan.unknown-code', { expected });
  const unit = {
    lineId: line.id,
    itemId: line.itemId,
    sku: line.sku,
    packed: line.packed,
    quantity: decision.quantity,
    code: codes[0] ?? '',
    details,
  };
  if ((await packUnit(uow, scene.parcel, unit)) === 'serial-used')
    return bad('pack.serial-used', { params: { sku: line.sku } });
  const packed = line.packed + decision.quantity;
  const patched: PackScene = {
    ...scene,
    lines: scene.lines.map((other) => (other.id === line.id ? { ...other, packed } : other)),
    parcel: { ...scene.parcel, version: scene.parcel.version + 1 },
  };
  const params = { sku: line.sku, title: line.title, done: packed, total: line.picked };
  if (decision.unitsLeft > 0) return good('pack.item-packed', { params, scene: patched });
  return allPacked(uow, patched, params);
}

/** The last unit is in: weigh, or close at once where no scale is asked for. */
async function allPacked(uow: UnitOfWork, scene: PackScene, params: ScanOutcome['params']): Promise<ScanOutcome> {
  const { weighing } = await sharedSettings(uow);
  if (weighing === 'required') return good('pack.all-packed', { params, scene });
  await close(uow, scene, undefined);
  return complete('pack.closed', { params: { ...params, number: scene.order.number } });
}

async function close(
  uow: UnitOfWork,
  scene: PackScene,
  reading: { id: string; mg: number } | undefined,
): Promise<void> {
  await closeParcel(uow, scene.parcel, {
    expectedMg: expectedWeightMg(scene.lines),
    ...(reading ? { reading } : {}),
  });
  await requestLabels(uow, { id: scene.parcel.id, sscc: scene.parcel.sscc, orderId: scene.order.id });
}

/** Step: takes the weight of the full parcel; outside the tolerance it stays open and the packer looks again. */
export async function weighParcel(uow: UnitOfWork, scene: PackScene, weight: WeightNow): Promise<ScanOutcome> {
  if (weight.state === 'absent') return bad('weigh.no-scale');
  if (weight.state === 'unstable') return bad('weigh.unstable');
  const expectedMg = expectedWeightMg(scene.lines);
  const params = { expectedMg, weightMg: weight.mg };
  if (!weightFits(expectedMg, weight.mg, weightsKnown(scene.lines))) return bad('weigh.out-of-tolerance', { params });
  const id = await keepReading(uow, { stationId: scene.bench.stationId, device: weight.device, mg: weight.mg });
  await close(uow, scene, { id, mg: weight.mg });
  return complete('pack.weighed', { params: { ...params, number: scene.order.number } });
}

async function scanLabel(uow: UnitOfWork, scene: PackScene, scan: AcceptedScan): Promise<ScanOutcome> {
  const scanned = scan.kind === 'sscc' ? scan.sscc : scan.kind === 'tracking' ? scan.tracking.number : undefined;
  const own = scene.labels.find((label) => label.kind === 'outbound' && label.state === 'bought');
  const expected = own?.trackingNumber ?? '';
  if (scanned === undefined) return bad('label.scan-needed', { expected });
  if (own?.scanText !== scanned) {
    const other = await labelByScan(uow, scanned);
    const dead = other?.state === 'voided' || other?.state === 'void-requested';
    return bad(dead ? 'label.dead' : 'label.wrong-label', { expected, params: { expected } });
  }
  const { shipped } = await confirmLabel(uow, await orderById(uow, scene.order.id), scene.parcel.id);
  return complete(shipped ? 'label.confirmed' : 'label.parcel-done', {
    params: { number: scene.order.number },
    change: toIdle,
  });
}

interface CommandAt {
  readonly name: string;
  readonly step: ReturnType<typeof stepOf>;
  readonly weight: WeightNow;
}

async function commandPack(uow: UnitOfWork, scene: PackScene, command: CommandAt): Promise<ScanOutcome> {
  const { name, step } = command;
  const params = { number: scene.order.number };
  const open = step === 'pack-item' || step === 'weigh';
  if (name === 'weigh' && step === 'weigh') return weighParcel(uow, scene, command.weight);
  if (name === 'undo' && open) {
    const undone = await undoLastUnit(uow, scene.parcel.id);
    return undone
      ? info('pack.undone', { params: { sku: undone.sku, quantity: undone.quantity } })
      : bad('pack.nothing-to-undo');
  }
  if (name === 'cancel' && open) {
    await leaveParcel(uow, await orderById(uow, scene.order.id), scene.parcel.id);
    return info('pack.left', { params, change: toIdle });
  }
  if (name === 'cancel') {
    await leaveOrder(uow, scene.order.id);
    return info('pack.set-aside', { params, change: toIdle });
  }
  if (name === 'reprint' && step === 'scan-label') {
    await reprint(uow, scene.parcel, 'asked-at-bench');
    return info('label.reprinted', { params });
  }
  if (name === 'reprint' && step === 'label-failed') {
    await retryLabels(uow, await parcelById(uow, scene.parcel.id));
    return info('label.asked-again', { params });
  }
  return bad('command.not-here');
}

/** Whether the bench waits for the weight of a full parcel. */
export function waitsForWeight(scene: Scene): scene is PackScene {
  return (
    scene.bench.mode === 'pack' &&
    scene.order !== undefined &&
    scene.parcel?.state === 'open' &&
    unitsToPack(scene) === 0 &&
    scene.lines.some((line) => line.packed > 0)
  );
}
