import { matchCodes } from '../../shared/barcode/match-codes.ts';
import type { AcceptedScan } from '../../shared/barcode/scan-result.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { leaveOrder, orderById } from '../orders/orders-service.ts';
import { decidePick } from '../picking/picking-rules.ts';
import { assignTote, confirmPick, recordShort } from '../picking/picking-service.ts';
import { findByCodes, itemsById } from '../stock/catalogue-service.ts';
import { currentTask, hitsOf, type Scene } from './bench-rules.ts';
import { bad, complete, good, info, type ScanOutcome, toIdle } from './scan-outcome.ts';
import type { SceneOrder, SceneTask } from './scene-store.ts';

/** Step: a scan while an order is picked: tote, then bin and item in turn. */
export async function scanPick(
  uow: UnitOfWork,
  scene: Scene & { order: SceneOrder },
  scan: AcceptedScan,
): Promise<ScanOutcome> {
  const task = currentTask(scene);
  if (scan.kind === 'command') return commandPick(uow, scene, { name: scan.name, task });
  if (!scene.order.tote) return takeTote(uow, scene.order, scan);
  if (!task) {
    await leaveOrder(uow, scene.order.id);
    return bad('pick.nothing-left', { change: toIdle });
  }
  const atBin = scene.bench.taskId === task.id;
  const place = scan.kind === 'location' ? scan.code : scan.kind === 'text' ? scan.text : undefined;
  if (place !== undefined && (scan.kind === 'location' || place === task.location))
    return confirmBin(uow, task, { place, scene });
  const codes = matchCodes(scan);
  if (codes.length === 0)
    return bad(scan.kind === 'tote' ? 'command.not-here' : 'scan.unknown-code', {
      expected: atBin ? (scene.lines.find((line) => line.id === task.lineId)?.sku ?? '') : task.location,
    });
  return atBin
    ? pickItem(uow, scene, { task, codes })
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
  pick: { task: SceneTask; codes: readonly string[] },
): Promise<ScanOutcome> {
  const { task } = pick;
  const line = scene.lines.find((candidate) => candidate.id === task.lineId);
  const hits = hitsOf(scene.codes, pick.codes);
  const decision = decidePick(task, hits);
  if (decision.outcome === 'refused')
    return refuseItem(uow, decision.code, { codes: pick.codes, expected: line?.sku ?? '' });
  const result = await confirmPick(uow, await orderById(uow, scene.order.id), {
    taskId: task.id,
    quantity: decision.quantity,
  });
  const params = { sku: line?.sku ?? '', title: line?.title ?? '', done: result.task.picked, total: task.quantity };
  if (result.done === 'order') {
    const { number, tote } = scene.order;
    return result.order.state === 'picked'
      ? complete('pick.order-done', { params: { number, tote: tote ?? '' }, change: toIdle })
      : info('pick.short-recorded', { params: { number, missing: unitsMissing(scene) }, change: toIdle });
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

async function commandPick(
  uow: UnitOfWork,
  scene: Scene & { order: SceneOrder },
  command: { name: string; task: SceneTask | undefined },
): Promise<ScanOutcome> {
  const params = { number: scene.order.number };
  if (command.name === 'cancel') {
    await leaveOrder(uow, scene.order.id);
    return info('pick.left', { params, change: toIdle });
  }
  if (command.name !== 'short' || !command.task || !scene.order.tote) return bad('command.not-here');
  const result = await recordShort(uow, await orderById(uow, scene.order.id), command.task.id);
  const finished = result.outcome === 'short' && result.order.claimedBy === null;
  return info(result.outcome === 'other-bin' ? 'pick.short-other-bin' : 'pick.short-recorded', {
    params: { ...params, missing: result.missing, location: command.task.location },
    change: finished ? toIdle : { taskId: null },
  });
}
