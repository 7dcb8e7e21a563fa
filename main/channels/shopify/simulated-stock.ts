import { isObject } from '../../../shared/json/wire-values.ts';
import type { OrderBook } from '../channel-order-book.ts';
import { type Arguments, GraphqlFault, type Resolver } from './simulated-graphql.ts';
import { connection, gid, locationGid, numberIn } from './simulated-orders.ts';

/** Stock of the played shop: every SKU that was ever ordered, at so many locations. */
export function shopifyStockDesk(book: OrderBook, locations: number): Readonly<Record<string, Resolver>> {
  const skus: string[] = [];
  const numberOf = (sku: string): string => {
    if (!skus.includes(sku)) skus.push(sku);
    return String(4_500_000_000_001 + skus.indexOf(sku));
  };
  const known = (): Set<string> =>
    new Set([...book.stock.keys(), ...book.all().flatMap(({ lines }) => lines.map(({ sku }) => sku))]);
  const item = (sku: string): object => ({
    __typename: 'InventoryItem',
    id: gid('InventoryItem', numberOf(sku)),
    sku,
    tracked: true,
    inventoryLevels: (args: Arguments) => {
      const levels = Array.from({ length: locations }, (_, at) => ({
        location: { id: locationGid(at), name: `Warehouse ${at + 1}` },
        quantities: () => [{ name: 'available', quantity: at === 0 ? (book.stock.get(sku) ?? 0) : 0 }],
      }));
      return connection(levels, args);
    },
  });
  const done = new Map<string, { readonly asked: string; readonly answer: object }>();
  return {
    inventoryItems(args) {
      const wanted = [...String(args.query).matchAll(/sku:"((?:[^"\\]|\\.)*)"/g)].map(([, sku = '']) =>
        sku.replace(/\\(.)/g, '$1').toLowerCase(),
      );
      // A search does not tell capital letters from small ones, and finds what only begins like that.
      const found = [...known()].filter((sku) => wanted.some((word) => sku.toLowerCase().startsWith(word)));
      return connection(found.map(item), args);
    },
    inventorySetQuantities({ input }, { idempotent }) {
      const key = idempotent?.key;
      if (typeof key !== 'string' || key === '')
        throw new GraphqlFault('The @idempotent directive is required for this mutation', 'BAD_REQUEST');
      const asked = JSON.stringify(input);
      const before = done.get(key);
      if (before && before.asked !== asked) return refusal('IDEMPOTENCY_KEY_PARAMETER_MISMATCH');
      if (before) return before.answer;
      const answer = setQuantities(input, { book, skuOf: (id) => skus[Number(numberIn(id)) - 4_500_000_000_001] });
      done.set(key, { asked, answer });
      return answer;
    },
  };
}

const refusal = (code: string): object => ({
  inventoryAdjustmentGroup: null,
  userErrors: [{ code, field: ['input', 'quantities', '0'], message: code.toLowerCase().replaceAll('_', ' ') }],
});

function setQuantities(
  input: unknown,
  { book, skuOf }: { readonly book: OrderBook; skuOf(id: unknown): string | undefined },
): object {
  const asked = isObject(input) ? input : {};
  if (asked.name !== 'available' && asked.name !== 'on_hand') return refusal('INVALID_NAME');
  const rows = Array.isArray(asked.quantities) ? asked.quantities.filter(isObject) : [];
  for (const row of rows) {
    if (!('changeFromQuantity' in row))
      throw new GraphqlFault('changeFromQuantity must be given explicitly', 'BAD_REQUEST');
    const sku = skuOf(row.inventoryItemId);
    if (sku === undefined) return refusal('INVALID_INVENTORY_ITEM');
    if (Number(row.quantity) < 0) return refusal('INVALID_QUANTITY_NEGATIVE');
    const now = book.stock.get(sku) ?? 0;
    if (row.changeFromQuantity !== null && row.changeFromQuantity !== now) return refusal('CHANGE_FROM_QUANTITY_STALE');
  }
  for (const row of rows) book.stock.set(skuOf(row.inventoryItemId) ?? '', Number(row.quantity));
  return { inventoryAdjustmentGroup: { id: gid('InventoryAdjustmentGroup', book.newId()) }, userErrors: [] };
}
