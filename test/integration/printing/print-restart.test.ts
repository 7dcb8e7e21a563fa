import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addDeviceAt } from '../../../main/app/devices.ts';
import { createLaunchToken } from '../../../main/stations/session-service.ts';
import { listOperators } from '../../../main/stations/stations-views.ts';
import { encodeStationCode } from '../../../shared/barcode/station-codes.ts';
import type { CallOutput } from '../../../shared/contract/index.ts';
import { anOrder } from '../../support/builders.ts';
import { databaseKinds, freshDatabase, hasDatabase, lastingPlace, openWorldOn } from '../../support/databases.ts';
import { type RecordingPrinter, recordingPrinter } from '../../support/devices/recording-printer.ts';
import { until } from '../../support/devices/until.ts';
import { type Bench, type KilledStation, killedStation } from '../../support/killed-station.ts';
import { jobsOf, packOne, setUpPrinter, untilPrint } from '../../support/printing.ts';
import { bundlePrograms, type Programs } from '../../support/programs.ts';
import { comeIn, stockUp, untilStep, useSettings } from '../../support/warehouse.ts';
import { openWorld, type World } from '../../support/world.ts';

type View = CallOutput<'bench.view'>;

let programs: Programs;
beforeAll(async () => {
  programs = await bundlePrograms({ station: 'main/web/main.ts' });
});
afterAll(() => programs?.remove());

describe.each(databaseKinds)('a station that is killed while it prints, on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let dataDir: string;
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  let printer: RecordingPrinter;
  let station: KilledStation;
  let bench: Bench;
  let badge: string;

  beforeEach(async () => {
    printer = await recordingPrinter();
    dataDir = await mkdtemp(join(tmpdir(), 'packwright-print-'));
    database = await freshDatabase(kind);
    if (database.url)
      await writeFile(join(dataDir, 'settings.json'), JSON.stringify({ database: { url: database.url } }));
    const world = await openWorld({ dataDir, ...(database.url ? { databaseUrl: database.url } : {}) });
    await stockUp(world, 2, 50);
    await useSettings(world, { returnLabelInBox: false });
    await comeIn(world, anOrder({ externalId: '1', lines: [{ sku: 'SKU-1' }] }));
    const address = { kind: 'tcp' as const, host: '127.0.0.1', port: printer.port };
    await world.call('bench.view', {});
    const token = await createLaunchToken(world.core.deps);
    badge = (await listOperators(world.core.database)).find(({ role }) => role === 'packer')?.badge_code ?? '';
    await world.close();
    station = await killedStation({ programs, dataDir });
    const closed = await openWorld({ dataDir, ...(database.url ? { databaseUrl: database.url } : {}) });
    await addDeviceAt(closed.core, { kind: 'printer', address, settings: {} });
    await closed.close();
    await station.start();
    bench = await station.bench('Bench 1', token);
  });
  afterEach(async () => {
    await station.kill();
    await printer.close();
    await database.remove();
    await rm(dataDir, { recursive: true, force: true });
  });

  const scan = (raw: string) => bench.call('bench.scan', { raw, source: 'simulated' });
  const packToTheLabel = async (): Promise<void> => {
    await scan(encodeStationCode('badge', badge));
    await scan(encodeStationCode('command', 'NEXT'));
    await until(async () => {
      const view = await bench.look();
      if (view.step === 'scan-label' || view.step === 'label-pending') return true;
      const kinds = ['tote', 'location', 'item'];
      const next = view.expects.find((expected) => kinds.includes(expected.kind));
      await scan(next?.text ?? encodeStationCode('command', 'CONFIRM'));
      return false;
    }, 'the parcel is packed');
  };
  const label = (view: View) => view.prints.find((print) => print.kind === 'label');
  const untilLabel = (state: string): Promise<View> =>
    until(async () => {
      const view = await bench.look();
      return label(view)?.state === state ? view : undefined;
    }, `the label is ${state}`);

  test('asks whether the label came out, and prints it again only when told so', async () => {
    printer.stall(true);
    await packToTheLabel();
    await untilLabel('submitted');
    await station.kill();
    printer.stall(false);
    await station.start();
    const asked = await untilLabel('unknown');
    // Two looks of the station at its printer.
    await pause(6_500);
    const before = printer.papers.length + printer.torn.length;
    await scan(encodeStationCode('command', 'NO'));
    await until(() => printer.papers.length + printer.torn.length > before, 'it is printed once more');
    await pause(3_500);

    expect(label(asked)?.code).toBe('print.restarted');
    expect(asked.expects.map(({ title }) => title)).toEqual(expect.arrayContaining(['YES', 'NO']));
    expect(before).toBeLessThanOrEqual(1);
    expect(printer.papers.length + printer.torn.length).toBe(before + 1);
  });

  test('killed at whatever moment, it has sent the label at most once by itself', async () => {
    await packToTheLabel();
    for (let life = 0; life < 6; life += 1) {
      await pause(life * 60);
      await station.kill();
      await station.start();
    }
    const view = await until(async () => {
      const now = await bench.look();
      const state = label(now)?.state;
      return state === 'unknown' || (state === 'submitted' && printer.papers.length > 0) ? now : undefined;
    }, 'the label was sent or is in question');
    await pause(3_500);

    expect(printer.papers.length + printer.torn.length).toBeLessThanOrEqual(1);
    expect(['unknown', 'submitted']).toContain(label(view)?.state);
  });
});

describe.each(databaseKinds)('several processes on one database, on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: World;
  let printer: RecordingPrinter;
  beforeEach(async () => {
    printer = await recordingPrinter();
  });
  afterEach(() => printer.close());

  test('a paper of this bench comes out once, of its own printer, while others work on the same data', async () => {
    const place = await lastingPlace(kind);
    world = await openWorld(place.options);
    const other = await openWorld(place.options);
    await stockUp(world, 2, 50);
    await useSettings(world, { returnLabelInBox: false });
    await world.signIn();
    await setUpPrinter(world, printer.port);
    for (const [before, number] of ['1', '2', '3'].entries()) {
      await packOne(world, number);
      // Scanned before it is out, it would be taken for one that was printed elsewhere.
      await until(() => printer.papers.length > before, `the label of ${number}`);
      const view = await untilStep(world, 'scan-label');
      await world.scan(view.expects.find((expected) => expected.kind === 'label')?.text ?? '');
    }
    await pause(1_000);
    await other.close();
    await world.close();
    await place.remove();

    expect(printer.papers).toHaveLength(3);
  });

  test('a bench without a printer of its own does not use that of its neighbour', async () => {
    world = await openWorldOn(kind);
    await stockUp(world, 2, 50);
    await setUpPrinter(world, printer.port);
    const neighbour = await world.bench('Bench 2');
    await neighbour.signIn();
    await packOne(neighbour, '1');
    await untilPrint(neighbour, 'label', 'printed');
    const [job] = await jobsOf(neighbour, 'label');
    await world.close();

    expect(job?.printer).toBe('screen');
    expect(printer.papers).toHaveLength(0);
  });
});
