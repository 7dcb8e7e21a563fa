import { AppError } from '../../shared/errors.ts';
import type { PutBackState } from '../../shared/model/machines.ts';
import { insertMany, type Tx } from '../db/unit-of-work.ts';

/** Units of a cancelled order that go back into a bin. */
export interface PutBack {
  readonly id: string;
  readonly orderId: string;
  readonly itemId: string;
  readonly sku: string;
  readonly title: string;
  /** The bin that they came from. */
  readonly locationId: string;
  readonly location: string;
  readonly toteId: string | null;
  readonly quantity: number;
  readonly done: number;
  readonly state: PutBackState;
  readonly version: number;
}

export async function insertPutBacks(
  tx: Tx,
  putBacks: readonly Pick<PutBack, 'id' | 'orderId' | 'itemId' | 'locationId' | 'toteId' | 'quantity'>[],
  now: string,
): Promise<void> {
  await insertMany(
    tx,
    'put_back',
    putBacks.map((one) => ({
      id: one.id,
      order_id: one.orderId,
      item_id: one.itemId,
      location_id: one.locationId,
      tote_id: one.toteId,
      quantity: one.quantity,
      done: 0,
      state: 'open',
      created_at: now,
      version: 1,
    })),
  );
}

/** Every put-back of an order in walking order, those that are done too. */
export async function listPutBacks(tx: Tx, orderId: string): Promise<PutBack[]> {
  return tx('put_back')
    .join('location', 'location.id', 'put_back.location_id')
    .join('item', 'item.id', 'put_back.item_id')
    .where({ order_id: orderId })
    .orderBy([{ column: 'walk_key' }, { column: 'put_back.id' }])
    .select<PutBack[]>(
      'put_back.id',
      'order_id as orderId',
      'item_id as itemId',
      'sku',
      'title',
      'location_id as locationId',
      'location.code as location',
      'tote_id as toteId',
      'quantity',
      'done',
      'state',
      'put_back.version',
    );
}

/** The order whose units lie in a tote and still have to go back. */
export async function findPutBackOrder(tx: Tx, toteId: string): Promise<string | undefined> {
  const row = await tx('put_back')
    .where({ tote_id: toteId, state: 'open' })
    .first<{ orderId: string } | undefined>('order_id as orderId');
  return row?.orderId;
}

/** Saves only over what was read. */
export async function savePutBack(
  tx: Tx,
  putBack: Pick<PutBack, 'id' | 'version'>,
  change: Pick<PutBack, 'done' | 'state'>,
): Promise<void> {
  const changed = await tx('put_back')
    .where({ id: putBack.id, version: putBack.version })
    .update({ ...change, version: putBack.version + 1 });
  if (changed !== 1) throw new AppError('conflict', 'order.changed-elsewhere', { putBack: putBack.id });
}
