import type { Handle } from '../db/rows.ts';
import type { SceneLabel, SceneTask } from './scene-store.ts';

/** Pick tasks that are not cancelled, in walking order. */
export async function listSceneTasks(handle: Handle, orderId: string): Promise<SceneTask[]> {
  return handle('pick_task')
    .join('location', 'location.id', 'pick_task.location_id')
    .where({ order_id: orderId })
    .whereNot({ state: 'cancelled' })
    .orderBy([{ column: 'walk_key' }, { column: 'pick_task.id' }])
    .select(
      'pick_task.id',
      'order_line_id as lineId',
      'item_id as itemId',
      'location.code as location',
      'quantity',
      'picked',
      'state',
    );
}

export async function listSceneLabels(handle: Handle, parcelId: string): Promise<SceneLabel[]> {
  const rows: (SceneLabel & { readonly fields: string })[] = await handle('label')
    .where({ parcel_id: parcelId })
    .whereNot({ state: 'voided' })
    .orderBy(['created_at', 'id'])
    .select(
      'id',
      'kind',
      'state',
      'tracking_number as trackingNumber',
      'scan_text as scanText',
      'document_id as documentId',
      'fault',
      'fields',
    );
  return rows.map(({ fields, ...label }) => {
    const { problem } = label.state === 'failed' ? JSON.parse(fields) : {};
    return problem ? { ...label, problem } : label;
  });
}
