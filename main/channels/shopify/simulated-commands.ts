import { isObject } from '../../../shared/json/wire-values.ts';
import type { BookOrder } from '../channel-order-book.ts';
import { type Arguments, GraphqlFault, type Resolver } from './simulated-graphql.ts';
import {
  connection,
  gid,
  numberIn,
  orderOfPart,
  parcelOf,
  partNode,
  partsOf,
  type ShopifyState,
  statusOf,
} from './simulated-orders.ts';

type Rows = readonly Arguments[];
const rowsOf = (value: unknown): Rows => (Array.isArray(value) ? value.filter(isObject) : []);
const objectIn = (value: unknown): Arguments => (isObject(value) ? value : {});
const userErrors = (...messages: readonly string[]): object => ({
  userErrors: messages.map((message) => ({ code: 'INVALID', field: null, message })),
});
const fine = { userErrors: [] };

/** Commands of the played shop; each refuses what Shopify refuses. */
export function shopifyCommands(state: ShopifyState): Readonly<Record<string, Resolver>> {
  const { book } = state;
  const edits = new Map<string, { readonly order: BookOrder; readonly staged: Map<string, number> }>();
  return {
    fulfillmentCreate: (args) => createFulfillment(state, objectIn(args.fulfillment)),
    fulfillmentTrackingInfoUpdate: (args) => updateTracking(state, args),
    fulfillmentOrderOpen: ({ id }) => ({ fulfillmentOrder: partNode(state, id), ...fine }),
    fulfillmentOrderReportProgress({ id }) {
      const found = orderOfPart(state, id);
      const status = found && statusOf(state, found.order, found.part);
      if (!found || (status !== 'OPEN' && status !== 'IN_PROGRESS'))
        return { fulfillmentOrder: null, ...userErrors('Fulfillment order is not open.') };
      found.order.acknowledgedAt ??= book.now;
      book.note('acknowledge', found.order);
      book.change(found.order, { kind: 'touch' });
      return { fulfillmentOrder: partNode(state, id), ...fine };
    },
    tagsAdd({ id, tags }) {
      const order = book.find(numberIn(id));
      if (!order) return { node: null, ...userErrors('Order does not exist') };
      const added = Array.isArray(tags) ? tags.map(String) : [];
      if (added.some((tag) => tag.length > 40)) return { node: null, ...userErrors('Tag is too long') };
      state.tags.set(order.id, new Set([...(state.tags.get(order.id) ?? []), ...added]));
      book.note('tag', order, { tags: added });
      book.change(order, { kind: 'touch' });
      return { node: { id }, ...fine };
    },
    metafieldsSet({ metafields }) {
      for (const one of rowsOf(metafields))
        state.metafields.set(`${numberIn(one.ownerId)}/${one.namespace}/${one.key}`, String(one.value));
      return { metafields: [], ...fine };
    },
    orderEditBegin({ id }) {
      const order = book.find(numberIn(id));
      if (!order || order.state === 'cancelled')
        return { calculatedOrder: null, ...userErrors('The order cannot be edited.') };
      const session = gid('CalculatedOrder', book.newId());
      edits.set(session, { order, staged: new Map() });
      const rows = order.lines.map((line) => ({
        id: gid('CalculatedLineItem', line.id),
        quantity: line.quantity - line.cancelled,
      }));
      return { calculatedOrder: { id: session, lineItems: (args: Arguments) => connection(rows, args) }, ...fine };
    },
    orderEditSetQuantity({ id, lineItemId, quantity }) {
      const edit = edits.get(String(id));
      const line = edit?.order.lines.find((one) => one.id === numberIn(lineItemId));
      if (!edit || !line) return { calculatedOrder: null, ...userErrors('The line item does not exist.') };
      if (Number(quantity) < line.shipped) return { calculatedOrder: null, ...userErrors('Fulfilled items stay.') };
      edit.staged.set(line.id, Number(quantity));
      return { calculatedOrder: { id }, ...fine };
    },
    orderEditCommit({ id }) {
      const edit = edits.get(String(id));
      if (!edit) return { order: null, ...userErrors('The edit does not exist.') };
      for (const line of edit.order.lines) {
        const quantity = edit.staged.get(line.id);
        if (quantity === undefined) continue;
        book.note('cancel-line', edit.order, { sku: line.sku, quantity: line.quantity - line.cancelled - quantity });
        line.cancelled = line.quantity - quantity;
      }
      edits.delete(String(id));
      book.change(edit.order, { kind: 'touch' });
      return { order: { id: gid('Order', edit.order.id) }, ...fine };
    },
    returnProcess: ({ input }) => processReturn(state, objectIn(input)),
    ...cancelling(state),
  };
}

/** A job: it is done only once somebody asks how far it is. */
function cancelling({ book }: ShopifyState): Readonly<Record<string, Resolver>> {
  const jobs = new Map<string, BookOrder>();
  const no = (code: string, message: string): object => ({
    job: null,
    orderCancelUserErrors: [{ code, field: ['orderId'], message }],
  });
  return {
    orderCancel({ orderId, reason, restock }) {
      const order = book.find(numberIn(orderId));
      if (!order) return no('NOT_FOUND', 'Order does not exist');
      if (order.state === 'cancelled') return no('INVALID', 'Order is already cancelled');
      if (order.packages.length > 0) return no('INVALID', 'Cannot cancel an order with fulfilled items');
      if (typeof restock !== 'boolean') throw new GraphqlFault('restock is required');
      const id = gid('Job', book.newId());
      jobs.set(id, order);
      book.note('cancel', order, { reason });
      return { job: { id, done: false }, orderCancelUserErrors: [] };
    },
    job({ id }) {
      const order = jobs.get(String(id));
      if (order && order.state !== 'cancelled') book.change(order, { kind: 'cancel' });
      return order ? { id, done: true } : null;
    },
  };
}

interface Asked {
  readonly lineId: string;
  readonly quantity: number;
}

function createFulfillment(state: ShopifyState, fulfillment: Arguments): object {
  const no = (message: string): object => ({ fulfillment: null, ...userErrors(message) });
  const groups = rowsOf(fulfillment.lineItemsByFulfillmentOrder).map((group) => ({
    group,
    found: orderOfPart(state, group.fulfillmentOrderId),
  }));
  const [first] = groups;
  if (!first?.found) return no('Fulfillment order does not exist.');
  const lines: Asked[] = [];
  for (const { group, found } of groups) {
    if (!found || found.order.id !== first.found.order.id) return no('Fulfillment orders must be of one order.');
    if (found.part.location !== first.found.part.location)
      return no('All fulfillment orders must be assigned to a single location.');
    const status = statusOf(state, found.order, found.part);
    if (status !== 'OPEN' && status !== 'IN_PROGRESS')
      return no(`Fulfillment order ${found.part.id} has an unfulfillable status= ${status.toLowerCase()}.`);
    const open = partsOf(state, found.order).find(({ id }) => id === found.part.id)?.lines ?? [];
    const asked = rowsOf(group.fulfillmentOrderLineItems);
    const units =
      asked.length === 0
        ? open.map((line) => ({ lineId: line.id, quantity: state.book.left(line) }))
        : asked.map(({ id, quantity }) => ({ lineId: numberIn(id), quantity: Number(quantity) }));
    for (const { lineId, quantity } of units) {
      const line = open.find(({ id }) => id === lineId);
      if (!line || quantity < 1 || quantity > state.book.left(line))
        return no('Invalid fulfillment order line item quantity requested.');
      lines.push({ lineId, quantity });
    }
  }
  const tracking = objectIn(fulfillment.trackingInfo);
  if ('number' in tracking && 'numbers' in tracking) return no('Use number or numbers, not both.');
  const carrier = String(tracking.company ?? '');
  const made = state.book.ship(first.found.order, { tracking: String(tracking.number ?? ''), carrier, lines });
  if (typeof tracking.url === 'string') state.links.set(made.id, tracking.url);
  return { fulfillment: { id: gid('Fulfillment', made.id), status: 'SUCCESS' }, ...fine };
}

function updateTracking(state: ShopifyState, { fulfillmentId, trackingInfoInput }: Arguments): object {
  const found = parcelOf(state, fulfillmentId);
  if (!found) return { fulfillment: null, ...userErrors('Fulfillment does not exist.') };
  const info = objectIn(trackingInfoInput);
  state.book.correct(found.order, found.parcel, {
    tracking: String(info.number ?? ''),
    carrier: String(info.company ?? found.parcel.carrier),
  });
  if (typeof info.url === 'string') state.links.set(found.parcel.id, info.url);
  return { fulfillment: { id: fulfillmentId }, ...fine };
}

function processReturn(state: ShopifyState, { returnId, returnLineItems }: Arguments): object {
  const found = state.returns.find(({ id }) => gid('Return', id) === returnId);
  const order = found && state.book.find(found.orderId);
  if (!found || !order) return { return: null, ...userErrors('Return does not exist.') };
  const asked = rowsOf(returnLineItems).map(({ id, quantity }) => ({
    line: found.lines.find((one) => one.id === numberIn(id)),
    quantity: Number(quantity),
  }));
  if (asked.some(({ line, quantity }) => !line || quantity > line.quantity - line.processed))
    return { return: null, ...userErrors('Quantity is not available to be processed.') };
  for (const { line, quantity } of asked) if (line) line.processed += quantity;
  state.book.note('return', order, { units: asked.reduce((sum, { quantity }) => sum + quantity, 0) });
  state.book.change(order, { kind: 'touch' });
  return { return: { id: returnId, status: 'OPEN' }, ...fine };
}
