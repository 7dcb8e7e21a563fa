import { insertMany, type Tx } from '../db/unit-of-work.ts';

export interface ParcelUnit {
  readonly id: string;
  readonly parcelId: string;
  readonly orderLineId: string;
  readonly itemId: string;
  readonly quantity: number;
  readonly code: string;
  readonly lot: string | null;
  readonly expiry: string | null;
  readonly serial: string | null;
  /** Units that came by one scan leave by one UNDO. */
  readonly scanId: string;
}

/** Units of one scan, in one statement. */
export async function insertUnits(tx: Tx, units: readonly (ParcelUnit & { at: string })[]): Promise<void> {
  await insertMany(
    tx,
    'parcel_unit',
    units.map((unit) => ({
      id: unit.id,
      parcel_id: unit.parcelId,
      order_line_id: unit.orderLineId,
      item_id: unit.itemId,
      quantity: unit.quantity,
      code: unit.code,
      lot: unit.lot,
      expiry: unit.expiry,
      serial: unit.serial,
      at: unit.at,
      scan_id: unit.scanId,
    })),
  );
}

interface UnitRow {
  readonly id: string;
  readonly parcel_id: string;
  readonly order_line_id: string;
  readonly item_id: string;
  readonly quantity: number;
  readonly code: string;
  readonly lot: string | null;
  readonly expiry: string | null;
  readonly serial: string | null;
  readonly scan_id: string | null;
}

const unitFromRow = (row: UnitRow): ParcelUnit => ({
  id: row.id,
  parcelId: row.parcel_id,
  orderLineId: row.order_line_id,
  itemId: row.item_id,
  quantity: row.quantity,
  code: row.code,
  lot: row.lot,
  expiry: row.expiry,
  serial: row.serial,
  scanId: row.scan_id ?? row.id,
});

export async function listUnits(tx: Tx, parcelId: string): Promise<ParcelUnit[]> {
  const rows: UnitRow[] = await tx('parcel_unit').where({ parcel_id: parcelId }).orderBy('id').select('*');
  return rows.map(unitFromRow);
}

/** Units of the newest scan in a parcel, or of the newest that matches; a unit without a scan stands for itself. */
export async function listNewestScan(
  tx: Tx,
  parcelId: string,
  matching?: { readonly itemIds: readonly string[]; readonly codes: readonly string[] },
): Promise<ParcelUnit[]> {
  const query = tx('parcel_unit').where({ parcel_id: parcelId });
  if (matching)
    query.where((either) => either.whereIn('item_id', [...matching.itemIds]).orWhereIn('code', [...matching.codes]));
  const last = await query.orderBy('id', 'desc').first<UnitRow | undefined>();
  return last ? listScan(tx, parcelId, last.scan_id ?? last.id) : [];
}

/** Units of one scan in a parcel, in the order they were stored. */
export async function listScan(tx: Tx, parcelId: string, scanId: string): Promise<ParcelUnit[]> {
  const rows: UnitRow[] = await tx('parcel_unit')
    .where({ parcel_id: parcelId })
    .where((either) => either.where({ scan_id: scanId }).orWhere({ id: scanId }))
    .orderBy('id')
    .select('*');
  return rows.map(unitFromRow);
}

export async function deleteUnits(tx: Tx, ids: readonly string[]): Promise<void> {
  for (let start = 0; start < ids.length; start += 400)
    await tx('parcel_unit')
      .whereIn('id', ids.slice(start, start + 400))
      .delete();
}

/** Puts units into another parcel. */
export async function moveUnits(tx: Tx, ids: readonly string[], to: string): Promise<void> {
  await tx('parcel_unit')
    .whereIn('id', [...ids])
    .update({ parcel_id: to });
}

export async function serialIsUsed(tx: Tx, itemId: string, serial: string): Promise<boolean> {
  return (await tx('parcel_unit').where({ item_id: itemId, serial }).first('id')) !== undefined;
}
