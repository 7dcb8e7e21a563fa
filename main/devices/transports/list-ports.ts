import { readdir, readlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { SerialPort } from 'serialport';
import type { PortInfo } from '../../../shared/devices/port-identity.ts';

const BY_PATH = '/dev/serial/by-path';

/**
 * Serial ports with whatever their adapters tell of themselves; undefined where the system cannot list them.
 *
 * The list of Linux needs udevadm, which bare systems lack, and knows no position: that is read from the links.
 */
export async function listPorts(): Promise<readonly PortInfo[] | undefined> {
  const listed = await SerialPort.list().catch(() => undefined);
  if (!listed) return undefined;
  const positions = await positionsByName();
  return listed.map(({ path, manufacturer, serialNumber, pnpId, locationId, vendorId, productId }) => ({
    path,
    maker: manufacturer,
    serialNumber,
    byId: pnpId,
    position: locationId ?? positions.get(basename(path)),
    vendorId: vendorId?.toLowerCase(),
    productId: productId?.toLowerCase(),
  }));
}

async function positionsByName(): Promise<ReadonlyMap<string, string>> {
  const links = await readdir(BY_PATH).catch(() => []);
  const pairs = links.map(async (link): Promise<[string, string]> => {
    const target = await readlink(join(BY_PATH, link)).catch(() => '');
    return [basename(target), link];
  });
  return new Map(await Promise.all(pairs));
}
