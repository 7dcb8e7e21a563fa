import type { OrderState } from '../../shared/model/machines.ts';
import type { Handle } from '../db/rows.ts';
import type { Tx } from '../db/unit-of-work.ts';

export interface PersonalOrder {
  readonly id: string;
  readonly number: string;
  readonly state: OrderState;
  readonly country: string;
  /** As `order_private` holds it. */
  readonly data: string;
}

/** Orders that still hold what is personal, by id from one on. */
export async function listPersonal(
  handle: Handle,
  page: { readonly after: string; readonly limit: number },
): Promise<PersonalOrder[]> {
  return handle('order_private')
    .join('sales_order', 'sales_order.id', 'order_private.order_id')
    .where('sales_order.id', '>', page.after)
    .whereNull('order_private.purged_at')
    .orderBy('sales_order.id')
    .limit(page.limit)
    .select('sales_order.id', 'sales_order.number', 'sales_order.state', 'sales_order.country', 'order_private.data');
}

export async function findPersonal(handle: Handle, orderId: string): Promise<PersonalOrder | undefined> {
  return handle('order_private')
    .join('sales_order', 'sales_order.id', 'order_private.order_id')
    .where({ 'sales_order.id': orderId })
    .whereNull('order_private.purged_at')
    .first('sales_order.id', 'sales_order.number', 'sales_order.state', 'sales_order.country', 'order_private.data');
}

/** Papers that tax law wants kept for ten years. */
const KEPT_PAPERS = ['invoice', 'credit-note'];

/** What was personal is gone: the address but for its country, the note, and the papers that name the buyer. */
export async function erasePersonal(tx: Tx, order: Pick<PersonalOrder, 'id' | 'country'>, now: string): Promise<void> {
  const address = { name: '', street1: '', postcode: '', city: '', country: order.country };
  await tx('order_private')
    .where({ order_id: order.id })
    .update({ data: JSON.stringify({ address, note: null }), purged_at: now, buyer_mark: null, phone_mark: null });
  await tx('document')
    .where({ order_id: order.id })
    .whereNotIn('kind', KEPT_PAPERS)
    .update({ bytes: Buffer.alloc(0), purged_at: now });
}
