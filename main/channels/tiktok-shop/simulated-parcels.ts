import { z } from 'zod';
import { buildUps1z } from '../../../shared/carriers/ups.ts';
import type { BookOrder, BookPackage } from '../channel-order-book.ts';
import type { PlatformCall, PlatformReply, PlatformRoute } from '../channel-simulator.ts';
import { fault, ok } from './simulated-door.ts';
import {
  combinedWith,
  ownPackage,
  type PlayedUnit,
  playedProviders,
  statusOf,
  type TiktokBook,
  unitsOf,
} from './simulated-orders.ts';

const Told = z.object({ tracking_number: z.string().min(1), shipping_provider_id: z.string() });
const ToldUnits = Told.extend({ order_line_item_ids: z.array(z.string()).min(1).optional() });
const Ship = z.object({
  handover_method: z.enum(['PICKUP', 'DROP_OFF']).optional(),
  self_shipment: Told.optional(),
});

/** The calls of fulfilment, the platform's own labels among them. */
export function parcelRoutes(tiktok: TiktokBook): readonly PlatformRoute[] {
  const packages = '^/fulfillment/202309/packages/(\\d+)';
  const on = (
    method: string,
    path: RegExp | string,
    answer: (tiktok: TiktokBook, call: PlatformCall) => PlatformReply,
  ) => ({
    method,
    path: new RegExp(path),
    answer: (call: PlatformCall) => answer(tiktok, call),
  });
  return [
    on('POST', '^/fulfillment/202309/orders/(\\d+)/packages$', tellUnits),
    on('POST', `${packages}/ship$`, shipPackage),
    on('POST', `${packages}/shipping_info/update$`, correct),
    on('GET', `${packages}/handover_time_slots$`, () =>
      ok({ can_drop_off: true, can_pickup: false, pickup_slots: [] }),
    ),
    on('GET', `${packages}$`, detail),
  ];
}

const jsonOf = (call: PlatformCall): unknown => JSON.parse(call.rawBody || '{}');
const badBody = (error: z.ZodError): PlatformReply =>
  fault(21_001_001, `Invalid parameter: ${error.issues[0]?.path.join('.')}`);
const NOT_FOUND = fault(21_011_001, 'Package not found.');

const providerOf = (id: string) => playedProviders.find((provider) => provider.id === id);

/** Why units of this order cannot be told as sent now. */
function against(tiktok: TiktokBook, order: BookOrder): PlatformReply | undefined {
  const status = statusOf(order, unitsOf(tiktok, order));
  if (status !== 'AWAITING_SHIPMENT' && status !== 'PARTIALLY_SHIPPING')
    return fault(21_011_006, `Order status ${status} does not allow shipping.`);
  if (!order.cancelRequested) return undefined;
  // Code 0 is not success.
  return ok({ errors: [{ code: 10_007_014, message: 'package in freeze status', detail: { order_id: order.id } }] });
}

function tellUnits(tiktok: TiktokBook, call: PlatformCall): PlatformReply {
  const order = tiktok.book.find(call.params[0] ?? '');
  if (!order) return fault(21_011_002, 'Order not found.');
  const body = ToldUnits.safeParse(jsonOf(call));
  if (!body.success) return badBody(body.error);
  if (order.labelMode === 'platform')
    return fault(21_011_026, 'The order is shipped by TikTok Shipping: its tracking number cannot be provided.');
  const provider = providerOf(body.data.shipping_provider_id);
  if (!provider) return fault(21_011_017, 'The shipping provider does not belong to the delivery option of the order.');
  const refusal = against(tiktok, order);
  if (refusal) return refusal;
  if (combinedWith(tiktok, order)) return fault(21_011_030, 'The order is combined with others: ship its package.');
  const asked = body.data.order_line_item_ids;
  const left = unitsOf(tiktok, order).filter(isOpen);
  const units = asked ? left.filter(({ id }) => asked.includes(id)) : left;
  if (asked && (units.length !== asked.length || new Set(asked).size !== asked.length))
    return fault(21_011_008, 'Some order line items are shipped, cancelled or unknown.');
  const made = send(tiktok, order, { units, tracking: body.data.tracking_number, carrier: provider.name });
  return ok({ order_id: order.id, order_line_item_ids: units.map(({ id }) => id), package_id: made.id });
}

const isOpen = ({ packageId, isCancelled }: PlayedUnit): boolean => packageId === null && !isCancelled;

interface Sent {
  readonly units: readonly PlayedUnit[];
  readonly tracking: string;
  readonly carrier: string;
}

function send(tiktok: TiktokBook, order: BookOrder, { units, tracking, carrier }: Sent): BookPackage {
  const byLine = new Map<string, string[]>();
  for (const { id, line } of units) byLine.set(line.id, [...(byLine.get(line.id) ?? []), id]);
  const lines = [...byLine].map(([lineId, ids]) => ({ lineId, quantity: ids.length, units: ids }));
  return tiktok.book.ship(order, { tracking, carrier, lines });
}

/** Orders of a package: of one that TikTok labels, of one that it combined, or of one that was told. */
function ordersOf({ book, combined }: TiktokBook, id: string): readonly BookOrder[] {
  const several = combined.get(id)?.flatMap((orderId) => book.find(orderId) ?? []);
  if (several) return several;
  return book.all().filter((order) => ownPackage(order) === id || order.packages.some((parcel) => parcel.id === id));
}

function shipPackage(tiktok: TiktokBook, call: PlatformCall): PlatformReply {
  const id = call.params[0] ?? '';
  const orders = ordersOf(tiktok, id);
  const [first] = orders;
  if (!first) return NOT_FOUND;
  const body = Ship.safeParse(jsonOf(call));
  if (!body.success) return badBody(body.error);
  const { self_shipment: told, handover_method: handover } = body.data;
  if (first.labelMode === 'platform' && (told || !handover))
    return fault(21_011_026, 'The package is shipped by TikTok Shipping: say how it is handed over.');
  if (first.labelMode === 'seller' && !told)
    return fault(21_011_027, 'The package is shipped by the seller: self_shipment.');
  const provider = told && providerOf(told.shipping_provider_id);
  if (told && !provider) return fault(21_011_017, 'The shipping provider does not belong to the delivery option.');
  for (const order of orders) {
    const refusal = against(tiktok, order);
    if (refusal) return refusal;
  }
  const tracking = told?.tracking_number ?? platformNumber(tiktok);
  for (const order of orders)
    send(tiktok, order, { units: unitsOf(tiktok, order).filter(isOpen), tracking, carrier: provider?.name ?? 'UPS' });
  return ok({ package_id: id });
}

const platformNumber = ({ book }: TiktokBook): string =>
  buildUps1z({ shipper: '88TT02', service: '03' }, book.acts().filter(({ kind }) => kind === 'ship').length + 1);

function parcelWith(tiktok: TiktokBook, id: string): { order: BookOrder; parcel: BookPackage } | undefined {
  for (const order of ordersOf(tiktok, id)) {
    const own = order.labelMode === 'platform' || tiktok.combined.has(id) ? order.packages[0] : undefined;
    const parcel = order.packages.find((one) => one.id === id) ?? own;
    if (parcel) return { order, parcel };
  }
  return undefined;
}

function correct(tiktok: TiktokBook, call: PlatformCall): PlatformReply {
  const body = Told.safeParse(jsonOf(call));
  if (!body.success) return badBody(body.error);
  const known = parcelWith(tiktok, call.params[0] ?? '');
  if (!known) return NOT_FOUND;
  if (known.order.labelMode === 'platform') return fault(21_011_026, 'The package is shipped by TikTok Shipping.');
  const provider = providerOf(body.data.shipping_provider_id);
  if (!provider) return fault(21_011_017, 'The shipping provider does not belong to the delivery option.');
  tiktok.book.correct(known.order, known.parcel, { tracking: body.data.tracking_number, carrier: provider.name });
  return ok({});
}

function detail(tiktok: TiktokBook, call: PlatformCall): PlatformReply {
  const id = call.params[0] ?? '';
  const orders = ordersOf(tiktok, id);
  if (orders.length === 0) return NOT_FOUND;
  const parcel = parcelWith(tiktok, id)?.parcel;
  const isOne = (unit: PlayedUnit, order: BookOrder): boolean =>
    parcel && order.labelMode === 'seller' && !tiktok.combined.has(id) ? unit.packageId === id : !unit.isCancelled;
  return ok({
    package_id: id,
    package_status: parcel ? 'FULFILLING' : 'PROCESSING',
    shipping_provider_name: parcel?.carrier ?? '',
    tracking_number: parcel?.tracking ?? '',
    orders: orders.map((order) => ({ id: order.id, skus: [] })),
    order_line_item_ids: orders.flatMap((order) =>
      unitsOf(tiktok, order)
        .filter((unit) => isOne(unit, order))
        .map((unit) => unit.id),
    ),
  });
}
