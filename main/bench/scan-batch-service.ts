import { matchCodes } from '../../shared/barcode/match-codes.ts';
import type { AcceptedScan } from '../../shared/barcode/scan-result.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { claimedElsewhere, findOrder, holdOf, keepClaim, orderById } from '../orders/orders-service.ts';
import type { ScannedDetails } from '../packing/packing-rules.ts';
import { decidePick } from '../picking/picking-rules.ts';
import { assignTote, confirmPick } from '../picking/picking-service.ts';
import { nextStop, type RunTask, type SlotLoss, walkOf, zoneCard } from '../picking/run-rules.ts';
import { abandonRun, finishRun, joinRun, leaveRun, orderOfTask, zonesOf } from '../picking/run-service.ts';
import { toteByCode } from '../stock/catalogue-service.ts';
import { hitsOf, type Scene } from './bench-rules.ts';
import { pendingOf, pendingText } from './pending-rules.ts';
import { goingOn, inHandOf, type Loss, lossesOf, runStep, slotWithoutTote, walkNow } from './run-scene-rules.ts';
import { listSceneRunTasks, type SceneRun, type SceneSlot } from './run-scene-store.ts';
import { askHold, pendingHold, scanHold } from './scan-hold-service.ts';
import { checkToldLot, toldBy } from './scan-lot-service.ts';
import { bad, complete, good, info, type ScanOutcome, toIdle } from './scan-outcome.ts';
import { atBinCommand, refuseItem } from './scan-pick-service.ts';
import { scanSubstitute } from './scan-substitute-service.ts';

export type RunScene = Scene & { readonly run: SceneRun };

/** Step: a scan on a walk for several orders: totes first, then bin, items and the tote they belong in. */
export async function scanBatch(uow: UnitOfWork, scene: RunScene, scan: AcceptedScan): Promise<ScanOutcome> {
  const { run, bench } = scene;
  if (run.stationId !== bench.stationId || run.state !== 'open')
    return bad('pick.walk-taken-over', { params: { run: run.code }, change: toIdle });
  if (scan.kind === 'command' && scan.name === 'cancel' && !pendingHold(scene)) {
    await abandonRun(uow, run.id, bench.stationId);
    return info('pick.walk-left', { params: { run: run.code }, change: toIdle });
  }
  const [lost, ...more] = lossesOf(run, uow.now);
  if (lost) return dropLost(uow, scene, [lost, ...more]);
  for (const { order } of run.slots) await keepClaim(uow, order);
  const pending = pendingOf(bench);
  if (pending?.kind === 'substitute') {
    const { taskId } = pending;
    const orderId = (await orderOfTask(uow, taskId)) ?? '';
    const outcome = await scanSubstitute(uow, { orderId, taskId }, scan);
    return settle(uow, scene, { orderId, taskId, location: '', outcome });
  }
  const held = await scanHeld(uow, scene, scan);
  if (held) return held;
  if (scan.kind === 'command') return commandBatch(uow, scene, scan);
  const [task] = walkNow(run, bench);
  const step = runStep(run, bench);
  if (step === 'tote' || !task) return takeTote(uow, scene, scan);
  if (scan.kind === 'tote') return scanTote(uow, scene, { task, code: scan.code });
  const place = scan.kind === 'location' ? scan.code : scan.kind === 'text' ? scan.text : undefined;
  if (place !== undefined && (scan.kind === 'location' || place === task.location))
    return confirmBin(uow, scene, { task, place });
  const codes = matchCodes(scan);
  if (codes.length === 0) return bad('scan.unknown-code', { expected: task.location, scene });
  return step === 'location'
    ? bad('pick.location-first', { expected: task.location, params: { expected: task.location }, scene })
    : takeItem(uow, scene, { task, codes, details: toldBy(scan) });
}

const LOST: Readonly<Record<SlotLoss, string>> = {
  'on-hold': 'pick.slot-on-hold',
  cancelled: 'pick.slot-cancelled',
  'taken-over': 'pick.slot-taken-over',
};

/** Held, cancelled or taken over since the last scan: these are skipped with words, the others go on. */
async function dropLost(uow: UnitOfWork, scene: RunScene, losses: readonly [Loss, ...Loss[]]): Promise<ScanOutcome> {
  const { run, bench } = scene;
  for (const { order, because } of losses) await leaveRun(uow, run.id, { orderId: order.id, because });
  const over = run.slots.length === losses.length;
  if (over) await finishRun(uow, run.id);
  const inHand = inHandOf(bench);
  const left = run.slots.filter(({ slot }) => !losses.some((loss) => loss.slot === slot));
  // A cancel has taken the task away before this scan: its units are in no order any more.
  const keeps = run.tasks.some((task) => task.id === inHand?.taskId && left.some(({ slot }) => slot === task.slot));
  const params = {
    number: losses.map(({ order }) => order.number).join(', '),
    slot: losses.map(({ slot }) => slot).join(', '),
  };
  const change = over
    ? toIdle
    : { taskId: keeps ? bench.taskId : null, ...(inHand && !keeps ? { pending: null } : {}) };
  return bad(LOST[losses[0].because], { params, change });
}

async function takeTote(uow: UnitOfWork, scene: RunScene, scan: AcceptedScan): Promise<ScanOutcome> {
  const slot = slotWithoutTote(scene.run);
  if (scan.kind !== 'tote') return bad('pick.tote-needed');
  const joined = await joinByTote(uow, scene, scan.code);
  if (joined) return joined;
  if (!slot) return bad('pick.tote-elsewhere', { params: { tote: scan.code, zone: scene.run.zone ?? '' } });
  const result = await assignTote(uow, await orderById(uow, slot.order.id), scan.code);
  if (result.outcome === 'refused') return bad(result.code, { params: { tote: scan.code } });
  return good('pick.tote-in-slot', { params: { tote: scan.code, number: slot.order.number, slot: slot.slot } });
}

/** Pick and pass: a tote of another zone, with something to take in this one, goes on here. */
async function joinByTote(uow: UnitOfWork, scene: RunScene, code: string): Promise<ScanOutcome | undefined> {
  const { run, bench } = scene;
  if (run.zone === null || run.slots.some(({ order }) => order.tote === code)) return undefined;
  const tote = await toteByCode(uow, code);
  const order = tote && (await findOrder(uow, { toteId: tote.id }));
  if (order?.state !== 'picking') return undefined;
  const params = { tote: code, number: order.number, zone: run.zone };
  if (claimedElsewhere(order, bench.stationId, uow.now)) return bad('order.claimed-elsewhere', { params });
  const hold = await holdOf(uow, order.id);
  if (hold) return bad('order.on-hold', { params: { ...params, reason: hold.reason, detail: hold.detail } });
  const zones = await zonesOf(uow, order.id);
  if (!zones.some((zone) => zoneCard(zone) === run.zone)) return bad('pick.tote-elsewhere', { params });
  await joinRun(uow, run.id, { order, stationId: bench.stationId });
  return good('pick.tote-joined', { params });
}

async function confirmBin(
  uow: UnitOfWork,
  scene: RunScene,
  at: { task: RunTask; place: string },
): Promise<ScanOutcome> {
  const { task, place } = at;
  if (place !== task.location)
    return bad('pick.wrong-location', {
      expected: task.location,
      params: { expected: task.location, location: place },
      scene,
    });
  uow.record({ kind: 'location.confirmed', subject: task.orderId, data: { location: place } });
  return good('pick.location-confirmed', { params: { location: place }, change: { taskId: task.id }, scene });
}

async function takeItem(
  uow: UnitOfWork,
  scene: RunScene,
  pick: { task: RunTask; codes: readonly string[]; details: ScannedDetails },
): Promise<ScanOutcome> {
  const { task, codes } = pick;
  const line = scene.lines.find((candidate) => candidate.id === task.lineId);
  const held = inHandOf(scene.bench)?.quantity ?? 0;
  const decision = decidePick({ ...task, picked: task.picked + held }, hitsOf(scene.codes, codes));
  if (decision.outcome === 'refused')
    return { ...(await refuseItem(uow, decision.code, { codes, expected: line?.sku ?? '' })), scene };
  const lot = await checkToldLot(uow, scene, { line, details: pick.details });
  if (lot) return { ...lot, scene };
  const quantity = held + decision.quantity;
  const params = {
    sku: line?.sku ?? '',
    title: line?.title ?? '',
    done: task.picked + quantity,
    total: task.quantity,
    tote: slotOf(scene, task)?.order.tote ?? '',
  };
  uow.record({ kind: 'unit.in-hand', subject: task.orderId, data: { sku: params.sku, quantity } });
  return good(params.done === task.quantity ? 'pick.put-now' : 'pick.in-hand', {
    params,
    change: { taskId: task.id, pending: pendingText({ kind: 'put', taskId: task.id, quantity }) },
    scene,
  });
}

function slotOf(scene: RunScene, task: Pick<RunTask, 'slot'>): SceneSlot | undefined {
  return scene.run.slots.find(({ slot }) => slot === task.slot);
}

/** Units count as picked when the tote they lie in was scanned, and it is the right one. */
async function scanTote(uow: UnitOfWork, scene: RunScene, put: { task: RunTask; code: string }): Promise<ScanOutcome> {
  const { task, code } = put;
  const inHand = inHandOf(scene.bench);
  const slot = slotOf(scene, task);
  if (!inHand) return (await joinByTote(uow, scene, code)) ?? bad('pick.hand-empty', { scene });
  const expected = slot?.order.tote ?? '';
  const params = { tote: code, expected, number: slot?.order.number ?? '', slot: task.slot };
  if (code !== expected) return bad('pick.wrong-tote', { expected, params, scene });
  const order = await orderById(uow, task.orderId);
  const result = await confirmPick(uow, order, { taskId: task.id, quantity: inHand.quantity });
  uow.record({ kind: 'unit.put', subject: task.orderId, data: { tote: code, quantity: inHand.quantity } });
  if (result.done === 'unit') return good('pick.put', { params, change: { pending: null } });
  return goOn(uow, scene, { task, free: result.order.claimedBy === null, params });
}

interface Progress {
  readonly task: Pick<RunTask, 'id' | 'orderId' | 'slot' | 'location'>;
  /** Nothing is left to pick of the order: it is picked, or the short rule had its say. */
  readonly free: boolean;
  readonly params: ScanOutcome['params'];
}

/** After a task: an order that is finished leaves the walk, one that is done in this zone is passed on. */
async function goOn(uow: UnitOfWork, scene: RunScene, progress: Progress): Promise<ScanOutcome> {
  const { run } = scene;
  const { task, free, params } = progress;
  const others = new Set(goingOn(run).map(({ slot }) => slot));
  const tasks = (await listSceneRunTasks(uow.tx, run.id)).filter((candidate) => others.has(candidate.slot));
  const walk = walkOf(tasks, run.zone).filter((candidate) => !free || candidate.slot !== task.slot);
  const hereAgain = walk.some((candidate) => candidate.slot === task.slot);
  const left = free || !hereAgain;
  if (left) await leaveRun(uow, run.id, { orderId: task.orderId, because: free ? 'finished' : 'passed-on' });
  const over = left && run.slots.length === 1;
  if (over) await finishRun(uow, run.id);
  const change = over ? toIdle : { taskId: nextStop(walk, task), pending: null };
  if (free) return complete(over ? 'pick.walk-done' : 'pick.slot-done', { params, change });
  if (!left) return good('pick.put', { params, change });
  const [zone = ''] = await zonesOf(uow, task.orderId);
  return complete('pick.zone-passed', { params: { ...params, zone: zoneCard(zone) ?? zone }, change });
}

const ABOUT_BIN: ReadonlySet<string> = new Set(['short', 'damaged', 'reason', 'substitute']);

async function commandBatch(
  uow: UnitOfWork,
  scene: RunScene,
  scan: Extract<AcceptedScan, { kind: 'command' }>,
): Promise<ScanOutcome> {
  const { run, bench } = scene;
  const { name } = scan;
  const [task] = walkNow(run, bench);
  const inHand = inHandOf(bench);
  if (name === 'next' && slotWithoutTote(run)) return startWithTotes(uow, scene);
  if (name === 'undo' && inHand) {
    uow.record({ kind: 'unit.put-down', subject: bench.runId ?? '', data: { quantity: inHand.quantity } });
    return info('pick.hand-emptied', { params: { quantity: inHand.quantity }, change: { pending: null }, scene });
  }
  if (!task || slotWithoutTote(run)) return bad('command.not-here');
  if (inHand) return ABOUT_BIN.has(name) ? putFirst(scene) : bad('command.not-here', { scene });
  const { orderId, id: taskId, location } = task;
  const outcome = await atBinCommand(uow, { orderId, task, binConfirmed: bench.taskId === taskId }, scan);
  return settle(uow, scene, { orderId, taskId, location, outcome });
}

/** What is in the hand has to lie in its tote before anything is said about the rest. */
function putFirst(scene: RunScene): ScanOutcome {
  const [task] = walkNow(scene.run, scene.bench);
  const expected = (task && slotOf(scene, task)?.order.tote) ?? '';
  return bad('pick.put-first', { expected, params: { expected }, scene });
}

/** Orders without a tote go back to the queue; the others are walked for now. */
async function startWithTotes(uow: UnitOfWork, scene: RunScene): Promise<ScanOutcome> {
  const { run } = scene;
  const without = goingOn(run).filter(({ order }) => order.tote === null);
  const orders = run.slots.length - without.length;
  if (orders === 0) return bad('pick.tote-needed');
  for (const { order } of without) await leaveRun(uow, run.id, { orderId: order.id, because: 'given-back' });
  return good('pick.walk-begins', { params: { orders, givenBack: without.length } });
}

/** What a card at a bin, a hold or something equal has led to: the order goes on, or leaves the walk. */
async function settle(
  uow: UnitOfWork,
  scene: RunScene,
  done: { orderId: string; taskId: string; location: string; outcome: ScanOutcome },
): Promise<ScanOutcome> {
  const { orderId, taskId, location, outcome } = done;
  const { change } = outcome;
  // A refusal, an offer that waits for its answer, another piece of the same bin: nothing of the walk has changed.
  if (outcome.tone === 'bad' || !change || change.pending) return outcome;
  const slot = scene.run.slots.find(({ order }) => order.id === orderId)?.slot ?? 0;
  const order = await orderById(uow, orderId);
  const after = await goOn(uow, scene, {
    task: { id: taskId, orderId, slot, location },
    free: order.claimedBy === null,
    params: {},
  });
  return { ...outcome, change: { ...after.change, taskId: after.change?.taskId ?? null } };
}

/** HOLD for the order whose turn it is, then its reason; undefined when the scan is about something else. */
async function scanHeld(uow: UnitOfWork, scene: RunScene, scan: AcceptedScan): Promise<ScanOutcome | undefined> {
  const { order, bench } = scene;
  if (!order) return undefined;
  const pending = pendingHold(scene);
  if (pending) {
    const outcome = await scanHold(uow, { ...scene, order }, { pending, scan });
    if (outcome.change?.mode !== 'idle') return outcome;
    return settle(uow, scene, { orderId: order.id, taskId: bench.taskId ?? '', location: '', outcome });
  }
  if (scan.kind !== 'command' || scan.name !== 'hold') return undefined;
  return inHandOf(bench) ? putFirst(scene) : askHold(uow, { ...scene, order });
}
