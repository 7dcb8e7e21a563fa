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

async function approveRefund(client: TiktokClient, refund: Refund): Promise<PushResult> {
  const path = '/return_refund/202309/returns';
  const { return_orders: all } = await client.demand(
    { method: 'POST', path: `${path}/search`, query: { page_size: '50' }, json: { order_ids: [refund.externalId] } },
    Returns,
  );
  const named = unitsNamed(refund.lines);
  const mine = all.filter(
    (one) =>
      one.order_id === refund.externalId && one.return_line_items.some(({ order_line_item_id: id }) => named.has(id)),
  );
  const open = mine.find((one) => DECISIONS[one.return_status] !== undefined);
  if (!open) {
    const settled = mine.find((one) => SETTLED.test(one.return_status));
    return settled ? { outcome: 'done', remoteId: settled.return_id } : refuse('no-return', NOT_ASKED);
  }
  return written(client, {
    path: `${path}/${open.return_id}/approve`,
    query: { idempotency_key: refund.reference },
    json: { decision: DECISIONS[open.return_status] },
    known: open.return_id,
  });
}

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
