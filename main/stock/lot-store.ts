import type { Tx } from '../db/unit-of-work.ts';

export interface LotCount {
  readonly itemId: string;
  readonly locationId: string;
  readonly lot: string;
  readonly expiry: string | null;
  readonly quantity: number;
}

/** Writes down what was counted of a lot in a bin; false when that is what is written there already. */
export async function saveLot(tx: Tx, count: LotCount, by: { id: string; at: string }): Promise<boolean> {
  const place = { item_id: count.itemId, location_id: count.locationId, lot: count.lot };
  const stored = await tx('stock_lot')
    .where(place)
    .first<{ quantity: number; expiry: string | null } | undefined>('quantity', 'expiry');
  const expiry = count.expiry ?? stored?.expiry ?? null;
  await tx('stock_lot')
    .insert({ id: by.id, ...place, expiry, quantity: count.quantity, counted_at: by.at, blocked: 0, version: 1 })
    .onConflict(['item_id', 'location_id', 'lot'])
    .merge({ expiry, quantity: count.quantity, counted_at: by.at, version: tx.raw('stock_lot.version + 1') });
  return stored?.quantity !== count.quantity || stored.expiry !== expiry;
}

/** Units of all lots of an item in a bin. */
export async function sumLots(tx: Tx, itemId: string, locationId: string): Promise<number> {
  const row = await tx('stock_lot')
    .where({ item_id: itemId, location_id: locationId })
    .sum<{ sum: number | string | null }[]>({ sum: 'quantity' });
  return Number(row[0]?.sum ?? 0);
}

/** Blocks a lot in every bin, or frees it; returns the number of bins that hold it. */
export async function setLotBlocked(tx: Tx, lot: { itemId: string; lot: string }, blocked: boolean): Promise<number> {
  return tx('stock_lot')
    .where({ item_id: lot.itemId, lot: lot.lot })
    .update({ blocked: blocked ? 1 : 0, version: tx.raw('version + 1') });
}
