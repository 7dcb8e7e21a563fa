import { toDecodedFrame } from '../../shared/scale/decode-case.ts';
import { DeviceManager } from '../devices/device-manager.ts';
import type { Device } from '../devices/driver/driver.ts';
import { scaleDriver } from '../devices/scale/scale-driver.ts';
import { scannerDriver } from '../devices/scanner/scanner-driver.ts';
import type { LineListener, OpenLine, Transport, Transports } from '../devices/transports/transports.ts';
import { createTransports, machineTiming } from './device-ports.ts';
import { describeDevice } from './device-words.ts';
import { getScaleProtocol } from './scale-protocols.ts';

/** One thing that a watched device said or that happened to it. */
export type WatchLine = Readonly<Record<string, unknown>>;

export interface WatchOptions {
  /** Tells the bytes of each read too, as hex. */
  readonly raw: boolean;
}

/** Opens one device by itself, without a station, and tells everything it says; returns what closes it. */
export async function watchDevice(
  device: Device,
  tell: (line: WatchLine) => void,
  { raw }: WatchOptions,
): Promise<() => Promise<void>> {
  const transports = createTransports({});
  const timing = machineTiming;
  const manager = new DeviceManager({
    timing,
    transports: raw ? withBytesTold(transports, tell) : transports,
    drivers: {
      scale: scaleDriver({
        timing,
        protocolOf: getScaleProtocol,
        onFrame: (_device, frame) => tell(toDecodedFrame(frame)),
        onSilent: () => undefined,
      }),
      scanner: scannerDriver({
        timing,
        onScan: (_device, scan) => tell({ scan: scan.raw, hex: hexOf(new TextEncoder().encode(scan.raw)) }),
      }),
    },
    onChange: ({ state, code, params }) =>
      tell({ state, ...(code === null ? {} : { code, advice: describeDevice(code, params) }) }),
  });
  await manager.assign([device]);
  return () => manager.close();
}

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

function withBytesTold(transports: Transports, tell: (line: WatchLine) => void): Transports {
  const told = (listener: LineListener): LineListener => ({
    closed: listener.closed,
    bytes(chunk, atMs) {
      tell({ bytes: hexOf(chunk), text: Buffer.from(chunk).toString('latin1') });
      return listener.bytes(chunk, atMs);
    },
  });
  const wrap = <A extends Parameters<Transport['open']>[0]>(inner: Transport<A>): Transport<A> => ({
    open: (address: A, listener: LineListener): Promise<OpenLine> => inner.open(address, told(listener)),
    list: () => inner.list(),
    close: () => inner.close(),
  });
  const { serial, tcp, hid, simulated } = transports;
  return { serial: wrap(serial), tcp: wrap(tcp), hid: wrap(hid), simulated: wrap(simulated) };
}
