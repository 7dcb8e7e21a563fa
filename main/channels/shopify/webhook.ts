import { isObject, textUnder } from '../../../shared/json/wire-values.ts';

const STATES: Readonly<Record<string, string>> = {
  paid: 'PAID',
  partially_refunded: 'PARTIALLY_REFUNDED',
  refunded: 'REFUNDED',
};

/** True for the body of an order webhook, which speaks the older REST dialect. */
export function isRestOrder(value: unknown): value is Readonly<Record<string, unknown>> {
  return isObject(value) && Array.isArray(value.line_items);
}

/**
 * A REST order in GraphQL's words, so that both give the same order under the same id
 * (`admin_graphql_api_id`, made from the number where it is missing).
 */
export function fromRestOrder(rest: Readonly<Record<string, unknown>>): unknown {
  const state = textUnder(rest, 'financial_status') ?? '';
  return {
    id: gid('Order', rest),
    name: rest.name,
    createdAt: rest.created_at,
    processedAt: rest.processed_at,
    updatedAt: rest.updated_at,
    cancelledAt: rest.cancelled_at,
    displayFinancialStatus: STATES[state] ?? state.toUpperCase(),
    paymentGatewayNames: rest.payment_gateway_names,
    currencyCode: rest.currency,
    totalPriceSet: isObject(rest.total_price_set) ? money(rest.total_price_set) : null,
    note: rest.note,
    email: rest.email,
    phone: rest.phone,
    tags: rest.tags,
    sourceName: rest.source_name,
    customAttributes: rest.note_attributes,
    referrerUrl: rest.referring_site,
    landingPageUrl: rest.landing_site,
    shippingAddress: isObject(rest.shipping_address) ? addressOf(rest.shipping_address) : null,
    shippingLine: Array.isArray(rest.shipping_lines) ? rest.shipping_lines[0] : null,
    lineItems: Array.isArray(rest.line_items) ? rest.line_items.map(lineOf) : [],
    fulfillments: Array.isArray(rest.fulfillments) ? rest.fulfillments.map(fulfillmentOf) : [],
  };
}

function gid(kind: string, rest: unknown): string | undefined {
  const own = textUnder(rest, 'admin_graphql_api_id');
  const id = textUnder(rest, 'id');
  return own || (id === undefined ? undefined : `gid://shopify/${kind}/${id}`);
}

function money(set: Readonly<Record<string, unknown>>): unknown {
  const shop = isObject(set.shop_money) ? set.shop_money : {};
  return { shopMoney: { amount: shop.amount, currencyCode: shop.currency_code } };
}

function addressOf(rest: Readonly<Record<string, unknown>>): unknown {
  const { first_name: firstName, last_name: lastName, province_code: provinceCode, country_code: countryCode } = rest;
  return { ...rest, firstName, lastName, provinceCode, countryCode };
}

function lineOf(rest: unknown): unknown {
  if (!isObject(rest)) return rest;
  const variant = textUnder(rest, 'variant_id');
  return {
    id: gid('LineItem', rest),
    sku: rest.sku,
    name: rest.name,
    title: rest.title,
    variantTitle: rest.variant_title,
    quantity: rest.quantity,
    currentQuantity: rest.current_quantity,
    fulfillableQuantity: rest.fulfillable_quantity,
    requiresShipping: rest.requires_shipping,
    variant: variant === undefined ? null : { id: `gid://shopify/ProductVariant/${variant}` },
    originalUnitPriceSet: isObject(rest.price_set) ? money(rest.price_set) : null,
    customAttributes: rest.properties,
  };
}

function fulfillmentOf(rest: unknown): unknown {
  if (!isObject(rest)) return rest;
  const numbers = Array.isArray(rest.tracking_numbers) ? rest.tracking_numbers : [rest.tracking_number];
  const lines = Array.isArray(rest.line_items) ? rest.line_items : [];
  return {
    id: gid('Fulfillment', rest),
    status: rest.status,
    trackingInfo: numbers.map((number: unknown) => ({ company: rest.tracking_company, number })),
    fulfillmentLineItems: lines.map((line: unknown) => ({
      quantity: isObject(line) ? line.quantity : null,
      lineItem: { id: gid('LineItem', line) },
    })),
  };
}
