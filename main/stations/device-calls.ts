import type {
  DeviceAddress,
  DeviceIdentity,
  DeviceView,
  PortView,
  QueueView,
  RawFrame,
} from '../../shared/contract/devices.ts';
import type { Handlers } from '../../shared/contract/handlers.ts';
import type { CallOutput } from '../../shared/contract/index.ts';
import { identityOf, type PortInfo } from '../../shared/devices/port-identity.ts';
import { AppError } from '../../shared/errors.ts';
import type { Actor } from '../../shared/model/actor.ts';
import type { ProtocolFacts } from './device-rules.ts';
import { addDevice, changeDevice, type Deps, noteRecording, removeDevice } from './device-service.ts';
import { listDevices } from './device-views.ts';

/** What the calls need from outside the feature, handed in by the composition root. */
export interface DevicesContext {
  readonly protocols: readonly ProtocolFacts[];
  /** Ports of this PC; empty where the system cannot list them. */
  listPorts(): Promise<readonly PortInfo[]>;
  /** Print queues of this PC; empty where the system cannot list them. */
  listQueues(): Promise<readonly Omit<QueueView, 'deviceId'>[]>;
  /** What this PC's own devices are doing, by id. */
  now(): ReadonlyMap<string, NonNullable<DeviceView['now']>>;
  /** The last bytes from and to a device of this PC, the oldest first. */
  lastReads(deviceId: string): RawFrame[];
  /** Throws `device.port-taken` while a device of ours has the port, and what keeps it from opening. */
  probe(path: string): Promise<CallOutput<'devices.probe'>>;
  /** Throws `device.not-here`, `device.recorded-already`, `device.no-recording`. */
  record(deviceId: string, seconds: number): Promise<{ file: string }>;
}

type Names =
  | 'devices.devices-view'
  | 'devices.protocols-view'
  | 'devices.add'
  | 'devices.change'
  | 'devices.remove'
  | 'devices.probe'
  | 'devices.raw-view'
  | 'devices.record';

/** Scales and scanners of the benches. */
export function devicesCalls(deps: Deps, context: DevicesContext): Handlers<Names> {
  return {
    'devices.devices-view': async () => viewDevices(deps, context),
    'devices.add': async (actor, { kind, address, protocol, settings }) => {
      const stationId = stationOf(actor);
      const identity = identityAt(address, hasAdapter(address) ? await context.listPorts() : []);
      const device = { kind, address, protocol, settings };
      return addDevice(deps, actor, { stationId, device, identity, protocols: context.protocols });
    },
    'devices.protocols-view': async () => ({ protocols: context.protocols.map(viewProtocol) }),
    'devices.change': async (actor, { deviceId, address, protocol, settings, expectedVersion }) => {
      const identity = identityAt(address, hasAdapter(address) ? await context.listPorts() : []);
      const { protocols } = context;
      const device = { address, protocol, settings };
      return changeDevice(deps, actor, { deviceId, device, identity, protocols, expectedVersion });
    },
    'devices.probe': (_actor, { path }) => context.probe(path),
    'devices.raw-view': async (_actor, { deviceId }) => ({ frames: context.lastReads(deviceId) }),
    'devices.record': async (actor, { deviceId, seconds }) => {
      const { file } = await context.record(deviceId, seconds);
      return noteRecording(deps, actor, { deviceId, seconds, file });
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

/** Whether a list of ports may tell what is at this address. */
export const hasAdapter = ({ kind }: DeviceAddress): boolean => kind === 'serial' || kind === 'hid';

/**
 * What the adapter or USB scale at this address tells of itself; empty for a path that no list shows.
 *
 * A USB scale may be named by its ids, `0922:8003`, because the system's own name of it changes.
 */
export function identityAt(address: DeviceAddress, ports: readonly PortInfo[]): DeviceIdentity {
  if (address.kind !== 'serial' && address.kind !== 'hid') return {};
  const port = ports.find(({ path, kind = 'serial' }) => path === address.path && kind === address.kind);
  if (port) return identityOf(port);
  const [, vendorId, productId] = /^([0-9a-f]{4}):([0-9a-f]{4})$/i.exec(address.path) ?? [];
  if (address.kind === 'serial' || !vendorId || !productId) return {};
  return { vendorId: vendorId.toLowerCase(), productId: productId.toLowerCase() };
}

/** Every device with its state, the ports and the print queues of this PC. */
export async function viewDevices(
  deps: Pick<Deps, 'database'>,
  context: Pick<DevicesContext, 'listPorts' | 'listQueues' | 'now'>,
): Promise<{ devices: DeviceView[]; ports: PortView[]; queues: QueueView[] }> {
  const [stored, ports, queues] = await Promise.all([
    listDevices(deps.database),
    context.listPorts(),
    context.listQueues(),
  ]);
  const now = context.now();
  const devices = stored.map((device) => ({ ...device, now: now.get(device.id) ?? null }));
  const ownerOf = (path: string): string | null =>
    devices.find((device) => (device.now?.path ?? pathOf(device)) === path)?.id ?? null;
  const printerOn = (queue: string): string | null =>
    devices.find(({ address }) => address.kind === 'queue' && address.name === queue)?.id ?? null;
  return {
    devices,
    ports: ports.map(({ path, maker, kind }) => ({
      ...{ path, maker: maker ?? null, deviceId: ownerOf(path) },
      kind: kind ?? ('serial' as const),
    })),
    queues: queues.map((queue) => ({ ...queue, deviceId: printerOn(queue.name) })),
  };
}

const pathOf = ({ address }: Pick<DeviceView, 'address'>): string =>
  address.kind === 'serial' || address.kind === 'hid' ? address.path : '';

function stationOf(actor: Actor): string {
  if (!actor.stationId) throw new AppError('permission', 'session.missing');
  return actor.stationId;
}
