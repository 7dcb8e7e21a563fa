import { matchCodes } from '../../shared/barcode/match-codes.ts';
import type { AcceptedScan } from '../../shared/barcode/scan-result.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import type { Order } from '../orders/orders-store.ts';
import { refuseHazardous } from '../packing/hazardous-service.ts';
import { openParcel } from '../packing/packing-service.ts';
import { findSingleFor, pickSingle } from '../picking/lane-service.ts';
import { findByCodes } from '../stock/catalogue-service.ts';
import type { Scene } from './bench-rules.ts';
import { type Bench, type BenchChange, saveBench } from './bench-store.ts';
import { loadScene } from './bench-views.ts';
import { bad, info, type ScanOutcome, toIdle } from './scan-outcome.ts';
import { scanPack } from './scan-pack-service.ts';
import { refuseItem } from './scan-pick-service.ts';
import type { WeightNow } from './scan-weigh-service.ts';

/** The bench waits in its lane for the next item. */
export const toSingles: BenchChange = { ...toIdle, mode: 'singles', lane: 'singles' };

/** Step: a scan in the lane of single lines: an item opens its most urgent order, and is its first unit packed. */
export async function scanSingles(
  uow: UnitOfWork,
  scene: Scene,
  input: { scan: AcceptedScan; weight: WeightNow },
): Promise<ScanOutcome> {
  const { scan } = input;
  const { bench } = scene;
  if (scan.kind === 'command') {
    if (scan.name !== 'cancel') return bad('command.not-here');
    uow.record({ kind: 'lane.left', subject: bench.stationId });
    return info('singles.left', { change: toIdle });
  }
  const codes = matchCodes(scan);
  if (codes.length === 0) return bad('singles.item-needed');
  for (const hit of await findByCodes(uow, codes)) {
    const order = await findSingleFor(uow, bench.stationId, hit);
    if (!order) continue;
    if (await refuseHazardous(uow, order.id))
      return bad('pack.hazardous-service', { params: { number: order.number } });
    const picked = await pickSingle(uow, order, bench.stationId);
    if (picked) return packFirst(uow, scene, { ...input, order: picked });
  }
  return refuseItem(uow, 'singles.no-order', { codes, expected: '' });
}

/** The scan that opened the order is its first unit packed. */
async function packFirst(
  uow: UnitOfWork,
  { bench }: Scene,
  first: { scan: AcceptedScan; weight: WeightNow; order: Order },
): Promise<ScanOutcome> {
  const { parcel } = await openParcel(uow, first.order, bench.stationId);
  const change: BenchChange = { mode: 'pack', orderId: first.order.id, parcelId: parcel.id, latched: null };
  const opened = await saveBench(uow.tx, bench, change);
  uow.emit('bench.changed', { stationId: bench.stationId });
  const scene = await loadScene(uow.tx, bench.stationId);
  if (!scene.order || !scene.parcel) return bad('order.unknown', { change: toIdle, bench: opened });
  const packed = await scanPack(uow, { ...scene, order: scene.order, parcel: scene.parcel }, first);
  return { ...packed, bench: opened };
}

/** A bench that packs for its lane goes back to it, whatever became of the parcel. */
export function backToLane(bench: Bench, outcome: ScanOutcome): ScanOutcome {
  if (bench.mode !== 'pack' || bench.lane !== 'singles' || outcome.change?.mode !== 'idle') return outcome;
  return { ...outcome, change: { ...outcome.change, ...toSingles } };
}
