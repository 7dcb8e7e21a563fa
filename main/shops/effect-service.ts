import { AppError } from '../../shared/errors.ts';
import { type Actor, systemActor } from '../../shared/model/actor.ts';
import type { Channel, PushResult, RemoteLine } from '../channels/channel-connector.ts';
import { runUnitOfWork, type UnitOfWork } from '../db/unit-of-work.ts';
import { type CancelReason, cancelReasonOf } from './cancel-reason-store.ts';
import { sentUnits } from './shipment-service.ts';
import { openShop, type ShopsDeps } from './shop-service.ts';
import { getShop } from './shop-store.ts';
import { findSource, listBegun, markAcknowledged } from './source-store.ts';

/** Topics of the outbox beside shipments and stock. */
export const CANCEL = 'channel.cancel';
export const ACKNOWLEDGE = 'channel.acknowledge';
export const RETURN_RECEIVED = 'channel.return-received';
export const REQUEST_REFUND = 'channel.request-refund';

export interface Effect {
  readonly orderId: string;
  /** All that is left, or all that was sent, when null. */
  readonly lines: readonly RemoteLine[] | null;
  /** Idempotency key. */
  readonly reference: string;
}

/** Step: somebody here cancelled what is left of an order; its shop is to hear of it. Nothing for orders without a shop. */
export async function tellCancelled(uow: UnitOfWork, orderId: string): Promise<void> {
  const source = await findSource(uow.tx, orderId);
  if (!source?.shopId || source.remoteState === 'cancelled') return;
  const { pushShipments } = await getShop(uow.tx, source.shopId);
  if (pushShipments)
    uow.enqueue({ topic: CANCEL, key: orderId, payload: { orderId, lines: null, reference: uow.newId() } });
}

/**
 * Command: goods of an order are back, and the buyer is to get money back where `refund` says so; the shop hears of as much
 * of it as its platform takes, which is what is answered. Errors, all `rule`: `order.unknown-sku`, `shop.more-than-sent`,
 * `shop.nothing-sent`, `shop.order-not-of-shop`, `shop.takes-no-return`.
 */
export async function tellReturn(
  deps: ShopsDeps,
  actor: Actor,
  back: {
    readonly orderId: string;
    readonly lines?: readonly { readonly sku: string; readonly quantity: number }[];
    readonly refund: boolean;
  },
): Promise<{ readonly returned: boolean; readonly refund: boolean }> {
  return runUnitOfWork(deps, actor, async (uow) => {
    const { orderId } = back;
    const source = await findSource(uow.tx, orderId);
    if (!source?.shopId) throw new AppError('rule', 'shop.order-not-of-shop', { order: orderId });
    const { connector } = await getShop(uow.tx, source.shopId);
    const abilities = deps.channels.connectors.find(({ name }) => name === connector)?.abilities ?? [];
    const told = {
      returned: abilities.includes('return-received'),
      refund: back.refund && abilities.includes('request-refund'),
    };
    if (!told.returned && !told.refund) throw new AppError('rule', 'shop.takes-no-return', { refund: back.refund });
    const lines = await linesBack(uow, orderId, back.lines);
    const payload = { orderId, lines, reference: uow.newId() };
    const units = inWords(lines);
    uow.record({ kind: 'return.to-tell', subject: orderId, data: { units } });
    if (told.returned) uow.enqueue({ topic: RETURN_RECEIVED, key: orderId, payload });
    if (told.refund) {
      uow.enqueue({ topic: REQUEST_REFUND, key: orderId, payload });
      uow.record({ kind: 'refund.to-tell', subject: orderId, data: { units } });
    }
    uow.emit('orders.changed', { orderId });
    return told;
  });
}

function inWords(lines: readonly RemoteLine[]): string {
  const units = new Map<string, number>();
  for (const { sku, quantity } of lines) units.set(sku, (units.get(sku) ?? 0) + quantity);
  return [...units].map(([sku, quantity]) => `${quantity} × ${sku}`).join(', ');
}

/**
 * Units that have left, of every line that the buyer knows; where the platform counts one line a unit all ids of the line,
 * for which of them came back is the platform's to know. Of an SKU in several lines the first ones are taken.
 */
async function linesBack(
  uow: UnitOfWork,
  orderId: string,
  asked: readonly { readonly sku: string; readonly quantity: number }[] | undefined,
): Promise<RemoteLine[]> {
  const sent = await sentUnits(uow, orderId);
  if (sent.length === 0) throw new AppError('rule', 'shop.nothing-sent', { order: orderId });
  const all = sent.map(({ externalLineIds, sku, quantity }): RemoteLine => ({ externalLineIds, sku, quantity }));
  if (!asked) return all;
  const left = new Map<string, number>();
  for (const { sku, quantity } of asked) left.set(sku, (left.get(sku) ?? 0) + quantity);
  const back = all.flatMap((line) => {
    const quantity = Math.min(line.quantity, left.get(line.sku) ?? 0);
    left.set(line.sku, (left.get(line.sku) ?? 0) - quantity);
    return quantity > 0 ? [{ ...line, quantity }] : [];
  });
  for (const { sku } of asked) {
    if (!all.some((line) => line.sku === sku)) throw new AppError('rule', 'order.unknown-sku', { sku });
    if ((left.get(sku) ?? 0) > 0) throw new AppError('rule', 'shop.more-than-sent', { sku });
  }
  return back;
}

const AT_ONCE = 100;

/** Command: shops that want to hear when work on an order begins are told of it, once an order. */
export async function tellBegun(deps: ShopsDeps): Promise<number> {
  const connectors = deps.channels.connectors.filter(({ abilities }) => abilities.includes('acknowledge'));
  if (connectors.length === 0) return 0;
  const names = connectors.map(({ name }) => name);
  if ((await listBegun(deps.database.read, names, 1)).length === 0) return 0;
  return runUnitOfWork(deps, systemActor, async (uow) => {
    const begun = await listBegun(uow.tx, names, AT_ONCE);
    for (const orderId of begun) {
      await markAcknowledged(uow.tx, orderId, uow.now);
      uow.enqueue({ topic: ACKNOWLEDGE, key: orderId, payload: { orderId, lines: null, reference: uow.newId() } });
    }
    uow.unchanged();
    if (begun.length > 0) uow.record({ kind: 'shop.work-begun', subject: 'shops', data: { orders: begun.length } });
    return begun.length;
  });
}

/** Tells a shop of one effect. Errors as `deliverShipment`; `shop.cannot-be-told` where the platform has no such thing. */
export async function deliverEffect(deps: ShopsDeps, topic: string, effect: Effect): Promise<void> {
  const source = await findSource(deps.database.read, effect.orderId);
  if (!source?.shopId) return;
  const { channel } = await openShop(deps, source.shopId);
  const reason = topic === CANCEL ? await cancelReasonOf(deps.database.read, effect.orderId) : 'other';
  const result = await ask(channel, topic, { ...effect, externalId: source.externalId, reason });
  if (result === 'not-told') return;
  if (result === undefined) throw new AppError('rule', 'shop.cannot-be-told', { code: topic, text: '' });
  if (result.outcome === 'refused' && !(await isDone(channel, topic, source.externalId)))
    throw new AppError('rule', 'shop.effect-refused', { code: result.code, text: result.text });
}

async function ask(
  channel: Channel,
  topic: string,
  { externalId, lines, reference, reason }: Effect & { readonly externalId: string; readonly reason: CancelReason },
): Promise<PushResult | 'not-told' | undefined> {
  switch (topic) {
    case CANCEL: {
      if (!channel.cancel) return undefined;
      const [order] = (await channel.orders([externalId])).orders;
      // A try before may have come through, or the buyer was quicker.
      if (order?.shipState === 'cancelled') return 'not-told';
      const why = order?.cancelRequested === true ? 'buyer-asked' : reason;
      return channel.cancel({ externalId, lines, reason: why, reference });
    }
    case ACKNOWLEDGE:
      return channel.acknowledge ? channel.acknowledge(externalId) : 'not-told';
    case RETURN_RECEIVED:
      return channel.returnReceived?.({ externalId, lines: lines ?? [], reference });
    default:
      return channel.requestRefund?.({ externalId, lines: lines ?? [], reference });
  }
}

/** Cancelled there already; or nobody there waits any more for the seller to begin. */
async function isDone(channel: Channel, topic: string, externalId: string): Promise<boolean> {
  if (topic !== CANCEL && topic !== ACKNOWLEDGE) return false;
  const [order] = (await channel.orders([externalId])).orders;
  if (topic === CANCEL) return order?.shipState === 'cancelled';
  return order?.hold !== null || !['to-ship', 'partly-shipped'].includes(order.shipState);
}
