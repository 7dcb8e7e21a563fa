import { access } from 'node:fs/promises';
import type { DeviceView, PortView, QueueView } from '../../shared/contract/devices.ts';
import type { PortInfo } from '../../shared/devices/port-identity.ts';
import { AppError } from '../../shared/errors.ts';
import { type Actor, systemActor } from '../../shared/model/actor.ts';
import { hasAdapter, identityAt, viewDevices } from '../stations/device-calls.ts';
import { type NewDevice, portOf } from '../stations/device-rules.ts';
import { addDevice, removeDevice } from '../stations/device-service.ts';
import { listStations } from '../stations/stations-views.ts';
import type { Core } from './core.ts';
import { createTransports } from './device-ports.ts';
import { readDeviceStates } from './device-states.ts';
import { describeDevice } from './device-words.ts';
import { listQueues } from './printer-drivers.ts';
import { scaleProtocols } from './scale-protocols.ts';

/** One device for the command line: what it is, what it does, why, what to do. */
export interface DeviceLine {
  readonly id: string;
  readonly station: string;
  readonly kind: string;
  readonly protocol: string | null;
  readonly path: string;
  /** Null while no station on this data says. */
  readonly state: string | null;
  readonly since: string | null;
  readonly code: string | null;
  readonly advice: string | null;
  /** What a printer does, as far as anybody tells; null for the others. */
  readonly activity: string | null;
  /** Scans or papers that wait. */
  readonly waiting: number;
  readonly settings: DeviceView['settings'];
  readonly identity: DeviceView['identity'];
}

/** Devices, ports and print queues as the command line tells them, true also beside a running station. */
export async function describeDevices(
  core: Core,
): Promise<{ devices: DeviceLine[]; ports: PortView[]; queues: QueueView[] }> {
  const states = await readDeviceStates(core.dataDir);
  const listed = await listPorts();
  const context = { listPorts: async () => listed, listQueues, now: () => states ?? new Map() };
  const { devices, ports, queues } = await viewDevices(core.deps, context);
  const { stations } = await listStations(core.database);
  const nameOf = (id: string): string => stations.find((station) => station.id === id)?.name ?? id;
  const lines = await Promise.all(devices.map((device) => lineOf(device, nameOf(device.stationId))));
  return { devices: lines, ports, queues };
}

async function lineOf(device: DeviceView, station: string): Promise<DeviceLine> {
  const { id, kind, protocol, settings, identity, now } = device;
  const [activity, waiting] = [now?.activity ?? null, now?.waiting ?? 0];
  const told = {
    id,
    station,
    kind,
    protocol,
    path: now?.path ?? pathOf(device),
    activity,
    waiting,
    settings,
    identity,
  };
  if (now) {
    const advice = now.code === null ? null : describeDevice(now.code, now.params);
    return { ...told, state: now.state, since: now.since, code: now.code, advice };
  }
  const gone = device.address.kind === 'serial' && !(await exists(device.address.path));
  if (gone) {
    const code = 'device.not-plugged-in';
    return { ...told, state: 'absent', since: null, code, advice: describeDevice(code, {}) };
  }
  return { ...told, state: null, since: null, code: null, advice: 'No station of this bench runs on this data.' };
}

function pathOf({ address }: DeviceView): string {
  return portOf(address);
}

async function exists(path: string): Promise<boolean> {
  // The ports of Windows are no files.
  if (process.platform === 'win32') return true;
  return access(path).then(
    () => true,
    () => false,
  );
}

async function listPorts(): Promise<readonly PortInfo[]> {
  const { serial, hid } = createTransports({});
  try {
    const [lines, scales] = await Promise.all([serial.list(), hid.list()]);
    return [...(lines ?? []), ...(scales ?? [])];
  } finally {
    await serial.close();
  }
}

/** Sets up a device at a bench by name, this PC's own unless told otherwise. */
export async function addDeviceAt(core: Core, device: NewDevice, station?: string): Promise<{ deviceId: string }> {
  const { stations } = await listStations(core.database);
  const name = station ?? core.stationName;
  const found = stations.find((candidate) => candidate.name === name);
  if (!found) throw new AppError('not-found', 'station.unknown', { id: name });
  const identity = identityAt(device.address, hasAdapter(device.address) ? await listPorts() : []);
  const actor: Actor = { ...systemActor, stationId: found.id };
  return addDevice(core.deps, actor, { stationId: found.id, device, identity, protocols: scaleProtocols });
}

/** Forgets a device, from the command line. */
export async function removeDeviceById(core: Core, deviceId: string): Promise<void> {
  await removeDevice(core.deps, systemActor, deviceId);
}
