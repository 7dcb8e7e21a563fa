import { AppError } from '../../shared/errors.ts';
import type { Actor } from '../../shared/model/actor.ts';
import { type Deps, runUnitOfWork, type UnitOfWork } from '../db/unit-of-work.ts';
import { pricedLines } from '../orders/order-facts-service.ts';
import { sendElsewhere } from '../orders/sent-elsewhere-service.ts';
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
  const lines = await shippableLines(uow, of.orderId);
  const earlier = told.flatMap((shipment) => shipment.lines);
  const now = linesToTell(lines, earlier);
  // Part of a kit: told with the parcel that makes it whole.
  if (now.length === 0) return;
  await add(uow, {
    ...{ shopId: shop.id, ...of, sequence: told.length + 1 },
    ...{ carrier: label.carrier, connector: label.connector, service: label.service },
    ...{ tracking: label.trackingNumber, trackingUrl: label.trackingUrl },
    ...{ lines: now, last: isLast(lines, [...earlier, ...now]) },
    silent: BY_PLATFORM.has(label.connector),
  });
}

async function shippableLines(uow: UnitOfWork, orderId: string): Promise<ShippableLine[]> {
  const left = new Map<string, number>();
  for (const parcel of await parcelsOf(uow, orderId)) {
    if (parcel.state === 'voided' || parcel.labelConfirmedAt === null) continue;
    for (const { orderLineId, quantity } of await unitsOf(uow, parcel.id))
      left.set(orderLineId, (left.get(orderLineId) ?? 0) + quantity);
  }
  return (await pricedLines(uow, orderId)).map((line) => ({ ...line, left: left.get(line.id) ?? 0 }));
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
  if (!silent) uow.enqueue({ topic: SHIP, key: shipment.orderId, payload: { shipmentId: id } });
  uow.record({ kind: 'shipment.to-tell', subject: shipment.orderId, data: { shipment: id, silent } });
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

export interface SentElsewhere {
  readonly orderId: string;
  readonly carrier: string;
  readonly tracking: string;
  /** All that is left when missing. */
  readonly lines?: readonly { readonly sku: string; readonly quantity: number }[];
}

/**
 * Command: units of an order left from elsewhere with a label of somebody else; nothing of them is packed here any more, and
 * the shop hears of the parcel. Null where no shop is told. Errors: `order.in-hands`, `order.too-many-units`,
 * `order.unknown-sku`, `order.nothing-left`.
 */
export async function shipElsewhere(
  deps: Deps,
  actor: Actor,
  input: SentElsewhere,
): Promise<{ shipmentId: string | null }> {
  return runUnitOfWork(deps, actor, async (uow) => {
    const { orderId, carrier, tracking } = input;
    const sent = await sendElsewhere(uow, orderId, { lines: input.lines ?? null, carrier, tracking });
    const source = await findSource(uow.tx, orderId);
    const shop = source?.shopId ? await getShop(uow.tx, source.shopId) : undefined;
    if (!shop?.pushShipments) return { shipmentId: null };
    const told = await listShipments(uow.tx, orderId);
    const used = told.flatMap((shipment) => shipment.lines);
    const lines = sent.lines.map((line) => asTold(line, used));
    const shipmentId = await add(uow, {
      ...{ shopId: shop.id, orderId, parcelId: null, sequence: told.length + 1 },
      ...{ carrier, connector: '', service: '', tracking, trackingUrl: null },
      ...{ lines, last: sent.isAll, silent: false },
    });
    return { shipmentId };
  });
}

function asTold(
  line: {
    readonly id: string;
    readonly externalLineId: string | null;
    readonly sku: string;
    readonly ordered: number;
    readonly units: number;
  },
  used: readonly ShipmentLine[],
): ShipmentLine {
  const ids = (line.externalLineId ?? '').split(',').filter(Boolean);
  const before = used.filter(({ orderLineId }) => orderLineId === line.id).flatMap((one) => one.externalLineIds);
  const free = ids.length > 1 && ids.length >= line.ordered ? ids.filter((id) => !before.includes(id)) : ids;
  const externalLineIds = ids.length > 1 && ids.length >= line.ordered ? free.slice(0, line.units) : ids;
  return { orderLineId: line.id, externalLineIds, sku: line.sku, quantity: line.units };
}
