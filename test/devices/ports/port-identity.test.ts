import { describe, expect, test } from 'vitest';
import { matchPorts, type PortInfo } from '../../../shared/devices/port-identity.ts';

const ftdi = (told: Partial<PortInfo> = {}): PortInfo => ({
  path: '/dev/ttyUSB0',
  vendorId: '0403',
  productId: '6001',
  serialNumber: 'A1',
  byId: 'usb-FTDI_A1-if00-port0',
  position: 'pci-usb-0:1:1.0-port0',
  ...told,
});
/** The cheap one: no serial number, the same by-id name on every piece. */
const ch340 = (path: string, position: string): PortInfo => ({
  ...{ path, position },
  vendorId: '1a86',
  productId: '7523',
  byId: 'usb-1a86_USB_Serial-if00-port0',
});
const wanted = (deviceId: string, { path, ...identity }: PortInfo) => ({ deviceId, path, identity });
const find = (devices: readonly ReturnType<typeof wanted>[], ports: readonly PortInfo[] | undefined) =>
  Object.fromEntries(matchPorts(devices, ports));

describe('a device', () => {
  test('is found by its serial number under another name and in another socket', () => {
    const moved = ftdi({ path: '/dev/ttyUSB7', position: 'elsewhere' });

    expect(find([wanted('scale', ftdi())], [ch340('/dev/ttyUSB0', 'p0'), moved])).toEqual({
      scale: { kind: 'found', path: '/dev/ttyUSB7' },
    });
  });

  test('is not another of the same make with another serial number', () => {
    expect(find([wanted('scale', ftdi())], [ftdi({ serialNumber: 'B2', byId: 'usb-FTDI_B2-if00-port0' })])).toEqual({
      scale: { kind: 'absent' },
    });
  });

  test('without serial number is found in another socket while it is the only one of its make', () => {
    expect(find([wanted('scale', ch340('/dev/ttyUSB0', 'p0'))], [ch340('/dev/ttyUSB3', 'p3')])).toEqual({
      scale: { kind: 'found', path: '/dev/ttyUSB3' },
    });
  });

  test('with a typed path only is looked for under that path, whatever is listed', () => {
    const typed = { deviceId: 'scale', path: '/dev/pty-scale', identity: {} };

    expect(find([typed], [])).toEqual({ scale: { kind: 'found', path: '/dev/pty-scale' } });
  });

  test('is looked for under its path where the system lists nothing', () => {
    expect(find([wanted('scale', ftdi())], undefined)).toEqual({ scale: { kind: 'found', path: '/dev/ttyUSB0' } });
  });
});

describe('two equal adapters without serial number', () => {
  const scale = wanted('scale', ch340('/dev/ttyUSB0', 'p0'));
  const scanner = wanted('scanner', ch340('/dev/ttyUSB1', 'p1'));

  test('are told apart by their sockets, however the system names them today', () => {
    expect(find([scale, scanner], [ch340('/dev/ttyUSB0', 'p1'), ch340('/dev/ttyUSB1', 'p0')])).toEqual({
      scale: { kind: 'found', path: '/dev/ttyUSB1' },
      scanner: { kind: 'found', path: '/dev/ttyUSB0' },
    });
  });

  test('one stays itself when the other is pulled', () => {
    expect(find([scale, scanner], [ch340('/dev/ttyUSB0', 'p1')])).toEqual({
      scale: { kind: 'absent' },
      scanner: { kind: 'found', path: '/dev/ttyUSB0' },
    });
  });

  test('one moved to a third socket is found, because only one is missing', () => {
    expect(find([scale, scanner], [ch340('/dev/ttyUSB1', 'p1'), ch340('/dev/ttyUSB4', 'p4')])).toEqual({
      scale: { kind: 'found', path: '/dev/ttyUSB4' },
      scanner: { kind: 'found', path: '/dev/ttyUSB1' },
    });
  });

  test('are not guessed when both stand in new sockets', () => {
    expect(find([scale, scanner], [ch340('/dev/ttyUSB0', 'p8'), ch340('/dev/ttyUSB1', 'p9')])).toEqual({
      scale: { kind: 'ambiguous' },
      scanner: { kind: 'ambiguous' },
    });
  });

  test('are not guessed when one of them comes back in a new socket', () => {
    expect(find([scale, scanner], [ch340('/dev/ttyUSB0', 'p9')])).toEqual({
      scale: { kind: 'ambiguous' },
      scanner: { kind: 'ambiguous' },
    });
  });
});
