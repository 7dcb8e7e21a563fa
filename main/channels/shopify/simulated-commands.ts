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
  return {
    fulfillmentCreate: (args) => createFulfillment(state, objectIn(args.fulfillment)),
    fulfillmentTrackingInfoUpdate: (args) => updateTracking(state, args),
    fulfillmentOrderOpen: ({ id }) => openPart(state, id),
    fulfillmentOrderReportProgress: ({ id }) => beginWork(state, id),
    tagsAdd: (args) => addTags(state, args),
    metafieldsSet({ metafields }) {
      for (const one of rowsOf(metafields))
        state.metafields.set(`${numberIn(one.ownerId)}/${one.namespace}/${one.key}`, String(one.value));
      return { metafields: [], ...fine };
    },
    returnProcess: ({ input }) => processReturn(state, objectIn(input)),
    ...editing(state),
    ...cancelling(state),
  };
}

function openPart(state: ShopifyState, id: unknown): object {
  const found = orderOfPart(state, id);
  if (!found || statusOf(state, found.order, found.part) !== 'SCHEDULED')
    return { fulfillmentOrder: null, ...userErrors('Fulfillment order is not scheduled.') };
  state.opened.add(found.part.id);
  state.book.change(found.order, { kind: 'touch' });
  return { fulfillmentOrder: partNode(state, id), ...fine };
}

function beginWork(state: ShopifyState, id: unknown): object {
  const found = orderOfPart(state, id);
  const status = found && statusOf(state, found.order, found.part);
  if (!found || (status !== 'OPEN' && status !== 'IN_PROGRESS'))
    return { fulfillmentOrder: null, ...userErrors('Fulfillment order is not open.') };
  found.order.acknowledgedAt ??= state.book.now;
  state.book.note('acknowledge', found.order);
  state.book.change(found.order, { kind: 'touch' });
  return { fulfillmentOrder: partNode(state, id), ...fine };
}

const LONGEST_TAG = 40;

function addTags({ book, tags: known }: ShopifyState, { id, tags }: Arguments): object {
  const order = book.find(numberIn(id));
  if (!order) return { node: null, ...userErrors('Order does not exist') };
  const added = Array.isArray(tags) ? tags.map(String) : [];
  if (added.some((tag) => tag.length > LONGEST_TAG)) return { node: null, ...userErrors('Tag is too long') };
  known.set(order.id, new Set([...(known.get(order.id) ?? []), ...added]));
  book.note('tag', order, { tags: added });
  book.change(order, { kind: 'touch' });
  return { node: { id }, ...fine };
}

/** An edit changes nothing until it is committed. */
function editing({ book }: ShopifyState): Readonly<Record<string, Resolver>> {
  const edits = new Map<string, { readonly order: BookOrder; readonly staged: Map<string, number> }>();
  const no = (message: string): object => ({ calculatedOrder: null, ...userErrors(message) });
  return {
    orderEditBegin({ id }) {
      const order = book.find(numberIn(id));
      if (!order || order.state === 'cancelled') return no('The order cannot be edited.');
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
      if (!edit || !line) return no('The line item does not exist.');
      if (Number(quantity) < line.shipped) return no('Fulfilled items stay.');
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
  const groups = rowsOf(fulfillment.lineItemsByFulfillmentOrder);
  const first = orderOfPart(state, groups[0]?.fulfillmentOrderId);
  if (!first) return no('Fulfillment order does not exist.');
  const lines: Asked[] = [];
  for (const group of groups) {
    const found = orderOfPart(state, group.fulfillmentOrderId);
    if (found?.order !== first.order) return no('Fulfillment orders must be of one order.');
    if (found.part.location !== first.part.location)
      return no('All fulfillment orders must be assigned to a single location.');
    const units = unitsOf(state, found, rowsOf(group.fulfillmentOrderLineItems));
    if (typeof units === 'string') return no(units);
    lines.push(...units);
  }
  const tracking = objectIn(fulfillment.trackingInfo);
  if ('number' in tracking && 'numbers' in tracking) return no('Use number or numbers, not both.');
  const carrier = String(tracking.company ?? '');
  const made = state.book.ship(first.order, { tracking: String(tracking.number ?? ''), carrier, lines });
  if (typeof tracking.url === 'string') state.links.set(made.id, tracking.url);
  return { fulfillment: { id: gid('Fulfillment', made.id), status: 'SUCCESS' }, ...fine };
}

/** Units that a call ships of one fulfillment order: those it names, or else all that remain. A text is a refusal. */
function unitsOf(
  state: ShopifyState,
  { order, part }: NonNullable<ReturnType<typeof orderOfPart>>,
  asked: Rows,
): readonly Asked[] | string {
  const status = statusOf(state, order, part);
  if (status !== 'OPEN' && status !== 'IN_PROGRESS')
    return `Fulfillment order ${part.id} has an unfulfillable status= ${status.toLowerCase()}.`;
  if (asked.length === 0) return part.lines.map((line) => ({ lineId: line.id, quantity: state.book.left(line) }));
  const units = asked.map(({ id, quantity }) => ({ lineId: numberIn(id), quantity: Number(quantity) }));
  const isWrong = ({ lineId, quantity }: Asked): boolean => {
    const line = part.lines.find(({ id }) => id === lineId);
    return !line || quantity < 1 || quantity > state.book.left(line);
  };
  return units.some(isWrong) ? 'Invalid fulfillment order line item quantity requested.' : units;
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
