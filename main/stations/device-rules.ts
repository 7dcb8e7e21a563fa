import {
  DeviceAddress,
  type DeviceKind,
  type DeviceSettings,
  LineAddress,
  type LineDevice,
  type LineSettings,
  type PrintedPaper,
  PrinterAddress,
} from '../../shared/contract/devices.ts';
import { ScaleConfig } from '../../shared/scale/scale-settings.ts';

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
  const printers = device.kind === 'printer';
  if (!(printers ? PrinterAddress : LineAddress).safeParse(device.address).success)
    return 'device.address-not-for-kind';
  if (printers) return device.protocol === undefined ? undefined : 'device.no-protocol-wanted';
  if (device.kind === 'scanner' && device.address.kind === 'hid') return 'device.not-usb';
  if (device.kind === 'scanner') return device.protocol === undefined ? undefined : 'device.no-protocol-wanted';
  const protocol = protocols.find(({ name }) => name === device.protocol);
  if (!protocol) return 'scale.unknown-protocol';
  // Reports of USB and bytes of a line are different things; a simulated line carries both.
  const reports = protocol.lines.length === 0;
  if (reports !== (device.address.kind === 'hid') && device.address.kind !== 'simulated')
    return reports ? 'device.not-serial' : 'device.not-usb';
  const unheeded = Object.keys(ScaleConfig.shape).some(
    (name) => name in device.settings && !protocol.config.includes(name),
  );
  if (unheeded) return 'device.config-not-heeded';
  // A unit is never guessed.
  return !protocol.unitInFrame && device.settings.unit === undefined ? 'device.unit-needed' : undefined;
}

/** What a printer is set to where nobody said otherwise: a label printer of the usual size with a driver. */
const printerDefaults = { media: '4x6in', papers: ['label'], language: 'pdf' } as const satisfies DeviceSettings;

/** The settings as they are stored: those of a printer are always told in full. */
export function settingsFor(kind: DeviceKind, settings: DeviceSettings): DeviceSettings {
  return kind === 'printer' ? { ...printerDefaults, papers: [...printerDefaults.papers], ...settings } : settings;
}

type PrinterFacts = Pick<NewDevice, 'kind' | 'settings'>;

/** Whether this paper comes out here. */
export function prints(device: PrinterFacts, paper: PrintedPaper): boolean {
  return device.kind === 'printer' && (settingsFor('printer', device.settings).papers ?? []).includes(paper);
}

/** A paper that another printer of the bench has already: which of the two would print it must never be a guess. */
export function sharedPaper(device: PrinterFacts, others: readonly PrinterFacts[]): PrintedPaper | undefined {
  const { papers = [] } = settingsFor(device.kind, device.settings);
  return device.kind === 'printer' ? papers.find((paper) => others.some((other) => prints(other, paper))) : undefined;
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
