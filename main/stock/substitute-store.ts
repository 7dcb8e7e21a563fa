import { insertMany, type Tx } from '../db/unit-of-work.ts';

export interface Substitute {
  readonly itemId: string;
  readonly substituteItemId: string;
  readonly priceNeutral: boolean;
}

/** What the merchant allows instead of an item. */
export async function listSubstitutes(tx: Tx, itemId: string): Promise<Substitute[]> {
  const rows: { item_id: string; substitute_item_id: string; price_neutral: number }[] = await tx('item_substitute')
    .where({ item_id: itemId })
    .orderBy('substitute_item_id')
    .select('*');
  return rows.map((row) => ({
    itemId: row.item_id,
    substituteItemId: row.substitute_item_id,
    priceNeutral: row.price_neutral === 1,
  }));
}

/** Replaces the substitutes of an item; returns false when nothing changes. */
export async function replaceSubstitutes(
  tx: Tx,
  itemId: string,
  substitutes: readonly Omit<Substitute, 'itemId'>[],
): Promise<boolean> {
  const key = (list: readonly Omit<Substitute, 'itemId'>[]): string =>
    list
      .map((one) => `${one.substituteItemId}${one.priceNeutral}`)
      .sort()
      .join(' ');
  if (key(await listSubstitutes(tx, itemId)) === key(substitutes)) return false;
  await tx('item_substitute').where({ item_id: itemId }).delete();
  await insertMany(
    tx,
    'item_substitute',
    substitutes.map((one) => ({
      item_id: itemId,
      substitute_item_id: one.substituteItemId,
      price_neutral: one.priceNeutral ? 1 : 0,
    })),
  );
  return true;
}
