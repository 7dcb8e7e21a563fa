import type { Knex } from 'knex';
import type { LabelState, OrderState, ParcelState, PickTaskState } from '../../shared/model/machines.ts';

/** An order as a bench works on it. */
export interface SceneOrder {
  readonly id: string;
  readonly number: string;
  readonly channel: string;
  readonly externalId: string;
  readonly code: string;
  readonly state: OrderState;
  readonly priority: number;
  readonly placedAt: string;
  readonly shipBy: string;
  readonly country: string;
  readonly gift: boolean;
  readonly tote: string | null;
  readonly toteId: string | null;
  readonly hold: { readonly reason: string; readonly detail: string; readonly since: string } | null;
}

/** A leaf line with what the catalogue says of its item. */
export interface SceneLine {
  readonly id: string;
  readonly orderId: string;
  readonly lineNo: number;
  readonly parentLineId: string | null;
  readonly sku: string;
  readonly itemId: string | null;
  readonly title: string;
  readonly imageHash: string | null;
  readonly weightMg: number;
  readonly ordered: number;
  readonly cancelled: number;
  readonly allocated: number;
  readonly picked: number;
  readonly packed: number;
  readonly shipped: number;
  readonly fragile: boolean;
  readonly hazardous: boolean;
  readonly upright: boolean;
  readonly lotControlled: boolean;
  readonly serialControlled: boolean;
  readonly expiryControlled: boolean;
}

export interface SceneCode {
  readonly code: string;
  readonly itemId: string;
  readonly quantity: number;
  readonly kind: 'gtin' | 'alias';
}

export interface SceneTask {
  readonly id: string;
  readonly lineId: string;
  readonly itemId: string;
  readonly location: string;
  readonly quantity: number;
  readonly picked: number;
  readonly state: PickTaskState;
}

export interface SceneParcel {
  readonly id: string;
  readonly sequence: number;
  readonly sscc: string;
  readonly state: ParcelState;
  readonly weightMg: number | null;
  readonly labelConfirmedAt: string | null;
  readonly version: number;
}

export interface SceneLabel {
  readonly id: string;
  readonly kind: 'outbound' | 'return';
  readonly state: LabelState;
  readonly trackingNumber: string;
  readonly scanText: string;
  readonly documentId: string | null;
  readonly fault: string | null;
}

type Handle = Knex | Knex.Transaction;

/** Reads an order with its hold and tote in one query. */
export async function findSceneOrder(handle: Handle, orderId: string): Promise<SceneOrder | undefined> {
  const row = await handle('sales_order')
    .leftJoin('order_hold', 'order_hold.order_id', 'sales_order.id')
    .leftJoin('tote', 'tote.id', 'sales_order.tote_id')
    .where({ 'sales_order.id': orderId })
    .first(
      'sales_order.id',
      'number',
      'channel',
      'external_id as externalId',
      'sales_order.code',
      'state',
      'priority',
      'placed_at as placedAt',
      'ship_by as shipBy',
      'country',
      'gift',
      'tote.code as tote',
      'tote_id as toteId',
      'reason',
      'detail',
      'since',
    );
  if (!row) return undefined;
  const { reason, detail, since, gift, ...order } = row;
  return { ...order, gift: gift === 1, hold: reason ? { reason, detail, since } : null };
}

interface SceneLineRow
  extends Omit<
    SceneLine,
    'fragile' | 'hazardous' | 'upright' | 'lotControlled' | 'serialControlled' | 'expiryControlled'
  > {
  readonly fragile: number;
  readonly hazardous: number;
  readonly upright: number;
  readonly lotControlled: number;
  readonly serialControlled: number;
  readonly expiryControlled: number;
}

/** Leaf lines of an order (components instead of their kit), in the order of the lines. */
export async function listSceneLines(handle: Handle, orderId: string): Promise<SceneLine[]> {
  const rows: SceneLineRow[] = await handle('order_line')
    .leftJoin('item', 'item.id', 'order_line.item_id')
    .where({ order_id: orderId })
    .orderBy('line_no')
    .select(
      'order_line.id',
      'order_id as orderId',
      'line_no as lineNo',
      'parent_line_id as parentLineId',
      'order_line.sku',
      'item_id as itemId',
      handle.raw('coalesce(item.title, order_line.title) as title'),
      'image_hash as imageHash',
      handle.raw('coalesce(weight_mg, 0) as "weightMg"'),
      'ordered',
      'cancelled',
      'allocated',
      'picked',
      'packed',
      'shipped',
      'fragile',
      'hazardous',
      'upright',
      'lot_controlled as lotControlled',
      'serial_controlled as serialControlled',
      'expiry_controlled as expiryControlled',
    );
  const parents = new Set(rows.flatMap((row) => row.parentLineId ?? []));
  return rows
    .filter((row) => !parents.has(row.id) && row.ordered > row.cancelled)
    .map((row) => ({
      ...row,
      fragile: row.fragile === 1,
      hazardous: row.hazardous === 1,
      upright: row.upright === 1,
      lotControlled: row.lotControlled === 1,
      serialControlled: row.serialControlled === 1,
      expiryControlled: row.expiryControlled === 1,
    }));
}

/** Every code of the items in hand, single units before cases. */
export async function listSceneCodes(handle: Handle, itemIds: readonly string[]): Promise<SceneCode[]> {
  if (itemIds.length === 0) return [];
  return handle('item_code')
    .whereIn('item_id', [...new Set(itemIds)])
    .orderBy([{ column: 'quantity' }, { column: 'code' }])
    .select('code', 'item_id as itemId', 'quantity', 'kind');
}

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

export async function findSceneParcel(handle: Handle, parcelId: string): Promise<SceneParcel | undefined> {
  return handle('parcel')
    .where({ id: parcelId })
    .first(
      'id',
      'sequence',
      'sscc',
      'state',
      'weight_mg as weightMg',
      'label_confirmed_at as labelConfirmedAt',
      'version',
    );
}

export async function listSceneLabels(handle: Handle, parcelId: string): Promise<SceneLabel[]> {
  return handle('label')
    .where({ parcel_id: parcelId })
    .whereNot({ state: 'voided' })
    .orderBy('created_at')
    .select(
      'id',
      'kind',
      'state',
      'tracking_number as trackingNumber',
      'scan_text as scanText',
      'document_id as documentId',
      'fault',
    );
}

/** The buyer's note, which the packer reads before packing. */
export async function findNote(handle: Handle, orderId: string): Promise<string | null> {
  const row = await handle('order_private').where({ order_id: orderId }).first('data');
  return row ? (JSON.parse(row.data).note ?? null) : null;
}
