import { classifyScan } from '../../shared/barcode/classify-scan.ts';
import type { AcceptedScan, ScanResult } from '../../shared/barcode/scan-result.ts';
import type { Verdict } from '../../shared/contract/common.ts';
import { AppError } from '../../shared/errors.ts';
import type { Actor } from '../../shared/model/actor.ts';
import { type Deps, runUnitOfWork, type UnitOfWork } from '../db/unit-of-work.ts';
import { keepClaim } from '../orders/orders-service.ts';
import { signInByBadge, signOut, switchLanguage } from '../stations/session-service.ts';
import type { Scene } from './bench-rules.ts';
import { type Bench, saveBench } from './bench-store.ts';
import { loadScene } from './bench-views.ts';
import { scanIdle } from './scan-idle-service.ts';
import { bad, good, info, type ScanOutcome, toIdle } from './scan-outcome.ts';
import { scanPack, type WeightNow, waitsForWeight, weighParcel } from './scan-pack-service.ts';
import { scanPick } from './scan-pick-service.ts';

export interface BenchDeps extends Deps {
  /** What the scale at a bench shows now. */
  weightNow(stationId: string): WeightNow;
}

export interface Scanned {
  readonly verdict: Verdict;
  /** The scene after the scan where it is known without reading again. */
  readonly scene: Scene | undefined;
}

/**
 * Command: one scan, decided and durable before it is answered.
 *
 * A wrong scan is an outcome that is stored and latched, never an error; it never changes order, parcel or stock.
 */
export async function scan(deps: BenchDeps, actor: Actor, raw: string): Promise<Scanned> {
  const stationId = stationOf(actor);
  const result = classifyScan(raw, { now: deps.clock().toISOString() });
  let scene: Scene | undefined;
  let decided: Verdict | undefined;
  const verdict = await runUnitOfWork(deps, actor, async (uow) => {
    const before = await loadScene(uow.tx, stationId);
    const { bench } = before;
    const outcome = result.ok ? await decide(deps, uow, { scene: before, scan: result }) : bad(result.code);
    const told = tell(uow, outcome, result);
    const after = await saveOutcome(uow, bench, { outcome, verdict: told });
    const known = outcome.scene ?? (leavesScene(outcome, before) ? before : undefined);
    scene = known && { ...known, bench: after };
    decided = told;
    return told;
  });
  // A repeat is answered with the first verdict and rolled back: what it would have led to was never stored.
  return { verdict, scene: verdict === decided ? scene : undefined };
}

/** Command: the scale settled while the bench waits for the weight; nothing happens otherwise. */
export async function takeWeight(deps: BenchDeps, actor: Actor): Promise<void> {
  const stationId = stationOf(actor);
  await runUnitOfWork(deps, actor, async (uow) => {
    const scene = await loadScene(uow.tx, stationId);
    const { bench, order } = scene;
    const stopped = order?.hold || order?.claimedBy !== stationId;
    if (stopped || !waitsForWeight(scene)) {
      uow.unchanged();
      return null;
    }
    const outcome = await weighParcel(uow, scene, deps.weightNow(stationId));
    await saveOutcome(uow, bench, { outcome, verdict: tell(uow, outcome, undefined) });
    uow.emit('bench.changed', { stationId });
    return null;
  });
}

/** A refusal moves nothing; only an idle bench and one that waits for a tote show more than the scene. */
function leavesScene(outcome: ScanOutcome, { bench, order }: Scene): boolean {
  if (outcome.tone !== 'bad' || outcome.change || !order) return false;
  return bench.mode === 'pack' || (bench.mode === 'pick' && order.tote !== null);
}

function stationOf(actor: Actor): string {
  if (!actor.stationId) throw new AppError('permission', 'session.missing');
  return actor.stationId;
}

interface Decision {
  readonly scene: Scene;
  readonly scan: AcceptedScan;
}

async function decide(deps: BenchDeps, uow: UnitOfWork, input: Decision): Promise<ScanOutcome> {
  const { scene, scan: scanned } = input;
  const stationId = scene.bench.stationId;
  if (scanned.kind === 'badge') return badge(uow, stationId, scanned.code);
  const operator = uow.actor.seat?.operator;
  if (!operator) return bad('badge.needed');
  if (scanned.kind === 'command') {
    const everywhere = await commandAnywhere(uow, scanned.name, { stationId, operator });
    if (everywhere) return everywhere;
  }
  const { order, parcel } = scene;
  if (!order || scene.bench.mode === 'idle') return scanIdle(uow, scanned, stationId);
  if (order.claimedBy !== stationId)
    return bad('order.taken-over', { params: { number: order.number }, change: toIdle });
  const leaving = scanned.kind === 'command' && scanned.name === 'cancel';
  if (order.hold && !leaving)
    return bad('order.on-hold', {
      params: { number: order.number, reason: order.hold.reason, detail: order.hold.detail },
    });
  await keepClaim(uow, order);
  if (scene.bench.mode === 'pick') return scanPick(uow, { ...scene, order }, scanned);
  if (!parcel) return bad('order.unknown', { change: toIdle });
  return scanPack(uow, { ...scene, order, parcel }, { scan: scanned, weight: deps.weightNow(stationId) });
}

async function badge(uow: UnitOfWork, stationId: string, code: string): Promise<ScanOutcome> {
  const result = await signInByBadge(uow, stationId, code);
  return result.outcome === 'signed-in'
    ? good('signed-in.welcome', { params: { name: result.operator.name } })
    : bad(result.code);
}

async function commandAnywhere(
  uow: UnitOfWork,
  name: string,
  at: { stationId: string; operator: { id: string; language: 'en' | 'fr' } },
): Promise<ScanOutcome | undefined> {
  switch (name) {
    case 'sign-out':
      await signOut(uow, at.stationId);
      return info('signed-out');
    case 'language':
      return info('language.changed', { params: { name: await switchLanguage(uow, at.operator) } });
    case 'help':
      uow.record({ kind: 'help.asked', subject: at.stationId });
      return info('help');
    case 'confirm':
      uow.record({ kind: 'refusal.acknowledged', subject: at.stationId });
      return info('latched.cleared');
    default:
      return undefined;
  }
}

/** The verdict as the screen shows it; refusals are counted in the journal, badges without their code. */
function tell(uow: UnitOfWork, outcome: ScanOutcome, result: ScanResult | undefined): Verdict {
  const isBadge = result?.ok === true && result.kind === 'badge';
  const scanned = isBadge ? undefined : result?.text.slice(0, 120);
  if (outcome.tone === 'bad')
    uow.record({
      kind: 'scan.refused',
      subject: uow.actor.stationId ?? '',
      data: { code: outcome.code, ...(scanned ? { scanned } : {}) },
    });
  return {
    tone: outcome.tone,
    code: outcome.code,
    params: outcome.params,
    at: uow.now,
    ...(scanned ? { scanned } : {}),
    ...(outcome.expected ? { expected: outcome.expected } : {}),
  };
}

/** Latches a refusal, clears it on the next right scan, and writes only when something changes. */
async function saveOutcome(
  uow: UnitOfWork,
  bench: Bench,
  result: { outcome: ScanOutcome; verdict: Verdict },
): Promise<Bench> {
  const { outcome, verdict } = result;
  const latched = outcome.tone === 'bad' ? JSON.stringify(verdict) : outcome.code === 'help' ? bench.latched : null;
  if (!outcome.change && latched === bench.latched && bench.version > 0) return bench;
  const saved = await saveBench(uow.tx, bench, { ...outcome.change, latched });
  uow.emit('bench.changed', { stationId: bench.stationId });
  return saved;
}
