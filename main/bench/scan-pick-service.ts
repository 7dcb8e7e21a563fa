import { matchCodes } from '../../shared/barcode/match-codes.ts';
import type { AcceptedScan } from '../../shared/barcode/scan-result.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { leaveOrder, orderById } from '../orders/orders-service.ts';
import { type ScannedDetails, takesQuantityCard } from '../packing/packing-rules.ts';
import { decidePick } from '../picking/picking-rules.ts';
import { assignTote, confirmPick } from '../picking/picking-service.ts';
import { recordDamaged, recordShort, type ShortReason, type ShortResult } from '../picking/short-service.ts';
import { findByCodes, itemsById } from '../stock/catalogue-service.ts';
import { currentTask, hitsOf, type Scene } from './bench-rules.ts';
import { pendingOf, pendingText } from './pending-rules.ts';
import { checkToldLot, toldBy } from './scan-lot-service.ts';
import { bad, complete, good, info, type ScanOutcome, toIdle } from './scan-outcome.ts';
import { dropPending, quantityOf, setQuantity, spendQuantity, takesBack } from './scan-quantity-service.ts';
import { offerSubstitute, scanSubstitute } from './scan-substitute-service.ts';
import type { SceneOrder, SceneTask } from './scene-store.ts';

/** Step: a scan while an order is picked: tote, then bin and item in turn. */
export async function scanPick(
  uow: UnitOfWork,
  scene: Scene & { order: SceneOrder },
  scan: AcceptedScan,
): Promise<ScanOutcome> {
  if (quantityOf(scene) === null) return scanForTask(uow, scene, scan);
  if (scan.kind === 'command' && takesBack(scan.name)) return dropPending(uow, scene);
  return spendQuantity(scene, await scanForTask(uow, scene, scan));
}

async function scanForTask(
  uow: UnitOfWork,
  scene: Scene & { order: SceneOrder },
  scan: AcceptedScan,
): Promise<ScanOutcome> {
  const pending = pendingOf(scene.bench);
  if (pending?.kind === 'substitute')
    return scanSubstitute(uow, { orderId: scene.order.id, taskId: pending.taskId }, scan);
  const task = currentTask(scene);
  if (scan.kind === 'command') return commandPick(uow, scene, { scan, task });
  if (!scene.order.tote) return takeTote(uow, scene.order, scan);
  if (!task) {
    await leaveOrder(uow, scene.order.id);
    return bad('pick.nothing-left', { change: toIdle });
  }
  const atBin = scene.bench.taskId === task.id;
  const place = placeOf(scan);
  if (place !== undefined && (scan.kind === 'location' || place === task.location))
    return confirmBin(uow, task, { place, scene });
  const codes = matchCodes(scan);
  if (codes.length === 0)
    return bad(scan.kind === 'tote' ? 'command.not-here' : 'scan.unknown-code', {
      expected: atBin ? (scene.lines.find((line) => line.id === task.lineId)?.sku ?? '') : task.location,
    });
  return atBin
    ? pickItem(uow, scene, { task, codes, details: toldBy(scan) })
    : bad('pick.location-first', { expected: task.location, params: { expected: task.location } });
}

async function takeTote(uow: UnitOfWork, order: SceneOrder, scan: AcceptedScan): Promise<ScanOutcome> {
  if (scan.kind !== 'tote') return bad('pick.tote-needed');
  const result = await assignTote(uow, await orderById(uow, order.id), scan.code);
  if (result.outcome === 'refused') return bad(result.code, { params: { tote: scan.code } });
  return good('pick.tote-assigned', { params: { tote: scan.code, number: order.number } });
}

async function confirmBin(uow: UnitOfWork, task: SceneTask, at: { place: string; scene: Scene }): Promise<ScanOutcome> {
  if (at.place !== task.location)
    return bad('pick.wrong-location', {
      expected: task.location,
      params: { expected: task.location, location: at.place },
    });
  uow.record({ kind: 'location.confirmed', subject: at.scene.bench.orderId ?? '', data: { location: task.location } });
  return good('pick.location-confirmed', {
    params: { location: task.location },
    change: { taskId: task.id },
    scene: at.scene,
  });
}

async function pickItem(
  uow: UnitOfWork,
  scene: Scene & { order: SceneOrder },
  pick: { task: SceneTask; codes: readonly string[]; details: ScannedDetails },
): Promise<ScanOutcome> {
  const { task } = pick;
  const line = scene.lines.find((candidate) => candidate.id === task.lineId);
  const card = quantityOf(scene);
  const hits = hitsOf(scene.codes, pick.codes).map((hit) => ({ ...hit, quantity: hit.quantity * (card ?? 1) }));
  const decision = decidePick(task, hits);
  if (decision.outcome === 'refused')
    return refuseItem(uow, decision.code, { codes: pick.codes, expected: line?.sku ?? '' });
  if (card !== null && !(line && takesQuantityCard(line))) return bad('pack.quantity-refused');
  const lot = await checkToldLot(uow, scene, { line, details: pick.details });
  if (lot) return lot;
  const result = await confirmPick(uow, await orderById(uow, scene.order.id), {
    taskId: task.id,
    quantity: decision.quantity,
  });
  const params = { sku: line?.sku ?? '', title: line?.title ?? '', done: result.task.picked, total: task.quantity };
  if (result.done === 'order') {
    const { number, tote } = scene.order;
    const missing = unitsMissing(scene);
    return missing === 0
      ? complete('pick.order-done', { params: { number, tote: tote ?? '' }, change: toIdle })
      : afterShort(result.order, { number, tote: tote ?? '', missing });
  }
  const after: Scene = {
    ...scene,
    tasks: scene.tasks.map((other) => (other.id === task.id ? { ...other, ...progressOf(result.task) } : other)),
    lines: scene.lines.map((other) =>
      other.id === line?.id ? { ...other, picked: other.picked + decision.quantity } : other,
    ),
  };
  if (result.done === 'unit') return good('pick.item-picked', { params, scene: after });
  return good('pick.task-done', { params, change: { taskId: sameBinNext(scene, task) }, scene: after });
}

const progressOf = ({ picked, state }: SceneTask): Pick<SceneTask, 'picked' | 'state'> => ({ picked, state });

/** Units that no bin could give. */
function unitsMissing(scene: Scene): number {
  return scene.lines.reduce((sum, line) => sum + line.ordered - line.cancelled - line.allocated, 0);
}

/** The next task needs no second scan of the bin in front of which the picker stands. */
function sameBinNext(scene: Scene, task: SceneTask): string | null {
  const next = scene.tasks.find(
    (other) => other.id !== task.id && other.picked < other.quantity && other.state !== 'closed-short',
  );
  return next?.location === task.location ? next.id : null;
}

/** Step: names the item that was scanned by mistake, where the catalogue knows it. */
export async function refuseItem(
  uow: UnitOfWork,
  code: string,
  scan: { codes: readonly string[]; expected: string },
): Promise<ScanOutcome> {
  const [hit] = await findByCodes(uow, scan.codes);
  if (!hit) return bad('scan.unknown-code', { expected: scan.expected });
  const [item] = await itemsById(uow, [hit.itemId]);
  return bad(code, {
    expected: scan.expected,
    params: { sku: item?.sku ?? '', title: item?.title ?? '', expected: scan.expected },
  });
}

/** The bin that a scan may name: by its own code, or by a name that fits none. */
export function placeOf(scan: AcceptedScan): string | undefined {
  return scan.kind === 'location' ? scan.code : scan.kind === 'text' ? scan.text : undefined;
}

async function commandPick(
  uow: UnitOfWork,
  scene: Scene & { order: SceneOrder },
  command: { scan: Extract<AcceptedScan, { kind: 'command' }>; task: SceneTask | undefined },
): Promise<ScanOutcome> {
  const { scan, task } = command;
  const params = { number: scene.order.number };
  if (scan.name === 'cancel') {
    await leaveOrder(uow, scene.order.id);
    return info('pick.left', { params, change: toIdle });
  }
  if (!task || !scene.order.tote) return bad('command.not-here');
  if (scan.name === 'quantity' && scene.bench.taskId === task.id) return setQuantity(uow, scene, Number(scan.argument));
  return atBinCommand(uow, { orderId: scene.order.id, task, binConfirmed: scene.bench.taskId === task.id }, scan);
}

/** What a card at a bin says is wrong there; the same for one order and for several picked in one walk. */
export interface BinTrouble {
  readonly orderId: string;
  readonly task: Pick<SceneTask, 'id' | 'location'>;
  readonly binConfirmed: boolean;
}

const shortReasons: Readonly<Record<string, ShortReason>> = {
  'NOT-FOUND': 'not-found',
  DAMAGED: 'damaged',
  EXPIRED: 'expired',
  OTHER: 'other',
};

/**
 * Step: SHORT, or a REASON card which is a short for that reason, DAMAGED for one broken piece, SUBSTITUTE for something
 * equal. Where nothing is left of the order, the change takes the bench to its queue.
 */
export async function atBinCommand(
  uow: UnitOfWork,
  at: BinTrouble,
  scan: Extract<AcceptedScan, { kind: 'command' }>,
): Promise<ScanOutcome> {
  const order = await orderById(uow, at.orderId);
  const reason =
    scan.name === 'short' ? 'not-found' : scan.name === 'reason' ? shortReasons[scan.argument ?? ''] : undefined;
  if (reason) return told(at, await recordShort(uow, order, { taskId: at.task.id, reason }));
  if (scan.name === 'substitute') return offerSubstitute(uow, order, at.task.id);
  if (scan.name === 'damaged' && at.binConfirmed) return told(at, await recordDamaged(uow, order, at.task.id));
  return bad('command.not-here');
}

function told({ task, binConfirmed }: BinTrouble, result: ShortResult): ScanOutcome {
  const params = { number: result.order.number, missing: result.missing, location: task.location };
  switch (result.outcome) {
    case 'same-bin':
      return info('pick.damaged-noted', { params, ...(binConfirmed ? {} : { change: { taskId: null } }) });
    case 'other-bin':
      return info('pick.short-other-bin', { params, change: { taskId: null } });
    case 'substitute':
      return info('substitute.offered', {
        params,
        change: { taskId: null, pending: pendingText({ kind: 'substitute', taskId: task.id }) },
      });
    case 'short':
      return finished(result, params);
  }
}

/** The order goes on with what is left of it, or leaves the bench by the short rule. */
function finished({ order }: ShortResult, params: ScanOutcome['params']): ScanOutcome {
  if (order.claimedBy !== null) return info('pick.short-recorded', { params, change: { taskId: null } });
  return afterShort(order, params);
}

/** What became of an order whose picking ended short. */
export function afterShort(
  order: { readonly state: string; readonly split: boolean },
  params: ScanOutcome['params'],
): ScanOutcome {
  const change = toIdle;
  if (order.state === 'picked') return info('pick.short-split', { params, change });
  if (order.state === 'backordered') return info('pick.short-waits', { params, change });
  return info('pick.short-recorded', { params, change });
}
