import { createHash } from 'node:crypto';
import type { ImportedItem } from '../../shared/model/imported.ts';
import { insertMany, type Tx } from '../db/unit-of-work.ts';

export interface Item {
  readonly id: string;
  readonly sku: string;
  readonly title: string;
  readonly weightMg: number;
  readonly lotControlled: boolean;
  readonly serialControlled: boolean;
  readonly expiryControlled: boolean;
}

interface ItemRow {
  readonly id: string;
  readonly sku: string;
  readonly title: string;
  readonly weight_mg: number;
  readonly lot_controlled: number;
  readonly serial_controlled: number;
  readonly expiry_controlled: number;
  readonly version: number;
}

const fromRow = (row: ItemRow): Item => ({
  id: row.id,
  sku: row.sku,
  title: row.title,
  weightMg: row.weight_mg,
  lotControlled: row.lot_controlled === 1,
  serialControlled: row.serial_controlled === 1,
  expiryControlled: row.expiry_controlled === 1,
});

const COLUMNS: (keyof ItemRow)[] = [
  'id',
  'sku',
  'title',
  'weight_mg',
  'lot_controlled',
  'serial_controlled',
  'expiry_controlled',
  'version',
];

export async function listItemsBySku(tx: Tx, skus: readonly string[]): Promise<Item[]> {
  return (
    await tx<ItemRow>('item')
      .whereIn('sku', [...skus])
      .select<ItemRow[]>(COLUMNS)
  ).map(fromRow);
}

export async function listItems(tx: Tx, ids: readonly string[]): Promise<Item[]> {
  return (
    await tx<ItemRow>('item')
      .whereIn('id', [...ids])
      .select<ItemRow[]>(COLUMNS)
  ).map(fromRow);
}

export async function listHazardousSkus(tx: Tx, ids: readonly string[]): Promise<string[]> {
  const rows: { sku: string }[] = await tx('item')
    .whereIn('id', [...ids])
    .where({ hazardous: 1 })
    .orderBy('sku')
    .select('sku');
  return rows.map((row) => row.sku);
}

export interface ItemCode {
  readonly code: string;
  readonly itemId: string;
  /** Units that one scan of this code stands for. */
  readonly quantity: number;
}

/** Items that a scanned code may mean; GTINs as GTIN-14, other codes as scanned. */
export async function listCodes(tx: Tx, codes: readonly string[]): Promise<ItemCode[]> {
  const rows = await tx<{ code: string; item_id: string; quantity: number }>('item_code')
    .whereIn('code', [...codes])
    .select('code', 'item_id', 'quantity');
  return rows.map((row) => ({ code: row.code, itemId: row.item_id, quantity: row.quantity }));
}

export interface KitComponent {
  readonly kitItemId: string;
  readonly componentItemId: string;
  readonly quantity: number;
}

export async function listComponents(tx: Tx, kitItemIds: readonly string[]): Promise<KitComponent[]> {
  const rows = await tx<{ kit_item_id: string; component_item_id: string; quantity: number }>('kit_component')
    .whereIn('kit_item_id', [...kitItemIds])
    .orderBy(['kit_item_id', 'component_item_id'])
    .select('*');
  return rows.map((row) => ({
    kitItemId: row.kit_item_id,
    componentItemId: row.component_item_id,
    quantity: row.quantity,
  }));
}

/** How a kit is scanned at the bench. */
export async function findKitRules(
  tx: Tx,
  id: string,
): Promise<{ sku: string; scan: 'one' | 'explode'; scanPolicy: 'each' | 'case' | 'quantity' } | undefined> {
  return tx('item').where({ id }).first('sku', 'kit_scan as scan', 'scan_policy as scanPolicy');
}

/** Stores a picture once, whatever number of items show it; returns its hash. */
export async function saveImage(tx: Tx, image: { mediaType: string; bytes: Uint8Array }): Promise<string> {
  const hash = createHash('sha256').update(image.mediaType).update(image.bytes).digest('hex');
  await tx('image')
    .insert({ hash, media_type: image.mediaType, bytes: Buffer.from(image.bytes) })
    .onConflict('hash')
    .ignore();
  return hash;
}

const toRow = (item: ImportedItem, imageHash: string | null) => ({
  title: item.title,
  image_hash: imageHash,
  weight_mg: item.weightMg,
  length_mm: item.lengthMm,
  width_mm: item.widthMm,
  height_mm: item.heightMm,
  fragile: Number(item.fragile),
  hazardous: Number(item.hazardous),
  upright: Number(item.upright),
  own_box: Number(item.ownBox),
  lot_controlled: Number(item.lotControlled),
  serial_controlled: Number(item.serialControlled),
  expiry_controlled: Number(item.expiryControlled),
  ...(item.scanPolicy ? { scan_policy: item.scanPolicy } : {}),
  ...(item.kitScan ? { kit_scan: item.kitScan } : {}),
  ...(item.hsCode === undefined ? {} : { hs_code: item.hsCode }),
  ...(item.origin === undefined ? {} : { origin: item.origin }),
  ...(item.customsText === undefined ? {} : { customs_text: item.customsText }),
  ...(item.vatRate === undefined ? {} : { vat_rate: item.vatRate }),
});

export type StoredItem = ReturnType<typeof toRow>;

export async function insertItem(tx: Tx, id: string, item: ImportedItem, imageHash: string | null): Promise<void> {
  await tx('item').insert({ id, sku: item.sku, ...toRow(item, imageHash), version: 1 });
}

/** Saves what differs; returns false when nothing does. A file without pictures leaves the stored ones alone. */
export async function updateItem(tx: Tx, id: string, item: ImportedItem, imageHash: string | null): Promise<boolean> {
  const stored = await tx<StoredItem & { id: string }>('item').where({ id }).first();
  const row = toRow(item, imageHash ?? stored?.image_hash ?? null);
  const same =
    stored !== undefined &&
    Object.entries(row).every(([column, value]) => stored[column as keyof StoredItem] === value); // columns of toRow
  if (same) return false;
  await tx('item')
    .where({ id })
    .update({ ...row, version: tx.raw('version + 1') });
  return true;
}

/** Replaces the codes of an item; returns the codes that another item holds already, and leaves those alone. */
export async function replaceCodes(
  tx: Tx,
  itemId: string,
  item: ImportedItem,
): Promise<{ changed: boolean; taken: string[] }> {
  const stored = await tx<{ code: string; item_id: string; quantity: number }>('item_code')
    .where({ item_id: itemId })
    .select('code', 'quantity');
  const key = (codes: readonly { code: string; quantity: number }[]): string =>
    codes
      .map((code) => `${code.code}*${code.quantity}`)
      .sort()
      .join(' ');
  if (key(stored) === key(item.codes)) return { changed: false, taken: [] };
  const foreign = await tx<{ code: string; item_id: string }>('item_code')
    .whereIn(
      'code',
      item.codes.map((code) => code.code),
    )
    .whereNot({ item_id: itemId })
    .select('code');
  const taken = foreign.map((row) => row.code);
  await tx('item_code').where({ item_id: itemId }).delete();
  await insertMany(
    tx,
    'item_code',
    item.codes
      .filter((code) => !taken.includes(code.code))
      .map((code) => ({ code: code.code, item_id: itemId, kind: code.kind, quantity: code.quantity })),
  );
  return { changed: true, taken };
}

/** Replaces the components of a kit; returns false when nothing changes. */
export async function replaceComponents(
  tx: Tx,
  kitItemId: string,
  components: readonly Omit<KitComponent, 'kitItemId'>[],
): Promise<boolean> {
  const stored = await listComponents(tx, [kitItemId]);
  const key = (list: readonly Omit<KitComponent, 'kitItemId'>[]): string =>
    list
      .map((part) => `${part.componentItemId}*${part.quantity}`)
      .sort()
      .join(' ');
  if (key(stored) === key(components)) return false;
  await tx('kit_component').where({ kit_item_id: kitItemId }).delete();
  await insertMany(
    tx,
    'kit_component',
    components.map((part) => ({
      kit_item_id: kitItemId,
      component_item_id: part.componentItemId,
      quantity: part.quantity,
    })),
  );
  return true;
}
