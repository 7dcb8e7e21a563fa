import type { OrderState } from '../../shared/model/machines.ts';
import { personalOf } from '../db/personal-seal.ts';
import type { Handle } from '../db/rows.ts';
import type { Tx } from '../db/unit-of-work.ts';

export interface PersonalOrder {
  readonly id: string;
  readonly number: string;
  readonly state: OrderState;
  readonly country: string;
  /** What `order_private` holds, opened. */
  readonly data: string;
}

/** Orders that still hold what is personal, by id from one on. */
export async function listPersonal(
  handle: Handle,
  page: { readonly after: string; readonly limit: number },
): Promise<PersonalOrder[]> {
  const rows: PersonalOrder[] = await handle('order_private')
    .join('sales_order', 'sales_order.id', 'order_private.order_id')
    .where('sales_order.id', '>', page.after)
    .whereNull('order_private.purged_at')
    .orderBy('sales_order.id')
    .limit(page.limit)
    .select('sales_order.id', 'sales_order.number', 'sales_order.state', 'sales_order.country', 'order_private.data');
  return rows.map((row) => opened(handle, row));
}

function opened(handle: Handle, row: PersonalOrder): PersonalOrder {
  return { ...row, data: personalOf(handle).open(row.id, row.data) };
}

export async function findPersonal(handle: Handle, orderId: string): Promise<PersonalOrder | undefined> {
  const row: PersonalOrder | undefined = await handle('order_private')
    .join('sales_order', 'sales_order.id', 'order_private.order_id')
    .where({ 'sales_order.id': orderId })
    .whereNull('order_private.purged_at')
    .first('sales_order.id', 'sales_order.number', 'sales_order.state', 'sales_order.country', 'order_private.data');
  return row && opened(handle, row);
}

/** Papers that tax law wants kept for ten years. */
const KEPT_PAPERS = ['invoice', 'credit-note'];

/**
 * What was personal is gone: the address but for its country, the note, the papers that name the buyer, the token that
 * opens the address at its platform, and what the shop said of where the buyer came from.
 */
export async function erasePersonal(tx: Tx, order: Pick<PersonalOrder, 'id' | 'country'>, now: string): Promise<void> {
  const address = { name: '', street1: '', postcode: '', city: '', country: order.country };
  await tx('order_private')
    .where({ order_id: order.id })
    .update({ data: JSON.stringify({ address, note: null }), purged_at: now });
  await tx('order_source').where({ order_id: order.id }).update({ address_token: null, traces: null });
  await tx('document')
    .where({ order_id: order.id })
    .whereNotIn('kind', KEPT_PAPERS)
    .update({ bytes: Buffer.alloc(0), purged_at: now });
}

interface AgedRow extends PersonalOrder {
  readonly created: string;
  readonly left: string | null;
  readonly delivered: string | null;
  readonly parcels: number | string;
  readonly arrived: number | string;
}

export interface AgedOrder extends PersonalOrder {
  /** When it came. */
  readonly created: string;
  /** When its last label was scanned; null where nothing has left. */
  readonly left: string | null;
  /** When the last of its parcels arrived; null while one has not, or nobody tells. */
  readonly delivered: string | null;
}

/** Orders that ended and came before an instant, the oldest first, with when they left and arrived. */
export async function listAged(
  handle: Handle,
  asked: {
    readonly before: string;
    readonly states: readonly OrderState[];
    readonly after: string;
    readonly limit: number;
  },
): Promise<AgedOrder[]> {
  const rows: AgedRow[] = await handle('order_private')
    .join('sales_order', 'sales_order.id', 'order_private.order_id')
    .leftJoin('parcel', (join) =>
      join.on('parcel.order_id', 'sales_order.id').andOnNotNull('parcel.label_confirmed_at'),
    )
    .leftJoin('label', (join) =>
      join
        .on('label.parcel_id', 'parcel.id')
        .andOn('label.kind', handle.raw('?', ['outbound']))
        .andOn('label.state', handle.raw('?', ['bought'])),
    )
    .leftJoin('tracking_event', (join) =>
      join.on('tracking_event.label_id', 'label.id').andOn('tracking_event.state', handle.raw('?', ['delivered'])),
    )
    .whereNull('order_private.purged_at')
    .whereIn('sales_order.state', [...asked.states])
    .where('sales_order.created_at', '<', asked.before)
    .where('sales_order.id', '>', asked.after)
    .groupBy(
      'sales_order.id',
      'sales_order.number',
      'sales_order.state',
      'sales_order.country',
      'sales_order.created_at',
    )
    .orderBy('sales_order.id')
    .limit(asked.limit)
    .select('sales_order.id', 'sales_order.number', 'sales_order.state', 'sales_order.country')
    .select('sales_order.created_at as created', handle.raw("'' as data"))
    .max({ left: 'parcel.label_confirmed_at', delivered: 'tracking_event.at' })
    .countDistinct({ parcels: 'parcel.id', arrived: 'tracking_event.label_id' });
  return rows.map(({ parcels, arrived, delivered, ...row }) => ({
    ...row,
    delivered: Number(arrived) >= Number(parcels) && Number(parcels) > 0 ? delivered : null,
  }));
}

interface Unsealed {
  readonly orderId: string;
  readonly data: string;
}

/** What an older version left open, by order from one on; what was erased holds nothing that wants a seal. */
export async function listUnsealed(
  handle: Handle,
  page: { readonly after: string; readonly limit: number },
): Promise<Unsealed[]> {
  return handle('order_private')
    .where('order_id', '>', page.after)
    .where('data', 'like', '{%')
    .whereNull('purged_at')
    .orderBy('order_id')
    .limit(page.limit)
    .select('order_id as orderId', 'data');
}

/** Nothing where another bench changed it since; returns how many rows it changed. */
export async function replaceUnsealed(tx: Tx, { orderId, data }: Unsealed, sealed: string): Promise<number> {
  return tx('order_private').where({ order_id: orderId, data }).update({ data: sealed });
}
