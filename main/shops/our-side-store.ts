import type { OrderState } from '../../shared/model/machines.ts';
import type { Handle } from '../db/rows.ts';

/** A parcel as its shop was told of it. */
export interface OurParcel {
  readonly tracking: string;
  readonly state: 'waiting' | 'asked' | 'told' | 'refused' | 'silent';
  readonly shippedAt: string;
  readonly units: number;
  readonly lines: readonly { readonly lineId: string; readonly quantity: number }[];
}

/** An order of a shop as we have it. */
export interface OurOrder {
  readonly orderId: string;
  readonly state: OrderState;
  /** Another shop gave it: what it was told is that one's. */
  readonly linked: boolean;
  /** Numbers of further orders of ours that are the same one. */
  readonly doubles: readonly string[];
  readonly parcels: readonly OurParcel[];
  /** Its shop has yet to hear that it was cancelled here. */
  readonly cancelWaits: boolean;
}

interface StoredLine {
  readonly externalLineIds: readonly string[];
  readonly quantity: number;
}

/** Of these orders of one shop those that we have, by their external id. */
export async function listOurSide(
  handle: Handle,
  shopId: string,
  externalIds: readonly string[],
): Promise<Map<string, OurOrder>> {
  const own: { orderId: string; externalId: string; state: OrderState }[] = await handle('order_source')
    .join('sales_order', 'sales_order.id', 'order_source.order_id')
    .where({ 'order_source.shop_id': shopId })
    .whereIn('order_source.external_id', [...externalIds])
    .select('order_source.order_id as orderId', 'order_source.external_id as externalId', 'sales_order.state as state');
  const linked: typeof own = await handle('order_link')
    .join('sales_order', 'sales_order.id', 'order_link.order_id')
    .where({ 'order_link.shop_id': shopId })
    .whereIn('order_link.external_id', [...externalIds])
    .select('order_link.order_id as orderId', 'order_link.external_id as externalId', 'sales_order.state as state');
  const parcels = await parcelsOf(
    handle,
    own.map(({ orderId }) => orderId),
  );
  const copies: { of: string; number: string }[] = await handle('order_source')
    .join('sales_order', 'sales_order.id', 'order_source.order_id')
    .whereIn('order_source.marketplace_order_id', [...externalIds])
    .select('order_source.marketplace_order_id as of', 'sales_order.number as number');
  const waits = await cancelsWaiting(
    handle,
    own.map(({ orderId }) => orderId),
  );
  const ours = new Map<string, OurOrder>();
  for (const { orderId, externalId, state } of linked)
    ours.set(externalId, { orderId, state, linked: true, doubles: [], parcels: [], cancelWaits: false });
  for (const { orderId, externalId, state } of own) {
    const doubles = [
      // Packed under this id, and linked to another one besides.
      ...(ours.has(externalId) ? [externalId] : []),
      ...copies.filter(({ of }) => of === externalId).map(({ number }) => number),
    ];
    const cancelWaits = waits.has(orderId);
    ours.set(externalId, { orderId, state, linked: false, doubles, parcels: parcels.get(orderId) ?? [], cancelWaits });
  }
  return ours;
}

async function parcelsOf(handle: Handle, orderIds: readonly string[]): Promise<Map<string, OurParcel[]>> {
  const rows: { orderId: string; tracking: string; state: OurParcel['state']; shippedAt: string; lines: string }[] =
    await handle('shop_shipment')
      .whereIn('order_id', [...orderIds])
      .orderBy('sequence')
      .select('order_id as orderId', 'tracking', 'state', 'shipped_at as shippedAt', 'lines');
  const found = new Map<string, OurParcel[]>();
  for (const { orderId, tracking, state, shippedAt, lines } of rows) {
    const units: StoredLine[] = JSON.parse(lines);
    const parcel = {
      ...{ tracking, state, shippedAt },
      units: units.reduce((sum, { quantity }) => sum + quantity, 0),
      lines: units.map(({ externalLineIds, quantity }) => ({ lineId: externalLineIds[0] ?? '', quantity })),
    };
    found.set(orderId, [...(found.get(orderId) ?? []), parcel]);
  }
  return found;
}

async function cancelsWaiting(handle: Handle, orderIds: readonly string[]): Promise<Set<string>> {
  const rows: { key: string }[] = await handle('outbox')
    .where({ topic: 'channel.cancel' })
    .whereIn('state', ['pending', 'sending', 'unknown', 'parked'])
    .whereIn('key', [...orderIds])
    .select('key');
  return new Set(rows.map(({ key }) => key));
}
