import type { CallOutput } from '../../shared/contract/index.ts';
import type { Database } from '../db/database.ts';

type FloorTasks = CallOutput<'stock.floor-tasks-view'>;

const LISTED = 500;

/** Bins that wait to be counted and goods that wait to go back, each in walking order. */
export async function listFloorTasks(database: Database): Promise<FloorTasks> {
  return { counts: await listCounts(database), putBacks: await listPutBacks(database) };
}

function listCounts(database: Database): Promise<FloorTasks['counts']> {
  return database
    .read('count_task')
    .join('item', 'item.id', 'count_task.item_id')
    .join('location', 'location.id', 'count_task.location_id')
    .leftJoin('sales_order', 'sales_order.id', 'count_task.order_id')
    .where({ 'count_task.state': 'open' })
    .orderBy(['walk_key', 'count_task.id'])
    .limit(LISTED)
    .select(
      'count_task.id',
      'sku',
      'title',
      'location.code as location',
      'reason',
      'count_task.created_at as since',
      'number as orderNumber',
    );
}

function listPutBacks(database: Database): Promise<FloorTasks['putBacks']> {
  return database
    .read('put_back')
    .join('item', 'item.id', 'put_back.item_id')
    .join('location', 'location.id', 'put_back.location_id')
    .join('sales_order', 'sales_order.id', 'put_back.order_id')
    .leftJoin('tote', 'tote.id', 'put_back.tote_id')
    .where({ 'put_back.state': 'open' })
    .orderBy(['walk_key', 'put_back.id'])
    .limit(LISTED)
    .select(
      'put_back.id',
      'sku',
      'title',
      'location.code as location',
      'tote.code as tote',
      'number as orderNumber',
      'quantity',
      'done',
      'put_back.created_at as since',
    );
}
