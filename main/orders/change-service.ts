import { Address } from '../../shared/model/address.ts';
import type { ImportedOrder } from '../../shared/model/imported.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { relabelOrder } from '../shipping/relabel-service.ts';
import { isWholeAddress } from '../shipping/shipping-rules.ts';
import { sharedSettings } from '../stations/settings-service.ts';
import { releaseAllocation } from '../stock/allocation-service.ts';
import { cancelAnyTime, takeApart } from './cancel-service.ts';
import { catalogueFor } from './catalogue-lookup-service.ts';
import { findHold } from './hold-store.ts';
import { addressText, contentHash } from './import-rules.ts';
import { keepBack } from './kept-back-service.ts';
import { isKnown, newLines, privateFrom } from './new-order-rules.ts';
import { saveFacts } from './order-facts-service.ts';
import {
  decideChange,
  decideDifference,
  describeDifference,
  isTouched,
  leftHere,
  lineKey,
  type OrderDifference,
  shipByFor,
} from './orders-rules.ts';
import { holdOrder, moveOrder } from './orders-service.ts';
import {
  getOrder,
  getPrivate,
  insertLines,
  listLines,
  type Order,
  type OrderLine,
  type OrderPrivate,
  saveOrder,
  saveOrderedQuantity,
  savePrivate,
} from './orders-store.ts';
import { holdUntilBack } from './start-again-service.ts';

/**
 * Step: an order that is known came again with other content.
 *
 * Before picking the change is applied. Once hands are on it, other lines take the order apart: what was picked goes
 * back, and then it is picked anew; another address holds it with the difference in words. After packing it is only told. Returns the difference. The caller has stock allocated, once for all the orders it changed.
 */
export async function applyChange(uow: UnitOfWork, order: Order, told: ImportedOrder): Promise<string> {
  const incoming = keepAddress(told, await getPrivate(uow.tx, order.id));
  const lines = await listLines(uow.tx, order.id);
  const { difference, shipBy } = await compare(uow, order, { lines, incoming });
  const text = describeDifference(difference);
  const decision = decideChange(order.state, difference, {
    touched: isTouched(lines),
    hasLeft: lines.some(({ shipped }) => shipped > 0),
  });
  uow.record({ kind: 'order.changed-by-channel', subject: order.id, data: { difference: text, decision } });
  uow.emit('orders.changed', { orderId: order.id });
  const marked = await saveOrder(uow.tx, order, { contentHash: contentHash(told) });
  if (decision !== 'too-late' && decision !== 'cancel') await keepBack(uow, order.id, incoming);
  if (decision === 'too-late') return `${text} (not applied: the order is ${order.state})`;
  if (decision === 'cancel') {
    await cancelAnyTime(uow, marked);
    return text;
  }
  if (decision === 'start-again') {
    await startAgain(uow, marked, { lines, incoming, difference, shipBy });
    return `${text} (begins anew: the order was ${order.state})`;
  }
  if (decision === 'hold') {
    // Goods may have to be looked at; where they go is the channel's word, and no label may say otherwise.
    await saveAddress(uow, marked, incoming);
    if (difference.address) await relabelOrder(uow, order.id);
    await holdOrder(uow, order.id, { reason: 'changed-by-channel', detail: text });
    return `${text} (on hold: the order is ${order.state})`;
  }
  await applyBeforePicking(uow, marked, { lines, incoming, difference, shipBy });
  return text;
}

/** A platform that withholds the address of an order for a while takes back nothing that it told before. */
function keepAddress(told: ImportedOrder, stored: OrderPrivate | undefined): ImportedOrder {
  const before = Address.safeParse(stored?.address);
  if (!before.success || !isWholeAddress(before.data) || isWholeAddress(told.address)) return told;
  const keptBack = told.keptBack?.reason === 'address-unknown' ? null : told.keptBack;
  return { ...told, address: before.data, ...(keptBack === undefined ? {} : { keptBack }) };
}

async function compare(
  uow: UnitOfWork,
  order: Order,
  sides: { lines: readonly OrderLine[]; incoming: ImportedOrder },
): Promise<{ difference: OrderDifference; shipBy: string }> {
  const { handlingHours } = await sharedSettings(uow);
  const { incoming } = sides;
  const shipBy = incoming.shipBy ?? shipByFor(incoming.placedAt, handlingHours);
  const hold = await findHold(uow.tx, order.id, uow.now);
  const stored = await getPrivate(uow.tx, order.id);
  const known = {
    lines: asked(sides.lines),
    address: addressText(stored?.address ?? {}),
    shipBy: order.shipBy,
    cancelled: order.state === 'cancelled',
    paid: hold?.reason !== 'payment',
  };
  const difference = decideDifference(known, incoming, shipBy);
  // Part has left from elsewhere, and the rest is not wanted any more.
  const cancelled = difference.cancelled || (difference.lines.length > 0 && isNothingLeft(sides));
  return { difference: { ...difference, cancelled }, shipBy };
}

/** Lines as the channel knows them: what left with a label made elsewhere is not cancelled. */
function asked(
  lines: readonly OrderLine[],
): { key: string; sku: string; ordered: number; cancelled: number; units: number }[] {
  return lines
    .filter((line) => !line.parentLineId)
    .map((line) => {
      // To the channel a replacement is what it replaces.
      const { sku, ...of } = lines.find((other) => other.id === line.substituteFor) ?? line;
      const { ordered, cancelled, sentElsewhere: units } = line;
      return { key: lineKey({ sku, ...of }), sku, ordered, cancelled: cancelled - units, units };
    });
}

function isNothingLeft({ lines, incoming }: Pick<Change, 'lines' | 'incoming'>): boolean {
  const gone = asked(lines);
  if (gone.every(({ units }) => units === 0)) return false;
  return leftHere(incoming.lines, gone).every(({ quantity }) => quantity === 0);
}

interface Change {
  readonly lines: readonly OrderLine[];
  readonly incoming: ImportedOrder;
  readonly difference: OrderDifference;
  readonly shipBy: string;
}

async function saveAddress(uow: UnitOfWork, order: Order, incoming: ImportedOrder): Promise<void> {
  await savePrivate(uow.tx, order.id, privateFrom(incoming, await getPrivate(uow.tx, order.id)));
  await saveOrder(uow.tx, order, { country: incoming.address.country });
}

/** Held until what was taken is back in its bins. */
async function startAgain(uow: UnitOfWork, order: Order, change: Change): Promise<void> {
  const { order: apart, units } = await takeApart(uow, order);
  await applyBeforePicking(uow, apart, change);
  await holdUntilBack(uow, order.id, { detail: change.difference.lines.join('; '), units });
}

async function applyBeforePicking(uow: UnitOfWork, order: Order, change: Change): Promise<void> {
  await savePrivate(uow.tx, order.id, privateFrom(change.incoming, await getPrivate(uow.tx, order.id)));
  await saveFacts(uow, order.id, change.incoming);
  const { incoming, difference } = change;
  const current = await saveOrder(uow.tx, await getOrder(uow.tx, order.id), {
    number: incoming.number,
    shipBy: change.shipBy,
    country: incoming.address.country,
    priority: incoming.priority,
    gift: incoming.gift,
    shippingMethod: incoming.shippingMethod,
    ...(incoming.substitutions === undefined ? {} : { substitutionOk: incoming.substitutions }),
  });
  if (difference.cancelled) await cancelAnyTime(uow, current);
  else if (difference.lines.length > 0) await changeLines(uow, current, change);
}

/** Reserves anew for other lines; an order with a SKU that nobody knows waits for the catalogue. */
async function changeLines(uow: UnitOfWork, order: Order, change: Change): Promise<void> {
  await releaseAllocation(uow, order.id);
  const known = await replaceLines(uow, order, change);
  const freed = order.state === 'allocated' ? await moveOrder(uow, order, 'ready') : order;
  if (!known && freed.state !== 'new') await moveOrder(uow, freed, 'new');
  if (known && freed.state === 'new') await moveOrder(uow, freed, 'ready');
}

/**
 * Old lines keep their rows (tasks point at them) with everything cancelled; changed and new ones are written anew.
 *
 * Tells whether the catalogue knows all that is wanted now.
 */
async function replaceLines(uow: UnitOfWork, order: Order, change: Change): Promise<boolean> {
  for (const line of change.lines)
    if (line.cancelled < line.ordered)
      await saveOrderedQuantity(uow.tx, line.id, { ordered: line.ordered, cancelled: line.ordered });
  const wanted = leftHere(change.incoming.lines, asked(change.lines));
  const catalogue = await catalogueFor(
    uow,
    wanted.map((line) => line.sku),
  );
  const firstLineNo = Math.max(0, ...change.lines.map((line) => line.lineNo)) + 1;
  const lines = newLines(uow.newId, { orderId: order.id, lines: wanted, firstLineNo }, catalogue);
  await insertLines(uow.tx, lines);
  return isKnown(lines);
}
