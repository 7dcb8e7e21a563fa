import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addDeviceAt } from '../../../main/app/devices.ts';
import { type IppPrinter, startIppPrinter } from '../../../main/devices/printer/simulated/ipp-printer.ts';
import { databaseKinds, hasDatabase, lastingPlace } from '../../support/databases.ts';
import { until } from '../../support/devices/until.ts';
import { jobsOf, packOne, printerState, storedBytes, untilPrint } from '../../support/printing.ts';
import { brokenInvariants, stockUp, useSettings } from '../../support/warehouse.ts';
import { openWorld, type World } from '../../support/world.ts';

/** Longer than several looks of the station at a printer. */
const A_WHILE_MS = 700;
/** States of a job in RFC 8011. */
const [PENDING, PROCESSING, CANCELLED, COMPLETED] = [3, 5, 7, 9];

describe.each(databaseKinds)('a bench whose printer speaks IPP, on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let place: Awaited<ReturnType<typeof lastingPlace>>;
  let world: World;
  let printer: IppPrinter;
  let printerId: string;
  beforeEach(async () => {
    printer = await startIppPrinter();
    place = await lastingPlace(kind);
    world = await openWorld(place.options);
    await stockUp(world, 2, 50);
    await useSettings(world, { returnLabelInBox: false });
    await world.signIn();
    const address = { kind: 'ipp' as const, uri: printer.uri };
    ({ deviceId: printerId } = await addDeviceAt(world.core, { kind: 'printer', address, settings: {} }));
    await until(async () => (await printerState(world, printerId)) === 'ready', 'the printer is ready');
  });
  afterEach(async () => {
    expect(await brokenInvariants(world)).toEqual([]);
    await world.close();
    await printer.close();
    await place.remove();
  });

  const startAnew = async (): Promise<void> => {
    await world.close();
    world = await openWorld(place.options);
  };
  const shown = async () => (await world.view()).prints.find((print) => print.kind === 'label');

  test('the label arrives byte for byte, named after its order, and is printed when the printer says so', async () => {
    printer.set({ jobState: PROCESSING });
    await packOne(world, '1');
    const under = await untilPrint(world, 'label', 'submitted');
    await until(() => printer.jobs.length === 1, 'the printer has it');
    await pause(A_WHILE_MS);
    const still = (await jobsOf(world, 'label'))[0]?.state;
    printer.set({ jobState: COMPLETED });
    const job = await untilPrint(world, 'label', 'printed');

    expect([under.state, still]).toEqual(['submitted', 'submitted']);
    expect(job.systemJob).not.toBeNull();
    expect(Buffer.from(printer.jobs[0]?.document ?? []).equals(await storedBytes(world, job.documentId))).toBe(true);
    expect(JSON.stringify(printer.jobs[0]?.attributes)).toContain(`${job.orderNumber}-1-label`);
  });

  test('a restart asks the printer, which knows: nobody is asked and nothing is sent again', async () => {
    printer.set({ jobState: PENDING });
    await packOne(world, '1');
    await untilPrint(world, 'label', 'submitted');
    await until(async () => (await jobsOf(world, 'label'))[0]?.systemJob ?? false, 'the system has named the job');
    await startAnew();
    await pause(A_WHILE_MS);
    const after = (await jobsOf(world, 'label')).map(({ state }) => state);
    printer.set({ jobState: COMPLETED });
    await untilPrint(world, 'label', 'printed');

    expect(after).toEqual(['submitted']);
    expect(printer.jobs).toHaveLength(1);
  });

  test('a restart asks the packer where the printer has forgotten the job', async () => {
    printer.set({ jobState: PENDING });
    await packOne(world, '1');
    await until(async () => (await jobsOf(world, 'label'))[0]?.systemJob ?? false, 'the system has named the job');
    printer.set({ forgetsJobs: true });
    await startAnew();
    const asked = await untilPrint(world, 'label', 'unknown');
    await pause(A_WHILE_MS);

    expect(asked.code).toBe('print.restarted');
    expect(printer.jobs).toHaveLength(1);
  });

  test('out of paper is told before anything is sent; with paper it goes on by itself', async () => {
    printer.set({ state: 5, reasons: ['media-empty-error'] });
    await until(async () => (await printerState(world, printerId)) === 'fault', 'the station has noticed');
    await packOne(world, '1');
    await until(async () => (await shown())?.code === 'printer.media-empty', 'the bench names the paper');
    const before = printer.jobs.length;
    printer.set({});
    await until(() => printer.jobs.length === 1, 'the label is sent');
    await pause(A_WHILE_MS);

    expect(before).toBe(0);
    expect(printer.jobs).toHaveLength(1);
  });

  test('a line that breaks after the paper is a question', async () => {
    printer.set({ dropsAfterPaper: true });
    await packOne(world, '1');
    const job = await untilPrint(world, 'label', 'unknown');
    printer.set({ jobState: COMPLETED });
    await pause(A_WHILE_MS);
    const before = printer.jobs.length;
    await world.command('NO');
    await untilPrint(world, 'label', 'printed');

    expect(job.code).toBe('print.broke-off');
    expect([before, printer.jobs.length]).toEqual([1, 2]);
  });

  test('a job that somebody deletes from the queue has failed; NO prints it again', async () => {
    printer.set({ jobState: PENDING });
    await packOne(world, '1');
    await untilPrint(world, 'label', 'submitted');
    printer.set({ jobState: CANCELLED });
    const failed = await untilPrint(world, 'label', 'failed');
    printer.set({ jobState: COMPLETED });
    const { verdict } = await world.command('NO');
    await untilPrint(world, 'label', 'printed');

    expect([failed.code, verdict.code]).toEqual(['print.cancelled', 'print.prints-again']);
    expect(printer.jobs).toHaveLength(2);
  });
});
