import { roleAllows } from '../../shared/model/roles.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import {
  closeManifest,
  handOver,
  manifestById,
  standingManifests,
  stillWaiting,
} from '../shipping/manifest-service.ts';
import type { Manifest } from '../shipping/manifest-store.ts';
import type { BenchChange } from './bench-store.ts';
import type { DockPending } from './dock-view-rules.ts';
import { pendingText } from './pending-rules.ts';
import { bad, complete, good, info, type ScanOutcome } from './scan-outcome.ts';

type Standing = Manifest & { readonly parcels: number };

/**
 * Step: the HAND-OVER card closes the manifest of the carrier that was scanned last; asked again, when its paper is there,
 * it hands its parcels over. Before it closes one while parcels of that carrier still lie about, or while other
 * manifests are open, it asks.
 */
export async function handOverCard(uow: UnitOfWork, pending: DockPending): Promise<ScanOutcome> {
  const standing = (await standingManifests(uow)).filter(({ parcels }) => parcels > 0);
  const manifest = await meant(uow, standing, pending.manifestId);
  if (!manifest) return standing.length === 0 ? bad('dock.nothing-here') : bad('dock.which-carrier');
  const params = { manifest: manifest.number, carrier: manifest.carrier };
  if (manifest.state === 'open') return closeOrAsk(uow, manifest, { standing, asked: pending.asks === 'close' });
  if (manifest.handedOverAt !== null) return bad('dock.handed-over-before', { params, change: at(null) });
  if (manifest.state === 'closed' && !maySend(uow, manifest))
    return manifest.fault === null || manifest.fault === 'manifest.sending'
      ? bad('dock.being-sent', { params })
      : bad('dock.not-taken', { params });
  const { parcels } = await handOver(uow, manifest.id);
  return complete('dock.handed-over', { params: { ...params, parcels }, change: at(null) });
}

/** The one that was scanned last; where none was, the only one that stands at the dock. */
async function meant(
  uow: UnitOfWork,
  standing: readonly Standing[],
  manifestId: string | null,
): Promise<Manifest | undefined> {
  const scanned = standing.find(({ id }) => id === manifestId);
  if (scanned) return scanned;
  const known = manifestId === null ? undefined : await manifestById(uow, manifestId);
  // An empty one: its last parcel was taken off again.
  if (known && known.state !== 'open') return known;
  const [only, other] = standing;
  return other === undefined ? only : undefined;
}

/** A carrier that did not answer, or refused, is overruled by a supervisor only. */
function maySend(uow: UnitOfWork, { fault }: Manifest): boolean {
  const role = uow.actor.seat?.operator?.role ?? uow.actor.role;
  return fault !== null && fault !== 'manifest.sending' && roleAllows(role, 'supervisor');
}

async function closeOrAsk(
  uow: UnitOfWork,
  manifest: Manifest,
  { standing, asked }: { standing: readonly Standing[]; asked: boolean },
): Promise<ScanOutcome> {
  const waiting = await stillWaiting(uow, manifest.accountId);
  const others = standing.filter(({ id, state }) => id !== manifest.id && state === 'open').length;
  const params = {
    manifest: manifest.number,
    carrier: manifest.carrier,
    parcels: standing.find(({ id }) => id === manifest.id)?.parcels ?? 0,
    waiting,
  };
  if (!asked && (waiting > 0 || others > 0)) {
    uow.record({ kind: 'dock.close-asked', subject: manifest.id, data: { waiting } });
    const change = { pending: pendingText({ kind: 'dock', manifestId: manifest.id, asks: 'close' }) };
    return info(waiting > 0 ? 'dock.close-short' : 'dock.close-asked', { params, change });
  }
  await closeManifest(uow, manifest.id);
  return good('dock.closed', { params, change: at(manifest.id) });
}

/** Step: YES or NO after HAND-OVER asked. */
export async function answerAsked(uow: UnitOfWork, pending: DockPending, answer: 'yes' | 'no'): Promise<ScanOutcome> {
  if (!pending.asks) return bad('command.not-here');
  if (answer === 'yes') return handOverCard(uow, pending);
  uow.record({ kind: 'dock.close-left', subject: pending.manifestId ?? '' });
  const change = { pending: pendingText({ kind: 'dock', manifestId: pending.manifestId, asks: null }) };
  return info('dock.close-left', { change });
}

/** The manifest that the next HAND-OVER is about; no parcel is in the hand. */
function at(manifestId: string | null): BenchChange {
  return { parcelId: null, pending: pendingText({ kind: 'dock', manifestId, asks: null }) };
}
