import { AppError } from '../../../shared/errors.ts';
import { headerKey } from './table.ts';

/** Columns of Shopify's orders export that a packing station needs, by our name for them. */
const NEEDED = {
  name: ['Name'],
  createdAt: ['Created at'],
  quantity: ['Lineitem quantity'],
  sku: ['Lineitem sku'],
  shipName: ['Shipping Name'],
  street1: ['Shipping Address1', 'Shipping Street'],
  city: ['Shipping City'],
  country: ['Shipping Country'],
} as const;

const USEFUL = {
  id: ['Id'],
  email: ['Email'],
  financialStatus: ['Financial Status'],
  fulfillmentStatus: ['Fulfillment Status'],
  currency: ['Currency'],
  total: ['Total'],
  shipping: ['Shipping'],
  tax: ['Tax 1 Name'],
  furtherTax: ['Tax 2 Name'],
  shippingMethod: ['Shipping Method'],
  title: ['Lineitem name'],
  price: ['Lineitem price'],
  lineDiscount: ['Lineitem discount'],
  requiresShipping: ['Lineitem requires shipping'],
  lineStatus: ['Lineitem fulfillment status'],
  street: ['Shipping Street'],
  street2: ['Shipping Address2'],
  company: ['Shipping Company'],
  zip: ['Shipping Zip'],
  province: ['Shipping Province'],
  shipPhone: ['Shipping Phone'],
  phone: ['Phone'],
  notes: ['Notes', 'Note'],
  attributes: ['Note Attributes'],
  cancelledAt: ['Cancelled at'],
  tags: ['Tags'],
  source: ['Source'],
} as const;

export type ShopifyColumn = keyof typeof NEEDED | keyof typeof USEFUL;
/** Index of each column, -1 for one that the file lacks. */
export type ShopifyColumns = Readonly<Record<ShopifyColumn, number>>;

/** Finds the columns in a header; throws `import.missing-column` where an order could not be packed without one. */
export function findShopifyColumns(header: readonly string[], fileName: string): ShopifyColumns {
  const keys = header.map(headerKey);
  const indexOf = (names: readonly string[]): number =>
    names.map((name) => keys.indexOf(headerKey(name))).find((index) => index !== -1) ?? -1;
  const missing = Object.values(NEEDED).find((names) => indexOf(names) === -1);
  if (missing) throw new AppError('validation', 'import.missing-column', { fileName, column: missing[0] });
  const found = Object.entries({ ...NEEDED, ...USEFUL }).map(([column, names]) => [column, indexOf(names)]);
  return Object.fromEntries(found) as ShopifyColumns; // one entry for each key of the two tables, by construction
}
