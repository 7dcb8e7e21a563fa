import type { DeviceIdentity, DeviceView, PortView, QueueView } from '../../shared/contract/devices.ts';
import type { Handlers } from '../../shared/contract/handlers.ts';
import { identityOf, type PortInfo } from '../../shared/devices/port-identity.ts';
import { AppError } from '../../shared/errors.ts';
import type { Actor } from '../../shared/model/actor.ts';
import type { ProtocolFacts } from './device-rules.ts';
import { addDevice, changeDevice, type Deps, removeDevice } from './device-service.ts';
import { listDevices } from './device-views.ts';

/** What the calls need from outside the feature, handed in by the composition root. */
export interface DevicesContext {
  readonly protocols: readonly ProtocolFacts[];
  /** Ports of this PC; empty where the system cannot list them. */
  listPorts(): Promise<readonly PortInfo[]>;
  /** What this PC's own devices are doing, by id. */
  now(): ReadonlyMap<string, NonNullable<DeviceView['now']>>;
}

type Names = 'devices.devices-view' | 'devices.protocols-view' | 'devices.add' | 'devices.change' | 'devices.remove';

/** Scales and scanners of the benches. */
export function devicesCalls(deps: Deps, context: DevicesContext): Handlers<Names> {
  return {
    'devices.devices-view': async () => viewDevices(deps, context),
    'devices.add': async (actor, { kind, address, protocol, settings }) => {
      const stationId = stationOf(actor);
      const identity = address.kind === 'serial' ? identityAt(address.path, await context.listPorts()) : {};
      const device = { kind, address, protocol, settings };
      return addDevice(deps, actor, { stationId, device, identity, protocols: context.protocols });
    },
    'devices.protocols-view': async () => ({ protocols: context.protocols.map(viewProtocol) }),
    'devices.change': async (actor, { deviceId, address, protocol, settings, expectedVersion }) => {
      const identity = address.kind === 'serial' ? identityAt(address.path, await context.listPorts()) : {};
      const { protocols } = context;
      const device = { address, protocol, settings };
      return changeDevice(deps, actor, { deviceId, device, identity, protocols, expectedVersion });
    },
    'devices.remove': async (actor, { deviceId }) => {
      await removeDevice(deps, actor, deviceId);
      return {};
    },
  };
}

function viewProtocol({ name, title, unitInFrame, lines, config }: ProtocolFacts) {
  return { name, title, unitInFrame, lines: lines.map((line) => ({ ...line, dtr: true })), config: [...config] };
}

/** What the adapter at this path tells of itself; empty for a path that no list shows. */
export function identityAt(path: string, ports: readonly PortInfo[]): DeviceIdentity {
  const port = ports.find((candidate) => candidate.path === path);
  return port ? identityOf(port) : {};
}

/** Every device with its state, and the ports of this PC. */
export async function viewDevices(
  deps: Pick<Deps, 'database'>,
  context: Pick<DevicesContext, 'listPorts' | 'now'>,
): Promise<{ devices: DeviceView[]; ports: PortView[]; queues: QueueView[] }> {
  const [stored, ports] = await Promise.all([listDevices(deps.database), context.listPorts()]);
  const now = context.now();
  const devices = stored.map((device) => ({ ...device, now: now.get(device.id) ?? null }));
  const ownerOf = (path: string): string | null =>
    devices.find((device) => (device.now?.path ?? pathOf(device)) === path)?.id ?? null;
  return {
    devices,
    ports: ports.map(({ path, maker }) => ({
      ...{ path, maker: maker ?? null, deviceId: ownerOf(path) },
      kind: 'serial' as const,
    })),
    queues: [],
  };
}

const pathOf = ({ address }: Pick<DeviceView, 'address'>): string => (address.kind === 'serial' ? address.path : '');

function stationOf(actor: Actor): string {
  if (!actor.stationId) throw new AppError('permission', 'session.missing');
  return actor.stationId;
}
