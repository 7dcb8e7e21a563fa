import { toDecodedFrame } from '../../shared/scale/decode-case.ts';
import { DeviceManager } from '../devices/device-manager.ts';
import type { Device } from '../devices/driver/driver.ts';
import type { TappedRead } from '../devices/line-tap/line-tap.ts';
import { scaleDriver } from '../devices/scale/scale-driver.ts';
import { scannerDriver } from '../devices/scanner/scanner-driver.ts';
import { identityAt } from '../stations/device-calls.ts';
import { createTransports, machineTiming } from './device-ports.ts';
import { describeDevice } from './device-words.ts';
import { getScaleProtocol } from './scale-protocols.ts';

/** One thing that a watched device said or that happened to it. */
export type WatchLine = Readonly<Record<string, unknown>>;

export interface WatchOptions {
  /** Tells the bytes from and to the device too, as hex and as text. */
  readonly raw: boolean;
  /** Hears every byte from and to the device as well. */
  readonly onRead?: ((read: TappedRead) => void) | undefined;
}

/** Opens one device by itself, without a station, and tells everything it says; returns what closes it. */
export async function watchDevice(
  device: Device,
  tell: (line: WatchLine) => void,
  { raw, onRead }: WatchOptions,
): Promise<() => Promise<void>> {
  const timing = machineTiming;
  const manager = new DeviceManager({
    timing,
    transports: createTransports({}),
    drivers: {
      scale: scaleDriver({
        timing,
        protocolOf: getScaleProtocol,
        onFrame: (_device, frame) => tell(toDecodedFrame(frame)),
        onSilent: () => undefined,
      }),
      scanner: scannerDriver({
        timing,
        onFramed: (_device, framed) => {
          if (framed.kind === 'lost') tell({ lost: framed.code, advice: describeDevice(framed.code, {}) });
          else tell({ scan: framed.raw, hex: hexOf(new TextEncoder().encode(framed.raw)) });
        },
      }),
    },
    onChange: ({ state, code, params }) =>
      tell({ state, ...(code === null ? {} : { code, advice: describeDevice(code, params) }) }),
  });
  if (onRead) manager.listen(device.id, onRead);
  if (raw) manager.listen(device.id, (read) => tellBytes(read, tell));
  await manager.assign([{ ...device, identity: identityAt(device.address, []) }]);
  return () => manager.close();
}

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

function tellBytes({ direction, bytes }: TappedRead, tell: (line: WatchLine) => void): void {
  const text = Buffer.from(bytes).toString('latin1');
  if (direction === 'in') tell({ bytes: hexOf(bytes), text });
  else if (direction === 'out') tell({ sent: hexOf(bytes), text });
}
