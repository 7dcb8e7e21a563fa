import { fileURLToPath } from 'node:url';
import type { StartProcess } from '../../shared/devices/side-process.ts';
import type { Timing } from '../devices/driver/driver.ts';
import { createHidTransport } from '../devices/transports/hid.ts';
import { startNodeProcess } from '../devices/transports/node-process.ts';
import { SerialTransport } from '../devices/transports/serial.ts';
import { createSimulatedTransport, type SimulatedTransport } from '../devices/transports/simulated.ts';
import { tcpTransport } from '../devices/transports/tcp.ts';
import type { Transports } from '../devices/transports/transports.ts';

export interface PortOptions {
  /** Starts the process that holds the serial ports; Node's own way unless the shell has another. */
  readonly startProcess?: StartProcess | undefined;
  /** Its script; beside the bundle unless told otherwise. */
  readonly serialProcess?: string | undefined;
}

/** Everything bytes come through on this PC; nothing is opened or started yet. */
export function createTransports({
  startProcess,
  serialProcess,
}: PortOptions): Transports & { readonly simulated: SimulatedTransport } {
  const file = serialProcess ?? fileURLToPath(new URL('./serial-process.js', import.meta.url));
  const serial = new SerialTransport({ start: startProcess ?? startNodeProcess, file });
  return {
    serial,
    tcp: tcpTransport,
    hid: createHidTransport(serial),
    simulated: createSimulatedTransport(),
  };
}

/** The machine's own clock; its timers keep no process alive. */
export const machineTiming: Timing = {
  now: () => performance.now(),
  after(ms, act) {
    const timer = setTimeout(act, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
  chance: Math.random,
};
