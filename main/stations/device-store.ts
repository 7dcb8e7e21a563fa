import { DeviceAddress, DeviceIdentity, type DeviceKind, DeviceSettings } from '../../shared/contract/devices.ts';
import { AppError } from '../../shared/errors.ts';
import type { Tx } from '../db/unit-of-work.ts';

/** One device as it was set up. */
export interface StoredDevice {
  readonly id: string;
  readonly stationId: string;
  readonly kind: DeviceKind;
  readonly address: DeviceAddress;
  readonly identity: DeviceIdentity;
  readonly protocol: string | null;
  readonly settings: DeviceSettings;
  readonly version: number;
}

export interface DeviceRow {
  readonly id: string;
  readonly station_id: string;
  readonly kind: DeviceKind;
  readonly transport: string;
  readonly identity: string;
  readonly protocol: string | null;
  readonly settings: string;
  readonly created_at: string;
  readonly version: number;
}

export const deviceFromRow = (row: DeviceRow): StoredDevice => ({
  id: row.id,
  stationId: row.station_id,
  kind: row.kind,
  address: DeviceAddress.parse(JSON.parse(row.transport)),
  identity: DeviceIdentity.parse(JSON.parse(row.identity)),
  protocol: row.protocol,
  settings: DeviceSettings.parse(JSON.parse(row.settings)),
  version: row.version,
});

export async function insertDevice(tx: Tx, device: StoredDevice & { readonly createdAt: string }): Promise<void> {
  await tx('device').insert({
    id: device.id,
    station_id: device.stationId,
    kind: device.kind,
    transport: JSON.stringify(device.address),
    identity: JSON.stringify(device.identity),
    protocol: device.protocol,
    settings: JSON.stringify(device.settings),
    created_at: device.createdAt,
    version: device.version,
  });
}

/** Saves address, identity, protocol and settings if nobody did since the device was read. */
export async function saveDevice(tx: Tx, device: StoredDevice): Promise<void> {
  const changed = await tx<DeviceRow>('device')
    .where({ id: device.id, version: device.version })
    .update({
      transport: JSON.stringify(device.address),
      identity: JSON.stringify(device.identity),
      protocol: device.protocol,
      settings: JSON.stringify(device.settings),
      version: device.version + 1,
    });
  if (changed !== 1) throw new AppError('conflict', 'device.changed-elsewhere', { id: device.id });
}

export async function findDevice(tx: Tx, id: string): Promise<StoredDevice | undefined> {
  const row = await tx<DeviceRow>('device').where({ id }).first();
  return row && deviceFromRow(row);
}

export async function listDevicesAt(tx: Tx, stationId: string): Promise<StoredDevice[]> {
  const rows = await tx<DeviceRow>('device').where({ station_id: stationId }).orderBy(['created_at', 'id']);
  return rows.map(deviceFromRow);
}

export async function deleteDevice(tx: Tx, id: string): Promise<void> {
  await tx('device').where({ id }).delete();
}
