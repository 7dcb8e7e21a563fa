import { describe, expect, test } from 'vitest';
import { addDeviceAt } from '../../../main/app/devices.ts';
import { encodeStationCode } from '../../../shared/barcode/station-codes.ts';
import { hearScans } from '../../support/devices/hear-scans.ts';
import { plug, ptysAvailable } from '../../support/devices/pty.ts';
import { line } from '../../support/devices/rig.ts';
import { until } from '../../support/devices/until.ts';
import { openWorld } from '../../support/world.ts';

const SCANS = 1_000;
const EVERY_MS = 1_000 / 30;

describe.skipIf(!ptysAvailable)('a thousand scans at thirty a second', () => {
  test('arrive a thousand times, in their order, each with its own verdict', async () => {
    const world = await openWorld();
    const scanner = await plug('thousand');
    try {
      const scanned = await hearScans(world);
      await world.signIn();
      const address = { kind: 'serial' as const, path: scanner.path, line };
      await addDeviceAt(world.core, { kind: 'scanner', address, settings: { acknowledge: 'honeywell' } });
      await until(async () => (await world.call('devices.devices-view', {})).devices[0]?.now?.state === 'ready', 'it');
      // Right and wrong in turn; goods are identical, so the right ones are.
      const right = encodeStationCode('command', 'CONFIRM');
      const codes = Array.from({ length: SCANS }, (_, index) => (index % 2 === 0 ? `UNKNOWN-${index}` : right));
      let answers = '';
      scanner.onBytes((bytes) => {
        answers += bytes.toString('hex');
      });

      const began = performance.now();
      for (const [index, code] of codes.entries()) {
        const early = began + index * EVERY_MS - performance.now();
        if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
        scanner.send(`${code}\r\n`);
      }
      await until(() => scanned.length >= SCANS, 'a thousand answers');

      const told = scanned.map(({ verdict }) => (verdict?.tone === 'bad' ? verdict.scanned : verdict?.code));
      expect(told).toEqual(codes.map((code) => (code === right ? 'latched.cleared' : code)));
      await until(() => answers.length >= 2 * SCANS, 'a thousand acknowledgements');
      expect(answers).toBe('1506'.repeat(SCANS / 2));
      expect(scanned.at(-1)?.waiting).toBe(0);
    } finally {
      await world.close();
      await scanner.unplug();
    }
  });
});
