import {
  DeviceAddress,
  type DeviceKind,
  DeviceSettings,
  type DeviceView,
  type LineSettings,
  type PrintedPaper,
} from '../../../shared/contract/devices.ts';
import type { CallInput, CallOutput } from '../../../shared/contract/index.ts';

export type Protocol = CallOutput<'devices.protocols-view'>['protocols'][number];
export type DeviceWay = DeviceAddress['kind'];

/** The line as the form holds it: choices are text, and what is chosen can still be wrong. */
export interface LineDraft {
  readonly baud: string;
  readonly dataBits: string;
  readonly parity: string;
  readonly stopBits: string;
  readonly dtr: boolean;
}

/** A device as the form holds it; an empty text is a choice that nobody made. */
export interface DeviceDraft {
  readonly kind: DeviceKind;
  readonly way: DeviceWay;
  /** Serial port, USB scale, print queue, printer’s address or simulated device, by `way`. */
  readonly path: string;
  readonly host: string;
  readonly port: string;
  readonly line: LineDraft;
  readonly protocol: string;
  readonly unit: string;
  readonly decimals: string;
  readonly polarity: string;
  readonly terminator: string;
  readonly checksum: string;
  readonly scanEnd: string;
  readonly acknowledge: string;
  readonly flow: string;
  readonly media: string;
  readonly papers: readonly PrintedPaper[];
  readonly language: string;
  readonly dpi: string;
}

const usualLine: LineDraft = { baud: '9600', dataBits: '8', parity: 'none', stopBits: '1', dtr: true };

/** A form with nothing chosen yet but what is usual. */
export function emptyDraft(kind: DeviceKind): DeviceDraft {
  return {
    ...{ kind, way: kind === 'printer' ? 'queue' : 'serial' },
    ...{ path: '', host: '', port: kind === 'printer' ? '9100' : '', line: usualLine },
    ...{ protocol: '', unit: '', decimals: '', polarity: '', terminator: '', checksum: '' },
    ...{ scanEnd: 'any', acknowledge: 'none', flow: 'none' },
    ...{ media: '4x6in', papers: ['label'], language: 'pdf', dpi: '203' },
  };
}

/** The ways in which a kind of device can be plugged in, the usual one first. */
export const waysOf: { readonly [K in DeviceKind]: readonly DeviceWay[] } = {
  scale: ['serial', 'hid', 'tcp'],
  scanner: ['serial', 'tcp'],
  printer: ['queue', 'tcp', 'ipp'],
};

/** A line of the contract as the form holds it. */
export function lineDraft(line: Omit<LineSettings, 'dtr'> & { readonly dtr?: boolean }): LineDraft {
  const { baud, dataBits, parity, stopBits, dtr = true } = line;
  return { baud: `${baud}`, dataBits: `${dataBits}`, parity, stopBits: `${stopBits}`, dtr };
}

/** The form of a device that is set up already. */
export function draftOf({ kind, address, protocol, settings }: DeviceView): DeviceDraft {
  const empty = emptyDraft(kind);
  const text = (value: string | number | boolean | undefined, otherwise = ''): string =>
    value === undefined ? otherwise : String(value);
  return {
    ...empty,
    ...{ way: address.kind, ...placeOf(address) },
    ...{ protocol: protocol ?? '', unit: text(settings.unit), decimals: text(settings.decimals) },
    ...{ polarity: text(settings.polarity), terminator: text(settings.terminator), checksum: text(settings.checksum) },
    ...{ scanEnd: text(settings.scanEnd, 'any'), acknowledge: text(settings.acknowledge, 'none') },
    flow: text(settings.flow, 'none'),
    ...{ media: text(settings.media, empty.media), papers: settings.papers ?? empty.papers },
    ...{ language: text(settings.language, empty.language), dpi: text(settings.dpi, empty.dpi) },
  };
}

function placeOf(address: DeviceAddress): Partial<DeviceDraft> {
  switch (address.kind) {
    case 'serial':
      return { path: address.path, line: lineDraft(address.line) };
    case 'hid':
      return { path: address.path };
    case 'tcp':
      return { host: address.host, port: `${address.port}` };
    case 'queue':
    case 'simulated':
      return { path: address.name };
    case 'ipp':
      return { path: address.uri };
  }
}

/** Another way in: what it brings along. A printer without a driver is sent dots. */
export function onWay(draft: DeviceDraft, way: DeviceWay): Partial<DeviceDraft> {
  if (draft.kind === 'printer')
    return { way, path: way === 'ipp' ? 'ipp://' : '', language: way === 'tcp' ? 'zpl' : 'pdf' };
  if (way === 'hid') return { way, path: '', protocol: 'usb-hid' };
  return { way, path: '', ...(draft.protocol === 'usb-hid' ? { protocol: '' } : {}) };
}

/** Another protocol brings the line that its manual names first; every part of it can be changed afterwards. */
export function onProtocol(protocol: Protocol | undefined, draft: DeviceDraft): Partial<DeviceDraft> {
  if (!protocol) return { protocol: '' };
  const [first] = protocol.lines;
  return {
    protocol: protocol.name,
    ...(first ? { line: { ...lineDraft(first), dtr: draft.line.dtr } } : {}),
    ...{ unit: protocol.unitInFrame ? '' : draft.unit },
    ...{ decimals: '', polarity: '', checksum: '', terminator: '' },
  };
}

export type DeviceToSave = Pick<CallInput<'devices.add'>, 'kind' | 'address' | 'protocol'> & {
  readonly settings: DeviceSettings;
};

const digits = (text: string): number | undefined => (/^\d{1,6}$/.test(text) ? Number(text) : undefined);

function addressOf({ way, path, host, port, line }: DeviceDraft): unknown {
  const place = path.trim();
  switch (way) {
    case 'serial': {
      const { baud, dataBits, parity, stopBits, dtr } = line;
      const numbers = { baud: digits(baud), dataBits: digits(dataBits), stopBits: digits(stopBits) };
      return { kind: way, path: place, line: { ...numbers, parity, dtr } };
    }
    case 'hid':
      return { kind: way, path: place };
    case 'tcp':
      return { kind: way, host: host.trim(), port: digits(port) };
    case 'queue':
    case 'simulated':
      return { kind: way, name: place };
    case 'ipp':
      return { kind: way, uri: place };
  }
}

function settingsOf(draft: DeviceDraft, protocol: Protocol | undefined): object {
  if (draft.kind === 'scanner') {
    const { scanEnd, acknowledge, flow } = draft;
    return { scanEnd, acknowledge, flow };
  }
  if (draft.kind === 'printer') {
    const { media, papers, language, dpi } = draft;
    return { media, papers, language, dpi: digits(dpi) };
  }
  const { unit, decimals, polarity, terminator, checksum } = draft;
  const chosen = {
    ...(protocol?.unitInFrame === true || unit === '' ? {} : { unit }),
    ...(decimals === '' ? {} : { decimals: digits(decimals) }),
    ...(polarity === '' ? {} : { polarity }),
    ...(terminator === '' ? {} : { terminator }),
    ...(checksum === '' ? {} : { checksum: checksum === 'auto' ? checksum : checksum === 'true' }),
  };
  return chosen;
}

/** What the contract would not take, by the names of the fields: `path`, `baud`, `unit` … */
const fieldOf: Readonly<Record<string, string>> = { name: 'path', uri: 'path' };

/** The device to send, or the fields that keep it from being sent. */
export function readDraft(
  draft: DeviceDraft,
  protocols: readonly Protocol[],
): { device?: DeviceToSave; wrong: ReadonlySet<string> } {
  const protocol = protocols.find(({ name }) => name === draft.protocol);
  const address = DeviceAddress.safeParse(addressOf(draft));
  const settings = DeviceSettings.safeParse(settingsOf(draft, protocol));
  const issues = [...(address.error?.issues ?? []), ...(settings.error?.issues ?? [])];
  const wrong = new Set(issues.map(({ path }) => String(path.at(-1))).map((name) => fieldOf[name] ?? name));
  if (draft.kind === 'scale' && !protocol) wrong.add('protocol');
  // A unit is never guessed.
  if (draft.kind === 'scale' && protocol?.unitInFrame === false && draft.unit === '') wrong.add('unit');
  if (draft.kind === 'printer' && draft.papers.length === 0) wrong.add('papers');
  if (wrong.size > 0 || !address.success || !settings.success) return { wrong };
  const named = draft.kind === 'scale' && protocol ? { protocol: protocol.name } : {};
  return { device: { kind: draft.kind, address: address.data, ...named, settings: settings.data }, wrong };
}
