import { inventAddress } from '../../main/demo/people.ts';
import { createRandom, type Random } from '../../main/demo/random.ts';
import type { ImportedOrder } from '../../shared/model/imported.ts';

/** The columns of Shopify's orders export, in its order. */
export const shopifyColumns = [
  ...['Name', 'Email', 'Financial Status', 'Paid at', 'Fulfillment Status', 'Fulfilled at', 'Accepts Marketing'],
  ...['Currency', 'Subtotal', 'Shipping', 'Taxes', 'Total', 'Discount Code', 'Discount Amount', 'Shipping Method'],
  ...['Created at', 'Lineitem quantity', 'Lineitem name', 'Lineitem price', 'Lineitem compare at price'],
  ...['Lineitem sku', 'Lineitem requires shipping', 'Lineitem taxable', 'Lineitem fulfillment status'],
  ...['Billing Name', 'Billing Street', 'Billing Address1', 'Billing Address2', 'Billing Company', 'Billing City'],
  ...['Billing Zip', 'Billing Province', 'Billing Country', 'Billing Phone', 'Shipping Name', 'Shipping Street'],
  ...['Shipping Address1', 'Shipping Address2', 'Shipping Company', 'Shipping City', 'Shipping Zip'],
  ...['Shipping Province', 'Shipping Country', 'Shipping Phone', 'Notes', 'Note Attributes', 'Cancelled at'],
  ...['Payment Method', 'Payment Reference', 'Refunded Amount', 'Vendor', 'Outstanding Balance', 'Employee'],
  ...['Location', 'Device ID', 'Id', 'Tags', 'Risk Level', 'Source', 'Lineitem discount'],
  ...['Tax 1 Name', 'Tax 1 Value', 'Tax 2 Name', 'Tax 2 Value', 'Tax 3 Name', 'Tax 3 Value', 'Tax 4 Name'],
  ...['Tax 4 Value', 'Tax 5 Name', 'Tax 5 Value', 'Phone', 'Receipt Number', 'Duties', 'Billing Province Name'],
  ...['Shipping Province Name', 'Payment ID', 'Payment Terms Name', 'Next Payment Due At', 'Payment References'],
] as const;

export type ShopifyRow = Partial<Record<(typeof shopifyColumns)[number], string>>;

/** One CSV line, without its line end, quoted where it must be. */
export function csvLine(values: readonly string[], delimiter = ','): string {
  return values
    .map((value) => (/["\n\r,;\t]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value))
    .join(delimiter);
}

/** A Shopify export with these rows, header included, lines ended by LF as Shopify does. */
export function shopifyCsv(rows: readonly ShopifyRow[], delimiter = ','): string {
  const lines = rows.map((row) => shopifyColumns.map((column) => row[column] ?? ''));
  return [[...shopifyColumns], ...lines].map((values) => `${csvLine(values, delimiter)}\n`).join('');
}

const money = (minor: number | null): string => (minor === null ? '' : (minor / 100).toFixed(2));
const shopifyTime = (instant: string): string => `${instant.slice(0, 10)} ${instant.slice(11, 19)} +0000`;
const SOURCES: Readonly<Record<string, string>> = { shopify: 'web', x: 'twitter', other: 'google' };

/** The rows of one order as Shopify exports it: all of the order on the first, lines only on the others. */
export function shopifyRows(order: ImportedOrder): ShopifyRow[] {
  return order.lines.map((line, index) => ({
    ...(index === 0 && orderFields(order)),
    Name: order.number,
    Email: order.address.email ?? '',
    'Created at': shopifyTime(order.placedAt),
    'Lineitem quantity': String(line.quantity),
    'Lineitem name': line.title,
    'Lineitem price': money(line.unitPriceMinor),
    'Lineitem sku': line.sku,
    'Lineitem requires shipping': 'true',
    'Lineitem taxable': 'true',
    'Lineitem fulfillment status': 'pending',
    Vendor: 'Packwright Demo',
    'Lineitem discount': line.discountMinor === undefined ? '' : money(line.discountMinor),
  }));
}

function orderFields(order: ImportedOrder): ShopifyRow {
  const { address } = order;
  const street = [address.street1, address.street2].filter(Boolean).join(', ');
  return {
    'Financial Status': order.paid ? 'paid' : 'pending',
    'Paid at': order.paid ? shopifyTime(order.placedAt) : '',
    'Fulfillment Status': 'unfulfilled',
    'Accepts Marketing': 'no',
    Currency: order.currency ?? '',
    Subtotal: money(order.totalMinor),
    Shipping: money(order.shippingMinor ?? null),
    Taxes: '0.00',
    Total: money(order.totalMinor),
    'Discount Amount': '0.00',
    'Shipping Method': order.shippingMethod ?? '',
    'Shipping Name': address.name,
    'Shipping Street': street,
    'Shipping Address1': address.street1,
    'Shipping Address2': address.street2 ?? '',
    'Shipping Company': address.company ?? '',
    'Shipping City': address.city,
    'Shipping Zip': /^0/.test(address.postcode) ? `'${address.postcode}` : address.postcode,
    'Shipping Province': address.region ?? '',
    'Shipping Country': address.country,
    'Shipping Phone': address.phone?.startsWith('+') ? `'${address.phone}` : (address.phone ?? ''),
    Notes: order.note ?? '',
    'Note Attributes': order.gift ? 'gift: yes' : '',
    'Cancelled at': order.cancelled ? shopifyTime(order.placedAt) : '',
    'Payment Method': 'Shopify Payments',
    'Refunded Amount': '0.00',
    'Outstanding Balance': '0.00',
    Id: order.externalId,
    'Risk Level': 'Low',
    Source: SOURCES[order.channel] ?? order.channel,
  };
}

/** The text of a Shopify export of these orders. */
export function writeShopifyExport(orders: readonly ImportedOrder[]): string {
  return shopifyCsv(orders.flatMap(shopifyRows));
}

/**
 * A Shopify export of exactly `count` rows below the header, about 1.9 rows an order, the same for the same seed; line
 * by line, so that a file of any size can be written in constant memory. SKUs are `SKU-0001` to `SKU-2000`.
 */
export function* shopifyExportRows(count: number, seed: number): Generator<string> {
  const random = createRandom(seed);
  yield `${csvLine(shopifyColumns)}\n`;
  let left = count;
  for (let number = 1; left > 0; number += 1) {
    const lines = Math.min(left, random.chance(0.55) ? 1 : random.whole(2, 4));
    const rows = shopifyRows(inventOrder(random, number, lines));
    for (const row of rows) yield `${csvLine(shopifyColumns.map((column) => row[column] ?? ''))}\n`;
    left -= lines;
  }
}

function inventOrder(random: Random, number: number, lineCount: number): ImportedOrder {
  const lines = Array.from({ length: lineCount }, () => {
    const sku = `SKU-${String(random.whole(1, 2_000)).padStart(4, '0')}`;
    const quantity = random.chance(0.85) ? 1 : random.whole(2, 5);
    return { externalLineId: null, sku, title: `Item ${sku}`, quantity, unitPriceMinor: random.whole(300, 9_900) };
  });
  const placedAt = new Date(Date.UTC(2026, 10, 1) + number * 7_000).toISOString();
  return {
    channel: random.pick(['shopify', 'shopify', 'instagram', 'facebook', 'pinterest', 'tiktok']),
    shop: '',
    externalId: `82098${String(2_911_946_154_508 + number * 1_013)}`,
    number: `#${1_000 + number}`,
    placedAt,
    shipBy: null,
    priority: 0,
    currency: 'EUR',
    totalMinor: lines.reduce((sum, line) => sum + line.quantity * line.unitPriceMinor, 0),
    gift: random.chance(0.04),
    note: random.chance(0.1) ? 'Please leave it "with the neighbour",\nthird floor' : null,
    shippingMethod: random.chance(0.2) ? 'Express' : 'Standard',
    cancelled: false,
    paid: random.chance(0.97),
    address: inventAddress(random),
    lines,
  };
}
