import type { LineAddress } from '../../../shared/contract/devices.ts';
import { OpenError, type Transport } from './transports.ts';

/** USB scales; each report is one chunk of bytes. */
export function createHidTransport(): Transport<Extract<LineAddress, { kind: 'hid' }>> {
  return {
    open: async ({ path }) => {
      throw new OpenError('gone', { path });
    },
    list: async () => undefined,
    close: async () => undefined,
  };
}
