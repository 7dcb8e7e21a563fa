import { AppError } from '../../shared/errors.ts';
import { systemActor } from '../../shared/model/actor.ts';
import type { PushResult, RemoteCarrier, RemoteShipment } from '../channels/channel-connector.ts';
import { runUnitOfWork } from '../db/unit-of-work.ts';
import { getShipment, type Shipment, saveShipment } from './shipment-store.ts';
import { type OpenedShop, openShop, type ShopsDeps } from './shop-service.ts';
import { findSource } from './source-store.ts';

/**
 * Tells a shop of a parcel, once. What the platform was asked is noted before it is asked; after a try without known end
 * (crash, time-out, an answer that broke off) it is asked first whether it has the parcel.
 *
 * Throws `rule` `shop.shipment-refused` with the platform's own `code` and `text` where it will never take it, and whatever
 * may pass as it came.
 */
export async function deliverShipment(deps: ShopsDeps, shipmentId: string): Promise<void> {
  const shipment = await getShipment(deps.database.write, shipmentId);
  if (shipment.state === 'told' || shipment.state === 'silent') return;
  const opened = await openShop(deps, shipment.shopId);
  const remote = await remoteOf(deps, opened, shipment);
  const { channel } = opened;
  if (!channel.ship) throw await refuse(deps, shipment, { code: 'shop.cannot-be-told', text: '' });
  const known = shipment.state === 'waiting' ? null : ((await channel.findShipment?.(remote)) ?? null);
  if (known) return settle(deps, shipment, known.remoteId);
  const asked = shipment.state === 'asked' ? shipment : await note(deps, shipment, { state: 'asked', fault: null });
  const result = await channel.ship(remote);
  if (result.outcome === 'done') return result.later ? settleLater(deps, asked) : settle(deps, asked, result.remoteId);
  // Lists lag: what a try before did may show only now, and a platform refuses what it has already.
  const late = (await channel.findShipment?.(remote)) ?? null;
  if (late) return settle(deps, asked, late.remoteId);
  throw await refuse(deps, asked, result);
}

/** Tells a shop of another tracking number for a parcel that it was told of. Errors as `deliverShipment`. */
export async function deliverCorrection(deps: ShopsDeps, shipmentId: string): Promise<void> {
  const shipment = await getShipment(deps.database.write, shipmentId);
  // Its parcel was never taken, or has been told with this number meanwhile.
  if (shipment.state !== 'told' || shipment.toldTracking === shipment.tracking) return;
  // The platform hears of it with a later parcel, by that one's number.
  if (shipment.toldTracking === null) return;
  const opened = await openShop(deps, shipment.shopId);
  const { channel } = opened;
  const remote = await remoteOf(deps, opened, shipment);
  if (!channel.correctTracking) throw await refuse(deps, shipment, { code: 'shop.cannot-correct', text: '' }, 'told');
  const before = { remoteId: shipment.remoteId, tracking: shipment.toldTracking ?? '' };
  const result = await channel.correctTracking(remote, before);
  if (result.outcome === 'refused') throw await refuse(deps, shipment, result, 'told');
  await settle(deps, shipment, result.remoteId ?? shipment.remoteId);
}

async function remoteOf(deps: ShopsDeps, opened: OpenedShop, shipment: Shipment): Promise<RemoteShipment> {
  const source = await findSource(deps.database.read, shipment.orderId);
  if (!source) throw new AppError('rule', 'shop.order-not-of-shop', { order: shipment.orderId });
  return {
    reference: shipment.id,
    sequence: shipment.sequence,
    externalId: source.externalId,
    lines: shipment.lines.map(({ externalLineIds, sku, quantity }) => ({ externalLineIds, sku, quantity })),
    last: shipment.last,
    carrier: await carrierOf(deps, opened, shipment),
    service: shipment.service,
    tracking: shipment.tracking,
    trackingUrl: shipment.trackingUrl,
    shippedAt: shipment.shippedAt,
  };
}

/** By the shop's own table, the connector's, the platform's list, then whatever the platform takes for others. */
async function carrierOf(
  deps: ShopsDeps,
  { shop, connector, channel }: OpenedShop,
  shipment: Shipment,
): Promise<RemoteCarrier> {
  const names = [shipment.carrier.toLowerCase(), shipment.connector.toLowerCase()].filter(Boolean);
  for (const table of [shop.carriers, connector.carriers])
    for (const name of names) if (table[name]) return table[name];
  const first = shipment.carrier.toLowerCase().split(/[\s(]/)[0] ?? '';
  const listed = channel.carriers ? await channel.carriers() : Object.values(connector.carriers);
  const found =
    listed.find(({ name }) => names.includes(name.toLowerCase())) ??
    listed.find(({ name }) => name.toLowerCase() === first);
  if (found) return found;
  if (connector.otherCarrier) return { ...connector.otherCarrier, name: shipment.carrier };
  throw await refuse(deps, shipment, { code: 'shop.no-carrier-name', text: shipment.carrier });
}

async function settle(deps: ShopsDeps, shipment: Shipment, remoteId: string | null): Promise<void> {
  await runUnitOfWork(deps, systemActor, async (uow) => {
    await saveShipment(uow.tx, shipment, {
      ...{ state: 'told', remoteId, toldTracking: shipment.tracking, toldAt: uow.now, fault: null },
    });
    uow.record({ kind: 'shipment.told', subject: shipment.orderId, data: { shipment: shipment.id } });
    uow.emit('shops.changed', { shopId: shipment.shopId });
    uow.emit('orders.changed', { orderId: shipment.orderId });
    return null;
  });
}

/** Nothing is left to do for it, and the platform knows nothing of it: no instant and no number that it was told. */
async function settleLater(deps: ShopsDeps, shipment: Shipment): Promise<void> {
  await runUnitOfWork(deps, systemActor, async (uow) => {
    await saveShipment(uow.tx, shipment, {
      ...{ state: 'told', remoteId: null, toldTracking: null, toldAt: null, fault: null },
    });
    uow.record({ kind: 'shipment.told-later', subject: shipment.orderId, data: { shipment: shipment.id } });
    return null;
  });
}

async function note(deps: ShopsDeps, shipment: Shipment, change: Partial<Shipment>): Promise<Shipment> {
  return runUnitOfWork(deps, systemActor, async (uow) => {
    uow.unchanged();
    return saveShipment(uow.tx, shipment, change);
  });
}

/** The platform will never take it as it is: kept with its words, for whoever looks at what was given up. */
async function refuse(
  deps: ShopsDeps,
  shipment: Shipment,
  said: Pick<Extract<PushResult, { outcome: 'refused' }>, 'code' | 'text'>,
  state: Shipment['state'] = 'refused',
): Promise<AppError> {
  const { code, text } = said;
  const own = code.startsWith('shop.');
  await runUnitOfWork(deps, systemActor, async (uow) => {
    await saveShipment(uow.tx, shipment, { state, fault: `${code} ${text}`.trim().slice(0, 500) });
    uow.record({ kind: 'shipment.refused', subject: shipment.orderId, data: { shipment: shipment.id, code } });
    uow.emit('shops.changed', { shopId: shipment.shopId });
    return null;
  });
  return new AppError('rule', own ? code : 'shop.shipment-refused', { code, text });
}
