import type { RawFrame } from '../../shared/contract/devices.ts';
import { hexOfBytes, textOfBytes } from '../../shared/devices/recording.ts';
import { AppError } from '../../shared/errors.ts';
import type { DeviceManager } from '../devices/device-manager.ts';
import type { Timing } from '../devices/driver/driver.ts';
import type { Transports } from '../devices/transports/transports.ts';
import type { DevicesContext } from '../stations/device-calls.ts';
import { newRecordingFile, openRecorder, type Recorder } from './device-recording.ts';
import { probePort } from './device-support-probe.ts';

export interface DeviceSupportParts {
  readonly dataDir: string;
  readonly manager: DeviceManager;
  readonly transports: Pick<Transports, 'serial'>;
  readonly timing: Timing;
  readonly clock: () => Date;
}

/** What helps somebody whose device does not do as it should: a look at its bytes, a recording, a search of a port. */
export interface DeviceSupport extends Pick<DevicesContext, 'probe' | 'lastReads' | 'record'> {
  close(): Promise<void>;
}

/** Support for the devices of this PC's running station. */
export function createDeviceSupport({
  dataDir,
  manager,
  transports,
  timing,
  clock,
}: DeviceSupportParts): DeviceSupport {
  const running = new Map<string, { recorder: Recorder; stop(): void }>();
  return {
    lastReads: (deviceId) => manager.lastReads(deviceId).flatMap(viewRead),
    async probe(path) {
      // A USB scale says what it is without being asked.
      const usb = (await manager.listPorts()).some((port) => port.path === path && port.kind === 'hid');
      if (usb) return { found: [], code: 'probe.usb-scale', params: {}, bytes: 0 };
      const release = manager.borrow(path);
      if (!release) throw new AppError('device', 'device.port-taken', { path });
      try {
        return await probePort(path, { serial: transports.serial, timing });
      } finally {
        release();
      }
    },
    async record(deviceId, seconds) {
      const device = manager.find(deviceId);
      if (!device) throw new AppError('rule', 'device.not-here', { id: deviceId });
      if (running.has(deviceId)) throw new AppError('rule', 'device.recorded-already', { id: deviceId });
      const { name, path } = await newRecordingFile(dataDir, device.kind, clock()).catch((cause: unknown) => {
        throw new AppError('device', 'device.no-recording', { reason: String(cause).slice(0, 200) }, cause);
      });
      const recorder = openRecorder(path, device);
      const unhear = manager.listen(deviceId, recorder.write);
      const forget = timing.after(seconds * 1_000, () => void recorder.close());
      running.set(deviceId, { recorder, stop: () => void recorder.close() });
      void recorder.ended.then(() => {
        forget();
        unhear();
        running.delete(deviceId);
      });
      return { file: name };
    },
    async close() {
      const all = [...running.values()];
      for (const { stop } of all) stop();
      await Promise.all(all.map(({ recorder }) => recorder.ended));
    },
  };
}

function viewRead({ atMs, direction, bytes }: ReturnType<DeviceManager['lastReads']>[number]): RawFrame[] {
  if (direction === 'opened') return [];
  return [{ at: new Date(atMs).toISOString(), direction, hex: hexOfBytes(bytes), text: textOfBytes(bytes) }];
}
