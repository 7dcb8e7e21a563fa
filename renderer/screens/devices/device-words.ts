import type { DeviceAddress, DeviceView, LineSettings } from '../../../shared/contract/devices.ts';
import type { Language } from '../../ui/format.ts';
import type { IconName } from '../../ui/icons.tsx';
import { type CodeText, messageFor } from '../../ui/message-for.ts';
import type { Messages } from '../../ui/use-messages.ts';

/** How a device is shown: by shape and colour, always beside words. */
export type DeviceLook = 'good' | 'plain' | 'note' | 'busy' | 'quiet' | 'bad' | 'unknown';

type State = Pick<DeviceView, 'now'>;

/**
 * Colour and shape of a device’s state; one that works but has something to tell is noted. A printer that does not tell
 * how it is gets no tick: it takes papers, and nobody knows more.
 */
export function lookOf({ now }: State): DeviceLook {
  if (!now) return 'unknown';
  switch (now.state) {
    case 'ready':
      if (now.activity === 'not-told') return 'plain';
      return now.code === null ? 'good' : 'note';
    case 'opening':
      return 'busy';
    case 'silent':
      return 'quiet';
    case 'absent':
    case 'fault':
      return 'bad';
  }
}

/** The shape beside the drawing of the device, another one for each look. */
export const lookIcons: { readonly [L in DeviceLook]: IconName } = {
  good: 'check',
  plain: 'here',
  note: 'info',
  busy: 'clock',
  quiet: 'pause',
  bad: 'warning',
  unknown: 'question',
};

export const kindIcons: { readonly [K in DeviceView['kind']]: IconName } = {
  scale: 'scale',
  scanner: 'scan',
  printer: 'printer',
};

/** One or two words for what a device is doing. A printer that tells nothing is never called ready. */
export function stateWords({ now }: State, { t }: Messages): string {
  if (!now) return t('device-state.unknown');
  if (now.state !== 'ready' || now.activity === undefined) return t(`device-state.${now.state}`);
  return t(`printer-does.${now.activity}`);
}

/** What happened and what to do; undefined while there is nothing to tell. */
export function problemOf({ now }: State, messages: Messages): CodeText | undefined {
  if (!now || now.code === null) return undefined;
  return messageFor(messages, now.code, now.params);
}

/** Where a device is plugged in, as the system names it: `/dev/ttyUSB0`, `192.0.2.7:9100`, `Zebra_ZD421`. */
export function addressWords(address: DeviceAddress): string {
  switch (address.kind) {
    case 'serial':
    case 'hid':
      return address.path;
    case 'tcp':
      return `${address.host}:${address.port}`;
    case 'queue':
    case 'simulated':
      return address.name;
    case 'ipp':
      return address.uri;
  }
}

const parityLetters = { none: 'N', even: 'E', odd: 'O' } as const;

/** `9600 7E1`, as the menus of scales name it. */
export function lineWords({ baud, dataBits, parity, stopBits }: Omit<LineSettings, 'dtr'>): string {
  return `${baud} ${dataBits}${parityLetters[parity]}${stopBits}`;
}

/** The time of day, with the day before it where that was not today. */
export function sinceWords(since: string, nowMs: number, language: Language): string {
  const at = new Date(since);
  const today = new Date(nowMs).toDateString() === at.toDateString();
  return new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
    ...(today ? {} : { day: 'numeric', month: 'short' }),
    hour: '2-digit',
    minute: '2-digit',
    ...(today ? { second: '2-digit' } : {}),
  }).format(at);
}

const kindOrder: readonly DeviceView['kind'][] = ['scale', 'scanner', 'printer'];

/** The devices of one bench, scale first. */
export function devicesOf(devices: readonly DeviceView[], stationId: string): DeviceView[] {
  return devices
    .filter((device) => device.stationId === stationId)
    .sort((one, other) => kindOrder.indexOf(one.kind) - kindOrder.indexOf(other.kind));
}

/** `4 × 6 in`, `100 × 150 mm`, `A4`. */
export function mediaWords(media: string): string {
  const [, width, height, unit] = /^([\d.]+)x([\d.]+)(in|mm)$/.exec(media) ?? [];
  if (width !== undefined) return `${width} × ${height} ${unit}`;
  return media.charAt(0).toUpperCase() + media.slice(1);
}
