import type { AcceptedScan } from '../../shared/barcode/scan-result.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { claimedElsewhere, findOrder, holdOf, nextUrgentOrders, orderById } from '../orders/orders-service.ts';
import type { Order } from '../orders/orders-store.ts';
import { STARTS_AGAIN } from '../orders/start-again-service.ts';
import { refuseHazardous } from '../packing/hazardous-service.ts';
import { hasUnfinishedParcel, openParcel, parcelById } from '../packing/packing-service.ts';
import { claimNextOrder, claimOrder } from '../picking/picking-service.ts';
import { putBacksIn } from '../picking/put-back-service.ts';
import { returnByCode, returnById } from '../returns/return-lookup-service.ts';
import type { Return } from '../returns/returns-store.ts';
import { deadLabelCode } from '../shipping/shipping-rules.ts';
import { labelByScan } from '../shipping/shipping-service.ts';
import { locationByCode, toteByCode } from '../stock/catalogue-service.ts';
import { startCountIn, startNextCount } from './scan-count-service.ts';
import { startDock } from './scan-dock-service.ts';
import { resumeWalk, startLane } from './scan-lane-service.ts';
import { bad, good, info, type ScanOutcome } from './scan-outcome.ts';
import { openPutBack } from './scan-put-back-service.ts';

/** Step: a scan at a bench that has nothing open: a tote, an order, or the card for the next one. */
export async function scanIdle(uow: UnitOfWork, scan: AcceptedScan, stationId: string): Promise<ScanOutcome> {
  switch (scan.kind) {
    case 'command':
      if (scan.name === 'count') return startNextCount(uow, stationId);
      if (scan.name === 'dock') return startDock(uow, stationId);
      return (await startLane(uow, scan, stationId)) ?? commandIdle(uow, scan.name, stationId);
    case 'run':
      return resumeWalk(uow, scan.code, stationId);
    case 'tote':
      return openTote(uow, scan.code, stationId);
    case 'order':
      return openOrder(uow, await findOrder(uow, { code: scan.code }), stationId);
    case 'text':
      return openNumbered(uow, scan, { stationId, otherwise: 'order.unknown' });
    case 'sscc':
      return openLabelled(uow, scan, { stationId, number: scan.sscc });
    case 'tracking':
      return openLabelled(uow, scan, { stationId, number: scan.tracking.number });
    case 'item':
      return openNumbered(uow, scan, { stationId, otherwise: 'order.scan-first' });
    case 'location':
      return (await countBin(uow, scan.code)) ?? bad('order.scan-first');
    case 'return':
      return tellReturn(uow, await returnByCode(uow, scan.code));
    case 'badge':
    case 'carton':
      return bad('order.scan-first');
  }
}

async function commandIdle(uow: UnitOfWork, name: string, stationId: string): Promise<ScanOutcome> {
  if (name === 'next' || name === 'pick') {
    const order = await claimNextOrder(uow, stationId);
    return order ? picking(order) : emptyQueue(uow, stationId);
  }
  if (name === 'pack') {
    const [order] = await nextUrgentOrders(uow, ['picked'], { limit: 1 });
    return order ? pack(uow, order, stationId) : emptyQueue(uow, stationId);
  }
  return bad('command.not-here');
}

function emptyQueue(uow: UnitOfWork, stationId: string): ScanOutcome {
  uow.record({ kind: 'queue.found-empty', subject: stationId });
  return info('queue.empty');
}

function picking(order: Order): ScanOutcome {
  return good('pick.started', {
    params: { number: order.number },
    change: { mode: 'pick', orderId: order.id, parcelId: null, taskId: null },
  });
}

async function openTote(uow: UnitOfWork, code: string, stationId: string): Promise<ScanOutcome> {
  const tote = await toteByCode(uow, code);
  if (!tote) return bad('tote.unknown', { params: { tote: code } });
  const order = await findOrder(uow, { toteId: tote.id });
  if (order) return openOrder(uow, order, stationId);
  const cancelled = await putBacksIn(uow, tote.id);
  const goods = cancelled && (await openPutBack(uow, await orderById(uow, cancelled), stationId));
  return goods || bad('tote.empty', { params: { tote: code } });
}

/** A bin that should be counted, by its code or its name; undefined where nobody asks for that. */
async function countBin(uow: UnitOfWork, code: string): Promise<ScanOutcome | undefined> {
  const location = await locationByCode(uow, code);
  return location && startCountIn(uow, location.id);
}

/** Picks what is allocated, packs what is picked, and says in words why anything else cannot be opened. */
async function openOrder(uow: UnitOfWork, order: Order | undefined, stationId: string): Promise<ScanOutcome> {
  if (!order) return bad('order.unknown');
  const params = { number: order.number };
  const hold = await holdOf(uow, order.id);
  const goods = hold?.reason === STARTS_AGAIN ? await openPutBack(uow, order, stationId) : undefined;
  if (goods) return goods;
  if (hold) return bad('order.on-hold', { params: { ...params, reason: hold.reason, detail: hold.detail } });
  if (claimedElsewhere(order, stationId, uow.now)) return bad('order.claimed-elsewhere', { params });
  switch (order.state) {
    case 'allocated':
    case 'picking':
      return pick(uow, order, stationId);
    case 'picked':
    case 'packing':
      return pack(uow, order, stationId);
    case 'packed':
      return (await hasUnfinishedParcel(uow, order.id))
        ? pack(uow, order, stationId)
        : bad('pack.already-packed', { params });
    case 'shipped':
      // Its label was voided after it had left the bench once: it gets another one.
      if (await hasUnfinishedParcel(uow, order.id)) return pack(uow, order, stationId);
      return (await openPutBack(uow, order, stationId)) ?? bad('pack.already-packed', { params });
    case 'closed':
      return (await openPutBack(uow, order, stationId)) ?? bad('pack.already-packed', { params });
    case 'cancelled':
      return (await openPutBack(uow, order, stationId)) ?? bad('order.cancelled', { params: { ...params, units: 0 } });
    case 'new':
    case 'ready':
    case 'backordered':
      return bad('order.not-ready', { params: { ...params, state: order.state } });
  }
}

async function pick(uow: UnitOfWork, order: Order, stationId: string): Promise<ScanOutcome> {
  const claim = await claimOrder(uow, order, stationId);
  return claim.outcome === 'claimed' ? picking(claim.order) : openOrder(uow, claim.order, stationId);
}

async function pack(uow: UnitOfWork, order: Order, stationId: string): Promise<ScanOutcome> {
  if (await refuseHazardous(uow, order.id)) return bad('pack.hazardous-service', { params: { number: order.number } });
  const opened = await openParcel(uow, order, stationId);
  return good(opened.resumed ? 'pack.resumed' : 'pack.opened', {
    params: { number: order.number },
    change: { mode: 'pack', orderId: order.id, parcelId: opened.parcel.id, taskId: null },
  });
}

/** Some channels number their orders with digits that happen to make a GTIN, an SSCC or a carrier's number. */
async function openNumbered(
  uow: UnitOfWork,
  scan: AcceptedScan,
  at: { stationId: string; otherwise: 'order.unknown' | 'order.scan-first' | 'scan.unknown-code' },
): Promise<ScanOutcome> {
  const order = await findOrder(uow, { number: scan.text });
  if (order) return openOrder(uow, order, at.stationId);
  return (scan.kind === 'text' ? await countBin(uow, scan.text) : undefined) ?? bad(at.otherwise);
}

/** A label opens its parcel again where it was set aside. */
async function openLabelled(
  uow: UnitOfWork,
  scan: AcceptedScan,
  at: { stationId: string; number: string },
): Promise<ScanOutcome> {
  const label = await labelByScan(uow, at.number);
  if (!label) return openNumbered(uow, scan, { stationId: at.stationId, otherwise: 'scan.unknown-code' });
  if (label.kind === 'return' && label.rmaId) return tellReturn(uow, await returnById(uow, label.rmaId));
  if (label.state === 'voided' || label.state === 'void-requested') return bad(deadLabelCode(label));
  const parcel = await parcelById(uow, label.parcelId);
  return openOrder(uow, await orderById(uow, parcel.orderId), at.stationId);
}

/** What comes back is received elsewhere: here the bench says what it is. */
function tellReturn(uow: UnitOfWork, found: Return | undefined): ScanOutcome {
  if (!found) return bad('order.scan-first');
  uow.record({ kind: 'return.looked-up', subject: found.id });
  const params = { rma: found.code, number: found.orderNumber, returnState: found.state };
  return info('return.known', { params });
}
