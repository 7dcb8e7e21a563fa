import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type SimulatedScale, simulateScale } from '../../../main/devices/simulated/scale-at-far-end.ts';
import type { PageReading } from '../../../main/documents/document.ts';
import { createDocuments } from '../../../main/documents/documents.ts';
import { listOperators } from '../../../main/stations/stations-views.ts';
import { encodeStationCode } from '../../../shared/barcode/station-codes.ts';
import type { BenchView } from '../../../shared/contract/bench.ts';
import { anOrder } from '../../support/builders.ts';
import { databaseKinds, freshDatabase, hasDatabase } from '../../support/databases.ts';
import type { Scanned } from '../../support/devices/hear-scans.ts';
import { type FarEnd, plug, ptysAvailable } from '../../support/devices/pty.ts';
import { type RecordingPrinter, recordingPrinter } from '../../support/devices/recording-printer.ts';
import { type ServedStation, servedStation } from '../../support/devices/served-station.ts';
import { until } from '../../support/devices/until.ts';
import { brokenInvariants, comeIn, stockUp, useSettings } from '../../support/warehouse.ts';
import { openWorld } from '../../support/world.ts';

/** Each `SKU-n` weighs a quarter of a kilogram. */
const PARCEL_MG = 250_000 + 140_000;
const ORDERS = ['1', '2', '3', '4'];

interface Listed {
  readonly kind: string;
  readonly state: string | null;
  readonly code: string | null;
  readonly since: string | null;
}

describe.skipIf(!ptysAvailable).each(databaseKinds)(
  'packwright serve with a scanner, a scale and printers that are byte streams, on %s',
  (kind) => {
    if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
    const documents = createDocuments();
    const names = { scanner: `served-scanner-${kind}`, scale: `served-scale-${kind}` };
    let dataDir: string;
    let database: Awaited<ReturnType<typeof freshDatabase>>;
    let scanner: FarEnd;
    let scaleEnd: FarEnd;
    let scale: SimulatedScale;
    let labels: RecordingPrinter;
    let slips: RecordingPrinter;
    let station: ServedStation;
    let badge: string;

    const openedWorld = () => openWorld({ dataDir, ...(database.url ? { databaseUrl: database.url } : {}) });

    beforeAll(async () => {
      dataDir = await mkdtemp(join(tmpdir(), 'packwright-served-'));
      database = await freshDatabase(kind);
      if (database.url)
        await writeFile(join(dataDir, 'settings.json'), JSON.stringify({ database: { url: database.url } }));
      const world = await openedWorld();
      await stockUp(world, 1, 50);
      await useSettings(world, { weighing: 'required', returnLabelInBox: false });
      await comeIn(
        world,
        ...ORDERS.map((externalId) => anOrder({ externalId, lines: [{ sku: 'SKU-1', quantity: 1 }] })),
      );
      badge = (await listOperators(world.core.database)).find(({ role }) => role === 'packer')?.badge_code ?? '';
      await world.close();
      [scanner, scaleEnd] = [await plug(names.scanner), await plug(names.scale)];
      scale = simulateScale(scaleEnd, 'toledo-8217');
      [labels, slips] = [await recordingPrinter(), await recordingPrinter()];
      station = await servedStation(dataDir);
      const add = (...args: string[]) => station.command('devices', 'add', ...args);
      await add('scanner', '--path', scanner.path);
      await add('scale', '--path', scaleEnd.path, '--protocol', 'toledo-8217', '--unit', 'kg');
      await add('printer', '--tcp', `127.0.0.1:${labels.port}`, '--media', '4x6in', '--for', 'label');
      await add('printer', '--tcp', `127.0.0.1:${slips.port}`, '--media', 'a4', '--for', 'slip');
      await untilState('scanner', 'ready');
      await untilState('scale', 'ready');
    });
    afterAll(async () => {
      await station?.stop();
      scale?.stop();
      await Promise.all([scanner?.unplug(), scaleEnd?.unplug(), labels?.close(), slips?.close(), documents.close()]);
      const world = await openedWorld();
      const broken = await brokenInvariants(world);
      await world.close();
      await database?.remove();
      await rm(dataDir, { recursive: true, force: true });
      expect(broken).toEqual([]);
    });

    const look = () => station.call('bench.view', {});
    const stateOf = async (what: string): Promise<string | undefined> =>
      (await station.call('devices.devices-view', {})).devices.find((device) => device.kind === what)?.now?.state;
    const untilState = (what: string, state: string) =>
      until(async () => (await stateOf(what)) === state, `${what} ${state}`);
    const untilStep = (step: BenchView['step']) =>
      until(async () => {
        const view = await look();
        return view.step === step ? view : undefined;
      }, `the bench at ${step}`);
    const scans = () =>
      station.events.filter(({ name }) => name === 'devices.scanned').map(({ data }) => data as Scanned); // the contract of this event
    /** Bytes into the scanner's far end, and what the screen is told of them. */
    const type = async (raw: string): Promise<Scanned> => {
      const before = scans().length;
      scanner.send(`${raw}\r\n`);
      return until(() => scans()[before], `an answer to ${raw}`);
    };
    const command = (name: string) => type(encodeStationCode('command', name));

    /** By scans alone, up to the empty scale. */
    const packToTheScale = async (): Promise<void> => {
      scale.put(0, 0);
      if ((await look()).operator === null) await type(encodeStationCode('badge', badge));
      await command('NEXT');
      for (let view = await look(); view.step !== 'weigh'; view = await look()) {
        const offered = view.expects[0]?.text;
        if (view.mode === 'idle' || offered === undefined) await command('PACK');
        else await type(offered);
      }
      await until(async () => (await station.call('stations.scale-view', {})).scale.mg === 0, 'an empty pan');
    };
    const read = async (bytes: Buffer): Promise<PageReading> => {
      const [page] = await documents.readBack(new Uint8Array(bytes), { dpi: 203, format: 'bilevel' });
      if (!page) throw new Error('a paper without a page');
      return page;
    };
    const newest = (printer: RecordingPrinter, before: number) =>
      until(() => printer.papers[before], 'a paper at the printer');
    /** The tracking bars on a label, as a scanner sends them. */
    const trackingOn = async (bytes: Buffer): Promise<string> => {
      const symbol = (await read(bytes)).symbols.find(
        ({ symbology, text }) => symbology === ']C1' && text.startsWith('00'),
      );
      return symbol ? `${symbol.symbology}${symbol.text}` : 'none';
    };
    const finish = async (before: number) => {
      const { verdict } = await type(await trackingOn(await newest(labels, before)));
      expect(verdict).toMatchObject({ tone: 'complete', code: 'label.confirmed' });
    };

    test('bytes alone pack an order: scans move it, the weight is captured, label and slip come out, the label ends it', async () => {
      const before = { labels: labels.papers.length, slips: slips.papers.length };
      await packToTheScale();
      scale.put(PARCEL_MG);
      const view = await untilStep('scan-label');
      const number = view.order?.number ?? '';
      const label = await read(await newest(labels, before.labels));
      const slip = await read(await newest(slips, before.slips));
      await finish(before.labels);

      const order = JSON.parse(await station.command('order', 'show', number, '--json'));
      expect(order).toMatchObject({ state: 'shipped' });
      expect(label).toMatchObject({ widthMm: expect.closeTo(101.6, 1), heightMm: expect.closeTo(152.4, 1) });
      const [sscc] = label.symbols.filter(({ text }) => text.startsWith('00'));
      expect(JSON.stringify(order.parcels)).toContain(sscc?.text.slice(2));
      expect(JSON.stringify(order.parcels)).toContain(String(PARCEL_MG));
      expect(slip.text).toContain(number);
      expect(slip.symbols.length).toBeGreaterThan(0);
    });

    test('a pulled scale is told on the screen and in `devices`, and heals when plugged in again', async () => {
      const pulledAt = Date.now();
      await scaleEnd.unplug();
      await until(
        () => station.events.find(({ name, at }) => name === 'devices.changed' && at >= pulledAt),
        'the screen is told',
      );
      await untilState('scale', 'absent');
      const listed: Listed[] = JSON.parse(await station.command('devices', '--json')).devices;
      const pulled = listed.find((device) => device.kind === 'scale');
      scale.stop();
      scaleEnd = await plug(names.scale);
      scale = simulateScale(scaleEnd, 'toledo-8217');

      expect(pulled).toMatchObject({ state: 'absent', code: 'device.unplugged' });
      expect(Date.parse(pulled?.since ?? '')).toBeGreaterThanOrEqual(pulledAt);
      await untilState('scale', 'ready');
    });

    test('a scanner pulled in the middle of a code says that a code was lost, and no piece of it is taken for one', async () => {
      const before = scans().length;
      // One write: where the answer to the whole code is there, the piece behind it has arrived too.
      scanner.send('UNKNOWN-76\r400638133');
      await until(() => scans().length > before, 'an answer to the code before');
      await scanner.unplug();
      await untilState('scanner', 'absent');
      scanner = await plug(names.scanner);
      await untilState('scanner', 'ready');
      scanner.send('UNKNOWN-77\r');
      await until(() => scans().length >= before + 3, 'three answers');

      const told = scans()
        .slice(before)
        .map(({ verdict, code }) => verdict?.scanned ?? code);
      expect(told).toEqual(['UNKNOWN-76', 'scanner.code-cut-off', 'UNKNOWN-77']);
    });

    test('a scale pulled while it settles gives no weight; the parcel is weighed when it is back', async () => {
      const before = labels.papers.length;
      await packToTheScale();
      scale.put(PARCEL_MG, 5_000);
      await until(async () => (await station.call('stations.scale-view', {})).scale.state !== 'stable', 'it wobbles');
      await scaleEnd.unplug();
      await untilState('scale', 'absent');
      const pulled = await look();
      scale.stop();
      scaleEnd = await plug(names.scale);
      scale = simulateScale(scaleEnd, 'toledo-8217');
      await untilState('scale', 'ready');
      await until(async () => (await station.call('stations.scale-view', {})).scale.mg === 0, 'an empty pan');
      scale.put(PARCEL_MG);
      await untilStep('scan-label');
      await finish(before);

      expect(pulled.step).toBe('weigh');
      expect(labels.papers.length).toBe(before + 1);
    });

    test('a printer that goes off in the middle of a label asks, and prints again only on YES or NO', async () => {
      const before = labels.papers.length;
      labels.pullCableAfter(200);
      await packToTheScale();
      scale.put(PARCEL_MG);
      const asked = await until(async () => {
        const view = await look();
        return view.prints.some((print) => print.kind === 'label' && print.state === 'unknown') ? view : undefined;
      }, 'nobody knows whether the label came out');
      const sentByItself = labels.papers.length - before;
      await command('NO');
      await finish(before);

      expect(asked.expects.map(({ title }) => title)).toEqual(expect.arrayContaining(['YES', 'NO']));
      expect(sentByItself).toBe(0);
      expect(labels.papers.length).toBe(before + 1);
    });
  },
);
