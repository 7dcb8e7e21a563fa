import type { DeviceIdentity } from '../../shared/contract/devices.ts';
import { AppError } from '../../shared/errors.ts';
import type { Actor } from '../../shared/model/actor.ts';
import { type Deps, runUnitOfWork, type Tx, type UnitOfWork } from '../db/unit-of-work.ts';
import {
  type NewDevice,
  type ProtocolFacts,
  portOf,
  prints,
  refuseDevice,
  settingsFor,
  sharedPaper,
} from './device-rules.ts';
import {
  deleteDevice,
  findDevice,
  insertDevice,
  listDevicesAt,
  type StoredDevice,
  saveDevice,
} from './device-store.ts';

export type { Deps } from '../db/unit-of-work.ts';

export interface DeviceAddition {
  readonly stationId: string;
  readonly device: NewDevice;
  /** What its adapter tells of itself; empty for a port that no list shows. */
  readonly identity: DeviceIdentity;
  readonly protocols: readonly ProtocolFacts[];
}

/** Command: sets up a device at a bench. */
export async function addDevice(deps: Deps, actor: Actor, input: DeviceAddition): Promise<{ deviceId: string }> {
  const { stationId, device, identity, protocols } = input;
  const refusal = refuseDevice(device, protocols);
  if (refusal)
    throw new AppError('validation', refusal, { protocol: device.protocol ?? '', path: portOf(device.address) });
  return runUnitOfWork(deps, actor, async (uow) => {
    const port = portOf(device.address);
    const others = await listDevicesAt(uow.tx, stationId);
    if (others.some(({ address }) => portOf(address) === port))
      throw new AppError('conflict', 'device.path-in-use', { path: port });
    refuseSharedPaper(device, others);
    const id = uow.newId();
    const { kind, address } = device;
    const settings = settingsFor(kind, device.settings);
    const protocol = device.protocol ?? null;
    await insertDevice(uow.tx, {
      ...{ id, stationId, kind, address, identity, protocol, settings },
      version: 1,
      createdAt: uow.now,
    });
    uow.record({ kind: 'device.added', subject: id, data: { kind, port, protocol } });
    uow.emit('devices.changed', { stationId });
    return { deviceId: id };
  });
}

export interface DeviceChange {
  readonly deviceId: string;
  /** Its kind stays what it was. */
  readonly device: Omit<NewDevice, 'kind'>;
  /** What the adapter at the address tells of itself; a port that stays keeps what is known of it. */
  readonly identity: DeviceIdentity;
  readonly protocols: readonly ProtocolFacts[];
  readonly expectedVersion: number;
}

/** Command: changes address, protocol and settings of a device; whoever runs it opens it anew. */
export async function changeDevice(deps: Deps, actor: Actor, input: DeviceChange): Promise<{ version: number }> {
  const { deviceId, device, protocols, expectedVersion } = input;
  return runUnitOfWork(deps, actor, async (uow) => {
    const was = await getDevice(uow.tx, deviceId);
    if (was.version !== expectedVersion) throw new AppError('conflict', 'device.changed-elsewhere', { id: deviceId });
    const { address } = device;
    const settings = settingsFor(was.kind, device.settings);
    const port = portOf(address);
    const refusal = refuseDevice({ ...device, kind: was.kind }, protocols);
    if (refusal) throw new AppError('validation', refusal, { protocol: device.protocol ?? '', path: port });
    const others = (await listDevicesAt(uow.tx, was.stationId)).filter(({ id }) => id !== deviceId);
    if (others.some((other) => portOf(other.address) === port))
      throw new AppError('conflict', 'device.path-in-use', { path: port });
    refuseSharedPaper({ kind: was.kind, settings }, others);
    const stays = portOf(was.address) === port;
    const identity = stays ? was.identity : input.identity;
    const protocol = device.protocol ?? null;
    await saveDevice(uow.tx, { ...was, address, identity, protocol, settings });
    uow.record({ kind: 'device.changed', subject: deviceId, data: { kind: was.kind, port, protocol } });
    uow.emit('devices.changed', { stationId: was.stationId });
    return { version: was.version + 1 };
  });
}

function refuseSharedPaper(device: Pick<NewDevice, 'kind' | 'settings'>, others: readonly StoredDevice[]): void {
  const paper = sharedPaper(device, others);
  const printer = others.find((other) => paper && prints(other, paper));
  if (paper && printer)
    throw new AppError('conflict', 'device.paper-taken', { paper, printer: portOf(printer.address), id: printer.id });
}

/** Step: the printers of a bench; none where nobody knows which bench it is. */
export async function printersOf(uow: UnitOfWork, stationId: string | null): Promise<StoredDevice[]> {
  return stationId === null ? [] : (await listDevicesAt(uow.tx, stationId)).filter(({ kind }) => kind === 'printer');
}

/** Step: a printer by its id. Errors: `device.unknown`, `device.not-a-printer`. */
export async function printerById(uow: UnitOfWork, deviceId: string): Promise<StoredDevice> {
  const device = await getDevice(uow.tx, deviceId);
  if (device.kind !== 'printer') throw new AppError('validation', 'device.not-a-printer', { id: deviceId });
  return device;
}

async function getDevice(tx: Tx, id: string): Promise<StoredDevice> {
  const device = await findDevice(tx, id);
  if (!device) throw new AppError('not-found', 'device.unknown', { id });
  return device;
}

/** Command: the journal tells that somebody recorded what a device says. */
export function noteRecording(
  deps: Deps,
  actor: Actor,
  { deviceId, seconds, file }: { deviceId: string; seconds: number; file: string },
): Promise<{ file: string }> {
  return runUnitOfWork(deps, actor, async (uow) => {
    uow.record({ kind: 'device.recorded', subject: deviceId, data: { seconds, file } });
    return { file };
  });
}

/** Command: a device that was set up before its adapter was seen is known by it from now on; nothing where it is known. */
export async function learnIdentity(
  deps: Deps,
  actor: Actor,
  { deviceId, identity }: { readonly deviceId: string; readonly identity: DeviceIdentity },
): Promise<void> {
  await runUnitOfWork(deps, actor, async (uow) => {
    const device = await findDevice(uow.tx, deviceId);
    if (!device || Object.keys(device.identity).length > 0) uow.unchanged();
    else {
      await saveDevice(uow.tx, { ...device, identity });
      uow.record({ kind: 'device.recognised', subject: deviceId, data: { ...identity } });
      uow.emit('devices.changed', { stationId: device.stationId });
    }
    return null;
  });
}

/** Command: forgets a device. */
export async function removeDevice(deps: Deps, actor: Actor, deviceId: string): Promise<void> {
  await runUnitOfWork(deps, actor, async (uow) => {
    const device = await getDevice(uow.tx, deviceId);
    await deleteDevice(uow.tx, deviceId);
    uow.record({ kind: 'device.removed', subject: deviceId, data: { kind: device.kind } });
    uow.emit('devices.changed', { stationId: device.stationId });
    return null;
  });
}
