import { buildSscc } from '../../shared/barcode/sscc.ts';
import { AppError } from '../../shared/errors.ts';
import { parcelMachine } from '../../shared/model/machines.ts';
import { transition } from '../../shared/model/state-machine.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { addToLine, changeOrder, leafLines, leaseEnd, moveOrder } from '../orders/orders-service.ts';
import type { Order, OrderLine } from '../orders/orders-store.ts';
import { sharedSettings } from '../stations/settings-service.ts';
import type { ScannedDetails } from './packing-rules.ts';
import {
  deleteUnit,
  getParcel,
  insertParcel,
  insertReading,
  insertUnit,
  listParcels,
  listUnits,
  type Parcel,
  saveParcel,
  serialIsUsed,
  takeNumber,
  touchOpenParcel,
} from './packing-store.ts';

/** GS1's own demonstration prefix: labels made with it say SPECIMEN. */
export const DEMONSTRATION_PREFIX = '9521234';

/** Step: the next SSCC of the shipper's prefix, 18 digits; never given out twice. */
export async function nextSscc(uow: UnitOfWork): Promise<string> {
  const { gs1Prefix } = await sharedSettings(uow);
  const companyPrefix = gs1Prefix || DEMONSTRATION_PREFIX;
  const serialDigits = 16 - companyPrefix.length;
  const number = await takeNumber(uow.tx, { name: `sscc:${companyPrefix}`, last: 10 ** (serialDigits + 1) - 1 });
  const text = String(number).padStart(serialDigits + 1, '0');
  return buildSscc({ extension: Number(text[0]), companyPrefix, serial: Number(text.slice(1)) });
}

/** Step: opens the parcel of a picked order at this bench, or goes on with the one that stands open. */
export async function openParcel(
  uow: UnitOfWork,
  order: Order,
  stationId: string,
): Promise<{ order: Order; parcel: Parcel; resumed: boolean }> {
  const claim = { claimedBy: stationId, claimUntil: leaseEnd(uow.now) };
  const unfinished = await findUnfinished(uow, order.id);
  if (unfinished) {
    const claimed = await changeOrder(uow, order, claim);
    await saveParcel(uow.tx, unfinished, { stationId });
    uow.record({ kind: 'parcel.resumed', subject: unfinished.id, data: { station: stationId } });
    return {
      order: claimed,
      parcel: { ...unfinished, version: unfinished.version + 1, stationId },
      resumed: true,
    };
  }
  // The order first: of two benches that open it at once, one stops here and makes no parcel.
  const moved =
    order.state === 'picked' ? await moveOrder(uow, order, 'packing', claim) : await changeOrder(uow, order, claim);
  const id = uow.newId();
  const all = await listParcels(uow.tx, order.id);
  await insertParcel(uow.tx, {
    id,
    orderId: order.id,
    sequence: Math.max(0, ...all.map((parcel) => parcel.sequence)) + 1,
    sscc: await nextSscc(uow),
    stationId,
    openedAt: uow.now,
  });
  uow.record({ kind: 'parcel.opened', subject: id, data: { order: order.id } });
  return { order: moved, parcel: await getParcel(uow.tx, id), resumed: false };
}

/** Step: whether the order has a parcel whose label nobody scanned yet. */
export async function hasUnfinishedParcel(uow: UnitOfWork, orderId: string): Promise<boolean> {
  return (await findUnfinished(uow, orderId)) !== undefined;
}

async function findUnfinished(uow: UnitOfWork, orderId: string): Promise<Parcel | undefined> {
  const standing = (await listParcels(uow.tx, orderId)).filter((parcel) => parcel.state !== 'voided');
  return standing.find((parcel) => parcel.labelConfirmedAt === null);
}

export interface PackedUnit {
  readonly lineId: string;
  readonly itemId: string;
  readonly sku: string;
  readonly packed: number;
  readonly quantity: number;
  readonly code: string;
  readonly details: ScannedDetails;
}

/** Step: units that were verified by scan go into the open parcel. Refuses a serial number that went out before. */
export async function packUnit(
  uow: UnitOfWork,
  parcel: Pick<Parcel, 'id' | 'version'>,
  unit: PackedUnit,
): Promise<'packed' | 'serial-used'> {
  const { lot, expiry, serial } = unit.details;
  if (serial && (await serialIsUsed(uow.tx, unit.itemId, serial))) return 'serial-used';
  await touchOpenParcel(uow.tx, parcel);
  await insertUnit(uow.tx, {
    id: uow.newId(),
    parcelId: parcel.id,
    orderLineId: unit.lineId,
    itemId: unit.itemId,
    quantity: unit.quantity,
    code: unit.code,
    lot: lot ?? null,
    expiry: expiry ?? null,
    serial: serial ?? null,
    at: uow.now,
  });
  await addPacked(uow, unit.lineId, { from: unit.packed, by: unit.quantity });
  uow.record({ kind: 'unit.packed', subject: parcel.id, data: { sku: unit.sku, quantity: unit.quantity } });
  return 'packed';
}

async function addPacked(uow: UnitOfWork, lineId: string, move: { from: number; by: number }): Promise<void> {
  const line: Pick<OrderLine, 'id' | 'packed'> = { id: lineId, packed: move.from };
  await addToLine(uow, line, { quantity: 'packed', by: move.by });
}

/** Step: takes the last scanned units out of the open parcel again; undefined when it is empty. */
export async function undoLastUnit(
  uow: UnitOfWork,
  parcelId: string,
): Promise<{ sku: string; quantity: number } | undefined> {
  const parcel = await getParcel(uow.tx, parcelId);
  if (parcel.state !== 'open') throw new AppError('conflict', 'parcel.changed-elsewhere', { id: parcelId });
  const last = (await listUnits(uow.tx, parcelId)).at(-1);
  if (!last) return undefined;
  const line = (await leafLines(uow, parcel.orderId)).find((candidate) => candidate.id === last.orderLineId);
  if (!line) throw new AppError('conflict', 'order.changed-elsewhere', { line: last.orderLineId });
  await touchOpenParcel(uow.tx, parcel);
  await deleteUnit(uow.tx, last.id);
  await takeOut(uow, parcelId, { line, quantity: last.quantity });
  return { sku: line.sku, quantity: last.quantity };
}

async function takeOut(uow: UnitOfWork, parcelId: string, out: { line: OrderLine; quantity: number }): Promise<void> {
  const { line, quantity } = out;
  await addToLine(uow, line, { quantity: 'packed', by: -quantity });
  uow.record({ kind: 'unit.unpacked', subject: parcelId, data: { sku: line.sku, quantity } });
}

/** Step: empties and voids the open parcel; the order is picked again and free for any bench. */
export async function leaveParcel(uow: UnitOfWork, order: Order, parcelId: string): Promise<void> {
  const parcel = await getParcel(uow.tx, parcelId);
  // The parcel first: whoever packs into it at this moment stops here, and what lies in it is seen whole.
  await saveParcel(uow.tx, parcel, { state: transition(parcelMachine, parcel.state, 'voided') });
  const units = await listUnits(uow.tx, parcelId);
  for (const unit of units) await deleteUnit(uow.tx, unit.id);
  for (const line of await leafLines(uow, parcel.orderId)) {
    const quantity = units.filter((unit) => unit.orderLineId === line.id).reduce((sum, unit) => sum + unit.quantity, 0);
    if (quantity > 0) await takeOut(uow, parcelId, { line, quantity });
  }
  uow.record({ kind: 'parcel.voided', subject: parcelId, from: parcel.state, to: 'voided' });
  await moveOrder(uow, order, 'picked', { claimedBy: null, claimUntil: null });
}

/** Step: stores the reading that a parcel will name. */
export async function keepReading(
  uow: UnitOfWork,
  reading: { stationId: string; device: string; mg: number },
): Promise<string> {
  const id = uow.newId();
  await insertReading(uow.tx, { id, at: uow.now, ...reading });
  uow.record({ kind: 'scale.reading-kept', subject: id, data: { mg: reading.mg } });
  return id;
}

/**
 * Step: every unit is in: closes the parcel as it was looked at, with the stored reading where there is one.
 *
 * A unit that was taken out since makes it another parcel: a conflict.
 */
export async function closeParcel(
  uow: UnitOfWork,
  parcel: Pick<Parcel, 'id' | 'state' | 'version'>,
  weight: { expectedMg: number; reading?: { id: string; mg: number } },
): Promise<void> {
  const state = transition(parcelMachine, parcel.state, 'closed');
  await saveParcel(uow.tx, parcel, {
    state,
    expectedMg: weight.expectedMg,
    closedAt: uow.now,
    weightMg: weight.reading?.mg ?? weight.expectedMg,
    scaleReadingId: weight.reading?.id ?? null,
  });
  uow.record({
    kind: 'parcel.closed',
    subject: parcel.id,
    from: parcel.state,
    to: state,
    data: { weightMg: weight.reading?.mg ?? weight.expectedMg, weighed: weight.reading !== undefined },
  });
}

/** Step: moves a parcel along its state machine. */
export async function moveParcel(uow: UnitOfWork, parcelId: string, to: Parcel['state']): Promise<Parcel> {
  const parcel = await getParcel(uow.tx, parcelId);
  const state = transition(parcelMachine, parcel.state, to);
  await saveParcel(uow.tx, parcel, { state });
  uow.record({ kind: `parcel.${state}`, subject: parcelId, from: parcel.state, to: state });
  return { ...parcel, state, version: parcel.version + 1 };
}

/** Step: parcels of an order, and one parcel. */
export function parcelsOf(uow: UnitOfWork, orderId: string): Promise<Parcel[]> {
  return listParcels(uow.tx, orderId);
}
export function parcelById(uow: UnitOfWork, parcelId: string): Promise<Parcel> {
  return getParcel(uow.tx, parcelId);
}

/** Step: the label on the box was scanned and is this parcel's. When every parcel's is, the order has left. */
export async function confirmLabel(uow: UnitOfWork, order: Order, parcelId: string): Promise<{ shipped: boolean }> {
  const parcel = await getParcel(uow.tx, parcelId);
  await saveParcel(uow.tx, parcel, { labelConfirmedAt: uow.now });
  uow.record({ kind: 'parcel.label-confirmed', subject: parcelId });
  const parcels = (await listParcels(uow.tx, order.id)).filter((other) => other.state !== 'voided');
  const lines = await leafLines(uow, order.id);
  const allIn = lines.every((line) => line.packed >= line.ordered - line.cancelled);
  if (!allIn || parcels.some((other) => other.labelConfirmedAt === null && other.id !== parcelId))
    return { shipped: false };
  for (const line of lines)
    if (line.packed > line.shipped) await addToLine(uow, line, { quantity: 'shipped', by: line.packed - line.shipped });
  const packed = order.state === 'packed' ? order : await moveOrder(uow, order, 'packed');
  await moveOrder(uow, packed, 'shipped', { claimedBy: null, claimUntil: null, toteId: null });
  return { shipped: true };
}

/** Step: what lies in a parcel, in the order of the scans. */
export function unitsOf(uow: UnitOfWork, parcelId: string): ReturnType<typeof listUnits> {
  return listUnits(uow.tx, parcelId);
}
