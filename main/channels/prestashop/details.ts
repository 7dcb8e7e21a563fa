import { isObject, textUnder } from '../../../shared/json/wire-values.ts';
import { rowsIn } from './wire.ts';

type Row = Readonly<Record<string, unknown>>;

const idOf = (row: unknown): string => textUnder(row, 'id')?.trim() ?? '';

/**
 * Raw orders with what `order_details` says came back or was refunded of their rows, under the same id. The rows of an order
 * say nothing of it: without their details, an order refunded in part is packed too full.
 */
export function withDetails(orders: readonly unknown[], details: readonly unknown[]): readonly unknown[] {
  const known = new Map(details.map((detail) => [idOf(detail), detail] as const).filter(([id]) => id !== ''));
  if (known.size === 0) return orders;
  return orders.map((order) => {
    const associations = isObject(order) ? order.associations : undefined;
    if (!isObject(order) || !isObject(associations)) return order;
    const order_rows = rowsIn(associations.order_rows, 'order_row').map((row) => withDetail(row, known.get(idOf(row))));
    return { ...order, associations: { ...associations, order_rows } };
  });
}

function withDetail(row: unknown, detail: unknown): unknown {
  if (!isObject(row) || !isObject(detail)) return row;
  return { ...row, ...takenBack(detail, 'product_quantity_return'), ...takenBack(detail, 'product_quantity_refunded') };
}

const takenBack = (detail: Row, name: string): Row => (name in detail ? { [name]: detail[name] } : {});
