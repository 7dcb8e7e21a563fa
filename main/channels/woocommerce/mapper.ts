import { textUnder } from '../../../shared/json/wire-values.ts';
import { attribute, type OrderTraces, type Trace } from '../../../shared/model/attribution.ts';
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
import { PARCELS_KEY, readParcels, readTracking, TRACKING_KEY } from './parcels.ts';
import { plainText } from './plain-text.ts';
import type { WooAddress, WooLine, WooMeta, WooOrder } from './wire.ts';

const SHIP_STATE: Readonly<Record<string, NormalisedOrder['shipState']>> = {
  processing: 'to-ship',
  completed: 'shipped',
  cancelled: 'cancelled',
  refunded: 'cancelled',
  failed: 'cancelled',
  trash: 'cancelled',
};
const UNPAID = new Set(['pending', 'on-hold', 'failed', 'checkout-draft', 'auto-draft']);

/** One order of WooCommerce in our shape. Only `processing` is packed; a status of a plugin waits. */
export function mapWooOrder(order: WooOrder): NormalisedOrder {
  const placedAt = firstTime([order.date_created_gmt, order.date_paid_gmt, order.date_modified_gmt]);
  if (!placedAt) throw brokenOrder('date_created_gmt is missing');
  if (order.status === '') throw brokenOrder('status is missing');
  const status = order.status.replace(/^wc-/, '');
  const listed = SHIP_STATE[status] ?? 'waiting';
  const updatedAt = sourceTime(order.date_modified_gmt);
  const currency = currencyCode(order.currency);
  const address = addressOf(order);
  const packages = packagesOf(order.meta_data);
  const hasLeft = packages.some(({ lines }) => lines.length > 0);
  const shipState = listed === 'to-ship' && hasLeft ? 'partly-shipped' : listed;
  const traces = tracesOf(order);
  return {
    ...orderDefaults,
    channel: 'woocommerce',
    externalId: order.id,
    externalNumber: order.number || order.id,
    placedAt: placedAt.at,
    updatedAt: updatedAt?.at ?? null,
    shipBy: null,
    sourceTimes: { placedAt: placedAt.source, updatedAt: updatedAt?.source ?? null, shipBy: null },
    payState: payStateOf(order, status),
    shipState,
    hold: holdOf(order, shipState),
    shippingOption: plainText(order.shipping_lines[0]?.method_title ?? '') || null,
    needsLabel: !order.shipping_lines.some(({ method_id: method }) => /^(?:local_pickup|pickup_location)/.test(method)),
    address,
    addressState: address === null ? 'masked' : addressStateOf(address),
    note: order.customer_note || null,
    currency,
    totalMinor: minorUnits(order.total, currency),
    lines: linesOf(order, { state: shipState, currency, packages }),
    packages,
    attribution: attribute(traces),
    traces,
  };
}

function payStateOf(order: WooOrder, status: string): NormalisedOrder['payState'] {
  if (status === 'refunded') return 'refunded';
  if (sourceTime(order.date_paid_gmt)) return 'paid';
  if (order.payment_method === 'cod' && !UNPAID.has(status)) return 'cod';
  return status === 'processing' || status === 'completed' ? 'paid' : 'unpaid';
}

/** An order says that money went back, not for which units: until those are read it would be packed too full. */
function holdOf(order: WooOrder, state: NormalisedOrder['shipState']): string | null {
  if (state !== 'to-ship' && state !== 'partly-shipped') return null;
  const unread = order.refunds.some((refund) => refund.line_items === undefined);
  return unread ? 'refunded in part: the refunds of this order are still to be read' : null;
}

function linesOf(
  order: WooOrder,
  {
    state,
    currency,
    packages,
  }: Pick<NormalisedOrder, 'currency' | 'packages'> & { readonly state: NormalisedOrder['shipState'] },
): NormalisedLine[] {
  const sent = (id: string): number =>
    packages
      .flatMap(({ lines }) => lines)
      .reduce((sum, { lineId, quantity }) => sum + (lineId === id ? quantity : 0), 0);
  const refunded = new Map<string, number>();
  for (const { quantity, meta_data } of order.refunds.flatMap((refund) => refund.line_items ?? [])) {
    const id = metaText(meta_data, '_refunded_item_id');
    refunded.set(id, (refunded.get(id) ?? 0) + Math.abs(quantity));
  }
  const done = state === 'shipped' || state === 'cancelled';
  return order.line_items.map((line) => ({
    externalLineIds: [line.id],
    sku: line.sku || line.variation_id || line.product_id,
    barcode: line.global_unique_id || null,
    title: plainText(line.name),
    variant: variantOf(line),
    quantityOrdered: line.quantity,
    quantityToPack: done ? 0 : Math.max(0, line.quantity - (refunded.get(line.id) ?? 0) - sent(line.id)),
    gift: false,
    giftMessage: null,
    unitPriceMinor: minorUnits(line.price, currency),
  }));
}

/** Attributes of the variation; keys with an underscore are for plugins. */
function variantOf(line: WooLine): string | null {
  const parts = line.meta_data
    .filter(
      ({ key, value }) =>
        key !== '' && !key.startsWith('_') && (typeof value === 'string' || typeof value === 'number'),
    )
    .map(({ key, value }) => `${key.replace(/^(?:attribute_)?pa_/, '')}: ${String(value)}`);
  return plainText(parts.join(', ')) || null;
}

/** Woo leaves the shipping address empty where it is the billing address. */
function addressOf(order: WooOrder): NormalisedAddress | null {
  const given = [order.shipping, order.billing].find((address) => address && address.address_1 !== '') ?? order.billing;
  if (!given) return null;
  return {
    name: nameOf(given) || (order.billing ? nameOf(order.billing) : ''),
    company: given.company,
    street1: given.address_1,
    street2: given.address_2,
    postcode: given.postcode,
    city: given.city,
    region: given.state,
    country: given.country.toUpperCase(),
    phone: given.phone || (order.billing?.phone ?? ''),
    email: order.billing?.email ?? '',
  };
}

const nameOf = (address: WooAddress): string => [address.first_name, address.last_name].filter(Boolean).join(' ');

function metaText(meta: WooMeta, key: string): string {
  return (
    textUnder(
      meta.find((entry) => entry.key === key),
      'value',
    )?.trim() ?? ''
  );
}

/** Parcels that this station told, with their units; and rows of the Shipment Tracking extension that others wrote. */
function packagesOf(meta: WooMeta): NormalisedOrder['packages'] {
  const under = (name: string): unknown => meta.find(({ key }) => key === name)?.value;
  const own = readParcels(under(PARCELS_KEY)).map(({ reference, tracking, carrier, lines }) => ({
    ...{ remoteId: reference, carrierCode: carrier, tracking },
    lines: [...lines],
  }));
  const rows = readTracking(under(TRACKING_KEY)).filter(
    (row) => !own.some(({ tracking }) => tracking === textUnder(row, 'tracking_number')),
  );
  const others = rows.map((row) => ({
    remoteId: textUnder(row, 'tracking_id') ?? '',
    carrierCode: textUnder(row, 'tracking_provider') || (textUnder(row, 'custom_tracking_provider') ?? ''),
    tracking: textUnder(row, 'tracking_number') ?? '',
    lines: [],
  }));
  return [...own, ...others];
}

function tracesOf(order: WooOrder): OrderTraces {
  const traces = order.meta_data.flatMap(({ key, value }): Trace[] =>
    typeof value === 'string' || typeof value === 'number' ? [{ from: key, value: String(value).trim() }] : [],
  );
  const under = (name: string): Trace[] => traces.filter(({ from }) => from === `_wc_order_attribution_${name}`);
  return {
    engine: [{ from: 'created_via', value: order.created_via }],
    tags: [],
    attributes: traces.filter(({ from }) => !from.startsWith('_wc_order_attribution_')),
    campaigns: under('utm_source'),
    referrers: under('referrer'),
  };
}
