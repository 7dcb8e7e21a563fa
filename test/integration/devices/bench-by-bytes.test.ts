import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addDeviceAt, describeDevices } from '../../../main/app/devices.ts';
import { type SimulatedScale, simulateScale } from '../../../main/devices/simulated/scale-at-far-end.ts';
import { listOperators } from '../../../main/stations/stations-views.ts';
import { encodeStationCode } from '../../../shared/barcode/station-codes.ts';
import { anOrder } from '../../support/builders.ts';
import { databaseKinds, hasDatabase, openWorldOn } from '../../support/databases.ts';
import { hearScans, type Scanned } from '../../support/devices/hear-scans.ts';
import { type FarEnd, plug, ptysAvailable } from '../../support/devices/pty.ts';
import { line } from '../../support/devices/rig.ts';
import { until } from '../../support/devices/until.ts';
import {
  allowSimulatedScale,
  brokenInvariants,
  comeIn,
  offered,
  orderOf,
  stockUp,
  untilStep,
  useSettings,
} from '../../support/warehouse.ts';
import type { World } from '../../support/world.ts';

/** Each `SKU-n` weighs a quarter of a kilogram. */
const ITEM_MG = 250_000;
const BOX_MG = 140_000;
let names = 0;

describe.skipIf(!ptysAvailable).each(databaseKinds)(
  'a bench whose scanner and scale are byte streams, on %s',
  (kind) => {
    if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
    let world: World;
    let scanner: FarEnd;
    let scaleEnd: FarEnd;
    let scale: SimulatedScale;
    let scanned: Scanned[];

    beforeEach(async () => {
      names += 1;
      world = await openWorldOn(kind);
      scanner = await plug(`scanner-${names}`);
      scaleEnd = await plug(`scale-${names}`);
      scale = simulateScale(scaleEnd, 'toledo-8217');
      scanned = await hearScans(world);
      await useSettings(world, { weighing: 'required' });
      await stockUp(world, 2, 50);
      // As the command line does it: from another process on the same data.
      await addDeviceAt(world.core, {
        kind: 'scanner',
        address: { kind: 'serial', path: scanner.path, line },
        settings: {},
      });
      await addDeviceAt(world.core, {
        kind: 'scale',
        protocol: 'toledo-8217',
        address: { kind: 'serial', path: scaleEnd.path, line },
        settings: { unit: 'kg' },
      });
      await untilState('scanner', 'ready');
      await untilState('scale', 'ready');
    });
    afterEach(async () => {
      scale.stop();
      expect(await brokenInvariants(world)).toEqual([]);
      await world.close();
      await Promise.all([scanner.unplug(), scaleEnd.unplug()]);
    });

    const deviceOf = async (what: 'scanner' | 'scale') =>
      (await world.call('devices.devices-view', {})).devices.find((device) => device.kind === what);
    const untilState = (what: 'scanner' | 'scale', state: string) =>
      until(async () => (await deviceOf(what))?.now?.state === state, `${what} ${state}`);
    /** Bytes into the scanner's far end, and what the screen is told of them. */
    const send = async (raw: string): Promise<Scanned> => {
      const before = scanned.length;
      // No hand is faster; the same code within 80 ms would be the scanner's bounce.
      await new Promise((resolve) => setTimeout(resolve, 100));
      scanner.send(`${raw}\r\n`);
      return until(() => scanned[before], `an answer to ${raw}`);
    };
    const signIn = async (): Promise<void> => {
      const packer = (await listOperators(world.core.database)).find(({ role }) => role === 'packer');
      const { verdict } = await send(encodeStationCode('badge', packer?.badge_code ?? ''));
      expect(verdict).toMatchObject({ code: 'signed-in.welcome' });
    };
    const packTheNext = async (): Promise<void> => {
      await send(encodeStationCode('command', 'NEXT'));
      for (let view = await world.view(); view.step !== 'weigh'; view = await world.view()) {
        const done = view.mode === 'idle' && view.queue.toPack > 0;
        const wanted = done ? encodeStationCode('command', 'PACK') : (view.expects[0]?.text ?? '');
        await send(wanted);
      }
    };

    test('an order is signed for, picked, packed, weighed and labelled by bytes alone', async () => {
      await comeIn(world, anOrder({ externalId: '1', lines: [{ sku: 'SKU-1', quantity: 2 }] }));
      await signIn();
      await packTheNext();

      scale.put(2 * ITEM_MG + BOX_MG);
      const view = await untilStep(world, 'scan-label');
      const { verdict } = await send(offered(view, 'label'));

      expect(verdict).toMatchObject({ tone: 'complete', code: 'label.confirmed' });
      expect(await orderOf(world, '#1')).toMatchObject({ state: 'shipped' });
    });

    test('the parcel before, left on the scale, is not weighed for the next one', async () => {
      const lines = [{ sku: 'SKU-1', quantity: 1 }];
      await comeIn(world, anOrder({ externalId: '1', lines }), anOrder({ externalId: '2', lines }));
      await signIn();
      await packTheNext();
      scale.put(ITEM_MG + BOX_MG);
      await send(offered(await untilStep(world, 'scan-label'), 'label'));

      await packTheNext();
      const { verdict } = await send(encodeStationCode('command', 'WEIGH'));
      expect(verdict).toMatchObject({ code: 'weigh.taken' });
      scale.put(0, 0);
      await until(async () => (await world.call('stations.scale-view', {})).scale.mg === 0, 'an empty pan');
      scale.put(ITEM_MG + BOX_MG);

      await untilStep(world, 'scan-label');
    });

    test('unplugging is told, to the screen and beside the station, and replugging heals by itself', async () => {
      await scaleEnd.unplug();
      await untilState('scale', 'absent');

      const beside = async () =>
        (await describeDevices(world.core)).devices.find((device) => device.kind === 'scale')?.code;
      await until(async () => (await beside()) === 'device.unplugged', 'the words beside the station');
      expect((await world.call('stations.scale-view', {})).scale).toMatchObject({ state: 'absent', mg: null });

      scaleEnd = await plug(`scale-${names}`);
      scale.stop();
      scale = simulateScale(scaleEnd, 'toledo-8217');
      await untilState('scale', 'ready');
    });

    test('a burst of scans is answered in its order, every one', async () => {
      await signIn();
      const before = scanned.length;
      const codes = Array.from({ length: 60 }, (_, index) => `UNKNOWN-${index}`);

      scanner.send(codes.map((code) => `${code}\r`).join(''));

      await until(() => scanned.length === before + 60, 'sixty answers');
      expect(scanned.slice(before).map(({ verdict }) => verdict?.scanned)).toEqual(codes);
      expect(scanned.at(-1)?.waiting).toBe(0);
    });

    test('a removed device is closed at once and leaves its port to others', async () => {
      await world.signIn('admin');
      const device = await deviceOf('scanner');

      await world.call('devices.remove', { deviceId: device?.id ?? '' });
      await until(async () => (await deviceOf('scanner')) === undefined, 'the removal');
      const { deviceId } = await world.call('devices.add', {
        kind: 'scanner',
        address: { kind: 'serial', path: scanner.path, line },
      });

      await untilState('scanner', 'ready');
      expect(deviceId).not.toBe(device?.id);
    });

    test('a bench with a real scale takes no weight from the demo’s panel', async () => {
      await allowSimulatedScale(world);

      const { body } = await world.ask('stations.put-on-simulated-scale', { mg: 1_000 });

      expect(body).toMatchObject({ ok: false, error: { code: 'scale.not-simulated' } });
    });

    test('what cannot work is refused with its reason', async () => {
      await world.signIn('admin');
      const add = async (input: object) => (await world.ask('devices.add', input)).body;
      const address = { kind: 'serial', path: '/dev/other', line };

      const answers = [
        await add({ kind: 'scale', protocol: 'toledo-8217', address }),
        await add({ kind: 'scale', protocol: 'usb-hid', address }),
        await add({ kind: 'scale', protocol: 'no-such', address }),
        await add({ kind: 'scanner', address: { ...address, path: scanner.path } }),
        await add({ kind: 'scanner', address: { ...address, line: { ...line, baud: -1 } } }),
      ];

      expect(answers.map((answer) => (answer.ok ? 'ok' : answer.error.code))).toEqual([
        'device.unit-needed',
        'device.not-serial',
        'scale.unknown-protocol',
        'device.path-in-use',
        'door.bad-input',
      ]);
    });
  },
);
