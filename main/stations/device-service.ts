import type { DeviceIdentity } from '../../shared/contract/devices.ts';
import { AppError } from '../../shared/errors.ts';
import type { Actor } from '../../shared/model/actor.ts';
import { type Deps, runUnitOfWork } from '../db/unit-of-work.ts';
import { type NewDevice, type ProtocolFacts, portOf, refuseDevice } from './device-rules.ts';
import { deleteDevice, findDevice, insertDevice, listDevicesAt } from './device-store.ts';

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
    const id = uow.newId();
    const { kind, address, settings } = device;
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

/** Command: forgets a device. */
export async function removeDevice(deps: Deps, actor: Actor, deviceId: string): Promise<void> {
  await runUnitOfWork(deps, actor, async (uow) => {
    const device = await findDevice(uow.tx, deviceId);
    if (!device) throw new AppError('not-found', 'device.unknown', { id: deviceId });
    await deleteDevice(uow.tx, deviceId);
    uow.record({ kind: 'device.removed', subject: deviceId, data: { kind: device.kind } });
    uow.emit('devices.changed', { stationId: device.stationId });
    return null;
  });
}
