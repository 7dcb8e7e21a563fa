import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addDeviceAt } from '../../../main/app/devices.ts';
import { listOperators } from '../../../main/stations/stations-views.ts';
import { encodeStationCode } from '../../../shared/barcode/station-codes.ts';
import type { DeviceSettings } from '../../../shared/contract/devices.ts';
import { TEST_CODE } from '../../../shared/scanner/test-code.ts';
import { anOrder } from '../../support/builders.ts';
import { databaseKinds, hasDatabase, openWorldOn } from '../../support/databases.ts';
import { hearScans, type Scanned } from '../../support/devices/hear-scans.ts';
import { type FarEnd, plug, ptysAvailable } from '../../support/devices/pty.ts';
import { line } from '../../support/devices/rig.ts';
import { until } from '../../support/devices/until.ts';
import { comeIn, offered, startPicking, stockUp } from '../../support/warehouse.ts';
import type { World } from '../../support/world.ts';

let names = 0;

describe.skipIf(!ptysAvailable).each(databaseKinds)('what a scanner on a port hears back, on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: World;
  let scanner: FarEnd;
  let scanned: Scanned[];
  let heard: string;

  beforeEach(async () => {
    names += 1;
    heard = '';
    world = await openWorldOn(kind);
    scanner = await plug(`answered-${names}`);
    scanner.onBytes((bytes) => {
      heard += bytes.toString('hex');
    });
    scanned = await hearScans(world);
  });
  afterEach(async () => {
    await world.close();
    await scanner.unplug();
  });

  const ready = async () => {
    const { devices } = await world.call('devices.devices-view', {});
    return devices.some(({ now }) => now?.state === 'ready');
  };
  const plugIn = async (settings: DeviceSettings): Promise<void> => {
    const address = { kind: 'serial' as const, path: scanner.path, line };
    await addDeviceAt(world.core, { kind: 'scanner', address, settings });
    await until(ready, 'the scanner');
  };
  const send = async (raw: string): Promise<Scanned> => {
    const before = scanned.length;
    await new Promise((resolve) => setTimeout(resolve, 100));
    scanner.send(`${raw}\r`);
    return until(() => scanned[before], `an answer to ${raw}`);
  };
  /** The bytes heard since the last time, once so many have come. */
  const hears = async (hex: string): Promise<void> => {
    await until(() => heard.length >= hex.length, `${hex}, not ${heard}`).catch(() => undefined);
    const now = heard;
    heard = '';
    expect(now).toBe(hex);
  };
  const signIn = async (): Promise<void> => {
    const packer = (await listOperators(world.core.database)).find(({ role }) => role === 'packer');
    await send(encodeStationCode('badge', packer?.badge_code ?? ''));
  };

  test('a Datalogic beeps for right and wrong, and is off until the refusal is acknowledged at the screen', async () => {
    await plugIn({ acknowledge: 'datalogic' });
    await hears('45');
    await signIn();
    await hears('42');

    expect((await send('NO-SUCH-THING')).verdict).toMatchObject({ tone: 'bad' });
    await hears('4644');

    await world.call('bench.scan', { raw: encodeStationCode('command', 'CONFIRM'), source: 'typed' });
    await hears('45');
    await send(encodeStationCode('command', 'HELP'));
    await hears('42');
  });

  test('it stays on while nobody is signed in, and comes on when the packer leaves: it is the way in', async () => {
    await plugIn({ acknowledge: 'datalogic' });
    await send('NOBODY-IS-SIGNED-IN');
    await signIn();
    await hears('454642');

    await send('NO-SUCH-THING');
    await hears('4644');
    await world.call('bench.scan', { raw: encodeStationCode('command', 'SIGN-OUT'), source: 'typed' });
    await hears('45');
  });

  test('a Honeywell gets ACK and NAK', async () => {
    await plugIn({ acknowledge: 'honeywell' });
    await signIn();
    await send('NO-SUCH-THING');
    await send(encodeStationCode('command', 'CONFIRM'));
    await hears('061506');
  });

  test('a scanner that was not said to listen is told nothing', async () => {
    await plugIn({});
    await signIn();
    await send('NO-SUCH-THING');
    await hears('');
  });

  test('a line with XON/XOFF is held while many scans wait, every scan arrives, and it is let go', async () => {
    await plugIn({ flow: 'xon-xoff' });
    await signIn();
    const before = scanned.length;
    const codes = Array.from({ length: 40 }, (_, index) => `UNKNOWN-${index}`);
    scanner.send(codes.map((code) => `${code}\r`).join(''));
    await until(() => scanned.length === before + codes.length, 'forty answers');

    await hears('111311');
    expect(scanned.slice(before).map(({ verdict }) => verdict?.scanned)).toEqual(codes);
  });

  test('the test code says that the scanner works, to anybody, and is no goods', async () => {
    await plugIn({ acknowledge: 'datalogic' });

    expect((await send(`]C0${TEST_CODE}`)).verdict).toMatchObject({ tone: 'info', code: 'scanner.test-right' });
    expect((await send(TEST_CODE.slice(0, -1))).verdict).toMatchObject({ code: 'scanner.test-without-gs' });
    await hears('454246');
  });

  test('one pull of the trigger that comes as keys and over the cable packs one piece', async () => {
    await stockUp(world, 1, 50);
    await comeIn(world, anOrder({ externalId: '1', lines: [{ sku: 'SKU-1', quantity: 4 }] }));
    await plugIn({});
    await signIn();
    const { view } = await world.scan(offered(await startPicking(world), 'location'));
    const item = offered(view, 'item');
    const byKeys = () => ({ raw: item, source: 'wedge' as const });

    await send(item);
    const twin = await world.call('bench.scan', byKeys());
    expect(twin.verdict).toMatchObject({ tone: 'info', code: 'scan.two-ways' });
    expect(twin.view.task).toMatchObject({ picked: 1 });

    await new Promise((resolve) => setTimeout(resolve, 1_050));
    const id = { 'idempotency-key': randomUUID() };
    await world.ask('bench.scan', byKeys(), id);
    expect((await send(item)).verdict).toMatchObject({ code: 'scan.two-ways' });
    // The answer of the keys was lost: their repeat comes late and still counts nothing more.
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    await world.ask('bench.scan', byKeys(), id);
    expect((await world.view()).task).toMatchObject({ picked: 2 });
  });

  test('a lot that may have swallowed a serial is told, until this scanner has sent a GS', async () => {
    await stockUp(world, 1, 50);
    await comeIn(world, anOrder({ externalId: '1', lines: [{ sku: 'SKU-1', quantity: 4 }] }));
    await plugIn({});
    await signIn();
    const { view } = await world.scan(offered(await startPicking(world), 'location'));
    const gtin = offered(view, 'item').padStart(14, '0');
    const lost = `]C101${gtin}10ABC12112345`;

    expect((await send(lost)).verdict).toMatchObject({ tone: 'good', warning: 'gs1.gs-maybe-lost' });
    await send(`]C101${gtin}10ABC1\x1d2112345`);
    expect((await send(lost)).verdict?.warning).toBeUndefined();
    const byKeys = await world.call('bench.scan', { raw: `${lost}6`, source: 'wedge' });
    expect(byKeys.verdict).toMatchObject({ warning: 'gs1.gs-maybe-lost' });
  });

  test('a code that broke off is told to the bench and to the scanner', async () => {
    await plugIn({ acknowledge: 'honeywell' });
    scanner.send('95212');
    const lost = await until(() => scanned[0], 'the loss');
    expect(lost).toMatchObject({ verdict: null, code: 'scanner.code-cut-off' });
    await hears('15');
  });
});
