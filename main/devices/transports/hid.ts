import type { LineAddress } from '../../../shared/contract/devices.ts';
import type { SerialTransport } from './serial.ts';
import type { Transport } from './transports.ts';

/** USB scales, held by the process of the serial ports; each report is one chunk of bytes, and the newest wins. */
export function createHidTransport(
  ports: Pick<SerialTransport, 'openHid' | 'listHid'>,
): Transport<Extract<LineAddress, { kind: 'hid' }>> {
  return {
    open: ({ path }, listener) => ports.openHid(path, listener),
    list: () => ports.listHid(),
    // Whoever made the process closes it.
    close: async () => undefined,
  };
}
