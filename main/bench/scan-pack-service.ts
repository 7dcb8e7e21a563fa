import { matchCodes } from '../../shared/barcode/match-codes.ts';
import type { AcceptedScan } from '../../shared/barcode/scan-result.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { decideInnerKit } from '../packing/kit-rules.ts';
import { decidePackScan, type PackDecision, type PackScan } from '../packing/packing-rules.ts';
import { packUnits } from '../packing/parcel-units-service.ts';
import { innerKitByCodes } from '../stock/kit-service.ts';
import { currentLine, hitsOf, type PackScene, stepOf, toRead } from './bench-rules.ts';
import { pendingOf } from './pending-rules.ts';
import { refuseUnread, refuseWhileWaiting } from './scan-instructions-service.ts';
import { checkLot } from './scan-lot-service.ts';
import { bad, good, type ScanOutcome } from './scan-outcome.ts';
import { commandPack } from './scan-pack-commands-service.ts';
import { scanLabel, scanMove } from './scan-parcels-service.ts';
import { refuseItem } from './scan-pick-service.ts';
import { quantityOf, spendQuantity } from './scan-quantity-service.ts';
import { parcelFull, scanCarton, type WeightNow } from './scan-weigh-service.ts';

/** Step: a scan while a parcel is open, closed or labelled at this bench. */
export async function scanPack(
  uow: UnitOfWork,
  scene: PackScene,
  input: { scan: AcceptedScan; weight: WeightNow },
): Promise<ScanOutcome> {
  const { scan } = input;
  const step = stepOf(scene, true);
  if (scan.kind === 'carton') return scanCarton(uow, scene, { code: scan.code, weight: input.weight });
  if (scan.kind === 'command') return commandPack(uow, scene, { scan, step, weight: input.weight });
  if (step === 'reason') return bad('reason.needed');
  if (step === 'scan-label') return scanLabel(uow, scene, scan);
  if (step === 'label-pending' || step === 'label-failed') return bad('label.not-ready');
  if (scan.kind === 'tote' || scan.kind === 'order')
    return bad(scan.kind === 'tote' ? 'pack.wrong-tote' : 'pack.wrong-order', {
      params: { number: scene.order.number },
    });
  if (step === 'instructions') return refuseWhileWaiting(scene);
  if (step === 'move-item') return scanMove(uow, scene, scan);
  if (scene.parcel.closing) return bad('parcel.closing');
  return spendQuantity(scene, await scanItem(uow, scene, scan));
}

async function scanItem(uow: UnitOfWork, scene: PackScene, scan: AcceptedScan): Promise<ScanOutcome> {
  const codes = matchCodes(scan);
  const expected = currentLine(scene)?.sku ?? '';
  if (codes.length === 0) return bad('scan.unknown-code', { expected });
  const asked: PackScan = {
    details: scan.kind === 'item' ? scan : {},
    today: uow.now.slice(0, 10),
    quantity: quantityOf(scene),
  };
  const known = decidePackScan(scene, hitsOf(scene.codes, codes), asked);
  const decision = isForeign(known) ? await decideForeign(uow, scene, { codes, asked }) : known;
  if (decision.outcome === 'accepted') return packDecided(uow, scene, { decision, code: codes[0] ?? '', asked });
  if (isForeign(decision)) return refuseItem(uow, 'pack.wrong-item', { codes, expected });
  return bad(decision.code, { expected, params: { expected, skus: decision.skus?.join(', ') ?? '' } });
}

const isForeign = (decision: PackDecision): boolean =>
  decision.outcome === 'refused' && decision.code === 'pack.wrong-item';

/** A code that no line and no ordered kit has may still be that of a kit inside one. */
async function decideForeign(
  uow: UnitOfWork,
  scene: PackScene,
  scan: { codes: readonly string[]; asked: PackScan },
): Promise<PackDecision> {
  const inner = scene.kits.length > 0 ? await innerKitByCodes(uow, scan.codes) : undefined;
  if (!inner) return { outcome: 'refused', code: 'pack.wrong-item' };
  return decideInnerKit(scene.lines, inner, { sets: inner.perScan, card: scan.asked.quantity });
}

interface Decided {
  readonly decision: Extract<PackDecision, { outcome: 'accepted' }>;
  readonly code: string;
  readonly asked: PackScan;
}

async function packDecided(uow: UnitOfWork, scene: PackScene, decided: Decided): Promise<ScanOutcome> {
  const { decision } = decided;
  const touched = scene.lines.filter((line) => decision.parts.some((part) => part.lineId === line.id));
  const unread = refuseUnread(scene, touched);
  if (unread) return unread;
  const parts = decision.parts.flatMap(({ lineId, quantity }) => {
    const line = touched.find((candidate) => candidate.id === lineId);
    return line?.itemId ? [{ lineId, itemId: line.itemId, sku: line.sku, packed: line.packed, quantity }] : [];
  });
  const { details } = decided.asked;
  const [first] = touched;
  const lot = first ? await checkLot(uow, scene, { line: first, details }) : {};
  if (lot.refusal) return lot.refusal;
  const scan = { code: decided.code, details, parts };
  if ((await packUnits(uow, scene.parcel, scan)) === 'serial-used')
    return bad('pack.serial-used', { params: { sku: parts[0]?.sku ?? '' } });
  const patched = afterPacking(scene, decision);
  const params = told(patched, decision);
  // Where the lane shows only now what is to be read, the parcel stays open until that is confirmed.
  const full = decision.unitsLeft === 0 && toRead(patched).length === 0;
  const outcome = full ? await parcelFull(uow, patched, params) : packedOne(patched, params);
  return lot.warning ? { ...outcome, warning: lot.warning } : outcome;
}

function packedOne(scene: PackScene, params: ScanOutcome['params']): ScanOutcome {
  // The line that was asked for out of turn has been served.
  const served = pendingOf(scene.bench)?.kind === 'read' ? { change: { pending: null } } : {};
  return good('pack.item-packed', { params, scene, ...served });
}

function afterPacking(scene: PackScene, decision: Decided['decision']): PackScene {
  const more = (lineId: string): number =>
    decision.parts.reduce((sum, part) => sum + (part.lineId === lineId ? part.quantity : 0), 0);
  return {
    ...scene,
    lines: scene.lines.map((line) => {
      const by = more(line.id);
      return by === 0 ? line : { ...line, packed: line.packed + by, inParcel: line.inParcel + by };
    }),
    parcel: { ...scene.parcel, version: scene.parcel.version + 1 },
  };
}

/** What the verdict says: the item, or the kit, with the units of this scan and how far it has come. */
function told(scene: PackScene, decision: Decided['decision']): ScanOutcome['params'] {
  const kit = scene.kits.find((candidate) => candidate.lineId === decision.kitLineId);
  const lines = scene.lines.filter((line) => decision.parts.some((part) => part.lineId === line.id));
  const { sku = '', title = '' } = kit ?? lines[0] ?? {};
  const done = lines.reduce((sum, line) => sum + line.packed, 0);
  const total = lines.reduce((sum, line) => sum + line.picked, 0);
  return { sku, title, done, total, quantity: decision.quantity };
}
