import { resolve } from 'node:path';
import { createTransports, machineTiming } from '../../../main/app/device-ports.ts';
import { getScaleProtocol } from '../../../main/app/scale-protocols.ts';
import type { DeviceStatus } from '../../../main/devices/device-link/device-link.ts';
import { DeviceManager } from '../../../main/devices/device-manager.ts';
import type { Device } from '../../../main/devices/driver/driver.ts';
import { createRealScales } from '../../../main/devices/scale/real-scales.ts';
import type { ScaleState } from '../../../main/devices/scale/scale.ts';
import { scaleDriver } from '../../../main/devices/scale/scale-driver.ts';
import { scannerDriver } from '../../../main/devices/scanner/scanner-driver.ts';
import { scaleVoices } from '../../../main/devices/simulated/scale-voices.ts';
import type { Transports } from '../../../main/devices/transports/transports.ts';
import type { LineSettings } from '../../../shared/contract/devices.ts';
import type { PortInfo } from '../../../shared/devices/port-identity.ts';

export const line: LineSettings = { baud: 9_600, dataBits: 8, parity: 'none', stopBits: 1, dtr: true };
/** Made by `npm test` before it runs anything. */
export const serialProcess = resolve('dist/main/serial-process.js');
export const STATION = 'bench-1';

/** A scanner on this port. */
export const aScanner = (path: string, told: Partial<Device> = {}): Device => ({
  id: `scanner ${path}`,
  stationId: STATION,
  kind: 'scanner',
  address: { kind: 'serial', path, line },
  identity: {},
  protocol: null,
  settings: {},
  ...told,
});

/** A scale on this port. */
export const aScale = (path: string, protocol: string, told: Partial<Device> = {}): Device => ({
  ...aScanner(path),
  id: `scale ${path}`,
  kind: 'scale',
  protocol,
  settings: { unit: scaleVoices[protocol]?.unit },
  ...told,
});

export interface Rig {
  readonly manager: DeviceManager;
  readonly scans: { readonly deviceId: string; readonly raw: string }[];
  /** Codes that never became a scan, by why. */
  readonly lost: string[];
  /** Weights that a parcel might have got, each told once. */
  readonly settled: number[];
  readonly history: DeviceStatus[];
  scale(): ScaleState;
  taken(): void;
  status(id: string): DeviceStatus | undefined;
  close(): Promise<void>;
}

/** The real manager, drivers and ports for these devices; only the list of ports may be the test's: a pseudo-terminal has no adapter. */
export async function openRig(
  devices: readonly Device[],
  told: { list?: () => readonly PortInfo[]; transports?: Partial<Transports> } = {},
): Promise<Rig> {
  const transports = { ...createTransports({ serialProcess }), ...told.transports };
  const { serial } = transports;
  const { list } = told;
  const listed = list
    ? { open: serial.open.bind(serial), close: () => serial.close(), list: async () => list() }
    : serial;
  const timing = machineTiming;
  const scans: Rig['scans'] = [];
  const lost: string[] = [];
  const history: DeviceStatus[] = [];
  const settled: number[] = [];
  const scales = createRealScales(timing, () => new Date());
  scales.assign(devices.filter(({ kind }) => kind === 'scale'));
  scales.onReading((_station, { capture, mg }) => capture === 'settled' && settled.push(mg ?? 0));
  const manager = new DeviceManager({
    timing,
    transports: { ...transports, serial: listed },
    drivers: {
      scale: scaleDriver({ timing, protocolOf: getScaleProtocol, onFrame: scales.frame, onSilent: scales.silent }),
      scanner: scannerDriver({
        timing,
        onFramed: ({ id }, framed) => {
          if (framed.kind === 'scan') scans.push({ deviceId: id, raw: framed.raw });
          else lost.push(framed.code);
        },
      }),
    },
    onChange: (status) => {
      history.push(status);
      scales.attached(status.deviceId, status.path !== null && status.state !== 'fault');
    },
  });
  await manager.assign(devices);
  return {
    ...{ manager, scans, lost, settled, history },
    scale: () => scales.read(STATION),
    taken: () => scales.taken(STATION),
    status: (id) => manager.statuses().find(({ deviceId }) => deviceId === id),
    async close() {
      await manager.close();
      scales.close();
    },
  };
}
