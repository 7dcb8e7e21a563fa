import { brokenOrder } from '../channel.ts';
import type { ShopifyFulfillmentOrder, ShopifyLine, ShopifyOrder } from './wire.ts';

type Part = ShopifyFulfillmentOrder['lineItems']['nodes'][number];

/**
 * Units that are left to pack, by line. Throws `channel.broken-order` where units of a fulfillment order are on none of the
 * lines: packed without them, the parcel would go out too empty.
 */
export function remainingUnits(
  rows: readonly ShopifyLine[],
  open: readonly ShopifyFulfillmentOrder[] | undefined,
): ReadonlyMap<string, number> {
  if (open === undefined) return new Map(rows.map((row) => [row.id, unpromised(row)]));
  const remaining = new Map(rows.map((row) => [row.id, 0]));
  const parts = open.flatMap(({ lineItems }) => lineItems.nodes).filter((part) => part.remainingQuantity > 0);
  const nameless: Part[] = [];
  for (const part of parts) {
    const id = part.lineItem?.id ?? (remaining.has(part.id) ? part.id : undefined);
    const before = id === undefined ? undefined : remaining.get(id);
    if (id !== undefined && before !== undefined) remaining.set(id, before + part.remainingQuantity);
    else if (id === undefined) nameless.push(part);
    else throw homeless(part.remainingQuantity, id);
  }
  for (const part of nameless) takeBySku(part, rows, remaining);
  return remaining;
}

/** A query may leave out the line and keep its SKU: lines of that SKU are filled up one after the other. */
function takeBySku(
  { sku, remainingQuantity, id }: Part,
  rows: readonly ShopifyLine[],
  taken: Map<string, number>,
): void {
  let left = remainingQuantity;
  for (const row of rows) {
    if (sku === '' || (row.sku || row.variant?.sku) !== sku) continue;
    const before = taken.get(row.id) ?? 0;
    const units = Math.min(left, Math.max(0, unpromised(row) - before));
    taken.set(row.id, before + units);
    left -= units;
  }
  if (left > 0) throw homeless(left, sku || id);
}

const homeless = (units: number, what: string): Error =>
  brokenOrder(`its fulfillment orders have units of ${what.slice(0, 80)} that are on none of its lines: ${units}`);

/** Without fulfillment orders: what is not fulfilled, then what order edits left. */
function unpromised(line: ShopifyLine): number {
  return line.unfulfilledQuantity ?? line.fulfillableQuantity ?? line.currentQuantity ?? line.quantity;
}

/** States of an order, as Shopify shows it, in which nothing of it is owed any more. */
const NOTHING_OWED = new Set(['FULFILLED', 'FULFILLMENT_NOT_REQUIRED']);

/**
 * Refuses an order that still owes units while no fulfillment order has any: they are not made yet, or another service's.
 * Read as it stands, it would look as if it had left.
 */
export function refuseUnplanned(order: ShopifyOrder): void {
  if (NOTHING_OWED.has(order.displayFulfillmentStatus.toUpperCase())) return;
  if (order.displayFinancialStatus.toUpperCase() === 'REFUNDED') return;
  const owed = order.lineItems.nodes
    .filter(({ requiresShipping }) => requiresShipping !== false)
    .reduce((sum, line) => sum + Math.min(line.unfulfilledQuantity ?? 0, line.currentQuantity ?? Infinity), 0);
  if (owed > 0)
    throw brokenOrder(`units are not fulfilled, but stand in no fulfillment order that has them to send: ${owed}`);
}
