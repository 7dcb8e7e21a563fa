import { createHash } from 'node:crypto';
import type { Address } from '../../shared/model/address.ts';

/** What a label is bought for. Sheet and resolution are not part of it: they change nothing at the carrier. */
export interface Shipped {
  readonly address: Address;
  readonly weightMg: number;
  readonly contents: readonly { readonly lineId: string; readonly itemId: string; readonly quantity: number }[];
  readonly pickupPoint: string | null;
}

const ADDRESS = [
  ...(['name', 'company', 'street1', 'street2', 'postcode', 'city', 'region', 'country', 'phone', 'email'] as const),
];

/** Another text as soon as address, weight, contents or pick-up point are others; the order of scans does not matter. */
export function revisionOf({ address, weightMg, contents, pickupPoint }: Shipped): string {
  const perLine = new Map<string, number>();
  for (const { lineId, itemId, quantity } of contents) {
    const key = `${lineId} ${itemId}`;
    perLine.set(key, (perLine.get(key) ?? 0) + quantity);
  }
  const told = {
    address: ADDRESS.map((field) => (address[field] ?? '').trim()),
    weightMg,
    contents: [...perLine].sort(([one], [other]) => (one < other ? -1 : 1)),
    pickupPoint,
  };
  return createHash('sha256').update(JSON.stringify(told)).digest('hex').slice(0, 32);
}
