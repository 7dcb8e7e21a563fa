import { matchCodes } from '../../shared/barcode/match-codes.ts';
import type { AcceptedScan } from '../../shared/barcode/scan-result.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { leaveOrder, orderById } from '../orders/orders-service.ts';
import type { Order } from '../orders/orders-store.ts';
import { declineSubstitute, type Offer, substitute, substitutesOf } from '../picking/short-service.ts';
import { findByCodes } from '../stock/catalogue-service.ts';
import { pendingText } from './pending-rules.ts';
import { bad, good, info, type ScanOutcome, toIdle } from './scan-outcome.ts';
import { refuseItem } from './scan-pick-service.ts';

/** Step: SUBSTITUTE at a bin, or a short that no bin makes up for: something equal is offered, if there is. */
export async function offerSubstitute(uow: UnitOfWork, order: Order, taskId: string): Promise<ScanOutcome> {
  const offers = await substitutesOf(uow, order, taskId);
  if (offers.length === 0) return bad(order.substitutionOk ? 'substitute.none' : 'substitute.not-wanted');
  uow.record({ kind: 'substitute.offered', subject: order.id, data: { offers: offers.length } });
  return info('substitute.offered', {
    params: { sku: offers[0]?.sku ?? '', title: offers[0]?.title ?? '' },
    change: { pending: pendingText({ kind: 'substitute', taskId }) },
  });
}

/**
 * Step: a scan while something equal is offered for what is short. Scanning it approves, as does YES for the first one;
 * NO leaves it to the short rule; CANCEL leaves the order as it is.
 */
export async function scanSubstitute(
  uow: UnitOfWork,
  at: { orderId: string; taskId: string },
  scan: AcceptedScan,
): Promise<ScanOutcome> {
  const order = await orderById(uow, at.orderId);
  if (scan.kind === 'command' && scan.name === 'cancel') {
    await leaveOrder(uow, order.id);
    return info('pick.left', { params: { number: order.number }, change: toIdle });
  }
  if (scan.kind === 'command' && scan.name === 'no') return decline(uow, order);
  const offers = await substitutesOf(uow, order, at.taskId);
  if (scan.kind === 'command')
    return scan.name === 'yes' ? approve(uow, order, { ...at, offer: offers[0] }) : bad('command.not-here');
  const expected = offers[0]?.sku ?? '';
  const codes = matchCodes(scan);
  if (codes.length === 0) return bad('substitute.scan-it', { expected, params: { expected } });
  const hits = await findByCodes(uow, codes);
  const offer = offers.find((one) => hits.some((hit) => hit.itemId === one.itemId));
  if (!offer) return refuseItem(uow, 'substitute.wrong-item', { codes, expected });
  return approve(uow, order, { ...at, offer });
}

async function approve(
  uow: UnitOfWork,
  order: Order,
  choice: { taskId: string; offer: Offer | undefined },
): Promise<ScanOutcome> {
  const { offer, taskId } = choice;
  const result = offer && (await substitute(uow, order, { taskId, itemId: offer.itemId }));
  if (!offer || result?.outcome !== 'substituted') return bad('substitute.gone');
  return good('substitute.approved', {
    params: { sku: offer.sku, title: offer.title, quantity: result.quantity },
    change: { pending: null, taskId: null },
  });
}

async function decline(uow: UnitOfWork, order: Order): Promise<ScanOutcome> {
  uow.record({ kind: 'substitute.declined', subject: order.id });
  const after = await declineSubstitute(uow, order);
  return info('substitute.declined', {
    params: { number: order.number },
    change: after.claimedBy === null ? toIdle : { pending: null, taskId: null },
  });
}
