import { createHash } from 'node:crypto';
import type { BookLine, BookOrder, BookPackage, OrderBook } from '../channel-order-book.ts';

/** The one warehouse of the played shop, its delivery option, and the carriers that this one takes. */
export const PLAYED_WAREHOUSE = '7000714532876273410';
export const PLAYED_OPTION = '6955034615128000261';
export const playedProviders = [
  'UPS',
  'USPS',
  'FedEx',
  'DHL',
  'DPD',
  'Colissimo',
  'Chronopost',
  'Mondial Relay',
  'GLS',
  'Royal Mail',
].map((name, at) => ({ id: String(6_617_675_021_119_438_849n + BigInt(at) * 1_001n), name }));

/** What TikTok knows of orders beside the book: which unit is in which package. */
export interface TiktokBook {
  readonly book: OrderBook;
  readonly cancelledUnits: Set<string>;
  /** Packages that TikTok made of several orders of one buyer, by id; still to be sent. */
  readonly combined: Map<string, readonly string[]>;
}

export interface PlayedUnit {
  readonly id: string;
  readonly line: BookLine;
  readonly packageId: string | null;
  readonly isCancelled: boolean;
}

/** One line item is one unit: the units of an order, each in its package or in none. */
export function unitsOf({ cancelledUnits }: TiktokBook, order: BookOrder): PlayedUnit[] {
  return order.lines.flatMap((line) => {
    const ids = Array.from({ length: line.quantity }, (_, at) => String(BigInt(line.id) * 1_000n + BigInt(at)));
    const inPackage = new Map<string, string>();
    for (const parcel of order.packages)
      for (const told of parcel.lines)
        if (told.lineId === line.id) for (const id of toldUnits(told)) inPackage.set(id, parcel.id);
    const gone = new Set(ids.filter((id) => cancelledUnits.has(id)));
    const free = (): string[] => ids.filter((id) => !inPackage.has(id) && !gone.has(id));
    // What was told past this platform's own calls takes the first units that are free.
    for (const parcel of order.packages) {
      const said = parcel.lines.filter(({ lineId }) => lineId === line.id).reduce((sum, one) => sum + one.quantity, 0);
      const there = [...inPackage.values()].filter((id) => id === parcel.id).length;
      for (const id of free().slice(0, Math.max(said - there, 0))) inPackage.set(id, parcel.id);
    }
    const owed = line.cancelled - gone.size;
    if (owed > 0) for (const id of free().slice(-owed)) gone.add(id);
    return ids.map((id) => ({ id, line, packageId: inPackage.get(id) ?? null, isCancelled: gone.has(id) }));
  });
}

/** Which units of a line were told: they are kept with the parcel, so that they outlive this process. */
function toldUnits(told: BookPackage['lines'][number]): readonly string[] {
  return 'units' in told && Array.isArray(told.units) ? told.units.map(String) : [];
}

export function statusOf(order: BookOrder, units: readonly PlayedUnit[]): string {
  if (order.state === 'unpaid') return 'UNPAID';
  const live = units.filter(({ isCancelled }) => !isCancelled);
  if (order.state === 'cancelled' || live.length === 0) return 'CANCELLED';
  const sent = live.filter(({ packageId }) => packageId !== null).length;
  if (sent === live.length) return order.labelMode === 'platform' ? 'AWAITING_COLLECTION' : 'IN_TRANSIT';
  if (sent > 0) return 'PARTIALLY_SHIPPING';
  return order.held === null ? 'AWAITING_SHIPMENT' : 'ON_HOLD';
}

const seconds = (instant: string): number => Math.floor(Date.parse(instant) / 1_000);
const money = (minor: number): string => (minor / 100).toFixed(2);

/** A number of 18 digits that is always the same for the same text. */
export function numberFor(kind: string, text: string): string {
  const digest = createHash('sha256').update(`${kind}:${text}`).digest();
  return String(1_700_000_000_000_000_000n + (digest.readBigUInt64BE(0) % 90_000_000_000_000_000n));
}

/** TikTok's own package of an order that it labels: there before the label is. */
export const ownPackage = (order: BookOrder): string => `11${order.id}`;

export function combinedWith({ combined }: TiktokBook, order: BookOrder): string | undefined {
  return [...combined].find(([, ids]) => ids.includes(order.id))?.[0];
}

/** An order as search and detail show it. */
export function toWire(tiktok: TiktokBook, order: BookOrder): object {
  const units = unitsOf(tiktok, order);
  const status = statusOf(order, units);
  const shown = status !== 'UNPAID' && status !== 'ON_HOLD';
  const placed = seconds(order.placedAt);
  const total = order.lines.reduce((sum, line) => sum + line.unitPriceMinor * (line.quantity - line.cancelled), 0);
  return {
    id: order.id,
    status,
    create_time: placed,
    update_time: seconds(order.updatedAt),
    paid_time: order.state === 'unpaid' ? 0 : placed,
    rts_sla_time: placed + 2 * 86_400,
    tts_sla_time: placed + 3 * 86_400,
    shipping_type: order.labelMode === 'platform' ? 'TIKTOK' : 'SELLER',
    fulfillment_type: 'FULFILLMENT_BY_SELLER',
    delivery_option_id: PLAYED_OPTION,
    delivery_option_name: order.labelMode === 'platform' ? 'Standard shipping' : 'Shipped from seller',
    delivery_type: 'HOME_DELIVERY',
    warehouse_id: PLAYED_WAREHOUSE,
    is_on_hold_order: order.held !== null,
    is_cod: false,
    is_buyer_request_cancel: order.cancelRequested,
    is_sample_order: false,
    split_or_combine_tag: combinedWith(tiktok, order) ? 'COMBINED' : '',
    buyer_message: order.note,
    buyer_email: order.address.email,
    payment: { currency: order.currency, total_amount: money(total) },
    ...(shown ? { recipient_address: addressOf(order) } : {}),
    packages: [...new Set(units.flatMap(({ packageId }) => packageId ?? []))].map((id) => ({ id })),
    line_items: units.map((unit) => unitToWire(tiktok, order, { unit, status })),
  };
}

/** As TikTok shows the number of every buyer: `(+1)213-***-1234`. */
function starredPhone(phone: string): string {
  const digits = phone.replace(/\D/g, '');
  if (digits.length < 9) return digits === '' ? '' : '***';
  const national = Math.max(1, digits.length - 10);
  const area = digits.slice(national, national + 3);
  return `(+${digits.slice(0, national)})${area}-***-${digits.slice(-4)}`;
}

function addressOf({ address }: BookOrder): object {
  const [firstName = '', ...others] = address.name.split(' ');
  return {
    name: address.name,
    first_name: firstName,
    last_name: others.join(' '),
    phone_number: starredPhone(address.phone),
    address_line1: address.street1,
    address_line2: address.street2,
    postal_code: address.postcode,
    region_code: address.country,
    district_info: [
      { address_level: 'L0', address_level_name: 'Country', address_name: address.country },
      { address_level: 'L1', address_level_name: 'State', address_name: address.region },
      { address_level: 'L3', address_level_name: 'City', address_name: address.city },
    ],
  };
}

function unitToWire(
  tiktok: TiktokBook,
  order: BookOrder,
  { unit, status }: { readonly unit: PlayedUnit; readonly status: string },
): object {
  const { id, line, packageId, isCancelled } = unit;
  const parcel = order.packages.find((one) => one.id === packageId);
  const ahead = order.labelMode === 'platform' ? ownPackage(order) : (combinedWith(tiktok, order) ?? '');
  const sentAs = order.labelMode === 'platform' ? 'AWAITING_COLLECTION' : 'IN_TRANSIT';
  const open = status === 'PARTIALLY_SHIPPING' ? 'AWAITING_SHIPMENT' : status;
  const provider = playedProviders.find(({ name }) => name === parcel?.carrier);
  return {
    id,
    product_id: numberFor('product', line.title),
    product_name: line.title,
    sku_id: numberFor('sku', line.sku),
    seller_sku: line.sku,
    sku_name: '',
    sale_price: money(line.unitPriceMinor),
    currency: order.currency,
    is_gift: false,
    display_status: isCancelled ? 'CANCELLED' : parcel ? sentAs : open,
    package_id: parcel && order.labelMode === 'seller' ? parcel.id : ahead,
    package_status: parcel ? 'FULFILLING' : 'TO_FULFILL',
    ...(parcel
      ? {
          tracking_number: parcel.tracking,
          shipping_provider_id: provider?.id ?? '',
          shipping_provider_name: parcel.carrier,
        }
      : {}),
  };
}
