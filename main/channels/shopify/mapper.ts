import { attribute, campaignIn, type OrderTraces, type Trace } from '../../../shared/model/attribution.ts';
import { currencyCode, minorUnits } from '../../../shared/model/minor-units.ts';
import { earliestTime, firstTime, sourceTime } from '../../../shared/model/source-time.ts';
import {
  addressStateOf,
  brokenOrder,
  type NormalisedAddress,
  type NormalisedLine,
  type NormalisedOrder,
  orderDefaults,
} from '../channel.ts';
import { refuseUnplanned, remainingUnits } from './remaining.ts';
import type { ShopifyAddress, ShopifyFulfillmentOrder, ShopifyLine, ShopifyOrder } from './wire.ts';

const PAY: Readonly<Record<string, NormalisedOrder['payState']>> = {
  PAID: 'paid',
  PARTIALLY_REFUNDED: 'paid',
  REFUNDED: 'refunded',
  PENDING: 'unpaid',
  AUTHORIZED: 'unpaid',
  PARTIALLY_PAID: 'unpaid',
  VOIDED: 'unpaid',
  EXPIRED: 'unpaid',
};
/** Fulfillment orders whose remaining units are still to go out. */
const OPEN = new Set(['OPEN', 'IN_PROGRESS', 'SCHEDULED', 'ON_HOLD', 'INCOMPLETE']);
/** Handed over without a carrier; a pickup point is a carrier's. */
const COLLECTED = new Set(['PICK_UP', 'LOCAL', 'NONE', 'RETAIL']);

/** One order of the Admin API in our shape. Throws `channel.broken-order` where a nested page is missing. */
export function mapShopifyOrder(order: ShopifyOrder): NormalisedOrder {
  refuseHalfRead(order);
  const open = order.fulfillmentOrders?.nodes.filter(({ status }) => OPEN.has(status.toUpperCase()));
  const placedAt = firstTime([order.createdAt, order.processedAt]);
  if (!placedAt) throw brokenOrder('createdAt is missing');
  const updatedAt = sourceTime(order.updatedAt);
  const shipBy = earliestTime((open ?? []).map(({ fulfillBy }) => sourceTime(fulfillBy)));
  const cancelled = sourceTime(order.cancelledAt) !== null;
  const lines = linesOf(order, open, cancelled);
  const currency = currencyCode(order.currencyCode || (order.totalPriceSet?.shopMoney.currencyCode ?? ''));
  const address = addressOf(order);
  const traces = tracesOf(order);
  return {
    ...orderDefaults,
    channel: 'shopify',
    externalId: order.id,
    externalNumber: order.name || order.id,
    placedAt: placedAt.at,
    updatedAt: updatedAt?.at ?? null,
    shipBy: shipBy?.at ?? null,
    sourceTimes: { placedAt: placedAt.source, updatedAt: updatedAt?.source ?? null, shipBy: shipBy?.source ?? null },
    payState: payStateOf(order),
    shipState: shipStateOf(lines, open, cancelled),
    hold: holdOf(order, open) ?? riskOf(order, cancelled),
    shippingOption: order.shippingLine?.title || null,
    needsLabel: !open?.length || open.some(({ deliveryMethod }) => !COLLECTED.has(deliveryMethod?.methodType ?? '')),
    address,
    addressState: address === null ? 'masked' : addressStateOf(address),
    note: order.note || null,
    currency,
    totalMinor: minorUnits(order.totalPriceSet?.shopMoney.amount ?? '', currency),
    lines,
    packages: packagesOf(order),
    attribution: attribute(traces),
    traces,
  };
}

/** Shops name the payment as they like: Shopify's own name of it, and what apps and translations make of that. */
const CASH = /cash[\s_-]*on[\s_-]*delivery|\bcod\b|contre[\s-]*remboursement|paiement à la livraison|nachnahme/i;

/** Paid to the carrier, an order stays pending until the carrier has paid: it goes out all the same. */
function payStateOf(order: ShopifyOrder): NormalisedOrder['payState'] {
  const state = order.displayFinancialStatus.toUpperCase();
  if (state === 'PENDING' && order.paymentGatewayNames.some((name) => CASH.test(name.replaceAll('_', ' '))))
    return 'cod';
  return PAY[state] ?? (order.fullyPaid === true ? 'paid' : 'unknown');
}

/** Line 51 of a connection that was not paged is never to be missed in silence. */
function refuseHalfRead(order: ShopifyOrder): void {
  const parts: readonly [string, boolean][] = [
    ['lineItems', order.lineItems.more],
    ['fulfillmentOrders', order.fulfillmentOrders?.more ?? false],
    ['fulfillmentOrders.lineItems', order.fulfillmentOrders?.nodes.some((one) => one.lineItems.more) ?? false],
  ];
  const half = parts.find(([, more]) => more)?.[0];
  if (half !== undefined) throw brokenOrder(`${half} has a further page that was not read`);
}

function linesOf(
  order: ShopifyOrder,
  open: readonly ShopifyFulfillmentOrder[] | undefined,
  cancelled: boolean,
): NormalisedLine[] {
  const rows = order.lineItems.nodes.length > 0 ? order.lineItems.nodes : linesOfFulfillment(order);
  const remaining = cancelled ? undefined : remainingUnits(rows, open);
  const lines = rows.map((line) => ({
    ...lineOf(line),
    quantityToPack: line.requiresShipping === false ? 0 : (remaining?.get(line.id) ?? 0),
  }));
  if (!cancelled && lines.every(({ quantityToPack }) => quantityToPack === 0)) refuseUnplanned(order);
  return lines;
}

function lineOf(line: ShopifyLine): Omit<NormalisedLine, 'quantityToPack'> {
  const price = line.originalUnitPriceSet?.shopMoney;
  const gift = line.customAttributes.find(({ from }) => /^_?gift[ _-]?message$/i.test(from))?.value ?? '';
  return {
    externalLineIds: [line.id],
    sku: line.sku || line.variant?.sku || line.variant?.id || '',
    barcode: line.variant?.barcode || null,
    title: line.title || line.name,
    variant: line.variantTitle || null,
    quantityOrdered: line.quantity,
    gift: gift !== '',
    giftMessage: gift || null,
    unitPriceMinor: price ? minorUnits(price.amount, currencyCode(price.currencyCode)) : null,
  };
}

/** A query that asks only for fulfillment orders still names every line once. */
function linesOfFulfillment(order: ShopifyOrder): ShopifyLine[] {
  const lines = new Map<string, ShopifyLine>();
  for (const part of (order.fulfillmentOrders?.nodes ?? []).flatMap(({ lineItems }) => lineItems.nodes)) {
    const id = part.lineItem?.id ?? part.id;
    const before = lines.get(id);
    const total = (before?.quantity ?? 0) + (part.totalQuantity ?? part.remainingQuantity);
    const { lineItem } = part;
    lines.set(id, {
      id,
      sku: lineItem?.sku || part.sku,
      name: lineItem?.name ?? '',
      title: lineItem?.title || part.productTitle,
      variantTitle: lineItem?.variantTitle || part.variantTitle,
      quantity: lineItem?.quantity ?? total,
      currentQuantity: null,
      unfulfilledQuantity: null,
      fulfillableQuantity: null,
      requiresShipping: lineItem?.requiresShipping ?? null,
      variant: lineItem?.variant ?? null,
      originalUnitPriceSet: lineItem?.originalUnitPriceSet ?? null,
      customAttributes: lineItem?.customAttributes ?? [],
    });
  }
  return [...lines.values()];
}

function shipStateOf(
  lines: readonly NormalisedLine[],
  open: readonly ShopifyFulfillmentOrder[] | undefined,
  cancelled: boolean,
): NormalisedOrder['shipState'] {
  if (cancelled) return 'cancelled';
  const left = lines.reduce((sum, line) => sum + line.quantityToPack, 0);
  if (left === 0) return 'shipped';
  if (open !== undefined && open.length > 0 && open.every(({ status }) => status === 'SCHEDULED')) return 'waiting';
  return left < lines.reduce((sum, line) => sum + line.quantityOrdered, 0) ? 'partly-shipped' : 'to-ship';
}

function holdOf(order: ShopifyOrder, open: readonly ShopifyFulfillmentOrder[] | undefined): string | null {
  if (open === undefined) return order.displayFulfillmentStatus.toUpperCase() === 'ON_HOLD' ? 'ON_HOLD' : null;
  const held = open.find(({ status, fulfillmentHolds }) => status === 'ON_HOLD' || fulfillmentHolds.length > 0);
  if (!held) return null;
  const reasons = held.fulfillmentHolds.map(({ reason, reasonNotes }) =>
    [reason, reasonNotes].filter(Boolean).join(': '),
  );
  return reasons.filter(Boolean).join('; ') || 'ON_HOLD';
}

/** Shopify's own judgement; what it wants looked into is the merchant's to look into, and goes out. */
function riskOf({ risk }: ShopifyOrder, cancelled: boolean): string | null {
  return risk?.recommendation === 'CANCEL' && !cancelled ? 'risk: Shopify recommends to cancel' : null;
}

function addressOf(order: ShopifyOrder): NormalisedAddress | null {
  const given: ShopifyAddress = order.shippingAddress;
  if (!given) return null;
  return {
    name: given.name || [given.firstName, given.lastName].filter(Boolean).join(' '),
    company: given.company ?? '',
    street1: given.address1 ?? '',
    street2: given.address2 ?? '',
    postcode: given.zip ?? '',
    city: given.city ?? '',
    region: given.provinceCode || given.province || '',
    country: (given.countryCodeV2 || given.countryCode || '').toUpperCase(),
    phone: given.phone || order.phone,
    email: order.email,
  };
}

function packagesOf(order: ShopifyOrder): NormalisedOrder['packages'] {
  const shipped = (order.fulfillments?.nodes ?? []).filter(
    ({ status }) => !/^(?:cancelled|error|failure)$/i.test(status),
  );
  return shipped.map((one) => ({
    remoteId: one.id,
    carrierCode: one.trackingInfo[0]?.company ?? '',
    tracking: one.trackingInfo
      .map(({ number }) => number)
      .filter(Boolean)
      .join(', '),
    lines: one.fulfillmentLineItems.nodes.flatMap(({ lineItem, quantity }) =>
      lineItem ? [{ lineId: lineItem.id, quantity: quantity ?? 0 }] : [],
    ),
  }));
}

function tracesOf(order: ShopifyOrder): OrderTraces {
  const visit = order.customerJourneySummary?.lastVisit;
  const former = order.channelInformation;
  const addresses: Trace[] = [
    { from: 'referrer', value: visit?.referrerUrl ?? '' },
    { from: 'referrer', value: order.referrerUrl },
  ];
  const landing = [visit?.landingPage ?? '', order.landingPageUrl];
  return {
    engine: [
      { from: 'attribution.handle', value: order.attribution?.handle ?? '' },
      { from: 'attribution.displayName', value: order.attribution?.displayName ?? '' },
      { from: 'channelDefinition.handle', value: former?.channelDefinition?.handle ?? '' },
      { from: 'channelInformation.displayName', value: former?.displayName ?? '' },
      { from: 'sourceName', value: order.sourceName },
      { from: 'app.name', value: order.app?.name || former?.app?.title || '' },
    ],
    tags: order.tags,
    attributes: order.customAttributes,
    campaigns: [
      { from: 'utm_source', value: visit?.utmParameters?.source ?? '' },
      ...order.customAttributes.filter(({ from }) => /^_?utm[ _]source$/i.test(from)),
      ...landing.flatMap(campaignIn),
      { from: 'lastVisit.source', value: visit?.source ?? '' },
    ],
    referrers: [
      ...addresses,
      ...order.customAttributes.filter(({ from }) => /^_?(?:referr?er|referring[ _]site)$/i.test(from)),
    ],
    settled: order.customerJourneySummary?.ready !== false,
  };
}
