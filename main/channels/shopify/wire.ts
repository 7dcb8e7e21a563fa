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

/** `nodes` or `edges` of a GraphQL connection; `more` when a further page was left on the server. */
function connection<T extends z.ZodType>(node: T) {
  return z.preprocess(nodesOf, z.object({ nodes: z.array(node), more: z.boolean() }));
}

function nodesOf(raw: unknown): unknown {
  if (Array.isArray(raw)) return { nodes: raw, more: false };
  if (!isObject(raw)) return { nodes: [], more: false };
  const edges = Array.isArray(raw.edges) ? raw.edges.map((edge: unknown) => (isObject(edge) ? edge.node : edge)) : [];
  const more = isObject(raw.pageInfo) && raw.pageInfo.hasNextPage === true;
  return { nodes: Array.isArray(raw.nodes) ? raw.nodes : edges, more };
}

const attributes = z
  .array(z.object({ key: wireText.optional(), name: wireText.optional(), value: wireText }))
  .nullish()
  .transform((list) => (list ?? []).map(({ key, name, value }) => ({ from: key || name || '', value })));

const money = z.object({ shopMoney: z.object({ amount: wireText, currencyCode: wireText }) }).nullish();

const address = z
  .object({
    name: wireText,
    firstName: wireText,
    lastName: wireText,
    company: wireText,
    address1: wireText,
    address2: wireText,
    zip: wireText,
    city: wireText,
    province: wireText,
    provinceCode: wireText,
    countryCode: wireText,
    countryCodeV2: wireText,
    phone: wireText,
  })
  .partial()
  .nullish();
export type ShopifyAddress = z.infer<typeof address>;

const variant = z.object({ id: wireIdOrNone, sku: wireText, barcode: wireText }).partial().nullish();

const lineItem = z.object({
  id: wireId,
  sku: wireText,
  name: wireText,
  title: wireText,
  variantTitle: wireText,
  quantity: wireCount,
  currentQuantity: wireCountOrNone,
  unfulfilledQuantity: wireCountOrNone,
  fulfillableQuantity: wireCountOrNone,
  requiresShipping: z.boolean().nullish(),
  variant,
  originalUnitPriceSet: money,
  customAttributes: attributes,
});
export type ShopifyLine = z.infer<typeof lineItem>;

const fulfillmentOrderLine = z.object({
  id: wireId,
  remainingQuantity: wireCount,
  totalQuantity: wireCountOrNone,
  sku: wireText,
  productTitle: wireText,
  variantTitle: wireText,
  lineItem: lineItem.partial().nullish(),
});

const fulfillmentOrder = z.object({
  id: wireIdOrNone,
  status: wireText,
  fulfillAt: wireTime,
  fulfillBy: wireTime,
  fulfillmentHolds: z
    .array(z.object({ reason: wireText, reasonNotes: wireText }))
    .nullish()
    .transform((list) => list ?? []),
  deliveryMethod: z.object({ methodType: wireText }).nullish(),
  lineItems: connection(fulfillmentOrderLine),
});
export type ShopifyFulfillmentOrder = z.infer<typeof fulfillmentOrder>;

const fulfillment = z.object({
  id: wireIdOrNone,
  status: wireText,
  trackingInfo: z
    .array(z.object({ company: wireText, number: wireText }))
    .nullish()
    .transform((list) => list ?? []),
  fulfillmentLineItems: connection(
    z.object({ quantity: wireCountOrNone, lineItem: z.object({ id: wireId }).nullish() }),
  ),
});

const visit = z
  .object({
    source: wireText,
    referrerUrl: wireText,
    landingPage: wireText,
    utmParameters: z.object({ source: wireText }).nullish(),
  })
  .partial()
  .nullish();

/** An order of the Admin GraphQL API; what a query may leave out is optional. */
export const ShopifyOrder = z.object({
  id: wireId,
  name: wireText,
  createdAt: wireTime,
  processedAt: wireTime,
  updatedAt: wireTime,
  cancelledAt: wireTime,
  displayFinancialStatus: wireText,
  displayFulfillmentStatus: wireText,
  fullyPaid: z.boolean().nullish(),
  paymentGatewayNames: wireList(wireText),
  currencyCode: wireText,
  totalPriceSet: money,
  note: wireText,
  email: wireText,
  phone: wireText,
  tags: z
    .union([z.array(z.string()), z.string()])
    .nullish()
    .transform((tags) => (typeof tags === 'string' ? tags.split(',') : (tags ?? [])).map((tag) => tag.trim())),
  sourceName: wireText,
  app: z.object({ name: wireText }).nullish(),
  attribution: z.object({ handle: wireText, displayName: wireText }).nullish(),
  channelInformation: z
    .object({
      displayName: wireText,
      app: z.object({ title: wireText }).nullish(),
      channelDefinition: z.object({ handle: wireText, channelName: wireText }).nullish(),
    })
    .nullish(),
  customAttributes: attributes,
  risk: z.object({ recommendation: wireText }).nullish(),
  customerJourneySummary: z.object({ ready: z.boolean().nullish(), lastVisit: visit }).nullish(),
  referrerUrl: wireText,
  landingPageUrl: wireText,
  shippingAddress: address,
  shippingLine: z.object({ title: wireText }).nullish(),
  lineItems: connection(lineItem),
  /** Null is absent: the shop said nothing of them, not that there are none. */
  fulfillmentOrders: z.preprocess((raw) => raw ?? undefined, connection(fulfillmentOrder).optional()),
  fulfillments: connection(fulfillment).optional(),
});
export type ShopifyOrder = z.infer<typeof ShopifyOrder>;
