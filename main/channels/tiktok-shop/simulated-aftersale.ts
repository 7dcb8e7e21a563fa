import { z } from 'zod';
import type { BookOrder } from '../channel-order-book.ts';
import type { PlatformCall, PlatformReply, PlatformRoute } from '../channel-simulator.ts';
import { badParameter, fault, ok } from './simulated-door.ts';
import { type TiktokBook, unitsOf } from './simulated-orders.ts';

export interface PlayedReturn {
  readonly id: string;
  readonly orderId: string;
  readonly unitIds: readonly string[];
  status: string;
}

const REASONS = new Set([
  'seller_cancel_reason_out_of_stock',
  'seller_cancel_reason_wrong_price',
  'seller_cancel_paid_reason_address_not_deliver',
  'seller_cancel_paid_reason_buyer_requested_cancellation',
]);
const Cancel = z.object({
  order_id: z.string(),
  cancel_reason: z.string(),
  order_line_item_ids: z.array(z.string()).optional(),
});
const Search = z.object({ order_ids: z.array(z.string()).optional() });
const Decision = z.object({ decision: z.enum(['APPROVE_REFUND', 'APPROVE_RETURN', 'APPROVE_RECEIVED_PACKAGE']) });

/** Cancelling and refunds. Answers that are repeated under one key are given once. */
export function aftersaleRoutes(tiktok: TiktokBook, returns: readonly PlayedReturn[]): readonly PlatformRoute[] {
  const once = onceByKey();
  const base = '^/return_refund/202309';
  const on = (path: string, answer: (call: PlatformCall) => PlatformReply): PlatformRoute => ({
    method: 'POST',
    path: new RegExp(`${base}${path}$`),
    answer,
  });
  return [
    on('/cancellations', (call) => cancel(tiktok, call)),
    on('/cancellations/search', (call) => asked(tiktok, call)),
    on('/cancellations/(\\d+)/approve', (call) => once(call, () => approveAsked(tiktok, call))),
    on('/returns/search', (call) => searchReturns(returns, call)),
    on('/returns/(\\d+)/approve', (call) => once(call, () => approveReturn(tiktok, returns, call))),
  ];
}

function onceByKey(): (call: PlatformCall, act: () => PlatformReply) => PlatformReply {
  const done = new Map<string, PlatformReply>();
  return ({ url }, act) => {
    const key = url.searchParams.get('idempotency_key');
    if (!key) return badParameter('`idempotency_key` is required.');
    const answer = done.get(`${url.pathname} ${key}`) ?? act();
    done.set(`${url.pathname} ${key}`, answer);
    return answer;
  };
}

const jsonOf = (call: PlatformCall): unknown => JSON.parse(call.rawBody || '{}');

function cancel(tiktok: TiktokBook, call: PlatformCall): PlatformReply {
  const body = Cancel.safeParse(jsonOf(call));
  if (!body.success) return badParameter(body.error.issues[0]?.path.join('.') ?? '');
  const order = tiktok.book.find(body.data.order_id);
  if (!order) return fault(25_001_002, 'Order not found.');
  if (!REASONS.has(body.data.cancel_reason)) return fault(25_001_010, 'Invalid cancel reason.');
  const open = unitsOf(tiktok, order).filter((unit) => unit.packageId === null && !unit.isCancelled);
  const named = body.data.order_line_item_ids ?? open.map(({ id }) => id);
  const units = open.filter(({ id }) => named.includes(id));
  if (order.state !== 'open' || units.length === 0 || units.length !== named.length)
    return fault(25_001_001, 'invalid order status');
  const cancelId = tiktok.book.newId();
  tiktok.book.note('cancel', order, { units: units.length, reason: body.data.cancel_reason });
  for (const { id, line } of units) {
    tiktok.cancelledUnits.add(id);
    line.cancelled++;
  }
  tiktok.book.change(
    order,
    units.length === open.length && order.packages.length === 0 ? { kind: 'cancel' } : { kind: 'touch' },
  );
  return ok({ cancel_id: cancelId, cancel_status: 'CANCELLATION_REQUEST_SUCCESS' });
}

const cancelId = (order: BookOrder): string => `40${order.id}`;

function asked(tiktok: TiktokBook, call: PlatformCall): PlatformReply {
  const { order_ids: ids } = Search.parse(jsonOf(call));
  const waiting = tiktok.book.all().filter((order) => order.cancelRequested && (!ids || ids.includes(order.id)));
  return ok({
    total_count: waiting.length,
    next_page_token: '',
    cancellations: waiting.map((order) => ({
      cancel_id: cancelId(order),
      cancel_status: order.state === 'cancelled' ? 'CANCELLATION_REQUEST_SUCCESS' : 'CANCELLATION_REQUEST_PENDING',
      order_id: order.id,
      role: 'BUYER',
    })),
  });
}

function approveAsked(tiktok: TiktokBook, call: PlatformCall): PlatformReply {
  const order = tiktok.book.all().find((one) => one.cancelRequested && cancelId(one) === call.params[0]);
  if (order?.state !== 'open') return fault(25_001_003, 'No such cancellation waits.');
  tiktok.book.note('cancel', order, { approved: true });
  tiktok.book.change(order, { kind: 'cancel' });
  return ok({});
}

function searchReturns(returns: readonly PlayedReturn[], call: PlatformCall): PlatformReply {
  const { order_ids: ids } = Search.parse(jsonOf(call));
  const found = returns.filter(({ orderId }) => !ids || ids.includes(orderId));
  return ok({
    total_count: found.length,
    next_page_token: '',
    return_orders: found.map(({ id, orderId, unitIds, status }) => ({
      return_id: id,
      order_id: orderId,
      return_type: 'RETURN_AND_REFUND',
      return_status: status,
      return_line_items: unitIds.map((unitId) => ({ order_line_item_id: unitId })),
    })),
  });
}

function approveReturn(tiktok: TiktokBook, returns: readonly PlayedReturn[], call: PlatformCall): PlatformReply {
  const one = returns.find(({ id }) => id === call.params[0]);
  const order = one && tiktok.book.find(one.orderId);
  if (!one || !order) return fault(25_001_004, 'Return not found.');
  const { decision } = Decision.parse(jsonOf(call));
  const isHere = one.status === 'BUYER_SHIPPED_ITEM';
  if (isHere !== (decision === 'APPROVE_RECEIVED_PACKAGE'))
    return fault(25_001_005, 'The decision does not fit the status.');
  one.status = 'RETURN_OR_REFUND_REQUEST_COMPLETE';
  tiktok.book.note('refund', order, { units: one.unitIds.length });
  return ok({});
}
