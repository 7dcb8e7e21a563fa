import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTransports } from '../../../main/app/device-ports.ts';
import type { Device } from '../../../main/devices/driver/driver.ts';
import { holdHid, listHid } from '../../../main/devices/transports/held-hid.ts';
import { SerialTransport } from '../../../main/devices/transports/serial.ts';
import type { SerialReport } from '../../../main/devices/transports/serial-message.ts';
import type { StartProcess } from '../../../shared/devices/side-process.ts';
import { aScale, openRig, type Rig, serialProcess } from '../../support/devices/rig.ts';
import { until } from '../../support/devices/until.ts';
import { hidTransportOn, type UsbBus, usbBus } from '../../support/devices/usb-scale.ts';

const DYMO = { vendorId: 0x0922, productId: 0x8003 };
const REPORTS = { zeros: '030000000000', empty: '030202000000', moving: '03030200e803', loaded: '03040200dc05' };

const scaleAt = (path: string, identity: Device['identity'] = {}): Device =>
  aScale(path, 'usb-hid', { id: 'usb', address: { kind: 'hid', path }, identity, settings: {} });

let bus: UsbBus;
let rig: Rig | undefined;
beforeEach(() => {
  bus = usbBus();
});
afterEach(async () => {
  await rig?.close();
  rig = undefined;
});
const open = async (device: Device): Promise<void> => {
  rig = await openRig([device], { transports: { hid: hidTransportOn(bus) } });
};
const says = async (path: string, hex: string, times = 5): Promise<void> => {
  for (let turn = 0; turn < times; turn += 1) {
    bus.send(path, hex);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
};
/** The same weight until it has settled so many times; a busy machine takes its time. */
const settles = async (path: string, hex: string, times: number): Promise<void> => {
  await says(path, hex);
  for (let turn = 0; (rig?.settled.length ?? 0) < times && turn < 30; turn += 1) await says(path, hex, 1);
};
const isOpenAt = (path: string) => until(() => rig?.status('usb')?.path === path, `open at ${path}`);

test('the weighing before, which comes first after opening, is not the parcel’s', async () => {
  bus.plug('/dev/hidraw0', DYMO);
  await open(scaleAt('/dev/hidraw0'));
  await isOpenAt('/dev/hidraw0');

  await says('/dev/hidraw0', '030402008813', 1); // 5 kg, from yesterday
  expect(rig?.scale().mg).toBeNull();
  await says('/dev/hidraw0', REPORTS.moving, 2);
  await settles('/dev/hidraw0', REPORTS.loaded, 1);

  expect(rig?.settled).toEqual([1_500_000]);
  expect(rig?.status('usb')).toMatchObject({ state: 'ready', code: null });
});

test('reports of nothing but zeros are no empty pan: what was taken stays taken', async () => {
  bus.plug('/dev/hidraw0', DYMO);
  await open(scaleAt('/dev/hidraw0'));
  await isOpenAt('/dev/hidraw0');
  await settles('/dev/hidraw0', REPORTS.loaded, 1);
  rig?.taken();

  await says('/dev/hidraw0', REPORTS.zeros, 3);
  expect(rig?.scale()).toMatchObject({ mg: null });
  await says('/dev/hidraw0', REPORTS.loaded);

  expect(rig?.settled).toEqual([1_500_000]);
  await says('/dev/hidraw0', REPORTS.empty, 2);
  await settles('/dev/hidraw0', REPORTS.loaded, 2);
  expect(rig?.settled).toEqual([1_500_000, 1_500_000]);
});

test('of reports that queued up the newest counts', async () => {
  const told: SerialReport[] = [];
  bus.plug('/dev/hidraw0', DYMO);
  await holdHid(
    { id: 7, path: '/dev/hidraw0' },
    (report) => told.push(report),
    async () => bus.library,
  );
  for (const hex of [REPORTS.empty, REPORTS.moving, REPORTS.loaded]) bus.send('/dev/hidraw0', hex);
  const read = () =>
    told.flatMap((report) => (report.told === 'bytes' ? [Buffer.from(report.bytes).toString('hex')] : []));
  await until(() => read().length > 0, 'a report');

  const bytes = read();
  expect(bytes).toEqual([REPORTS.loaded]);
});

test('a scale named by its ids is found wherever it is plugged in', async () => {
  bus.plug('/dev/hidraw3', DYMO);
  await open(scaleAt('0922:8003', { vendorId: '0922', productId: '8003' }));
  await isOpenAt('/dev/hidraw3');

  bus.unplug('/dev/hidraw3');
  await until(() => rig?.status('usb')?.code === 'device.unplugged', 'the pulled cable');
  bus.plug('/dev/hidraw5', DYMO);

  await isOpenAt('/dev/hidraw5');
});

test('of two equal scales the one with the serial number is taken, and without one nobody guesses', async () => {
  bus.plug('/dev/hidraw0', { ...DYMO, serialNumber: 'A' });
  bus.plug('/dev/hidraw1', { ...DYMO, serialNumber: 'B' });
  await open(scaleAt('/dev/hidraw0', { vendorId: '0922', productId: '8003', serialNumber: 'B' }));
  await isOpenAt('/dev/hidraw1');
  await rig?.close();

  await open(scaleAt('0922:8003', { vendorId: '0922', productId: '8003' }));
  await until(() => rig?.status('usb')?.code === 'device.ambiguous', 'ambiguity');
});

test('keyboards and scanners are not listed, scales of unknown make are', async () => {
  bus.plug('/dev/hidraw0', { vendorId: 0x046d, productId: 0xc31c, usagePage: 1 });
  bus.plug('/dev/hidraw1', { vendorId: 0x1111, productId: 0x0002, usagePage: 0x8d });
  bus.plug('/dev/hidraw2', DYMO);

  const listed = await listHid(async () => bus.library);

  expect(listed?.map(({ path, kind, maker, vendorId }) => ({ path, kind, maker, vendorId }))).toEqual([
    { path: '/dev/hidraw1', kind: 'hid', maker: 'DYMO M25', vendorId: '1111' },
    { path: '/dev/hidraw2', kind: 'hid', maker: 'DYMO M25', vendorId: '0922' },
  ]);
});

test('where the library cannot be loaded it is said, and nothing is listed', async () => {
  const told: SerialReport[] = [];
  const load = () => Promise.reject(new Error('libudev.so.1: cannot open shared object file'));
  await holdHid({ id: 7, path: '0922:8003' }, (report) => told.push(report), load);

  expect(await listHid(load)).toBeUndefined();
  expect(told).toMatchObject([
    { told: 'refused', problem: 'unsupported', params: { reason: expect.stringContaining('libudev') } },
  ]);
});

test('the process of the ports lists USB scales, and opens none that is not there', async () => {
  const { hid, serial } = createTransports({ serialProcess });

  const refusal = hid.open({ kind: 'hid', path: '/dev/hidraw99' }, { bytes: () => undefined, closed: () => undefined });
  await expect(refusal).rejects.toMatchObject({ params: { path: '/dev/hidraw99' } });
  const listed = await hid.list();
  expect(listed === undefined || Array.isArray(listed)).toBe(true);
  await serial.close();
});

test('a library that ends the process of the ports twice is asked no more, and serial ports are listed on', async () => {
  let started = 0;
  const asked: string[] = [];
  const start: StartProcess = () => {
    started += 1;
    let exit: (reason: string) => void = () => undefined;
    let hear: (message: unknown) => void = () => undefined;
    return {
      // A process as it behaves when the native part of the library faults.
      send(message) {
        const { ask, id } = message as { ask: string; id: number }; // what the transport sends
        asked.push(ask);
        if (ask === 'list-hid') queueMicrotask(() => exit('exit SIGSEGV'));
        if (ask === 'list') queueMicrotask(() => hear({ told: 'ports', id, ports: [] }));
      },
      onMessage: (listener) => {
        hear = listener;
      },
      onExit: (listener) => {
        exit = listener;
      },
      stop: () => undefined,
    };
  };
  const ports = new SerialTransport({ start, file: 'none' });

  for (let turn = 0; turn < 5; turn += 1) expect(await ports.listHid()).toBeUndefined();
  expect(await ports.list()).toEqual([]);

  expect(asked.filter((ask) => ask === 'list-hid')).toHaveLength(2);
  expect(started).toBe(3);
  await ports.close();
});
