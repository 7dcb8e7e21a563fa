import type { AcceptedScan } from '../../shared/barcode/scan-result.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { lastScannedOut } from '../packing/manifest-parcels-service.ts';
import { type DockLabel, isManifestNumber, judgeScanOut, labelTexts } from '../shipping/dock-rules.ts';
import { labelAtDock, manifestById, manifestByNumber, scanOut, takeOff } from '../shipping/manifest-service.ts';
import type { Manifest } from '../shipping/manifest-store.ts';
import type { Scene } from './bench-rules.ts';
import type { BenchChange } from './bench-store.ts';
import { type DockPending, dockPending } from './dock-view-rules.ts';
import { pendingText } from './pending-rules.ts';
import { answerAsked, handOverCard } from './scan-hand-over-service.ts';
import { bad, complete, good, info, type ScanOutcome, toIdle } from './scan-outcome.ts';

/** Step: the DOCK card at a free bench: from now on each label that is scanned leaves. */
export function startDock(uow: UnitOfWork, stationId: string): ScanOutcome {
  uow.record({ kind: 'dock.started', subject: stationId });
  return good('dock.started', { change: { ...toIdle, mode: 'dock' } });
}

/** Step: a scan at the dock: a label goes onto its carrier's manifest, the number of a manifest is taken up, or a card. */
export async function scanDock(uow: UnitOfWork, scene: Scene, scan: AcceptedScan): Promise<ScanOutcome> {
  const pending = dockPending(scene);
  if (scan.kind === 'command') return command(uow, scene, { name: scan.name, pending });
  if (scan.kind === 'return') return bad('dock.return-code', { params: { rma: scan.code } });
  if (scan.kind === 'text' && isManifestNumber(scan.text)) return takeUp(uow, scan.text);
  if (!isLabel(scan)) return bad('dock.label-needed');
  const texts = labelTexts(scan);
  const label = await labelAtDock(uow, texts);
  if (!label) return bad('dock.unknown-label', { params: { number: scan.text.slice(0, 60) } });
  return load(uow, scene, { label, texts });
}

function isLabel({ kind }: AcceptedScan): boolean {
  return kind === 'sscc' || kind === 'tracking' || kind === 'item' || kind === 'text';
}

async function load(
  uow: UnitOfWork,
  scene: Scene,
  at: { label: DockLabel; texts: readonly string[] },
): Promise<ScanOutcome> {
  const { label } = at;
  const judged = judgeScanOut(label, uow.now);
  const params = { number: label.orderNumber, carrier: label.carrier };
  if (judged.outcome === 'refused') return bad(judged.code, { params: judged.params });
  if (judged.outcome === 'known') {
    uow.record({ kind: 'dock.scanned-again', subject: scene.bench.stationId, data: { parcel: label.parcelId } });
    const change = onto(label.parcelId, judged.manifest.id);
    return info('dock.already-scanned', { params: { ...params, manifest: judged.manifest.number }, change });
  }
  const out = await scanOut(uow, label, scene.bench.stationId);
  // Another bench was quicker: what it did says what this scan means now.
  if (!out) return again(uow, scene, at);
  const { manifest, waiting } = out;
  const told = { ...params, manifest: manifest.number, waiting, date: manifest.shipDate };
  const change = onto(label.parcelId, manifest.id);
  if (out.later) return good('dock.scanned-for-later', { params: told, change });
  return waiting === 0
    ? complete('dock.all-scanned', { params: told, change })
    : good('dock.scanned-out', { params: told, change });
}

async function again(uow: UnitOfWork, scene: Scene, { texts }: { texts: readonly string[] }): Promise<ScanOutcome> {
  const label = await labelAtDock(uow, texts);
  const judged = label && judgeScanOut(label, uow.now);
  if (!label || judged?.outcome !== 'known')
    return judged?.outcome === 'refused' ? bad(judged.code, { params: judged.params }) : bad('dock.scan-again');
  uow.record({ kind: 'dock.scanned-again', subject: scene.bench.stationId, data: { parcel: label.parcelId } });
  const params = { number: label.orderNumber, carrier: label.carrier, manifest: judged.manifest.number };
  return info('dock.already-scanned', { params, change: onto(label.parcelId, judged.manifest.id) });
}

function onto(parcelId: string | null, manifestId: string | null): BenchChange {
  return { parcelId, pending: pendingText({ kind: 'dock', manifestId, asks: null }) };
}

/** The paper of a manifest is scanned: the next HAND-OVER is about this one. */
async function takeUp(uow: UnitOfWork, number: string): Promise<ScanOutcome> {
  const manifest = await manifestByNumber(uow, number);
  if (!manifest) return bad('dock.unknown-manifest', { params: { manifest: number } });
  const params = { manifest: number, carrier: manifest.carrier };
  if (manifest.handedOverAt !== null) return bad('dock.handed-over-before', { params });
  uow.record({ kind: 'dock.manifest-chosen', subject: manifest.id });
  return good('dock.manifest-chosen', { params, change: onto(null, manifest.id) });
}

async function command(
  uow: UnitOfWork,
  scene: Scene,
  at: { name: string; pending: DockPending },
): Promise<ScanOutcome> {
  const { name, pending } = at;
  switch (name) {
    case 'hand-over':
      return handOverCard(uow, pending);
    case 'yes':
    case 'no':
      return answerAsked(uow, pending, name);
    case 'undo':
      return undo(uow, scene);
    case 'cancel':
    case 'next':
      if (pending.asks && name === 'cancel') return answerAsked(uow, pending, 'no');
      uow.record({ kind: 'dock.left', subject: scene.bench.stationId });
      return info('dock.left', { change: toIdle });
    case 'dock':
      uow.record({ kind: 'dock.started', subject: scene.bench.stationId });
      return info('dock.here-already');
    default:
      return bad('command.not-here');
  }
}

/** The parcel that was scanned last comes off its manifest, then the one before. */
async function undo(uow: UnitOfWork, scene: Scene): Promise<ScanOutcome> {
  const { parcelId, stationId } = scene.bench;
  const pending = dockPending(scene);
  const here =
    parcelId !== null && pending.manifestId !== null ? { id: parcelId, manifestId: pending.manifestId } : undefined;
  const last = here ?? (await lastScannedOut(uow, stationId));
  if (!last) return bad('dock.nothing-to-undo');
  const standing: Manifest = await manifestById(uow, last.manifestId);
  if (standing.state !== 'open')
    return bad('dock.undo-too-late', { params: { manifest: standing.number }, change: onto(null, standing.id) });
  const manifest = await takeOff(uow, last);
  return info('dock.undone', {
    params: { manifest: manifest.number, carrier: manifest.carrier },
    change: onto(null, manifest.id),
  });
}
