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
import type { TiktokAddress, TiktokLine, TiktokOrder } from './wire.ts';

const SHIP_STATE: Readonly<Record<string, NormalisedOrder['shipState']>> = {
  UNPAID: 'waiting',
  ON_HOLD: 'waiting',
  AWAITING_SHIPMENT: 'to-ship',
  PARTIALLY_SHIPPING: 'partly-shipped',
  AWAITING_COLLECTION: 'shipped',
  IN_TRANSIT: 'shipped',
  DELIVERED: 'shipped',
  COMPLETED: 'shipped',
  CANCELLED: 'cancelled',
};
/** States of a unit in which nothing is left for the packer. */
const GONE = new Set(['AWAITING_COLLECTION', 'IN_TRANSIT', 'DELIVERED', 'COMPLETED', 'CANCELLED']);
const PACKAGE_GONE = new Set(['FULFILLING', 'COMPLETED', 'CANCELLED']);

type LineKey = (unit: TiktokLine) => readonly unknown[];

const bySku: LineKey = (unit) => [unit.sku_id || unit.seller_sku || unit.id, unit.is_gift];

/** One order of TikTok Shop in our shape: units of one SKU in one package become one line that keeps all their ids. */
export function mapTiktokOrder(order: TiktokOrder): NormalisedOrder {
  return mapOrder(order, (unit) => [...bySku(unit), unit.package_id]);
}

/**
 * The same with all units of a SKU in one line, whatever package they are in, and its ids in their own order: a line stays
 * the same one when a part of it is sent, or TikTok splits or combines packages.
 */
export function mapWholeTiktokOrder(order: TiktokOrder): NormalisedOrder {
  const units = [...order.line_items].sort((a, b) => a.id.length - b.id.length || (a.id < b.id ? -1 : 1));
  return mapOrder({ ...order, line_items: units }, bySku);
}

function mapOrder(order: TiktokOrder, keyOf: LineKey): NormalisedOrder {
  const placedAt = firstTime([order.create_time, order.paid_time, order.update_time]);
  if (!placedAt) throw brokenOrder('create_time is missing');
  const shipState = SHIP_STATE[order.status.toUpperCase()];
  if (shipState === undefined) throw brokenOrder(`status “${order.status.slice(0, 40)}” is unknown`);
  const updatedAt = sourceTime(order.update_time);
  const shipBy = firstTime([order.rts_sla_time, order.shipping_due_time, order.tts_sla_time]);
  const currency = currencyCode(order.payment?.currency || (order.line_items[0]?.currency ?? ''));
  const address = order.recipient_address ? addressOf(order.recipient_address, order.buyer_email) : null;
  return {
    ...orderDefaults,
    channel: 'tiktok_shop',
    externalId: order.id,
    externalNumber: order.id,
    placedAt: placedAt.at,
    updatedAt: updatedAt?.at ?? null,
    shipBy: shipBy?.at ?? null,
    deliverBy: firstTime([order.delivery_due_time, order.delivery_sla_time])?.at ?? null,
    sourceTimes: { placedAt: placedAt.source, updatedAt: updatedAt?.source ?? null, shipBy: shipBy?.source ?? null },
    payState: payStateOf(order),
    shipState,
    cancelRequested: order.is_buyer_request_cancel,
    hold: order.is_on_hold_order || order.status === 'ON_HOLD' ? 'ON_HOLD: the buyer may still change the order' : null,
    labelMode: labelModeOf(order),
    shippingOption: order.delivery_option_name || null,
    needsLabel: order.delivery_type !== 'COLLECTION_POINT_SELLER',
    address,
    addressState: addressStateOfOrder(order.status, address),
    note: [order.buyer_message, order.seller_note, combinedNote(order)].filter(Boolean).join('\n') || null,
    currency,
    totalMinor: minorUnits(order.payment?.total_amount ?? '', currency),
    lines: linesOf(order, currency, keyOf),
    packages: packagesOf(order.line_items),
    attribution: ownMarketplace('tiktok_shop'),
  };
}

/** The packer has to know: TikTok ships this order and others of the buyer as one package. */
function combinedNote({ split_or_combine_tag: tag }: TiktokOrder): string {
  return /^COMBINED$/i.test(tag) ? 'COMBINED: TikTok ships this with other orders of the buyer, as one package' : '';
}

/** Decided by order, never by shop: sellers have both kinds. Where it is not said, no tracking number is typed in. */
function labelModeOf({ shipping_type: type }: TiktokOrder): 'seller' | 'platform' {
  return /^SELLER$/i.test(type) ? 'seller' : 'platform';
}

/** While the buyer can still change it, the address is not handed out. */
function addressStateOfOrder(status: string, address: NormalisedAddress | null): NormalisedOrder['addressState'] {
  if ((address === null || address.street1 === '') && (status === 'UNPAID' || status === 'ON_HOLD')) return 'pending';
  return address === null ? 'masked' : addressStateOf(address);
}

function payStateOf(order: TiktokOrder): NormalisedOrder['payState'] {
  if (order.is_cod) return 'cod';
  if (order.status === 'UNPAID') return 'unpaid';
  if (order.status === 'CANCELLED' && sourceTime(order.paid_time) === null) return 'unpaid';
  return 'paid';
}

function linesOf(order: TiktokOrder, currency: string | null, keyOf: LineKey): NormalisedLine[] {
  const groups = new Map<string, [TiktokLine, ...TiktokLine[]]>();
  for (const unit of order.line_items) {
    const key = JSON.stringify(keyOf(unit));
    const group = groups.get(key);
    if (group) group.push(unit);
    else groups.set(key, [unit]);
  }
  // FULFILLMENT_BY_TIKTOK leaves from TikTok's own warehouse.
  const theirs = order.fulfillment_type === 'FULFILLMENT_BY_TIKTOK' || GONE.has(order.status);
  return [...groups.values()].map((units) => ({
    externalLineIds: units.map(({ id }) => id),
    sku: units[0].seller_sku || units[0].sku_id,
    barcode: null,
    title: titleOf(units[0]),
    variant: units[0].sku_name || null,
    quantityOrdered: units.length,
    quantityToPack: theirs ? 0 : units.filter(isLeft).length,
    gift: units[0].is_gift,
    giftMessage: null,
    unitPriceMinor: minorUnits(units[0].sale_price, currencyCode(units[0].currency) ?? currency),
  }));
}

/**
 * A virtual bundle stays the one line that TikTok counts, ships and returns by; what the packer puts into the parcel for each
 * of its units stands in the title.
 */
function titleOf({ product_name: name, combined_listing_skus: parts }: TiktokLine): string {
  const named = parts.map((part) => ({ sku: part.seller_sku || part.sku_id, count: part.sku_count ?? 1 }));
  const content = named.filter(({ sku }) => sku !== '').map(({ sku, count }) => `${count} × ${sku}`);
  return content.length > 0 ? `${name} (${content.join(' + ')})` : name;
}

/** A unit that is still to be sent. Its own state goes before that of its package. */
export function isLeft({ display_status: state, package_status: packageState }: TiktokLine): boolean {
  if (GONE.has(state)) return false;
  return state !== '' || !PACKAGE_GONE.has(packageState);
}

function addressOf(given: TiktokAddress, email: string): NormalisedAddress {
  const level = (...names: readonly string[]): string =>
    given.district_info.find((part) => names.includes(part.address_level_name.toLowerCase()))?.address_name ??
    given.district_info.find((part) => names.includes(part.address_level.toLowerCase()))?.address_name ??
    '';
  const district = given.district_info.findLast((part) => part.address_level !== 'L0')?.address_name ?? '';
  const rest = [given.address_line2, given.address_line3, given.address_line4].filter(Boolean).join(', ');
  return {
    name: given.name || [given.first_name, given.last_name].filter(Boolean).join(' '),
    company: '',
    street1: given.address_line1 || given.address_detail || given.full_address,
    street2: given.address_line1 ? rest : '',
    postcode: given.postal_code,
    city: level('city', 'l3') || level('town', 'municipality', 'l2') || district,
    region: level('state', 'province', 'l1'),
    country: given.region_code.toUpperCase(),
    phone: given.phone_number,
    email,
  };
}

function packagesOf(units: readonly TiktokLine[]): NormalisedOrder['packages'] {
  const packages = new Map<string, NormalisedOrder['packages'][number]>();
  for (const unit of units) {
    if (unit.package_id === '' || unit.tracking_number === '') continue;
    const known = packages.get(unit.package_id);
    const lines = [...(known?.lines ?? []), { lineId: unit.id, quantity: 1 }];
    const { shipping_provider_id: carrierCode, tracking_number: tracking } = unit;
    packages.set(unit.package_id, { remoteId: unit.package_id, carrierCode, tracking, lines });
  }
  return [...packages.values()];
}
