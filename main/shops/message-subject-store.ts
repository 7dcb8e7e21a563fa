import type { Handle } from '../db/rows.ts';

export interface MessageSubject {
  /** Number of the order; empty where it is about a shop. */
  readonly subject: string;
  readonly shop: string | null;
}

/** What messages with these keys are about: keys are ids of orders, parcels or shops. */
export async function findSubjects(handle: Handle, keys: readonly string[]): Promise<Map<string, MessageSubject>> {
  const ids = [...new Set(keys)];
  const found = new Map<string, MessageSubject>();
  if (ids.length === 0) return found;
  const shops: { id: string; title: string }[] = await handle('shop').whereIn('id', ids).select('id', 'title');
  for (const { id, title } of shops) found.set(id, { subject: '', shop: title });
  const parcels: { id: string; number: string }[] = await handle('parcel')
    .join('sales_order', 'sales_order.id', 'parcel.order_id')
    .whereIn('parcel.id', ids)
    .select('parcel.id as id', 'sales_order.number as number');
  for (const { id, number } of parcels) found.set(id, { subject: number, shop: null });
  const orders: { id: string; number: string; shop: string | null }[] = await handle('sales_order')
    .leftJoin('order_source', 'order_source.order_id', 'sales_order.id')
    .leftJoin('shop', 'shop.id', 'order_source.shop_id')
    .whereIn('sales_order.id', ids)
    .select('sales_order.id as id', 'sales_order.number as number', 'shop.title as shop');
  for (const { id, number, shop } of orders) found.set(id, { subject: number, shop });
  return found;
}
