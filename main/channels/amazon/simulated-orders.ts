import type { BookOrder, OrderBook } from '../channel-order-book.ts';

/** A played Amazon: its orders, and what sellers told of them. */
export interface PlayedAmazon {
  readonly book: OrderBook;
  readonly clock: () => Date;
  /** The seller's number of a parcel, by parcel of the book. */
  readonly references: Map<string, string>;
  /** Tokens with the instant at which each ends. */
  readonly tokens: Map<string, number>;
  /** The app has not the role for names and addresses. */
  readonly withholdsAddresses: boolean;
}

export const MARKETPLACE = 'A13V1IB3VIYZZH';

/** `902-1106328-1059050`: how Amazon calls an order of the book. */
export function amazonOrderId({ id }: BookOrder): string {
  const digits = id.slice(-17).padStart(17, '0');
  return `${digits.slice(0, 3)}-${digits.slice(3, 10)}-${digits.slice(10)}`;
}

function statusOf({ book }: PlayedAmazon, order: BookOrder): string {
  if (order.state === 'cancelled') return 'CANCELLED';
  if (order.state === 'unpaid' || order.held !== null) return 'PENDING';
  if (!order.lines.some((line) => book.left(line) > 0)) return 'SHIPPED';
  return order.packages.length > 0 ? 'PARTIALLY_SHIPPED' : 'UNSHIPPED';
}

/** An order as Orders 2026-01-01 shows it, with everything that `includedData` may ask for. */
export function playedOrder(played: PlayedAmazon, order: BookOrder): object {
  const { book } = played;
  const status = statusOf(played, order);
  const money = (minor: number): object => ({ amount: (minor / 100).toFixed(2), currencyCode: order.currency });
  const total = order.lines.reduce((sum, line) => sum + line.unitPriceMinor * line.quantity, 0);
  const hasAddress = !played.withholdsAddresses && status !== 'PENDING';
  return {
    orderId: amazonOrderId(order),
    createdTime: order.placedAt,
    lastUpdatedTime: order.updatedAt,
    programs: order.labelMode === 'platform' ? ['PRIME'] : [],
    salesChannel: { channelName: 'AMAZON', marketplaceId: MARKETPLACE, marketplaceName: 'Amazon.fr' },
    buyer: { buyerEmail: order.address.email },
    ...(hasAddress ? { recipient: { deliveryAddress: addressOf(order) } } : {}),
    proceeds: { grandTotal: money(total) },
    fulfillment: {
      ...{ fulfillmentStatus: status, fulfilledBy: 'MERCHANT', fulfillmentServiceLevel: 'STANDARD' },
      shipByWindow: { earliestDateTime: order.placedAt, latestDateTime: later(order.placedAt, 2) },
      deliverByWindow: { earliestDateTime: later(order.placedAt, 3), latestDateTime: later(order.placedAt, 6) },
    },
    orderItems: order.lines.map((line) => ({
      orderItemId: line.id,
      quantityOrdered: line.quantity,
      product: {
        ...{ asin: 'B000000000', title: line.title, sellerSku: line.sku },
        price: { unitPrice: money(line.unitPriceMinor) },
      },
      fulfillment: {
        ...{ quantityFulfilled: line.shipped, quantityUnfulfilled: order.state === 'cancelled' ? 0 : book.left(line) },
        ...(order.gift ? { packing: { giftOption: { giftMessage: '', giftWrapLevel: '' } } } : {}),
      },
      ...(order.cancelRequested
        ? { cancellation: { cancellationRequest: { requester: 'BUYER', cancelReason: 'No longer needed' } } }
        : {}),
    })),
    packages: order.packages.map(({ id, carrier, tracking, at, lines }) => ({
      ...{ packageReferenceId: played.references.get(id) ?? id, createdTime: at, carrier, trackingNumber: tracking },
      packageItems: lines.map(({ lineId, quantity }) => ({ orderItemId: lineId, quantity })),
    })),
  };
}

const later = (instant: string, days: number): string =>
  new Date(Date.parse(instant) + days * 86_400_000).toISOString();

function addressOf({ address }: BookOrder): object {
  return {
    ...{ name: address.name, addressLine1: address.street1, addressLine2: address.street2 },
    ...{ city: address.city, stateOrRegion: address.region, postalCode: address.postcode },
    ...{ countryCode: address.country, phone: address.phone, addressType: 'RESIDENTIAL' },
  };
}
