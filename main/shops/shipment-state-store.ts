import type { Handle } from '../db/rows.ts';

/** What the shop of an order was told of its parcels. */
export interface ToldParcels {
  /** It has yet to hear of one. */
  readonly waiting: boolean;
  /** When it heard of the last one. */
  readonly toldAt: string | null;
  /** Units that have left by the platform's id of their line (the first one where a line has several), told or not. */
  readonly units: readonly { readonly lineId: string; readonly quantity: number }[];
}

interface Row {
  readonly orderId: string;
  readonly state: string;
  readonly toldAt: string | null;
  readonly lines: string;
  readonly last: number;
}

/** Of these orders those with parcels that their shop is told of. */
export async function listTold(handle: Handle, orderIds: readonly string[]): Promise<Map<string, ToldParcels>> {
  if (orderIds.length === 0) return new Map();
  const rows: Row[] = await handle('shop_shipment')
    .whereIn('order_id', [...orderIds])
    .select('order_id as orderId', 'state', 'told_at as toldAt', 'lines', 'last');
  const complete = new Set(rows.filter(({ last, toldAt }) => last === 1 && toldAt !== null).map((row) => row.orderId));
  const found = new Map<string, ToldParcels>();
  for (const { orderId, state, toldAt, lines } of rows) {
    const before = found.get(orderId) ?? { waiting: false, toldAt: null, units: [] };
    // The platform hears of it with a later parcel, at the latest with the last one.
    const isLater = state === 'told' && toldAt === null;
    const units: { externalLineIds: string[]; quantity: number }[] = JSON.parse(lines);
    found.set(orderId, {
      waiting: before.waiting || (state !== 'told' && state !== 'silent') || (isLater && !complete.has(orderId)),
      toldAt: (toldAt ?? '') > (before.toldAt ?? '') ? toldAt : before.toldAt,
      units: [
        ...before.units,
        ...units.map(({ externalLineIds, quantity }) => ({ lineId: externalLineIds[0] ?? '', quantity })),
      ],
    });
  }
  return found;
}
