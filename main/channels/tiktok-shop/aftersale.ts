import type { z } from 'zod';
import type { Channel, PushResult, RemoteLine } from '../channel-connector.ts';
import type { TiktokClient } from './client.ts';
import { isLeft } from './mapper.ts';
import { Cancellations, OrderDetails, Returns, Written } from './wire-api.ts';

type Cancel = Parameters<Required<Channel>['cancel']>[0];
type Refund = Parameters<Required<Channel>['requestRefund']>[0];
type AftersaleCalls = Required<Pick<Channel, 'cancel' | 'requestRefund'>>;

/**
 * What the seller says of units that are not sent, and of money that goes back. That goods are here is not told by itself:
 * TikTok pays as soon as it hears so, and we look at them first.
 */
export function tiktokAftersale(client: TiktokClient): AftersaleCalls {
  return {
    cancel: (cancel) => cancelUnits(client, cancel),
    requestRefund: (refund) => approveRefund(client, refund),
  };
}

/** Reasons that TikTok takes from sellers of paid orders. Its nearest for fraud and anything else: the seller cannot send it. */
const REASONS: Readonly<Record<Cancel['reason'], string>> = {
  'no-stock': 'seller_cancel_reason_out_of_stock',
  fraud: 'seller_cancel_reason_out_of_stock',
  other: 'seller_cancel_reason_out_of_stock',
  'buyer-asked': 'seller_cancel_paid_reason_buyer_requested_cancellation',
  address: 'seller_cancel_paid_reason_address_not_deliver',
};

const refuse = (code: string, text: string): PushResult => ({ outcome: 'refused', code, text });

async function cancelUnits(client: TiktokClient, cancel: Cancel): Promise<PushResult> {
  const order = await orderOf(client, cancel.externalId);
  if (!order) return refuse('no-order', 'TikTok does not know this order');
  const units = order.line_items.filter(isLeft);
  const named = cancel.lines && unitsNamed(cancel.lines);
  // What the platform cancelled meanwhile, or after an answer that was lost, is done.
  const wanted = named ? units.filter(({ id }) => named.has(id)) : units;
  if (order.status === 'CANCELLED' || wanted.length === 0) return { outcome: 'done', remoteId: null };
  if (cancel.reason === 'buyer-asked' && order.is_buyer_request_cancel) {
    const asked = await approveAsked(client, cancel);
    if (asked) return asked;
  }
  const ids = enough(wanted, cancel.lines).map(({ id }) => id);
  const json = { order_id: order.id, cancel_reason: REASONS[cancel.reason], order_line_item_ids: ids };
  return written(client, { path: '/return_refund/202309/cancellations', json });
}

const unitsNamed = (lines: readonly RemoteLine[]): Set<string> =>
  new Set(lines.flatMap(({ externalLineIds }) => externalLineIds));

/** Of each line only so many units as are named. */
function enough<T extends { readonly id: string }>(
  units: readonly T[],
  lines: readonly RemoteLine[] | null,
): readonly T[] {
  if (!lines) return units;
  return lines.flatMap(({ externalLineIds, quantity }) =>
    units.filter(({ id }) => externalLineIds.includes(id)).slice(0, quantity),
  );
}

async function orderOf(client: TiktokClient, id: string) {
  const path = '/order/202507/orders';
  const { orders } = await client.demand({ method: 'GET', path, query: { ids: id } }, OrderDetails);
  return orders.find((order) => order.id === id);
}

/** The buyer asked and TikTok waits for the seller's yes. */
async function approveAsked(client: TiktokClient, { externalId, reference }: Cancel): Promise<PushResult | undefined> {
  const path = '/return_refund/202309/cancellations';
  const { cancellations } = await client.demand(
    { method: 'POST', path: `${path}/search`, query: { page_size: '50' }, json: { order_ids: [externalId] } },
    Cancellations,
  );
  const waiting = cancellations.find(
    (one) => one.order_id === externalId && one.cancel_status === 'CANCELLATION_REQUEST_PENDING',
  );
  if (!waiting) return undefined;
  return written(client, {
    path: `${path}/${waiting.cancel_id}/approve`,
    query: { idempotency_key: reference },
    json: {},
    known: waiting.cancel_id,
  });
}

/** What TikTok waits for by the state of a return: it pays once it hears that the goods are here, or without them. */
const DECISIONS: Readonly<Record<string, string>> = {
  RETURN_OR_REFUND_REQUEST_PENDING: 'APPROVE_REFUND',
  BUYER_SHIPPED_ITEM: 'APPROVE_RECEIVED_PACKAGE',
};
const SETTLED = /(?:COMPLETE|SUCCESS)$/;

type Return = z.infer<typeof Returns>['return_orders'][number];

/**
 * Approves the returns of these units. Of a line that two returns name nobody here knows which one is meant, or whether one
 * of them was paid by an earlier try: that is decided with TikTok.
 */
async function approveRefund(client: TiktokClient, { externalId, lines, reference }: Refund): Promise<PushResult> {
  const path = '/return_refund/202309/returns';
  const { return_orders: all } = await client.demand(
    { method: 'POST', path: `${path}/search`, query: { page_size: '50' }, json: { order_ids: [externalId] } },
    Returns,
  );
  const about = all.filter(
    (one) => one.order_id === externalId && (isOpen(one) || isSettled(one)) && unitsOf(one, unitsNamed(lines)) > 0,
  );
  if (about.length === 0) return refuse('no-return', NOT_ASKED);
  const isTwice = (line: RemoteLine): boolean => about.filter((one) => unitsOf(one, unitsNamed([line])) > 0).length > 1;
  if (about.some(isOpen) && lines.some(isTwice)) return refuse('two-returns', TWO_RETURNS);
  if (about.some((one) => isOpen(one) && !isAllBack(one, lines))) return refuse('not-all-back', NOT_ALL_BACK);
  for (const one of about.filter(isOpen)) {
    const no = await written(client, {
      path: `${path}/${one.return_id}/approve`,
      query: { idempotency_key: `${reference}-${one.return_id}` },
      json: { decision: DECISIONS[one.return_status] },
      known: one.return_id,
    });
    if (no.outcome === 'refused') return no;
  }
  return { outcome: 'done', remoteId: about.map((one) => one.return_id).join(',') };
}

const isOpen = (one: Return): boolean => DECISIONS[one.return_status] !== undefined;
const isSettled = (one: Return): boolean => SETTLED.test(one.return_status);
const unitsOf = (one: Return, named: ReadonlySet<string>): number =>
  one.return_line_items.filter(({ order_line_item_id: id }) => named.has(id)).length;

/** Everything that the buyer sends back with it is here. */
function isAllBack(one: Return, lines: readonly RemoteLine[]): boolean {
  const known = unitsOf(one, unitsNamed(lines)) === one.return_line_items.length;
  return known && lines.every((line) => unitsOf(one, unitsNamed([line])) <= line.quantity);
}

const TWO_RETURNS = 'TikTok has two returns of these units; which of them is to be paid is decided there';
const NOT_ALL_BACK = 'the buyer sends back more with this return than is here; it is decided with TikTok';
const NOT_ASKED = 'the buyer asked for no refund of these units with TikTok, and only the buyer can begin one';

interface Writing {
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly json: object;
  readonly known?: string;
}

async function written(client: TiktokClient, { known, ...writing }: Writing): Promise<PushResult> {
  const answer = await client.ask({ method: 'POST', ...writing }, Written);
  if (answer.refused) return refuse(answer.refused.code, answer.refused.text);
  const [failed] = answer.data.errors;
  if (failed) return refuse(failed.code, failed.message);
  return { outcome: 'done', remoteId: answer.data.cancel_id || known || null };
}
