import type { DeviceAddress } from '../../../shared/contract/devices.ts';
import { type LineListener, OpenError, type OpenLine, type Transport } from './transports.ts';

type SimulatedAddress = Extract<DeviceAddress, { kind: 'simulated' }>;

/** The far end of a simulated line: what stands there plays the device. */
export interface FarEnd {
  /** Bytes that the device sends; false while nobody has the line open. */
  send(bytes: Uint8Array): boolean;
  /** Bytes that the station sends. */
  onBytes(listener: (bytes: Uint8Array) => void): void;
  /** Pulls the cable; the name is gone until it is plugged in again. */
  unplug(): void;
}

export interface SimulatedTransport extends Transport<SimulatedAddress> {
  /** Puts a device with this name within reach. */
  plug(name: string): FarEnd;
}

/** Lines inside this process, for demo, training and tests that need no operating system. */
export function createSimulatedTransport(): SimulatedTransport {
  const plugged = new Map<string, { listener?: LineListener; hear: (bytes: Uint8Array) => void }>();
  return {
    plug(name) {
      const end: { listener?: LineListener; hear: (bytes: Uint8Array) => void } = { hear: () => undefined };
      plugged.set(name, end);
      return {
        send(bytes) {
          void end.listener?.bytes(bytes, Date.now());
          return end.listener !== undefined;
        },
        onBytes(listener) {
          end.hear = listener;
        },
        unplug() {
          if (plugged.get(name) === end) plugged.delete(name);
          const { listener } = end;
          delete end.listener;
          listener?.closed('unplugged');
        },
      };
    },
    async open({ name }, listener): Promise<OpenLine> {
      const end = plugged.get(name);
      if (!end) throw new OpenError('gone', { path: name, reason: '', group: '' });
      if (end.listener) throw new OpenError('taken', { path: name, reason: '', group: '' });
      end.listener = listener;
      return {
        write: (bytes) => void (end.listener && end.hear(bytes)),
        async close() {
          delete end.listener;
        },
      };
    },
    list: async () => undefined,
    close: async () => undefined,
  };
}
