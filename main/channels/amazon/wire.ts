import { z } from 'zod';
import {
  isObject,
  wireCount,
  wireCountOrNone,
  wireId,
  wireIdOrNone,
  wireList,
  wireText,
  wireTime,
} from '../../../shared/json/wire-values.ts';

const money = z.object({ amount: wireText, currencyCode: wireText }).nullish();
const window = z.object({ earliestDateTime: wireTime, latestDateTime: wireTime }).nullish();

const item = z.object({
  orderItemId: wireId,
  quantityOrdered: wireCount,
  product: z.object({
    asin: wireText,
    title: wireText,
    sellerSku: wireText,
    price: z.object({ unitPrice: money }).nullish(),
    customization: z.object({ customizedUrl: wireText }).nullish(),
  }),
  programs: wireList(z.string()),
  fulfillment: z
    .object({
      quantityFulfilled: wireCountOrNone,
      quantityUnfulfilled: wireCountOrNone,
      packing: z
        .object({ giftOption: z.object({ giftMessage: wireText, giftWrapLevel: wireText }).nullish() })
        .nullish(),
      shipping: z
        .object({
          shippingConstraints: z
            .unknown()
            .transform((raw) =>
              (isObject(raw) ? Object.entries(raw).filter(([, value]) => value) : []).map(([name]) => name),
            ),
        })
        .nullish(),
    })
    .nullish(),
  cancellation: z.object({ cancellationRequest: z.unknown() }).nullish(),
});
export type AmazonItem = z.infer<typeof item>;

const address = z
  .object({
    name: wireText,
    companyName: wireText,
    addressLine1: wireText,
    addressLine2: wireText,
    addressLine3: wireText,
    city: wireText,
    districtOrCounty: wireText,
    stateOrRegion: wireText,
    municipality: wireText,
    postalCode: wireText,
    countryCode: wireText,
    phone: wireText,
    extendedFields: z
      .object({ streetName: wireText, streetNumber: wireText, complement: wireText, neighborhood: wireText })
      .nullish(),
  })
  .nullish();
export type AmazonAddress = NonNullable<z.infer<typeof address>>;

const shipped = z.object({
  packageReferenceId: wireIdOrNone,
  carrier: wireText,
  trackingNumber: wireText,
  packageItems: wireList(z.object({ orderItemId: wireId, quantity: wireCount })),
});

/** An order of Orders API 2026-01-01. Required are only id, times, sales channel and items; the rest hangs on rights. */
export const AmazonOrder = z.object({
  orderId: wireId,
  createdTime: wireTime,
  lastUpdatedTime: wireTime,
  programs: wireList(z.string()),
  buyer: z.object({ buyerName: wireText, buyerEmail: wireText }).nullish(),
  recipient: z.object({ deliveryAddress: address }).nullish(),
  proceeds: z.object({ grandTotal: money }).nullish(),
  fulfillment: z
    .object({
      fulfillmentStatus: wireText,
      fulfilledBy: wireText,
      fulfillmentServiceLevel: wireText,
      shipByWindow: window,
      deliverByWindow: window,
    })
    .nullish(),
  orderItems: z.array(item, 'orderItems are missing'),
  packages: wireList(shipped),
});
export type AmazonOrder = z.infer<typeof AmazonOrder>;
