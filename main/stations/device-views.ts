import { BY_HAND } from '../../shared/model/weight.ts';
import type { Database } from '../db/database.ts';
import { type DeviceRow, deviceFromRow, type StoredDevice } from './device-store.ts';

/** Every device, or those of one bench, in the order in which they were set up. */
export async function listDevices(database: Database, stationId?: string): Promise<StoredDevice[]> {
  const rows = await database
    .read<DeviceRow, DeviceRow[]>('device')
    .where(stationId === undefined ? {} : { station_id: stationId })
    .orderBy([{ column: 'created_at' }, { column: 'id' }])
    .select('*');
  return rows.map(deviceFromRow);
}

/** The newest reading of this bench if a parcel was closed with it; undefined when it was refused, typed, or before the first. */
export async function lastWeighed(
  database: Database,
  stationId: string,
): Promise<{ readonly id: string; readonly mg: number } | undefined> {
  // One step back on the key of the readings and one look at their parcel: cheap however many there are.
  const row = await database
    .read('scale_reading')
    .leftJoin('parcel', 'parcel.id', 'scale_reading.parcel_id')
    .where({ 'scale_reading.station_id': stationId })
    .orderBy('scale_reading.id', 'desc')
    .first<{ id: string; mg: number; device: string; takenId: string | null } | undefined>(
      'scale_reading.id as id',
      'scale_reading.mg as mg',
      'scale_reading.device as device',
      'parcel.scale_reading_id as takenId',
    );
  return row && row.takenId === row.id && row.device !== BY_HAND ? { id: row.id, mg: row.mg } : undefined;
}
