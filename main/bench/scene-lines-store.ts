import { type Handle, selectRows } from '../db/rows.ts';
import type { SceneCode, SceneKit, SceneLine } from './scene-store.ts';

/** Unlike in `SceneLine`, flags are as the database keeps them, and null for a line that the catalogue does not know. */
type Flag = 'fragile' | 'hazardous' | 'upright' | 'lotControlled' | 'serialControlled' | 'expiryControlled' | 'ownBox';

interface LineRow
  extends Omit<SceneLine, Flag | 'inParcel' | 'kit' | 'scanPolicy'>,
    Readonly<Record<Flag, number | null>> {
  readonly scanPolicy: SceneLine['scanPolicy'] | null;
  readonly kitScan: SceneKit['scan'] | null;
  readonly code: string | null;
  readonly codeQuantity: number;
  readonly codeKind: SceneCode['kind'];
}

const LINES = `
  select l.id, l.order_id as "orderId", l.line_no as "lineNo", l.parent_line_id as "parentLineId", l.sku, l.item_id as "itemId",
    coalesce(item.title, l.title) as title, item.image_hash as "imageHash", coalesce(item.weight_mg, 0) as "weightMg",
    l.ordered, l.cancelled, l.allocated, l.picked, l.packed, l.shipped, item.fragile, item.hazardous, item.upright,
    item.lot_controlled as "lotControlled", item.serial_controlled as "serialControlled", item.expiry_controlled as "expiryControlled",
    item.own_box as "ownBox", item.scan_policy as "scanPolicy", item.kit_scan as "kitScan",
    c.code, c.quantity as "codeQuantity", c.kind as "codeKind"
  from order_line l
  left join item on item.id = l.item_id
  left join item_code c on c.item_id = l.item_id
  where l.order_id = ?
  order by l.line_no, c.quantity, c.code`;

/** Leaf lines of an order, the kits that some of them stand for, and every code of both, single units before cases. */
export async function listSceneLines(
  handle: Handle,
  orderId: string,
): Promise<{ lines: SceneLine[]; kits: SceneKit[]; codes: SceneCode[] }> {
  const rows = await selectRows<LineRow>(handle, LINES, [orderId]);
  const parents = new Set(rows.flatMap((row) => row.parentLineId ?? []));
  const lines = new Map<string, SceneLine>();
  const kits = new Map<string, SceneKit>();
  const codes = new Map<string, SceneCode>();
  for (const row of rows) {
    if (row.ordered <= row.cancelled) continue;
    if (parents.has(row.id)) {
      if (row.itemId !== null && !kits.has(row.id)) kits.set(row.id, kitOf(row, row.itemId));
    } else if (!lines.has(row.id)) lines.set(row.id, lineOf(row, rows));
    if (row.code !== null && row.itemId !== null)
      codes.set(row.code, { code: row.code, itemId: row.itemId, quantity: row.codeQuantity, kind: row.codeKind });
  }
  return { lines: [...lines.values()], kits: [...kits.values()], codes: [...codes.values()] };
}

function kitOf(row: LineRow, itemId: string): SceneKit {
  const { id: lineId, sku, title, ordered } = row;
  return { lineId, itemId, sku, title, ordered, scan: row.kitScan ?? 'explode', scanPolicy: row.scanPolicy ?? 'case' };
}

/** Written out field by field: it runs for every line at every scan, and copying the rest of a row takes its time. */
function lineOf(row: LineRow, rows: readonly LineRow[]): SceneLine {
  const kit = row.parentLineId === null ? undefined : rows.find((other) => other.id === row.parentLineId);
  return {
    id: row.id,
    orderId: row.orderId,
    lineNo: row.lineNo,
    parentLineId: row.parentLineId,
    sku: row.sku,
    itemId: row.itemId,
    title: row.title,
    imageHash: row.imageHash,
    weightMg: row.weightMg,
    ordered: row.ordered,
    cancelled: row.cancelled,
    allocated: row.allocated,
    picked: row.picked,
    packed: row.packed,
    shipped: row.shipped,
    inParcel: row.packed,
    fragile: row.fragile === 1,
    hazardous: row.hazardous === 1,
    upright: row.upright === 1,
    lotControlled: row.lotControlled === 1,
    serialControlled: row.serialControlled === 1,
    expiryControlled: row.expiryControlled === 1,
    ownBox: row.ownBox === 1,
    scanPolicy: row.scanPolicy ?? 'case',
    kit: kit ? { sku: kit.sku, title: kit.title } : null,
  };
}
