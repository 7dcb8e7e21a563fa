import { matchCodes } from '../../shared/barcode/match-codes.ts';
import type { AcceptedScan } from '../../shared/barcode/scan-result.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { changeOrder, claimedElsewhere, leaseEnd } from '../orders/orders-service.ts';
import type { Order } from '../orders/orders-store.ts';
import { leavePutBacks, putBack, putBacksOf, undoPutBack } from '../picking/put-back-service.ts';
import type { PutBack } from '../picking/put-back-store.ts';
import { findByCodes, locationByCode } from '../stock/catalogue-service.ts';
import type { Scene } from './bench-rules.ts';
import { type Pending, pendingOf, pendingText } from './pending-rules.ts';
import { bad, complete, good, info, type ScanOutcome, toIdle } from './scan-outcome.ts';
import { placeOf, refuseItem } from './scan-pick-service.ts';
import type { SceneOrder } from './scene-store.ts';

type PutScene = Scene & { order: SceneOrder };
type InHand = Extract<Pending, { kind: 'put-back' }>;

/** Step: this bench begins, or goes on, to put the goods of a cancelled order back; undefined when none are left. */
export async function openPutBack(uow: UnitOfWork, order: Order, stationId: string): Promise<ScanOutcome | undefined> {
  const left = unitsLeft(await putBacksOf(uow, order.id));
  const params = { number: order.number, units: left };
  if (left === 0) return undefined;
  if (claimedElsewhere(order, stationId, uow.now)) return bad('order.claimed-elsewhere', { params });
  await changeOrder(uow, order, { claimedBy: stationId, claimUntil: leaseEnd(uow.now) });
  uow.record({ kind: 'order.claimed', subject: order.id, data: { station: stationId } });
  return good('put-back.started', {
    params,
    change: { mode: 'put-back', orderId: order.id, parcelId: null, taskId: null, pending: null },
  });
}

function unitsLeft(all: readonly PutBack[]): number {
  return all.reduce((sum, one) => sum + one.quantity - one.done, 0);
}

/** Step: a scan while goods of a cancelled order go back: the piece from the tote, then the bin it is put into. */
export async function scanPutBack(uow: UnitOfWork, scene: PutScene, scan: AcceptedScan): Promise<ScanOutcome> {
  const pending = pendingOf(scene.bench);
  const inHand = pending?.kind === 'put-back' ? pending : undefined;
  const open = (await putBacksOf(uow, scene.order.id)).filter((one) => one.done < one.quantity);
  const held = open.find((one) => one.id === inHand?.putBackId);
  if (scan.kind === 'command') return command(uow, scene, { scan, held, inHand });
  const place = placeOf(scan);
  if (held && inHand && place !== undefined) return intoBin(uow, scene, { held, inHand, place });
  if (held) return bad('put-back.bin-first', { expected: held.location, params: { expected: held.location } });
  return takeItem(uow, { open, codes: matchCodes(scan) });
}

async function takeItem(
  uow: UnitOfWork,
  from: { open: readonly PutBack[]; codes: readonly string[] },
): Promise<ScanOutcome> {
  const expected = from.open[0]?.sku ?? '';
  if (from.codes.length === 0) return bad('put-back.item-first', { expected, params: { expected } });
  const hits = await findByCodes(uow, from.codes);
  const hit = hits.find((code) => from.open.some((one) => one.itemId === code.itemId));
  const item = from.open.find((one) => one.itemId === hit?.itemId);
  if (!hit || !item) return refuseItem(uow, 'put-back.wrong-item', { codes: from.codes, expected });
  const left = item.quantity - item.done;
  if (hit.quantity > left) return bad('put-back.too-many', { params: { left, sku: item.sku } });
  uow.record({ kind: 'put-back.item-taken', subject: item.orderId, data: { sku: item.sku, quantity: hit.quantity } });
  return good('put-back.item-taken', {
    params: { sku: item.sku, title: item.title, location: item.location, quantity: hit.quantity },
    change: { pending: pendingText({ kind: 'put-back', putBackId: item.id, quantity: hit.quantity }) },
  });
}

interface Held {
  readonly held: PutBack;
  readonly inHand: InHand;
}

async function intoBin(uow: UnitOfWork, scene: PutScene, put: Held & { place: string }): Promise<ScanOutcome> {
  const location = await locationByCode(uow, put.place);
  if (!location) return bad('location.unknown', { expected: put.held.location, params: { location: put.place } });
  return store(uow, scene, { ...put, location, damaged: false });
}

async function store(
  uow: UnitOfWork,
  scene: PutScene,
  put: Held & { location: { id: string; code: string }; damaged: boolean },
): Promise<ScanOutcome> {
  const { held, location, damaged } = put;
  const { quantity } = put.inHand;
  const { unitsLeft: left } = await putBack(uow, held, { locationId: location.id, quantity, damaged });
  const params = { sku: held.sku, title: held.title, location: location.code, quantity, left };
  if (left === 0) return finish(uow, scene);
  if (damaged) return good('put-back.damaged', { params, change: { pending: null } });
  const other = location.id !== held.locationId;
  return good(other ? 'put-back.other-bin' : 'put-back.done', {
    params: { ...params, expected: held.location },
    change: { pending: null },
  });
}

/** The tote is empty and free for another order. */
async function finish(uow: UnitOfWork, scene: PutScene): Promise<ScanOutcome> {
  await leavePutBacks(uow, scene.order.id);
  uow.record({ kind: 'put-back.finished', subject: scene.order.id });
  const tote = scene.floor?.putBacks.find((one) => one.tote !== null)?.tote ?? '';
  return complete('put-back.finished', { params: { number: scene.order.number, tote }, change: toIdle });
}

async function command(
  uow: UnitOfWork,
  scene: PutScene,
  at: {
    scan: Extract<AcceptedScan, { kind: 'command' }>;
    held: PutBack | undefined;
    inHand: InHand | undefined;
  },
): Promise<ScanOutcome> {
  const { held, inHand, scan } = at;
  if (scan.name === 'cancel') return leave(uow, scene);
  if (scan.name === 'undo') return undo(uow, scene, held);
  if (!held || !inHand) return bad('command.not-here');
  if (scan.name === 'damaged')
    return store(uow, scene, { held, inHand, location: { id: held.locationId, code: held.location }, damaged: true });
  if (scan.name !== 'quantity') return bad('command.not-here');
  const quantity = Number(scan.argument);
  const left = held.quantity - held.done;
  if (quantity > left) return bad('put-back.too-many', { params: { left, sku: held.sku } });
  uow.record({ kind: 'put-back.item-taken', subject: held.orderId, data: { sku: held.sku, quantity } });
  return good('put-back.item-taken', {
    params: { sku: held.sku, title: held.title, location: held.location, quantity },
    change: { pending: pendingText({ kind: 'put-back', putBackId: held.id, quantity }) },
  });
}

async function leave(uow: UnitOfWork, scene: PutScene): Promise<ScanOutcome> {
  await leavePutBacks(uow, scene.order.id);
  return info('put-back.left', { params: { number: scene.order.number }, change: toIdle });
}

/** A piece in the hand goes back into the tote; otherwise the last one comes back out of its bin. */
async function undo(uow: UnitOfWork, scene: PutScene, held: PutBack | undefined): Promise<ScanOutcome> {
  if (held) {
    uow.record({ kind: 'put-back.item-returned', subject: scene.order.id, data: { sku: held.sku } });
    return info('put-back.undone', { params: { sku: held.sku, quantity: 0 }, change: { pending: null } });
  }
  const undone = await undoPutBack(uow, scene.order.id);
  if (undone.outcome === 'nothing') return bad('put-back.nothing-to-undo');
  if (undone.outcome === 'reserved') return bad('put-back.reserved-since', { params: { sku: undone.sku } });
  return info('put-back.undone', { params: { sku: undone.sku, quantity: undone.quantity } });
}
