import { type HidLibrary, type HidSource, holdHid, listHid } from '../../../main/devices/transports/held-hid.ts';
import type { HeldPort } from '../../../main/devices/transports/held-port.ts';
import { OpenError, type Transports } from '../../../main/devices/transports/transports.ts';

/** USB scales as node-hid shows them, played by a test; no such device is plugged into the machine that runs it. */
export interface UsbBus {
  readonly library: HidLibrary;
  plug(path: string, ids: { vendorId: number; productId: number; serialNumber?: string; usagePage?: number }): void;
  /** One report as the scale sends it. */
  send(path: string, hex: string): void;
  /** Pulls the cable. */
  unplug(path: string): void;
}

type Listeners = { data?: (report: Uint8Array) => void; error?: (error: Error) => void };

export function usbBus(): UsbBus {
  const plugged = new Map<string, Parameters<UsbBus['plug']>[1]>();
  const open = new Map<string, Listeners>();
  const sourceAt = (path: string): HidSource => {
    const listeners: Listeners = {};
    open.set(path, listeners);
    return {
      on(event: 'data' | 'error', listener: (told: never) => void) {
        Object.assign(listeners, { [event]: listener });
      },
      close: () => void open.delete(path),
    };
  };
  return {
    library: {
      devicesAsync: async () =>
        [...plugged].map(([path, ids]) => ({ path, manufacturer: 'DYMO', product: 'M25', ...ids })),
      HIDAsync: {
        async open(path) {
          if (!plugged.has(path)) throw new Error(`cannot open device with path ${path}: No such file or directory`);
          return sourceAt(path);
        },
      },
    },
    plug: (path, ids) => void plugged.set(path, ids),
    send: (path, hex) => open.get(path)?.data?.(Buffer.from(hex, 'hex')),
    unplug(path) {
      plugged.delete(path);
      open.get(path)?.error?.(new Error('could not read from HID device'));
    },
  };
}

/** The transport of USB scales without the process between. */
export function hidTransportOn({ library }: UsbBus): Transports['hid'] {
  const load = async () => library;
  return {
    list: () => listHid(load),
    close: async () => undefined,
    async open({ path }, listener) {
      let refusal: OpenError | undefined;
      const held: HeldPort | undefined = await holdHid(
        { id: 1, path },
        (report) => {
          if (report.told === 'refused') refusal = new OpenError(report.problem, report.params);
          else if (report.told === 'bytes') void listener.bytes(report.bytes, report.atMs);
          else if (report.told === 'closed') listener.closed(report.reason);
        },
        load,
      );
      if (!held) throw refusal ?? new Error('neither open nor refused');
      return { write: () => undefined, close: () => held.close() };
    },
  };
}
