import { AppError } from '../../shared/errors.ts';
import type { Actor } from '../../shared/model/actor.ts';
import { type Deps, runUnitOfWork, type UnitOfWork } from '../db/unit-of-work.ts';
import { pricedLines } from '../orders/order-facts-service.ts';
import { parcelsOf, unitsOf } from '../packing/packing-service.ts';
import { type Label, labelsOf } from '../shipping/shipping-service.ts';
import { isLast, linesToTell, type ShippableLine } from './shipment-rules.ts';
import {
  getShipment,
  insertShipment,
  listShipments,
  type Shipment,
  type ShipmentLine,
  saveShipment,
} from './shipment-store.ts';
import { getShop } from './shop-store.ts';
import { findSource } from './source-store.ts';

/** Topics of the outbox; messages of one order are delivered one after the other. */
export const SHIP = 'channel.ship';
export const CORRECT_TRACKING = 'channel.correct-tracking';

/** Connectors of carriers by which a platform makes the label itself: it knows of the parcel as soon as it is bought. */
const BY_PLATFORM: ReadonlySet<string> = new Set(['tiktok-shipping', 'amazon-buy-shipping']);

/**
 * Step: a parcel has left the bench; its shop is to hear of it. Once a parcel, however often its label is scanned; with
 * another label than the shop was told, the number is corrected. Nothing for orders that no shop gave.
 */
export async function tellShipped(
  uow: UnitOfWork,
  of: { readonly orderId: string; readonly parcelId: string },
): Promise<void> {
  const source = await findSource(uow.tx, of.orderId);
  if (!source?.shopId) return;
  const shop = await getShop(uow.tx, source.shopId);
  if (!shop.pushShipments) return;
  const label = (await labelsOf(uow, of.parcelId)).findLast(
    ({ kind, state }) => kind === 'outbound' && state === 'bought',
  );
  if (!label) return;
  const told = await listShipments(uow.tx, of.orderId);
  const before = told.find(({ parcelId }) => parcelId === of.parcelId);
  if (before) return relabelled(uow, before, label);
  await tellLeft(uow, {
    ...{ shopId: shop.id, ...of },
    ...{ carrier: label.carrier, connector: label.connector, service: label.service },
    ...{ tracking: label.trackingNumber, trackingUrl: label.trackingUrl },
    silent: BY_PLATFORM.has(label.connector),
  });
}

/** Step: units that have left and that their shop has not heard of are told it with this parcel; null where there are none. */
export async function tellLeft(
  uow: UnitOfWork,
  parcel: Omit<Added, 'sequence' | 'lines' | 'last'>,
): Promise<string | null> {
  const told = await listShipments(uow.tx, parcel.orderId);
  const lines = await shippableLines(uow, parcel.orderId);
  const earlier = told.flatMap((shipment) => shipment.lines);
  const now = linesToTell(lines, earlier);
  // Part of a kit: told with the parcel that makes it whole.
  if (now.length === 0) return null;
  const last = isLast(lines, [...earlier, ...now]);
  return add(uow, { ...parcel, sequence: told.length + 1, lines: now, last });
}

/**
 * Step: units that have left or that lie in a box whose label the platform made itself: it counts these as sent from the
 * moment that the label is bought.
 */
export async function labelledUnits(uow: UnitOfWork, orderId: string): Promise<ShipmentLine[]> {
  const lines = await shippableLines(uow, orderId, async (parcelId) =>
    (await labelsOf(uow, parcelId)).some(
      ({ kind, state, connector }) => kind === 'outbound' && MAYBE_BOUGHT.includes(state) && BY_PLATFORM.has(connector),
    ),
  );
  return linesToTell(lines, []);
}

const MAYBE_BOUGHT: readonly Label['state'][] = ['calling', 'unknown', 'bought', 'void-requested'];

/** Step: all units of an order that have left, told or not. */
export async function sentUnits(uow: UnitOfWork, orderId: string): Promise<ShipmentLine[]> {
  return linesToTell(await shippableLines(uow, orderId), []);
}

async function shippableLines(
  uow: UnitOfWork,
  orderId: string,
  countsAsLeft: (parcelId: string) => Promise<boolean> = async () => false,
): Promise<ShippableLine[]> {
  const left = new Map<string, number>();
  for (const parcel of await parcelsOf(uow, orderId)) {
    if (parcel.state === 'voided') continue;
    if (parcel.labelConfirmedAt === null && !(await countsAsLeft(parcel.id))) continue;
    for (const { orderLineId, quantity } of await unitsOf(uow, parcel.id))
      left.set(orderLineId, (left.get(orderLineId) ?? 0) + quantity);
  }
  return (await pricedLines(uow, orderId)).map((line) => ({
    ...line,
    left: (left.get(line.id) ?? 0) + line.sentElsewhere,
  }));
}

type Added = Pick<
  Shipment,
  'shopId' | 'orderId' | 'parcelId' | 'sequence' | 'carrier' | 'connector' | 'service' | 'tracking' | 'lines' | 'last'
> & { readonly trackingUrl: string | null; readonly silent: boolean };

async function add(uow: UnitOfWork, { silent, ...shipment }: Added): Promise<string> {
  const id = uow.newId();
  await insertShipment(uow.tx, {
    ...shipment,
    id,
    state: silent ? 'silent' : 'waiting',
    remoteId: null,
    toldTracking: silent ? shipment.tracking : null,
    toldAt: silent ? uow.now : null,
    fault: null,
    shippedAt: uow.now,
    createdAt: uow.now,
    version: 1,
  });
  if (silent) uow.record({ kind: 'shipment.told-by-label', subject: shipment.orderId, data: { shipment: id } });
  else {
    uow.enqueue({ topic: SHIP, key: shipment.orderId, payload: { shipmentId: id } });
    uow.record({ kind: 'shipment.to-tell', subject: shipment.orderId, data: { shipment: id } });
  }
  return id;
}

/** The parcel got another label after its shop was, or is about to be, told of the first one. */
async function relabelled(uow: UnitOfWork, before: Shipment, label: Label): Promise<void> {
  if (before.tracking === label.trackingNumber) return;
  const { carrier, connector, service, trackingNumber: tracking, trackingUrl } = label;
  await correct(uow, before, { carrier, connector, service, tracking, trackingUrl });
}

async function correct(
  uow: UnitOfWork,
  before: Shipment,
  now: Pick<Shipment, 'carrier' | 'connector' | 'service' | 'tracking' | 'trackingUrl'>,
): Promise<void> {
  if (before.state === 'silent') throw new AppError('rule', 'shop.platform-label', { tracking: before.tracking });
  await saveShipment(uow.tx, before, now);
  // What was not told yet is told with the new number; a try without known end is settled first, by the same key.
  if (before.state !== 'waiting')
    uow.enqueue({ topic: CORRECT_TRACKING, key: before.orderId, payload: { shipmentId: before.id } });
  uow.record({ kind: 'shipment.corrected', subject: before.orderId, data: { shipment: before.id } });
}

/** Command: another tracking number for a parcel that its shop was told of. Error: `shop.platform-label`. */
export async function correctTracking(
  deps: Deps,
  actor: Actor,
  input: { readonly shipmentId: string; readonly carrier: string; readonly tracking: string },
): Promise<void> {
  await runUnitOfWork(deps, actor, async (uow) => {
    const before = await getShipment(uow.tx, input.shipmentId);
    const { carrier, tracking } = input;
    const connector = carrier === before.carrier ? before.connector : '';
    await correct(uow, before, { carrier, connector, service: before.service, tracking, trackingUrl: null });
    return null;
  });
}
