import { buildSscc } from '../../shared/barcode/sscc.ts';
import { parcelMachine } from '../../shared/model/machines.ts';
import { transition } from '../../shared/model/state-machine.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { deriveOrderState, wanted } from '../orders/orders-rules.ts';
import { addToLine, changeOrder, leafLines, leaseEnd, moveOrder } from '../orders/orders-service.ts';
import type { Order, OrderChange } from '../orders/orders-store.ts';
import { sharedSettings } from '../stations/settings-service.ts';
import { countCarton, planCarton } from './carton-service.ts';
import {
  findLastReading,
  getParcel,
  insertParcel,
  insertReading,
  listParcels,
  type Parcel,
  saveParcel,
  takeNumber,
} from './packing-store.ts';
import { listUnits } from './parcel-units-store.ts';

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
    await resumeParcel(uow, unfinished, stationId);
    return {
      order: claimed,
      parcel: { ...unfinished, version: unfinished.version + 1, stationId },
      resumed: true,
    };
  }
  // The order first: of two benches that open it at once, one stops here and makes no parcel.
  const moved =
    order.state === 'picked' ? await moveOrder(uow, order, 'packing', claim) : await changeOrder(uow, order, claim);
  return { order: moved, parcel: await addParcel(uow, order.id, stationId), resumed: false };
}

/** Step: one more open parcel for an order that is being packed at this bench. */
export async function addParcel(uow: UnitOfWork, orderId: string, stationId: string): Promise<Parcel> {
  const id = uow.newId();
  const all = await listParcels(uow.tx, orderId);
  await insertParcel(uow.tx, {
    id,
    orderId,
    sequence: Math.max(0, ...all.map((parcel) => parcel.sequence)) + 1,
    sscc: await nextSscc(uow),
    stationId,
    openedAt: uow.now,
  });
  uow.record({ kind: 'parcel.opened', subject: id, data: { order: orderId } });
  await planCarton(uow, { id, orderId });
  return getParcel(uow.tx, id);
}

/** Step: whether the order has a parcel whose label nobody scanned yet. */
export async function hasUnfinishedParcel(uow: UnitOfWork, orderId: string): Promise<boolean> {
  return (await findUnfinished(uow, orderId)) !== undefined;
}

async function findUnfinished(uow: UnitOfWork, orderId: string): Promise<Parcel | undefined> {
  const standing = (await listParcels(uow.tx, orderId)).filter((parcel) => parcel.state !== 'voided');
  return standing.find((parcel) => parcel.labelConfirmedAt === null);
}

/** Step: stores the reading that a parcel will name. */
export async function keepReading(
  uow: UnitOfWork,
  reading: { stationId: string; device: string; mg: number; parcelId: string },
): Promise<string> {
  const id = uow.newId();
  await insertReading(uow.tx, { id, at: uow.now, ...reading });
  uow.record({ kind: 'scale.reading-kept', subject: id, data: { mg: reading.mg } });
  return id;
}

/** Step: the reading that a supervisor lets pass: what the scale showed last of this parcel. */
export function refusedReading(uow: UnitOfWork, parcelId: string): ReturnType<typeof findLastReading> {
  return findLastReading(uow.tx, parcelId);
}

/**
 * Step: every unit is in: closes the parcel as it was looked at, with the stored reading where there is one.
 *
 * A unit that was taken out since makes it another parcel: a conflict.
 */
export async function closeParcel(
  uow: UnitOfWork,
  parcel: Pick<Parcel, 'id' | 'state' | 'version' | 'cartonId'>,
  weight: {
    expectedMg: number;
    reading?: { id: string; mg: number };
    override?: { by: string; reason: string };
  },
): Promise<void> {
  const state = transition(parcelMachine, parcel.state, 'closed');
  await saveParcel(uow.tx, parcel, {
    state,
    expectedMg: weight.expectedMg,
    closedAt: uow.now,
    weightMg: weight.reading?.mg ?? weight.expectedMg,
    scaleReadingId: weight.reading?.id ?? null,
    closing: false,
    ...(weight.override ? { overrideBy: weight.override.by, overrideReason: weight.override.reason } : {}),
  });
  if (parcel.cartonId !== null) await countCarton(uow, parcel.cartonId, -1);
  uow.record({
    kind: 'parcel.closed',
    subject: parcel.id,
    from: parcel.state,
    to: state,
    data: { weightMg: weight.reading?.mg ?? weight.expectedMg, weighed: weight.reading !== undefined },
  });
}

/** Step: these instructions of an open parcel were read and confirmed by scan; `confirmed` are all keys so far. */
export async function confirmInstructions(
  uow: UnitOfWork,
  parcel: Pick<Parcel, 'id' | 'version' | 'confirmed'>,
  confirmed: readonly string[],
): Promise<void> {
  await saveParcel(uow.tx, parcel, { confirmed });
  const keys = confirmed.filter((key) => !parcel.confirmed.includes(key));
  uow.record({ kind: 'instructions.confirmed', subject: parcel.id, data: { keys } });
}

/** Step: the parcel takes no more units although some are left for another one, or it takes them again. */
export async function setClosing(
  uow: UnitOfWork,
  parcel: Pick<Parcel, 'id' | 'version'>,
  closing: boolean,
): Promise<void> {
  await saveParcel(uow.tx, parcel, { closing });
  uow.record({ kind: closing ? 'parcel.closing' : 'parcel.open-again', subject: parcel.id });
}

/** Step: this bench goes on with an open parcel of the order. */
export async function resumeParcel(
  uow: UnitOfWork,
  parcel: Pick<Parcel, 'id' | 'version'>,
  stationId: string,
): Promise<void> {
  await saveParcel(uow.tx, parcel, { stationId });
  uow.record({ kind: 'parcel.resumed', subject: parcel.id, data: { station: stationId } });
}

/** Step: moves a parcel along its state machine. */
export async function moveParcel(uow: UnitOfWork, parcelId: string, to: Parcel['state']): Promise<Parcel> {
  const parcel = await getParcel(uow.tx, parcelId);
  const state = transition(parcelMachine, parcel.state, to);
  await saveParcel(uow.tx, parcel, { state });
  const taken = !['open', 'voided'].includes(parcel.state);
  if (parcel.cartonId !== null && taken && ['open', 'voided'].includes(state))
    await countCarton(uow, parcel.cartonId, 1);
  uow.record({ kind: `parcel.${state}`, subject: parcelId, from: parcel.state, to: state });
  return { ...parcel, state, version: parcel.version + 1 };
}

/** Step: a parcel that is labelled anew carries another number; one with a label is closed only, until the next one comes. */
export async function renumberParcel(uow: UnitOfWork, parcelId: string): Promise<Parcel> {
  const parcel = await getParcel(uow.tx, parcelId);
  const state = parcel.state === 'closed' ? 'closed' : transition(parcelMachine, parcel.state, 'closed');
  const sscc = await nextSscc(uow);
  await saveParcel(uow.tx, parcel, { state, sscc, labelConfirmedAt: null });
  uow.record({ kind: 'parcel.renumbered', subject: parcelId, from: parcel.state, to: state });
  return { ...parcel, state, sscc, version: parcel.version + 1 };
}

/** Step: parcels of an order, and one parcel. */
export function parcelsOf(uow: UnitOfWork, orderId: string): Promise<Parcel[]> {
  return listParcels(uow.tx, orderId);
}
export function parcelById(uow: UnitOfWork, parcelId: string): Promise<Parcel> {
  return getParcel(uow.tx, parcelId);
}

/** Step: an order that is being packed follows its parcels: packed as soon as every unit lies in a labelled one. */
export async function followParcels(uow: UnitOfWork, order: Order, change: OrderChange = {}): Promise<Order> {
  const parcels = await listParcels(uow.tx, order.id);
  const derived = deriveOrderState(
    await leafLines(uow, order.id),
    parcels.map((parcel) => parcel.state),
    { claimed: order.claimedBy !== null, split: order.split },
  );
  const moves =
    (order.state === 'packing' && derived === 'packed') || (order.state === 'packed' && derived === 'packing');
  if (moves) return moveOrder(uow, order, derived, change);
  return Object.keys(change).length > 0 ? changeOrder(uow, order, change) : order;
}

export interface LabelConfirmed {
  /** Every parcel of the order, or of the part that ships now, has left. */
  readonly shipped: boolean;
  /** Units of a split order that are still wanted and follow when their stock is there. */
  readonly following: number;
}

/**
 * Step: the label on the box was scanned and is this parcel's. When every parcel's is, the order has left; of a split
 * order this part has, and the rest waits for stock.
 */
export async function confirmLabel(uow: UnitOfWork, order: Order, parcelId: string): Promise<LabelConfirmed> {
  const parcel = await getParcel(uow.tx, parcelId);
  await saveParcel(uow.tx, parcel, { labelConfirmedAt: uow.now });
  uow.record({ kind: 'parcel.label-confirmed', subject: parcelId });
  const parcels = (await listParcels(uow.tx, order.id)).filter((other) => other.state !== 'voided');
  const lines = await leafLines(uow, order.id);
  const allIn = lines.every((line) => line.packed >= (order.split ? line.picked : wanted(line)));
  if (!allIn || parcels.some((other) => other.labelConfirmedAt === null && other.id !== parcelId))
    return { shipped: false, following: 0 };
  if (lines.every((line) => line.packed === line.shipped)) {
    // Its label was replaced after the order, or this part of it, had left the bench once.
    await changeOrder(uow, order, { claimedBy: null, claimUntil: null });
    return { shipped: true, following: 0 };
  }
  for (const line of lines)
    if (line.packed > line.shipped) await addToLine(uow, line, { quantity: 'shipped', by: line.packed - line.shipped });
  const left = { claimedBy: null, claimUntil: null, toteId: null };
  const packed = order.state === 'packed' ? order : await moveOrder(uow, order, 'packed');
  const following = lines.reduce((sum, line) => sum + wanted(line) - line.packed, 0);
  await moveOrder(uow, packed, following > 0 ? 'backordered' : 'shipped', left);
  // What it waits for may have come in while this part was packed.
  if (following > 0) uow.enqueue({ topic: 'stock.allocate', key: order.id, payload: { backordered: true } });
  return { shipped: true, following };
}

/** Step: what lies in a parcel, in the order of the scans. */
export function unitsOf(uow: UnitOfWork, parcelId: string): ReturnType<typeof listUnits> {
  return listUnits(uow.tx, parcelId);
}
