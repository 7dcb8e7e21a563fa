import { AppError } from '../../shared/errors.ts';
import { parcelMachine } from '../../shared/model/machines.ts';
import { transition } from '../../shared/model/state-machine.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { addToLine, leafLines, moveOrder } from '../orders/orders-service.ts';
import type { Order, OrderLine } from '../orders/orders-store.ts';
import { countCarton, planCarton } from './carton-service.ts';
import type { ScannedDetails } from './packing-rules.ts';
import { followParcels } from './packing-service.ts';
import { getParcel, listParcels, type Parcel, saveParcel, touchOpenParcel } from './packing-store.ts';
import {
  deleteUnits,
  insertUnits,
  listNewestScan,
  listScan,
  listUnits,
  moveUnits,
  type ParcelUnit,
  serialIsUsed,
} from './parcel-units-store.ts';

export interface PackedPart {
  readonly lineId: string;
  readonly itemId: string;
  readonly sku: string;
  /** Units of the line that were packed before. */
  readonly packed: number;
  readonly quantity: number;
}

export interface PackedScan {
  readonly code: string;
  readonly details: ScannedDetails;
  readonly parts: readonly PackedPart[];
}

type OpenParcel = Pick<Parcel, 'id' | 'version'>;

/** Step: the units of one scan go into the open parcel, together. Refuses a serial number that went out before. */
export async function packUnits(
  uow: UnitOfWork,
  parcel: OpenParcel,
  scan: PackedScan,
): Promise<'packed' | 'serial-used'> {
  const { lot, expiry, serial } = scan.details;
  const [first] = scan.parts;
  if (serial && first && (await serialIsUsed(uow.tx, first.itemId, serial))) return 'serial-used';
  await touchOpenParcel(uow.tx, parcel);
  const scanId = uow.newId();
  await insertUnits(
    uow.tx,
    scan.parts.map((part) => ({
      id: uow.newId(),
      parcelId: parcel.id,
      orderLineId: part.lineId,
      itemId: part.itemId,
      quantity: part.quantity,
      code: scan.code,
      lot: lot ?? null,
      expiry: expiry ?? null,
      serial: serial ?? null,
      scanId,
      at: uow.now,
    })),
  );
  for (const part of scan.parts) {
    await addPacked(uow, part.lineId, { from: part.packed, by: part.quantity });
    uow.record({ kind: 'unit.packed', subject: parcel.id, data: { sku: part.sku, quantity: part.quantity } });
  }
  return 'packed';
}

async function addPacked(uow: UnitOfWork, lineId: string, move: { from: number; by: number }): Promise<void> {
  const line: Pick<OrderLine, 'id' | 'packed'> = { id: lineId, packed: move.from };
  await addToLine(uow, line, { quantity: 'packed', by: move.by });
}

/** What one scan had put in, as an UNDO or a move tells it. */
export interface ScannedGroup {
  readonly skus: readonly string[];
  readonly quantity: number;
}

/** Step: takes what the newest scan put in out of the open parcel again; undefined when the parcel is empty. */
export async function undoLastScan(uow: UnitOfWork, parcelId: string): Promise<ScannedGroup | undefined> {
  const parcel = await getParcel(uow.tx, parcelId);
  if (parcel.state !== 'open') throw new AppError('conflict', 'parcel.changed-elsewhere', { id: parcelId });
  const units = await listNewestScan(uow.tx, parcelId);
  if (units.length === 0) return undefined;
  await touchOpenParcel(uow.tx, parcel);
  await deleteUnits(
    uow.tx,
    units.map((unit) => unit.id),
  );
  return takeOut(uow, parcel, units);
}

async function takeOut(
  uow: UnitOfWork,
  parcel: Pick<Parcel, 'id' | 'orderId'>,
  units: readonly ParcelUnit[],
): Promise<ScannedGroup> {
  const skus: string[] = [];
  for (const line of await leafLines(uow, parcel.orderId)) {
    const quantity = unitsOfLine(units, line.id);
    if (quantity === 0) continue;
    await addToLine(uow, line, { quantity: 'packed', by: -quantity });
    uow.record({ kind: 'unit.unpacked', subject: parcel.id, data: { sku: line.sku, quantity } });
    skus.push(line.sku);
  }
  return { skus: [...new Set(skus)], quantity: units.reduce((sum, unit) => sum + unit.quantity, 0) };
}

function unitsOfLine(units: readonly ParcelUnit[], lineId: string): number {
  return units.reduce((sum, unit) => sum + (unit.orderLineId === lineId ? unit.quantity : 0), 0);
}

/** Step: the newest scan in a parcel that brought one of these items, or was of one of these codes. */
export async function findPackedScan(
  uow: UnitOfWork,
  parcelId: string,
  wanted: { readonly itemIds: readonly string[]; readonly codes: readonly string[] },
): Promise<{ scanId: string; quantity: number } | undefined> {
  const units = await listNewestScan(uow.tx, parcelId, wanted);
  const [first] = units;
  return first && { scanId: first.scanId, quantity: units.reduce((sum, unit) => sum + unit.quantity, 0) };
}

/** Step: what one scan put into a parcel goes into another open parcel of the order; undefined when it is gone. */
export async function moveScan(
  uow: UnitOfWork,
  scan: { readonly from: OpenParcel; readonly to: OpenParcel; readonly scanId: string },
): Promise<ScannedGroup | undefined> {
  const units = await listScan(uow.tx, scan.from.id, scan.scanId);
  if (units.length === 0) return undefined;
  await touchOpenParcel(uow.tx, scan.from);
  await touchOpenParcel(uow.tx, scan.to);
  await moveUnits(
    uow.tx,
    units.map((unit) => unit.id),
    scan.to.id,
  );
  const { orderId } = await getParcel(uow.tx, scan.from.id);
  const lines = (await leafLines(uow, orderId)).filter((line) => unitsOfLine(units, line.id) > 0);
  for (const line of lines)
    uow.record({
      kind: 'unit.moved',
      subject: scan.from.id,
      data: { sku: line.sku, quantity: unitsOfLine(units, line.id), to: scan.to.id },
    });
  // Other goods, another carton.
  for (const { id } of [scan.from, scan.to]) await planCarton(uow, { id, orderId });
  return {
    skus: [...new Set(lines.map((line) => line.sku))],
    quantity: units.reduce((sum, unit) => sum + unit.quantity, 0),
  };
}

/** Step: takes everything out of a parcel that has not left, back into the tote, and voids it. */
export async function emptyParcel(uow: UnitOfWork, parcelId: string): Promise<number> {
  const parcel = await getParcel(uow.tx, parcelId);
  // The parcel first: whoever packs into it at this moment stops here, and what lies in it is seen whole.
  const unlabelled = parcel.state === 'labelled' ? transition(parcelMachine, 'labelled', 'closed') : parcel.state;
  await saveParcel(uow.tx, parcel, { state: transition(parcelMachine, unlabelled, 'voided') });
  const units = await listUnits(uow.tx, parcel.id);
  await deleteUnits(
    uow.tx,
    units.map((unit) => unit.id),
  );
  await takeOut(uow, parcel, units);
  if (parcel.cartonId !== null && parcel.state !== 'open') await countCarton(uow, parcel.cartonId, 1);
  const quantity = units.reduce((sum, unit) => sum + unit.quantity, 0);
  uow.record({ kind: 'parcel.voided', subject: parcel.id, from: parcel.state, to: 'voided', data: { quantity } });
  return quantity;
}

/**
 * Step: empties and voids every open parcel of the order and gives the order free for any bench.
 *
 * Closed and labelled ones stay as they are; without one the order is picked again.
 */
export async function leaveParcels(uow: UnitOfWork, order: Order): Promise<void> {
  const parcels = await listParcels(uow.tx, order.id);
  for (const parcel of parcels) if (parcel.state === 'open') await emptyParcel(uow, parcel.id);
  const free = { claimedBy: null, claimUntil: null };
  const stays = parcels.some((parcel) => parcel.state !== 'open' && parcel.state !== 'voided');
  if (stays) await followParcels(uow, order, free);
  else await moveOrder(uow, order, 'picked', free);
}
