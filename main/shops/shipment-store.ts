import { AppError } from '../../shared/errors.ts';
import type { Handle } from '../db/rows.ts';
import type { Tx } from '../db/unit-of-work.ts';

/**
 * `waiting`: to be told. `asked`: a try has no known end. `told`. `refused`: the platform will not take it. `silent`: the
 * platform knows already, because it made the label.
 */
export type ShipmentState = 'waiting' | 'asked' | 'told' | 'refused' | 'silent';

export interface ShipmentLine {
  readonly orderLineId: string;
  readonly externalLineIds: readonly string[];
  readonly sku: string;
  readonly quantity: number;
}

/** A parcel that has left, as its shop is told of it. */
export interface Shipment {
  readonly id: string;
  readonly shopId: string;
  readonly orderId: string;
  /** Null: labelled elsewhere. */
  readonly parcelId: string | null;
  /** From 1, by order. */
  readonly sequence: number;
  readonly carrier: string;
  /** Of the label; empty where there is none of ours. */
  readonly connector: string;
  readonly service: string;
  readonly tracking: string;
  readonly trackingUrl: string | null;
  readonly lines: readonly ShipmentLine[];
  readonly last: boolean;
  readonly state: ShipmentState;
  readonly remoteId: string | null;
  /** The number that the platform has. */
  readonly toldTracking: string | null;
  readonly toldAt: string | null;
  readonly fault: string | null;
  readonly shippedAt: string;
  readonly createdAt: string;
  readonly version: number;
}

interface Row {
  readonly id: string;
  readonly shop_id: string;
  readonly order_id: string;
  readonly parcel_id: string | null;
  readonly sequence: number;
  readonly carrier: string;
  readonly connector: string;
  readonly service: string;
  readonly tracking: string;
  readonly tracking_url: string | null;
  readonly lines: string;
  readonly last: number;
  readonly state: ShipmentState;
  readonly remote_id: string | null;
  readonly told_tracking: string | null;
  readonly told_at: string | null;
  readonly fault: string | null;
  readonly shipped_at: string;
  readonly created_at: string;
  readonly version: number;
}

const fromRow = (row: Row): Shipment => ({
  id: row.id,
  shopId: row.shop_id,
  orderId: row.order_id,
  parcelId: row.parcel_id,
  sequence: row.sequence,
  carrier: row.carrier,
  connector: row.connector,
  service: row.service,
  tracking: row.tracking,
  trackingUrl: row.tracking_url,
  lines: JSON.parse(row.lines),
  last: row.last === 1,
  state: row.state,
  remoteId: row.remote_id,
  toldTracking: row.told_tracking,
  toldAt: row.told_at,
  fault: row.fault,
  shippedAt: row.shipped_at,
  createdAt: row.created_at,
  version: row.version,
});

const toRow = (shipment: Shipment): Row => ({
  id: shipment.id,
  shop_id: shipment.shopId,
  order_id: shipment.orderId,
  parcel_id: shipment.parcelId,
  sequence: shipment.sequence,
  carrier: shipment.carrier,
  connector: shipment.connector,
  service: shipment.service,
  tracking: shipment.tracking,
  tracking_url: shipment.trackingUrl,
  lines: JSON.stringify(shipment.lines),
  last: shipment.last ? 1 : 0,
  state: shipment.state,
  remote_id: shipment.remoteId,
  told_tracking: shipment.toldTracking,
  told_at: shipment.toldAt,
  fault: shipment.fault,
  shipped_at: shipment.shippedAt,
  created_at: shipment.createdAt,
  version: shipment.version,
});

/** Of one order, in their order. */
export async function listShipments(handle: Handle, orderId: string): Promise<Shipment[]> {
  const rows: Row[] = await handle('shop_shipment').where({ order_id: orderId }).orderBy('sequence').select('*');
  return rows.map(fromRow);
}

/** Throws `not-found` `shop.unknown-shipment`. */
export async function getShipment(handle: Handle, id: string): Promise<Shipment> {
  const row = await handle('shop_shipment').where({ id }).first<Row | undefined>();
  if (!row) throw new AppError('not-found', 'shop.unknown-shipment', { id });
  return fromRow(row);
}

export async function insertShipment(tx: Tx, shipment: Shipment): Promise<void> {
  await tx('shop_shipment').insert(toRow(shipment));
}

/** Saves over the version that was read; throws `conflict` `shop.shipment-changed`. */
export async function saveShipment(tx: Tx, before: Shipment, change: Partial<Shipment>): Promise<Shipment> {
  const next = { ...before, ...change, version: before.version + 1 };
  const { id, ...columns } = toRow(next);
  const changed = await tx('shop_shipment').where({ id, version: before.version }).update(columns);
  if (changed !== 1) throw new AppError('conflict', 'shop.shipment-changed', { id });
  return next;
}
