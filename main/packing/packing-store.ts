import { AppError } from '../../shared/errors.ts';
import type { ParcelState } from '../../shared/model/machines.ts';
import { selectRows } from '../db/rows.ts';
import type { Tx } from '../db/unit-of-work.ts';

export interface Parcel {
  readonly id: string;
  readonly orderId: string;
  readonly sequence: number;
  readonly sscc: string;
  readonly state: ParcelState;
  readonly stationId: string | null;
  readonly expectedMg: number | null;
  readonly weightMg: number | null;
  readonly scaleReadingId: string | null;
  readonly closedAt: string | null;
  readonly labelConfirmedAt: string | null;
  readonly cartonId: string | null;
  readonly ownBox: boolean;
  readonly dunnageMg: number;
  /** Asked to be closed although units are left for another parcel. */
  readonly closing: boolean;
  /** Keys of instructions that were confirmed by scan. */
  readonly confirmed: readonly string[];
  readonly version: number;
}

interface ParcelRow {
  readonly id: string;
  readonly order_id: string;
  readonly sequence: number;
  readonly sscc: string;
  readonly state: ParcelState;
  readonly station_id: string | null;
  readonly expected_mg: number | null;
  readonly weight_mg: number | null;
  readonly scale_reading_id: string | null;
  readonly closed_at: string | null;
  readonly label_confirmed_at: string | null;
  readonly carton_id: string | null;
  readonly own_box: number;
  readonly dunnage_mg: number;
  readonly closing: number;
  readonly confirmed: string;
  readonly version: number;
}

const fromRow = (row: ParcelRow): Parcel => ({
  id: row.id,
  orderId: row.order_id,
  sequence: row.sequence,
  sscc: row.sscc,
  state: row.state,
  stationId: row.station_id,
  expectedMg: row.expected_mg,
  weightMg: row.weight_mg,
  scaleReadingId: row.scale_reading_id,
  closedAt: row.closed_at,
  labelConfirmedAt: row.label_confirmed_at,
  cartonId: row.carton_id,
  ownBox: row.own_box === 1,
  dunnageMg: row.dunnage_mg,
  closing: row.closing === 1,
  confirmed: JSON.parse(row.confirmed),
  version: row.version,
});

export async function getParcel(tx: Tx, id: string): Promise<Parcel> {
  const row = await tx('parcel').where({ id }).first<ParcelRow | undefined>();
  if (!row) throw new AppError('not-found', 'parcel.not-found', { id });
  return fromRow(row);
}

export async function listParcels(tx: Tx, orderId: string): Promise<Parcel[]> {
  const rows: ParcelRow[] = await tx('parcel').where({ order_id: orderId }).orderBy('sequence').select('*');
  return rows.map(fromRow);
}

export async function insertParcel(
  tx: Tx,
  parcel: { id: string; orderId: string; sequence: number; sscc: string; stationId: string | null; openedAt: string },
): Promise<void> {
  await tx('parcel').insert({
    id: parcel.id,
    order_id: parcel.orderId,
    sequence: parcel.sequence,
    sscc: parcel.sscc,
    state: 'open',
    station_id: parcel.stationId,
    opened_at: parcel.openedAt,
    version: 1,
  });
}

export type ParcelChange = Partial<
  Pick<
    Parcel,
    | 'sscc'
    | 'state'
    | 'expectedMg'
    | 'weightMg'
    | 'scaleReadingId'
    | 'closedAt'
    | 'labelConfirmedAt'
    | 'stationId'
    | 'closing'
    | 'confirmed'
  > & { readonly overrideBy: string; readonly overrideReason: string }
>;

const columns: Readonly<Record<keyof ParcelChange, string>> = {
  sscc: 'sscc',
  state: 'state',
  expectedMg: 'expected_mg',
  weightMg: 'weight_mg',
  scaleReadingId: 'scale_reading_id',
  closedAt: 'closed_at',
  labelConfirmedAt: 'label_confirmed_at',
  stationId: 'station_id',
  closing: 'closing',
  confirmed: 'confirmed',
  overrideBy: 'override_by',
  overrideReason: 'override_reason',
};

const stored = (value: ParcelChange[keyof ParcelChange]): string | number | null =>
  typeof value === 'boolean'
    ? Number(value)
    : typeof value === 'object'
      ? value && JSON.stringify(value)
      : (value ?? null);

/** Saves only if nobody else did since `parcel` was read; the same rule holds on SQLite and PostgreSQL. */
export async function saveParcel(tx: Tx, parcel: Pick<Parcel, 'id' | 'version'>, change: ParcelChange): Promise<void> {
  const fields = Object.fromEntries(
    Object.entries(change).map(([key, value]) => [columns[key as keyof ParcelChange], stored(value)]),
  ); // keys of ParcelChange
  // What is labelled anew, or taken apart, does not leave with the manifest that it was scanned onto.
  const stays = change.state === 'open' || change.state === 'closed' || change.state === 'voided';
  const changed = await tx('parcel')
    .where({ id: parcel.id, version: parcel.version })
    .update({ ...fields, ...(stays ? OFF_MANIFEST : {}), version: parcel.version + 1 });
  if (changed !== 1) throw new AppError('conflict', 'parcel.changed-elsewhere', { id: parcel.id });
}

const OFF_MANIFEST = { manifest_id: null, scanned_out_at: null, scanned_out_by: null } as const;

/** Marks an open parcel as changed, only if nobody else did since it was read. */
export async function touchOpenParcel(tx: Tx, parcel: Pick<Parcel, 'id' | 'version'>): Promise<void> {
  const sql = "update parcel set version = ? where id = ? and version = ? and state = 'open' returning id";
  const changed = await selectRows(tx, sql, [parcel.version + 1, parcel.id, parcel.version]);
  if (changed.length !== 1) throw new AppError('conflict', 'parcel.changed-elsewhere', { id: parcel.id });
}

/** Takes the next number of a range that starts at 1 and ends at `last`; throws when it is used up. */
export async function takeNumber(tx: Tx, range: { name: string; last: number }): Promise<number> {
  const take = async (): Promise<number | undefined> => {
    const rows: { next: number | string }[] = await tx('number_range')
      .where({ name: range.name })
      .where('next', '<=', range.last)
      .update({ next: tx.raw('next + 1') })
      .returning('next');
    const next = rows[0]?.next;
    return next === undefined ? undefined : Number(next) - 1;
  };
  const taken = await take();
  if (taken !== undefined) return taken;
  await tx('number_range').insert({ name: range.name, next: 1, last: range.last }).onConflict('name').ignore();
  const first = await take();
  if (first === undefined) throw new AppError('rule', 'sscc.range-exhausted', { range: range.name });
  return first;
}

/** The reading that a closed parcel names. */
export async function insertReading(
  tx: Tx,
  reading: { id: string; at: string; stationId: string; device: string; mg: number; parcelId: string },
): Promise<void> {
  await tx('scale_reading').insert({
    id: reading.id,
    parcel_id: reading.parcelId,
    at: reading.at,
    station_id: reading.stationId,
    device: reading.device,
    mg: reading.mg,
    stable: 1,
  });
}

/** What the scale showed last of a parcel. */
export async function findLastReading(tx: Tx, parcelId: string): Promise<{ id: string; mg: number } | undefined> {
  return tx('scale_reading').where({ parcel_id: parcelId }).orderBy('id', 'desc').first('id', 'mg');
}
