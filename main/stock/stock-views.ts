import { gtin14 } from '../../shared/barcode/gtin.ts';
import type { CallOutput, ParsedInput } from '../../shared/contract/index.ts';
import type { ItemView } from '../../shared/contract/stock.ts';
import type { Database } from '../db/database.ts';

interface ItemRow
  extends Omit<ItemView, 'imageUrl' | 'gtins' | 'components' | 'onHand' | 'allocated' | Flag>,
    Record<Flag, number> {
  readonly imageHash: string | null;
}
type Flag = 'fragile' | 'hazardous' | 'upright' | 'ownBox' | 'lotControlled' | 'serialControlled' | 'expiryControlled';

/** The catalogue with stock totals, found by SKU, title or GTIN. */
export async function listItemViews(
  database: Database,
  input: ParsedInput<'stock.items-view'>,
): Promise<CallOutput<'stock.items-view'>> {
  const filtered = () => {
    const query = database.read('item');
    const text = input.search?.trim();
    if (text) {
      const code = gtin14(text) ?? text;
      query.where((match) => {
        match
          .whereRaw('lower(sku) like ?', [`${text.toLowerCase()}%`])
          .orWhereRaw('lower(title) like ?', [`%${text.toLowerCase()}%`])
          .orWhereIn('id', database.read('item_code').where({ code }).select('item_id'));
      });
    }
    return query;
  };
  const rows: ItemRow[] = await filtered()
    .orderBy('sku')
    .offset(input.offset)
    .limit(input.limit)
    .select(
      'id',
      'sku',
      'title',
      'image_hash as imageHash',
      'weight_mg as weightMg',
      'length_mm as lengthMm',
      'width_mm as widthMm',
      'height_mm as heightMm',
      'fragile',
      'hazardous',
      'upright',
      'own_box as ownBox',
      'lot_controlled as lotControlled',
      'serial_controlled as serialControlled',
      'expiry_controlled as expiryControlled',
      'scan_policy as scanPolicy',
      'kit_scan as kitScan',
    );
  const total = await filtered().count({ count: '*' }).first();
  return { items: await withDetails(database, rows), total: Number(total?.count ?? 0) };
}

async function withDetails(database: Database, rows: readonly ItemRow[]): Promise<ItemView[]> {
  const ids = rows.map((row) => row.id);
  const codes: { code: string; itemId: string; quantity: number }[] = await database
    .read('item_code')
    .whereIn('item_id', ids)
    .orderBy(['quantity', 'code'])
    .select('code', 'item_id as itemId', 'quantity');
  const parts: { kitItemId: string; sku: string; quantity: number }[] = await database
    .read('kit_component')
    .join('item', 'item.id', 'component_item_id')
    .whereIn('kit_item_id', ids)
    .select('kit_item_id as kitItemId', 'sku', 'quantity');
  const levels: { itemId: string; onHand: number | string; allocated: number | string }[] = await database
    .read('stock_level')
    .whereIn('item_id', ids)
    .groupBy('item_id')
    .select(
      'item_id as itemId',
      database.read.raw('sum(on_hand) as "onHand"'),
      database.read.raw('sum(allocated) as allocated'),
    );
  return rows.map(({ imageHash, ...row }) => {
    const level = levels.find((candidate) => candidate.itemId === row.id);
    return {
      ...row,
      imageUrl: imageHash ? `/images/${imageHash}` : null,
      fragile: row.fragile === 1,
      hazardous: row.hazardous === 1,
      upright: row.upright === 1,
      ownBox: row.ownBox === 1,
      lotControlled: row.lotControlled === 1,
      serialControlled: row.serialControlled === 1,
      expiryControlled: row.expiryControlled === 1,
      gtins: codes.filter((code) => code.itemId === row.id).map(({ code, quantity }) => ({ code, quantity })),
      components: parts.filter((part) => part.kitItemId === row.id).map(({ sku, quantity }) => ({ sku, quantity })),
      onHand: Number(level?.onHand ?? 0),
      allocated: Number(level?.allocated ?? 0),
    };
  });
}

/** What lies in which bin, in walking order. */
export async function listLevelViews(
  database: Database,
  input: ParsedInput<'stock.levels-view'>,
): Promise<CallOutput<'stock.levels-view'>> {
  const filtered = () => {
    const query = database
      .read('stock_level')
      .join('item', 'item.id', 'stock_level.item_id')
      .join('location', 'location.id', 'stock_level.location_id');
    const text = input.search?.trim().toLowerCase();
    if (text)
      query.where((match) =>
        match
          .whereRaw('lower(sku) like ?', [`${text}%`])
          .orWhereRaw('lower(location.code) like ?', [`${text}%`])
          .orWhereRaw('lower(title) like ?', [`%${text}%`]),
      );
    return query;
  };
  const rows: { sku: string; title: string; location: string; onHand: number; allocated: number }[] = await filtered()
    .orderBy(['walk_key', 'sku'])
    .offset(input.offset)
    .limit(input.limit)
    .select('sku', 'title', 'location.code as location', 'on_hand as onHand', 'allocated');
  const total = await filtered().count({ count: '*' }).first();
  return {
    levels: rows.map((row) => ({ ...row, available: Math.max(0, row.onHand - row.allocated) })),
    total: Number(total?.count ?? 0),
  };
}

/** A stored picture by the hash in its address. */
export async function findImage(
  database: Database,
  hash: string,
): Promise<{ mediaType: string; bytes: Uint8Array } | undefined> {
  return database.read('image').where({ hash }).first('media_type as mediaType', 'bytes');
}
