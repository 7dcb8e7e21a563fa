import type { Handle } from '../db/rows.ts';

/** Of these orders, those with parcels that their shop is told of: whether it has yet to hear of one, and the last instant it heard. */
export async function unheardOf(
  handle: Handle,
  orderIds: readonly string[],
): Promise<Map<string, { readonly waiting: boolean; readonly toldAt: string | null }>> {
  if (orderIds.length === 0) return new Map();
  const rows: { orderId: string; state: string; toldAt: string | null }[] = await handle('shop_shipment')
    .whereIn('order_id', [...orderIds])
    .select('order_id as orderId', 'state', 'told_at as toldAt');
  const found = new Map<string, { waiting: boolean; toldAt: string | null }>();
  for (const { orderId, state, toldAt } of rows) {
    const before = found.get(orderId) ?? { waiting: false, toldAt: null };
    found.set(orderId, {
      waiting: before.waiting || (state !== 'told' && state !== 'silent'),
      toldAt: (toldAt ?? '') > (before.toldAt ?? '') ? toldAt : before.toldAt,
    });
  }
  return found;
}
