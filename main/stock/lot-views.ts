import type { CallOutput, ParsedInput } from '../../shared/contract/index.ts';
import type { Database } from '../db/database.ts';

/** Lots by SKU, title, lot or bin, the first to expire on top. */
export async function listLotViews(
  database: Database,
  input: ParsedInput<'stock.lots-view'>,
): Promise<CallOutput<'stock.lots-view'>> {
  const filtered = () => {
    const query = database
      .read('stock_lot')
      .join('item', 'item.id', 'stock_lot.item_id')
      .join('location', 'location.id', 'stock_lot.location_id');
    const text = input.search?.trim().toLowerCase();
    if (text)
      query.where((match) =>
        match
          .whereRaw('lower(sku) like ?', [`${text}%`])
          .orWhereRaw('lower(lot) like ?', [`${text}%`])
          .orWhereRaw('lower(location.code) like ?', [`${text}%`])
          .orWhereRaw('lower(title) like ?', [`%${text}%`]),
      );
    return query;
  };
  const rows: (Omit<CallOutput<'stock.lots-view'>['lots'][number], 'blocked'> & { blocked: number })[] =
    await filtered()
      .orderByRaw("coalesce(expiry, '9999-12-31')")
      .orderBy(['sku', 'lot', 'location.code'])
      .offset(input.offset)
      .limit(input.limit)
      .select('sku', 'title', 'lot', 'expiry', 'location.code as location', 'quantity', 'blocked');
  const total = await filtered().count({ count: '*' }).first();
  return { lots: rows.map((row) => ({ ...row, blocked: row.blocked === 1 })), total: Number(total?.count ?? 0) };
}
