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

/** The reading with which a parcel was closed last at this bench; undefined before the first. */
export async function lastWeighed(database: Database, stationId: string): Promise<string | undefined> {
  const row = await database
    .read('parcel')
    .join('scale_reading', 'scale_reading.id', 'parcel.scale_reading_id')
    .where({ 'scale_reading.station_id': stationId })
    .orderBy('scale_reading.id', 'desc')
    .first<{ id: string } | undefined>('scale_reading.id as id');
  return row?.id;
}
