import { connect } from 'node:net';
import type { QueueView } from '../../shared/contract/devices.ts';
import type { HandOver, PrinterDriver } from '../devices/printer/printer.ts';
import type { PrinterSetUp } from './print-desk.ts';

/** The driver that an address needs. */
export function openPrinter({ address }: PrinterSetUp): PrinterDriver {
  const open = (): Promise<ReturnType<typeof connect> | undefined> =>
    new Promise((resolve) => {
      if (address.kind !== 'tcp') return resolve(undefined);
      const socket = connect({ host: address.host, port: address.port, timeout: 3_000 });
      socket.once('connect', () => resolve(socket));
      socket.once('error', () => resolve(undefined));
      socket.once('timeout', () => resolve(undefined));
    });
  return {
    async print({ bytes }): Promise<HandOver> {
      const socket = await open();
      if (!socket) return { outcome: 'refused', passing: true, code: 'printer.unreachable', params: {} };
      return new Promise((resolve) => {
        socket.setTimeout(10_000, () => resolve({ outcome: 'unknown', code: 'printer.broke-off', params: {} }));
        socket.once('error', () => resolve({ outcome: 'unknown', code: 'printer.broke-off', params: {} }));
        socket.once('close', (failed) => {
          if (!failed) resolve({ outcome: 'handed-over', systemJob: null });
        });
        socket.resume();
        socket.end(bytes);
      });
    },
    async status() {
      const socket = await open();
      socket?.destroy();
      if (!socket) return { state: 'absent', code: 'printer.unreachable', params: {}, activity: 'not-told' };
      return { state: 'ready', code: 'printer.no-status', params: {}, activity: 'not-told' };
    },
    jobState: async () => ({ state: 'not-told' }),
    close: async () => undefined,
  };
}

/** Print queues of this PC; empty where the system has no way to list them. */
export async function listQueues(): Promise<Omit<QueueView, 'deviceId'>[]> {
  return [];
}
