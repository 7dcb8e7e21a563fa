import type { BookLine, BookOrder, BookPackage, OrderBook } from '../channel-order-book.ts';
import { type Arguments, GraphqlFault, Withheld } from './simulated-graphql.ts';
import { trackingCompanies } from './tracking-companies.ts';

export const gid = (kind: string, id: string): string => `gid://shopify/${kind}/${id}`;
export const numberIn = (id: unknown): string => String(id).split('/').at(-1) ?? '';
/** Shopify writes times without parts of a second. */
const seconds = (instant: string): string => `${instant.slice(0, 19)}Z`;

/** How the played shop is set up, and what it knows beside the book. */
export interface ShopifyState {
  readonly book: OrderBook;
  readonly scopes: ReadonlySet<string>;
  /** Without Shopify's approval for personal data. */
  readonly withholds: boolean;
  /** From which location, and in which fulfillment order of it, a line goes out. */
  locationOf(lineIndex: number): number;
  partOf(lineIndex: number): number;
  readonly tags: Map<string, Set<string>>;
  readonly metafields: Map<string, string>;
  /** Links of parcels whose company is on no list. */
  readonly links: Map<string, string>;
  readonly returns: ShopifyReturn[];
  /** Fulfillment orders are for later until they are opened: preorders, subscriptions. */
  readonly scheduled: boolean;
  readonly opened: Set<string>;
  /** Orders of which the platform itself cannot show a part. */
  readonly broken: Set<string>;
}

export interface ShopifyReturn {
  readonly id: string;
  readonly orderId: string;
  readonly lines: { readonly id: string; readonly lineId: string; readonly quantity: number; processed: number }[];
}

const LONGEST_PAGE = 250;

/** A page of a list by `first` and `after`, as a connection. */
export function connection<T>(
  rows: readonly T[],
  { first, after }: Arguments,
  render: (row: T) => unknown = (row) => row,
): object {
  if (typeof first !== 'number') throw new GraphqlFault('you must provide one of first or last');
  if (first < 1 || first > LONGEST_PAGE) throw new GraphqlFault(`first must be between 1 and ${LONGEST_PAGE}`);
  const from = typeof after === 'string' ? Number(Buffer.from(after, 'base64').toString().slice(3)) : 0;
  const nodes = rows.slice(from, from + first).map(render);
  const end = from + nodes.length;
  const pageInfo = {
    hasNextPage: end < rows.length,
    endCursor: nodes.length > 0 ? Buffer.from(`at:${end}`).toString('base64') : null,
  };
  return { nodes, pageInfo };
}

export interface FulfillmentOrderPart {
  readonly id: string;
  readonly location: number;
  readonly lines: readonly BookLine[];
}

/** The fulfillment orders of an order: one for each location and part. */
export function partsOf(state: ShopifyState, order: BookOrder): readonly FulfillmentOrderPart[] {
  const parts = new Map<string, { location: number; lines: BookLine[] }>();
  order.lines.forEach((line, index) => {
    const [location, part] = [state.locationOf(index), state.partOf(index)];
    const key = `${String(location).padStart(2, '0')}${String(part).padStart(3, '0')}`;
    const found = parts.get(key) ?? { location, lines: [] };
    found.lines.push(line);
    parts.set(key, found);
  });
  return [...parts].map(([key, { location, lines }]) => ({ id: `${order.id}${key}`, location, lines }));
}

export function statusOf(state: ShopifyState, order: BookOrder, part: FulfillmentOrderPart): string {
  if (order.state === 'cancelled') return 'CANCELLED';
  if (part.lines.every((line) => state.book.left(line) === 0)) return 'CLOSED';
  if (order.held !== null || order.cancelRequested) return 'ON_HOLD';
  if (state.scheduled && !state.opened.has(part.id)) return 'SCHEDULED';
  return order.acknowledgedAt === null ? 'OPEN' : 'IN_PROGRESS';
}

/** The order to which a fulfillment order belongs. */
export function orderOfPart(state: ShopifyState, id: unknown): { order: BookOrder; part: FulfillmentOrderPart } | null {
  const order = state.book.find(numberIn(id).slice(0, -5));
  const part = order && partsOf(state, order).find((one) => one.id === numberIn(id));
  return order && part ? { order, part } : null;
}

export const locationGid = (location: number): string => gid('Location', String(8_100_000_000 + location));

function fulfillmentOrder(state: ShopifyState, order: BookOrder, part: FulfillmentOrderPart): object {
  const holds = [
    ...(order.held === null ? [] : [order.held]),
    ...(order.cancelRequested ? ['The buyer asks to cancel'] : []),
  ];
  const lineNode = (line: BookLine): object => ({
    __typename: 'FulfillmentOrderLineItem',
    id: gid('FulfillmentOrderLineItem', line.id),
    remainingQuantity: order.state === 'cancelled' ? 0 : state.book.left(line),
    totalQuantity: line.quantity - line.cancelled,
    lineItem: { __typename: 'LineItem', id: gid('LineItem', line.id) },
  });
  return {
    __typename: 'FulfillmentOrder',
    id: gid('FulfillmentOrder', part.id),
    status: statusOf(state, order, part),
    fulfillAt: seconds(order.placedAt),
    fulfillBy: seconds(new Date(Date.parse(order.placedAt) + 2 * 86_400_000).toISOString()),
    fulfillmentHolds: holds.map((reasonNotes) => ({ reason: 'OTHER', reasonNotes })),
    deliveryMethod: { methodType: 'SHIPPING' },
    assignedLocation: { name: `Warehouse ${part.location + 1}`, location: { id: locationGid(part.location) } },
    lineItems: (args: Arguments) => connection(part.lines, args, lineNode),
  };
}

function fulfillment(state: ShopifyState, parcel: BookPackage): object {
  const onList = trackingCompanies.has(parcel.carrier);
  const url = onList ? `https://track.example/${parcel.tracking}` : (state.links.get(parcel.id) ?? null);
  const rows = parcel.lines.map(({ lineId, quantity }) => ({ quantity, lineItem: { id: gid('LineItem', lineId) } }));
  return {
    __typename: 'Fulfillment',
    id: gid('Fulfillment', parcel.id),
    status: 'SUCCESS',
    trackingInfo: [{ company: parcel.carrier, number: parcel.tracking, url }],
    fulfillmentLineItems: (args: Arguments) => connection(rows, args),
  };
}

const money = (minor: number, currencyCode: string): object => ({
  shopMoney: { amount: (minor / 100).toFixed(2), currencyCode },
});

function lineItem(state: ShopifyState, order: BookOrder, line: BookLine): object {
  return {
    __typename: 'LineItem',
    id: gid('LineItem', line.id),
    sku: line.sku,
    title: line.title,
    name: line.title,
    variantTitle: null,
    quantity: line.quantity,
    currentQuantity: line.quantity - line.cancelled,
    unfulfilledQuantity: state.book.left(line),
    requiresShipping: true,
    variant: { id: gid('ProductVariant', line.id), sku: line.sku, barcode: null },
    originalUnitPriceSet: money(line.unitPriceMinor, order.currency),
    customAttributes: order.gift ? [{ key: 'Gift message', value: 'With love' }] : [],
  };
}

/** How long Shopify still gathers where the buyer came from. */
const JOURNEY_MS = 20_000;

function whence(state: ShopifyState, order: BookOrder): object {
  const ready = Date.parse(state.book.now) - Date.parse(order.placedAt) >= JOURNEY_MS;
  const visit = {
    source: order.source,
    referrerUrl: null,
    landingPage: `https://shop.example/?utm_source=${encodeURIComponent(order.source)}`,
    utmParameters: { source: order.source },
  };
  const { copyOf } = order;
  return {
    sourceName: copyOf ? copyOf.marketplace : 'web',
    app: { name: copyOf ? copyOf.marketplace : 'Online Store' },
    attribution: { handle: 'online-store', displayName: 'Online Store' },
    customAttributes: copyOf ? [{ key: `${copyOf.marketplace.split('_')[0]} order id`, value: copyOf.id }] : [],
    customerJourneySummary: { ready, lastVisit: ready && order.source !== '' ? visit : null },
  };
}

function buyer(state: ShopifyState, { address }: BookOrder): object {
  if (state.withholds) {
    const no = new Withheld('This app is not approved to access the field');
    return { email: no, phone: no, shippingAddress: no };
  }
  return {
    email: address.email,
    phone: address.phone,
    shippingAddress: {
      ...{ name: address.name, company: null, address1: address.street1, address2: address.street2 || null },
      ...{ zip: address.postcode, city: address.city, province: address.region || null, provinceCode: null },
      ...{ countryCodeV2: address.country, phone: address.phone },
    },
  };
}

/** An order of the book as the Admin API shows it. */
export function orderNode(state: ShopifyState, order: BookOrder): Record<string, unknown> {
  const total = order.lines.reduce((sum, line) => sum + line.unitPriceMinor * (line.quantity - line.cancelled), 0);
  const sent = order.lines.reduce((sum, { shipped }) => sum + shipped, 0);
  const left = order.lines.reduce((sum, line) => sum + state.book.left(line), 0);
  const mayFulfil = state.scopes.has('read_merchant_managed_fulfillment_orders');
  return {
    __typename: 'Order',
    id: gid('Order', order.id),
    name: order.number,
    createdAt: seconds(order.placedAt),
    processedAt: seconds(order.placedAt),
    updatedAt: seconds(order.updatedAt),
    cancelledAt: order.cancelledAt === null ? null : seconds(order.cancelledAt),
    displayFinancialStatus: order.state === 'unpaid' ? 'PENDING' : 'PAID',
    displayFulfillmentStatus: sent === 0 ? 'UNFULFILLED' : left === 0 ? 'FULFILLED' : 'PARTIALLY_FULFILLED',
    fullyPaid: order.state !== 'unpaid',
    paymentGatewayNames: ['shopify_payments'],
    currencyCode: order.currency,
    totalPriceSet: money(total, order.currency),
    note: order.note || null,
    tags: [...(state.tags.get(order.id) ?? [])],
    risk: { recommendation: 'ACCEPT' },
    shippingLine: state.broken.has(order.id)
      ? new Withheld('Internal error', 'INTERNAL_SERVER_ERROR')
      : { title: 'Standard' },
    ...whence(state, order),
    ...buyer(state, order),
    lineItems: (args: Arguments) => connection(order.lines, args, (line) => lineItem(state, order, line)),
    fulfillmentOrders: mayFulfil
      ? (args: Arguments) => connection(partsOf(state, order), args, (part) => fulfillmentOrder(state, order, part))
      : new Withheld('Access denied for fulfillmentOrders field.'),
    fulfillmentsCount: { count: order.packages.length },
    fulfillments: ({ first }: Arguments) =>
      order.packages.slice(0, Number(first ?? 250)).map((parcel) => fulfillment(state, parcel)),
    metafield: ({ namespace, key }: Arguments) => {
      const value = state.metafields.get(`${order.id}/${String(namespace)}/${String(key)}`);
      return value === undefined ? null : { value };
    },
    returns: (args: Arguments) =>
      connection(
        state.returns.filter(({ orderId }) => orderId === order.id).map((one) => returnNode(one)),
        args,
      ),
  };
}

function returnNode(one: ShopifyReturn): object {
  const rows = one.lines.map(({ id, lineId, quantity, processed }) => ({
    __typename: 'ReturnLineItem',
    id: gid('ReturnLineItem', id),
    processedQuantity: processed,
    unprocessedQuantity: quantity - processed,
    fulfillmentLineItem: { lineItem: { id: gid('LineItem', lineId) } },
  }));
  const open = one.lines.some(({ quantity, processed }) => processed < quantity);
  return {
    __typename: 'Return',
    id: gid('Return', one.id),
    status: open ? 'OPEN' : 'CLOSED',
    returnLineItems: (args: Arguments) => connection(rows, args),
  };
}

/** What `node(id:)` gives: the parts of orders that have lists of their own. */
export function partNode(state: ShopifyState, id: unknown): object | null {
  if (String(id).includes('/FulfillmentOrder/')) {
    const found = orderOfPart(state, id);
    return found && fulfillmentOrder(state, found.order, found.part);
  }
  if (String(id).includes('/Return/')) {
    const found = state.returns.find((one) => gid('Return', one.id) === id);
    return found ? returnNode(found) : null;
  }
  const parcel = parcelOf(state, id)?.parcel;
  return parcel ? fulfillment(state, parcel) : null;
}

export function parcelOf(state: ShopifyState, id: unknown): { order: BookOrder; parcel: BookPackage } | null {
  for (const order of state.book.all()) {
    const parcel = order.packages.find((one) => gid('Fulfillment', one.id) === id);
    if (parcel) return { order, parcel };
  }
  return null;
}
