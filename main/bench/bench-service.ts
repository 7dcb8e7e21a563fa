import { classifyScan } from '../../shared/barcode/classify-scan.ts';
import type { AcceptedScan, ScanResult } from '../../shared/barcode/scan-result.ts';
import type { Verdict } from '../../shared/contract/common.ts';
import { AppError } from '../../shared/errors.ts';
import type { Actor } from '../../shared/model/actor.ts';
import { type Deps, runUnitOfWork, type UnitOfWork } from '../db/unit-of-work.ts';
import { keepClaim, orderById } from '../orders/orders-service.ts';
import { STARTS_AGAIN } from '../orders/start-again-service.ts';
import { putBacksOf } from '../picking/put-back-service.ts';
import { mayBePin, type PinDesk, readPinInput } from '../stations/pin-rules.ts';
import { checkPin } from '../stations/pin-service.ts';
import { signOut, switchLanguage } from '../stations/session-service.ts';
import { type Scene, stepOf, withoutEndedHold } from './bench-rules.ts';
import { type Bench, saveBench } from './bench-store.ts';
import { loadScene } from './bench-views.ts';
import type { GsMemory } from './gs-memory.ts';
import { pendingOf } from './pending-rules.ts';
import { type PinScan, scanBadge, scanPin } from './scan-badge-service.ts';
import { scanBatch } from './scan-batch-service.ts';
import { scanCount } from './scan-count-service.ts';
import { scanDock } from './scan-dock-service.ts';
import { askHold, pendingHold, scanHold } from './scan-hold-service.ts';
import { scanIdle } from './scan-idle-service.ts';
import { withHint } from './scan-lot-service.ts';
import { bad, info, type ScanOutcome, toIdle } from './scan-outcome.ts';
import { askOverride, overrideOf, scanOverride } from './scan-override-service.ts';
import { scanPack } from './scan-pack-service.ts';
import { deadLabel } from './scan-parcels-service.ts';
import { scanPick } from './scan-pick-service.ts';
import { openPutBack, scanPutBack } from './scan-put-back-service.ts';
import { backToLane, scanSingles } from './scan-singles-service.ts';
import { type WeightNow, waitsForWeight, weighParcel } from './scan-weigh-service.ts';

export interface BenchDeps extends Deps {
  /** What the scale at a bench shows now. */
  weightNow(stationId: string): WeightNow;
  /** Which PIN each bench waits for. */
  readonly pins: PinDesk;
  readonly gs: GsMemory;
}

/** A scan as it came. */
export interface RawScan {
  readonly raw: string;
  readonly source: 'wedge' | 'serial' | 'simulated' | 'typed';
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
export async function scan(deps: BenchDeps, actor: Actor, { raw, source }: RawScan): Promise<Scanned> {
  const stationId = stationOf(actor);
  const deviceSendsGs = deps.gs.sends(stationId, source, raw);
  const result = classifyScan(raw, { now: deps.clock().toISOString(), deviceSendsGs });
  const pin = await readPin(deps, stationId, result);
  const shown = isSecret(result, source) || pin ? undefined : result;
  let scene: Scene | undefined;
  let decided: Verdict | undefined;
  let asks: ScanOutcome['pin'];
  const verdict = await runUnitOfWork(deps, actor, async (uow) => {
    const before = withoutEndedHold(await loadScene(uow.tx, stationId), uow.now);
    const { bench } = before;
    const outcome = await outcomeOf(deps, uow, { scene: before, result, pin });
    const told = tell(uow, outcome, shown);
    const after = await saveOutcome(uow, outcome.bench ?? bench, { outcome, verdict: told });
    const known = outcome.scene ?? (leavesScene(outcome, before) ? before : undefined);
    scene = known && (await withHint(uow, { ...known, bench: after }));
    decided = told;
    asks = outcome.pin;
    return told;
  });
  if (verdict === decided && asks !== undefined) deps.pins.set(stationId, asks ?? undefined);
  // A repeat is answered with the first verdict and rolled back: what it would have led to was never stored.
  return { verdict, scene: verdict === decided ? scene : undefined };
}

/** What a scan adds to the PIN that the bench waits for; compared here, where it holds up nobody else. */
async function readPin(deps: BenchDeps, stationId: string, result: ScanResult): Promise<PinScan | undefined> {
  const asked = deps.pins.asked(stationId);
  const input = asked && readPinInput(asked, result);
  if (!input) return undefined;
  const checked = input.kind === 'try' ? await checkPin(deps, asked.operatorId, input.pin) : undefined;
  return { asked, input, checked };
}

/** What is neither shown nor stored: badges, figures of a PIN, and a PIN that was typed once too often. */
function isSecret(result: ScanResult, source: RawScan['source']): boolean {
  if (mayBePin(result.text, source)) return true;
  return result.ok && (result.kind === 'badge' || (result.kind === 'command' && result.name === 'digit'));
}

async function outcomeOf(
  deps: BenchDeps,
  uow: UnitOfWork,
  input: { scene: Scene; result: ScanResult; pin: PinScan | undefined },
): Promise<ScanOutcome> {
  const { scene, result, pin } = input;
  if (pin) return scanPin(uow, scene, pin);
  if (!result.ok) return bad(result.code);
  return backToLane(scene.bench, await decide(deps, uow, { scene, scan: result }));
}

/** Command: the scale settled while the bench waits for the weight; nothing happens otherwise. */
export async function takeWeight(deps: BenchDeps, actor: Actor): Promise<void> {
  const stationId = stationOf(actor);
  await runUnitOfWork(deps, actor, async (uow) => {
    const scene = withoutEndedHold(await loadScene(uow.tx, stationId), uow.now);
    const { bench, order } = scene;
    const asked = overrideOf(scene) !== undefined || pendingHold(scene) !== undefined;
    const stopped = asked || order?.hold || order?.claimedBy !== stationId;
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

/** Steps at which CONFIRM says something of its own. */
const CONFIRMED: readonly string[] = ['count', 'instructions'];

async function decide(deps: BenchDeps, uow: UnitOfWork, input: Decision): Promise<ScanOutcome> {
  const { scene, scan: scanned } = input;
  const stationId = scene.bench.stationId;
  if (scanned.kind === 'badge') return scanBadge(uow, scene, scanned.code);
  const operator = uow.actor.seat?.operator;
  if (!operator) return bad(uow.actor.seat?.locked ? 'bench.locked' : 'badge.needed');
  const step = stepOf(scene, true);
  // A count, and what waits to be read, are confirmed by the same card that clears a refusal.
  const confirmsHere = scanned.kind === 'command' && scanned.name === 'confirm' && CONFIRMED.includes(step);
  if (scanned.kind === 'command' && !confirmsHere) {
    const everywhere = await commandAnywhere(uow, scanned.name, { stationId, operator });
    if (everywhere) return everywhere;
  }
  const { order, parcel } = scene;
  if (scene.bench.mode === 'count') return scanCount(uow, scene, scanned);
  if (scene.bench.mode === 'dock') return scanDock(uow, scene, scanned);
  if (scene.bench.mode === 'batch' && scene.run) return scanBatch(uow, { ...scene, run: scene.run }, scanned);
  if (scene.bench.mode === 'singles')
    return scanSingles(uow, scene, { scan: scanned, weight: deps.weightNow(stationId) });
  if (!order || scene.bench.mode === 'idle') return scanIdle(uow, scanned, stationId);
  if (isStopped(scene, order)) return stopHere(uow, order, { stationId, code: 'order.cancelled' });
  if (startsAgain(scene, order)) return stopHere(uow, order, { stationId, code: 'order.starts-again' });
  if (order.claimedBy !== stationId)
    return bad('order.taken-over', { params: { number: order.number }, change: toIdle });
  const leaving = scanned.kind === 'command' && scanned.name === 'cancel';
  if (order.hold && !leaving && scene.bench.mode !== 'put-back')
    return bad('order.on-hold', {
      params: { number: order.number, reason: order.hold.reason, detail: order.hold.detail },
    });
  await keepClaim(uow, order);
  if (scene.bench.mode === 'put-back') return scanPutBack(uow, { ...scene, order }, scanned);
  const asked = await scanAsked(uow, { ...scene, order }, scanned);
  if (asked) return asked;
  const dead = step === 'scan-label' ? undefined : await deadLabel(uow, scanned);
  if (dead) return bad(dead);
  if (scene.bench.mode === 'pick') return scanPick(uow, { ...scene, order }, scanned);
  if (!parcel) return bad('order.unknown', { change: toIdle });
  return scanPack(uow, { ...scene, order, parcel }, { scan: scanned, weight: deps.weightNow(stationId) });
}

/** Cancelled since the last scan, or only the rest of it: a part had left, so the order is shipped. */
function isStopped({ bench }: Scene, { state }: NonNullable<Scene['order']>): boolean {
  if (bench.mode === 'put-back') return false;
  return state === 'cancelled' || (state === 'shipped' && bench.mode === 'pick');
}

/** Its channel wants other goods by now. */
function startsAgain({ bench }: Scene, { hold }: NonNullable<Scene['order']>): boolean {
  return bench.mode !== 'put-back' && hold?.reason === STARTS_AGAIN;
}

/** The bench stops and says whether goods go back; those that lie in no tote are put back at once. */
async function stopHere(
  uow: UnitOfWork,
  order: NonNullable<Scene['order']>,
  { stationId, code }: { readonly stationId: string; readonly code: 'order.cancelled' | 'order.starts-again' },
): Promise<ScanOutcome> {
  const open = (await putBacksOf(uow, order.id)).filter((one) => one.done < one.quantity);
  const units = open.reduce((sum, one) => sum + one.quantity - one.done, 0);
  const params = { number: order.number, units, detail: order.hold?.detail ?? '' };
  const inHand = open.length > 0 && open.every((one) => one.toteId === null);
  const opened = inHand ? await openPutBack(uow, await orderById(uow, order.id), stationId) : undefined;
  return bad(code, { params, change: opened?.change ?? toIdle });
}

/** HOLD and OVERRIDE, and the scans that finish what they began; undefined when the scan is about the goods. */
async function scanAsked(
  uow: UnitOfWork,
  scene: Scene & { readonly order: NonNullable<Scene['order']> },
  scanned: AcceptedScan,
): Promise<ScanOutcome | undefined> {
  const override = overrideOf(scene);
  if (override) return scanOverride(uow, scene, { pending: override, scan: scanned });
  const hold = pendingHold(scene);
  if (hold) return scanHold(uow, scene, { pending: hold, scan: scanned });
  if (scanned.kind !== 'command') return undefined;
  if (scanned.name === 'override') return askOverride(uow, scene);
  if (scanned.name === 'hold' && pendingOf(scene.bench)?.kind !== 'reason') return askHold(uow, scene);
  return undefined;
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

/** The verdict as the screen shows it; refusals are counted in the journal, with what was scanned unless it is secret. */
function tell(uow: UnitOfWork, outcome: ScanOutcome, result: ScanResult | undefined): Verdict {
  const scanned = result?.text.slice(0, 120);
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
    ...warningOf(outcome, result),
  };
}

/** What the packer should know besides: a lot that may hold the serial behind it goes onto papers as it was read. */
function warningOf({ tone, warning }: ScanOutcome, result: ScanResult | undefined): { warning?: string } {
  if (warning) return { warning };
  const lost = result?.ok && result.warnings.includes('gs1.gs-maybe-lost');
  return lost && tone !== 'bad' ? { warning: 'gs1.gs-maybe-lost' } : {};
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
