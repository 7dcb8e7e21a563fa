import { isObject } from '../../../shared/json/wire-values.ts';
import type { BookAddress, BookOrder, OrderBook } from '../channel-order-book.ts';
import { PARCELS_KEY, readParcels } from './parcels.ts';

/** A played shop: its orders, and what plugins and sellers keep with them. */
export interface PlayedWoo {
  readonly book: OrderBook;
  /** Meta data by order and key, as it was sent. */
  readonly meta: Map<string, Map<string, unknown>>;
  readonly completed: Set<string>;
  readonly notes: Map<string, readonly string[]>;
  /** The seller's reference by parcel of the book. */
  readonly parcels: Map<string, string>;
  /** Id of a product by its SKU. */
  readonly products: Map<string, string>;
}

/** Woo's own status of an order of the book. */
function statusOf({ completed }: PlayedWoo, order: BookOrder): string {
  if (order.state === 'cancelled') return 'cancelled';
  if (completed.has(order.id)) return 'completed';
  if (order.state === 'unpaid') return 'pending';
  return order.held === null ? 'processing' : 'on-hold';
}

/** `2026-11-22T10:00:00`, UTC without saying so. */
const gmt = (instant: string): string => instant.slice(0, 19);

/** An order as REST wc/v3 shows it. */
export function playedOrder(woo: PlayedWoo, order: BookOrder): object {
  const total = order.lines.reduce((sum, line) => sum + line.unitPriceMinor * line.quantity, 0);
  const paid = order.state === 'unpaid' ? null : gmt(order.placedAt);
  return {
    id: order.id,
    number: order.number,
    status: statusOf(woo, order),
    currency: order.currency,
    total: (total / 100).toFixed(2),
    created_via: 'checkout',
    date_created: gmt(order.placedAt),
    date_created_gmt: gmt(order.placedAt),
    date_modified_gmt: gmt(order.updatedAt),
    date_paid_gmt: paid,
    payment_method: 'stripe',
    customer_note: order.note,
    billing: { ...addressOf(order.address), email: order.address.email },
    shipping: addressOf(order.address),
    shipping_lines: [{ id: 1, method_id: 'flat_rate', method_title: 'Standard' }],
    line_items: order.lines.map((line) => ({
      ...{ id: line.id, name: line.title, product_id: line.id, variation_id: 0, quantity: line.quantity },
      ...{ sku: line.sku, price: line.unitPriceMinor / 100, meta_data: [] },
    })),
    refunds: order.lines.some(({ cancelled }) => cancelled > 0) ? [{ id: `${order.id}1`, total: '-1.00' }] : [],
    meta_data: metaOf(woo, order),
  };
}

function addressOf(address: BookAddress): object {
  const [first = '', ...rest] = address.name.split(' ');
  return {
    ...{ first_name: first, last_name: rest.join(' '), company: '', phone: address.phone },
    ...{ address_1: address.street1, address_2: address.street2, city: address.city },
    ...{ state: address.region, postcode: address.postcode, country: address.country },
  };
}

function metaOf({ meta }: PlayedWoo, order: BookOrder): object[] {
  const told = [...(meta.get(order.id) ?? new Map<string, unknown>())].map(([key, value]) => ({ key, value }));
  const source = order.source === '' ? [] : [{ key: '_wc_order_attribution_utm_source', value: order.source }];
  const { copyOf } = order;
  const copied = copyOf ? [{ key: `${copyOf.marketplace} order id`, value: copyOf.id }] : [];
  return [...source, ...copied, ...told].map((entry, index) => ({ id: index + 1, ...entry }));
}

/** Keeps what was sent by key; parcels among it are what the shop was really told. */
export function takeMeta(woo: PlayedWoo, order: BookOrder, sent: unknown): void {
  if (!Array.isArray(sent)) return;
  const kept = woo.meta.get(order.id) ?? new Map<string, unknown>();
  for (const entry of sent.filter(isObject)) kept.set(String(entry.key), entry.value);
  woo.meta.set(order.id, kept);
  for (const { tracking, carrier, lines, reference } of readParcels(kept.get(PARCELS_KEY))) {
    const known = order.packages.find((parcel) => parcel.tracking === tracking);
    if (known) continue;
    const corrected = order.packages.find(({ id }) => woo.parcels.get(id) === reference);
    if (corrected) woo.book.correct(order, corrected, { tracking, carrier });
    else {
      const made = woo.book.ship(order, { tracking, carrier, lines });
      woo.parcels.set(made.id, reference);
    }
  }
  woo.book.change(order, { kind: 'touch' });
}
