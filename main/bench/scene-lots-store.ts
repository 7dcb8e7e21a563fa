import { type Handle, selectRows } from '../db/rows.ts';
import type { KnownLot } from '../packing/lot-rules.ts';

interface LotRow {
  readonly lot: string;
  readonly expiry: string | null;
  readonly blocked: number;
  readonly quantity: number;
  readonly location: string;
  readonly packed: number | string;
}

// What was packed since a lot was counted is not written down twice: the parcels tell.
const LOTS = `
  select l.lot, l.expiry, l.blocked, l.quantity, location.code as location,
    (select coalesce(sum(u.quantity), 0) from parcel_unit u where u.item_id = l.item_id and u.lot = l.lot and u.at > l.counted_at) as packed
  from stock_lot l
  join location on location.id = l.location_id
  where l.item_id = ?`;

/** Every lot of an item that the stock knows; one query, read only for items kept by lot or expiry. */
export async function listKnownLots(handle: Handle, itemId: string): Promise<KnownLot[]> {
  const rows = await selectRows<LotRow>(handle, LOTS, [itemId]);
  return [...new Set(rows.map((row) => row.lot))].map((lot) => {
    const parts = rows.filter((row) => row.lot === lot);
    const counted = parts.reduce((sum, row) => sum + row.quantity, 0);
    const packed = Math.max(...parts.map((row) => Number(row.packed)));
    const expiries = parts.flatMap((row) => row.expiry ?? []).sort();
    return {
      lot,
      expiry: expiries[0] ?? null,
      blocked: parts.some((row) => row.blocked === 1),
      left: Math.max(0, counted - packed),
      locations: parts.filter((row) => row.quantity > 0).map((row) => row.location),
    };
  });
}
