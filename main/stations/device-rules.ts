import {
  DeviceAddress,
  type DeviceIdentity,
  type DeviceKind,
  type DeviceSettings,
  LineAddress,
  type LineDeviceKind,
  type LineSettings,
} from '../../shared/contract/devices.ts';

export interface NewDevice {
  readonly kind: DeviceKind;
  readonly address: DeviceAddress;
  readonly protocol?: string | undefined;
  readonly settings: DeviceSettings;
}

/** What a rule must know of a scale protocol. */
export interface ProtocolFacts {
  readonly name: string;
  readonly title: string;
  readonly unitInFrame: boolean;
  /** Line settings met; none where it does not speak over a line. */
  readonly lines: readonly Omit<LineSettings, 'dtr'>[];
  /** Names of `ScaleConfig` that it heeds. */
  readonly config: readonly string[];
}

/** Why a device cannot be set up so; undefined when it can. */
export function refuseDevice(device: NewDevice, protocols: readonly ProtocolFacts[]): string | undefined {
  if (!DeviceAddress.safeParse(device.address).success) return 'device.bad-line';
  if (device.kind === 'scanner') return device.protocol === undefined ? undefined : 'device.no-protocol-wanted';
  const protocol = protocols.find(({ name }) => name === device.protocol);
  if (!protocol) return 'scale.unknown-protocol';
  if (protocol.lines.length === 0) return 'device.not-serial';
  // A unit is never guessed.
  return !protocol.unitInFrame && device.settings.unit === undefined ? 'device.unit-needed' : undefined;
}

/** A scale or scanner that is read byte by byte. */
export interface LineDevice {
  readonly id: string;
  readonly stationId: string;
  readonly kind: LineDeviceKind;
  readonly address: LineAddress;
  readonly identity: DeviceIdentity;
  readonly protocol: string | null;
  readonly settings: DeviceSettings;
}

/** The device as whoever opens its line needs it; none for a printer. */
export function lineDeviceOf(
  device: Omit<LineDevice, 'kind' | 'address'> & Pick<NewDevice, 'kind' | 'address'>,
): LineDevice[] {
  const { id, stationId, kind, identity, protocol, settings } = device;
  const address = LineAddress.safeParse(device.address);
  if (kind === 'printer' || !address.success) return [];
  return [{ id, stationId, kind, address: address.data, identity, protocol, settings }];
}

/** What two devices cannot share. */
export function portOf(address: DeviceAddress): string {
  switch (address.kind) {
    case 'serial':
    case 'hid':
      return address.path;
    case 'queue':
      return `queue:${address.name}`;
    case 'ipp':
      return address.uri;
    case 'tcp':
      return `${address.host}:${address.port}`;
    case 'simulated':
      return `simulated:${address.name}`;
  }
}
