import { createHash } from 'node:crypto';
import type { Address } from '../../shared/model/address.ts';
import type { ImportedOrder } from '../../shared/model/imported.ts';

const addressFields = (address: Partial<Address>): (string | undefined)[] => [
  address.name,
  address.company,
  address.street1,
  address.street2,
  address.postcode,
  address.city,
  address.region,
  address.country,
  address.phone,
  address.email,
];

/** An address as one text: the same content gives the same text, in whatever order its fields stand. */
export function addressText(address: Partial<Address>): string {
  return JSON.stringify(addressFields(address));
}

/** What only some sources tell: an order that says nothing of it keeps the hash that it always had. */
function furtherFacts(order: ImportedOrder): object[] {
  const { shippingMinor, discountMinor, promisedBy, pickupPoint, labelMode, vatNumber, keptBack } = order;
  const facts = { shippingMinor, discountMinor, promisedBy, pickupPoint, labelMode, vatNumber, keptBack };
  const lines = order.lines.map(({ vatRate, discountMinor: off }) => ({ vatRate, off }));
  const told = Object.values(facts).some((value) => value !== undefined);
  const toldOfLines = lines.some((line) => line.vatRate !== undefined || line.off !== undefined);
  return [...(told ? [facts] : []), ...(toldOfLines ? [lines] : [])];
}

/** Fingerprint of what an order says: the same content from whatever file gives the same hash. */
export function contentHash(order: ImportedOrder): string {
  const content = [
    order.number,
    order.placedAt,
    order.shipBy,
    order.priority,
    order.currency,
    order.totalMinor,
    order.gift,
    order.note,
    order.shippingMethod,
    order.cancelled,
    order.paid,
    addressFields(order.address),
    order.lines.map((line) => [line.externalLineId, line.sku, line.title, line.quantity, line.unitPriceMinor]),
    ...(order.substitutions === undefined ? [] : [order.substitutions]),
    ...furtherFacts(order),
  ];
  return createHash('sha256').update(JSON.stringify(content)).digest('base64url');
}

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Short scannable code of an order: the 40 random bits at the end of its UUIDv7, in Crockford's alphabet. */
export function orderCode(id: string): string {
  let bits = BigInt(`0x${id.replaceAll('-', '').slice(-10)}`);
  let code = '';
  for (let digit = 0; digit < 8; digit += 1) {
    code = `${CROCKFORD[Number(bits & 31n)] ?? '0'}${code}`;
    bits >>= 5n;
  }
  return code;
}

/** A component of a kit with its quantity in one kit. */
export interface Component {
  readonly itemId: string;
  readonly sku: string;
  readonly title: string;
  readonly quantity: number;
}

/** What the catalogue says of a SKU that was ordered. */
export interface KnownItem {
  readonly itemId: string;
  readonly components: readonly Component[];
}
