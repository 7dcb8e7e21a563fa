import { ownMarketplace } from '../../../shared/model/attribution.ts';
import { currencyCode, minorUnits } from '../../../shared/model/minor-units.ts';
import { firstTime, sourceTime } from '../../../shared/model/source-time.ts';
import {
  addressStateOf,
  brokenOrder,
  type NormalisedAddress,
  type NormalisedLine,
  type NormalisedOrder,
  orderDefaults,
} from '../channel.ts';
import type { AmazonAddress, AmazonItem, AmazonOrder } from './wire.ts';

const SHIP_STATE: Readonly<Record<string, NormalisedOrder['shipState']>> = {
  PENDING_AVAILABILITY: 'waiting',
  PENDING: 'waiting',
  UNSHIPPED: 'to-ship',
  PARTIALLY_SHIPPED: 'partly-shipped',
  SHIPPED: 'shipped',
  CANCELLED: 'cancelled',
  UNFULFILLABLE: 'cancelled',
};
/** Programmes whose labels only Amazon sells; buying one confirms the shipment. */
const AMAZON_LABEL = new Set(['PRIME', 'AMAZON_EASY_SHIP', 'DELIVERY_BY_AMAZON']);

/** One order of Amazon in our shape; what the app has no right to see is absent, not broken. */
export function mapAmazonOrder(order: AmazonOrder): NormalisedOrder {
  const placedAt = firstTime([order.createdTime, order.lastUpdatedTime]);
  if (!placedAt) throw brokenOrder('createdTime is missing');
  const { fulfillment } = order;
  const status = fulfillment?.fulfillmentStatus ?? '';
  const shipState = SHIP_STATE[status] ?? 'waiting';
  const updatedAt = sourceTime(order.lastUpdatedTime);
  const shipBy = sourceTime(fulfillment?.shipByWindow?.latestDateTime);
  const currency = currencyCode(order.proceeds?.grandTotal?.currencyCode ?? '');
  const given = order.recipient?.deliveryAddress;
  const address = given ? addressOf(given, order.buyer?.buyerEmail ?? '') : null;
  return {
    ...orderDefaults,
    channel: 'amazon',
    externalId: order.orderId,
    externalNumber: order.orderId,
    placedAt: placedAt.at,
    updatedAt: updatedAt?.at ?? null,
    shipBy: shipBy?.at ?? null,
    deliverBy: sourceTime(fulfillment?.deliverByWindow?.latestDateTime)?.at ?? null,
    sourceTimes: { placedAt: placedAt.source, updatedAt: updatedAt?.source ?? null, shipBy: shipBy?.source ?? null },
    payState: payStateOf(order, status),
    shipState,
    cancelRequested: order.orderItems.some(({ cancellation }) => Boolean(cancellation?.cancellationRequest)),
    labelMode: order.programs.some((program) => AMAZON_LABEL.has(program)) ? 'platform' : 'seller',
    shippingOption: fulfillment?.fulfillmentServiceLevel || null,
    needsLabel: !order.programs.includes('IN_STORE_PICK_UP'),
    address,
    addressState: address ? addressStateOf(address) : status.startsWith('PENDING') ? 'pending' : 'masked',
    note: noteOf(order.orderItems),
    currency,
    totalMinor: minorUnits(order.proceeds?.grandTotal?.amount ?? '', currency),
    lines: linesOf(order, shipState),
    packages: packagesOf(order),
    attribution: ownMarketplace('amazon'),
  };
}

/** Amazon takes the money before it releases an order; while it is pending it has not. */
function payStateOf(order: AmazonOrder, status: string): NormalisedOrder['payState'] {
  if (status.startsWith('PENDING')) return 'unpaid';
  if (order.orderItems.some((item) => constraintsOf(item).includes('cashOnDelivery'))) return 'cod';
  return status === '' ? 'unknown' : 'paid';
}

const constraintsOf = (item: AmazonItem): readonly string[] => item.fulfillment?.shipping?.shippingConstraints ?? [];

/** What the packer must know: signature, age check, no cash, an item made to order. */
function noteOf(items: readonly AmazonItem[]): string | null {
  const words = items.flatMap((item) => [
    ...constraintsOf(item),
    ...(item.product.customization?.customizedUrl ? ['customised'] : []),
    ...(item.programs.includes('TRANSPARENCY') ? ['transparency code of each unit'] : []),
  ]);
  return [...new Set(words)].join(', ') || null;
}

function linesOf(order: AmazonOrder, state: NormalisedOrder['shipState']): NormalisedLine[] {
  const theirs = order.fulfillment?.fulfilledBy === 'AMAZON' || state === 'cancelled' || state === 'shipped';
  return order.orderItems.map((item) => {
    const gift = item.fulfillment?.packing?.giftOption;
    const price = item.product.price?.unitPrice;
    return {
      externalLineIds: [item.orderItemId],
      sku: item.product.sellerSku || item.product.asin,
      barcode: null,
      title: item.product.title,
      variant: null,
      quantityOrdered: item.quantityOrdered,
      quantityToPack: theirs ? 0 : leftOf(item),
      gift: Boolean(gift),
      giftMessage: gift?.giftMessage || null,
      unitPriceMinor: minorUnits(price?.amount ?? '', currencyCode(price?.currencyCode ?? '')),
    };
  });
}

function packagesOf(order: AmazonOrder): NormalisedOrder['packages'] {
  return order.packages.map(({ packageReferenceId, carrier, trackingNumber, packageItems }) => ({
    remoteId: packageReferenceId,
    carrierCode: carrier,
    tracking: trackingNumber,
    lines: packageItems.map(({ orderItemId, quantity }) => ({ lineId: orderItemId, quantity })),
  }));
}

function leftOf({ fulfillment, quantityOrdered }: AmazonItem): number {
  return fulfillment?.quantityUnfulfilled ?? Math.max(0, quantityOrdered - (fulfillment?.quantityFulfilled ?? 0));
}

function addressOf(given: AmazonAddress, email: string): NormalisedAddress {
  const own = given.extendedFields;
  const brazilian = own?.streetName ? [own.streetName, own.streetNumber].filter(Boolean).join(', ') : '';
  const rest = [given.addressLine2, given.addressLine3, own?.complement, own?.neighborhood];
  return {
    name: given.name,
    company: given.companyName,
    street1: given.addressLine1 || brazilian,
    street2: rest.filter(Boolean).join(', '),
    postcode: given.postalCode,
    city: given.city || given.municipality || given.districtOrCounty,
    region: given.stateOrRegion,
    country: given.countryCode.toUpperCase(),
    phone: given.phone,
    email,
  };
}
