import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { databaseKinds, hasDatabase, openWorldOn } from '../../support/databases.ts';
import { type RecordingPrinter, recordingPrinter } from '../../support/devices/recording-printer.ts';
import { until } from '../../support/devices/until.ts';
import { jobsOf, packOne, printerState, setUpPrinter, storedBytes, untilPrint } from '../../support/printing.ts';
import { brokenInvariants, offered, stockUp, untilStep, useSettings } from '../../support/warehouse.ts';
import type { World } from '../../support/world.ts';

/** Longer than several looks of the station at a printer. */
const A_WHILE_MS = 700;

describe.each(databaseKinds)('papers at a bench with a label printer on the network, on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: World;
  let printer: RecordingPrinter;
  let printerId: string;
  beforeEach(async () => {
    printer = await recordingPrinter();
    world = await openWorldOn(kind);
    await stockUp(world, 2, 50);
    await useSettings(world, { returnLabelInBox: false });
    await world.signIn();
    printerId = await setUpPrinter(world, printer.port);
  });
  afterEach(async () => {
    expect(await brokenInvariants(world)).toEqual([]);
    await world.close();
    await printer.close();
  });

  const handedOver = () => untilPrint(world, 'label', 'submitted');
  const labelsOut = async (count: number): Promise<void> => {
    await until(() => printer.papers.length >= count, `${count} papers came out`);
    await pause(A_WHILE_MS);
    expect(printer.papers).toHaveLength(count);
  };
  /** Off, and the station has noticed. */
  const switchOff = async (): Promise<void> => {
    await printer.switchOff();
    await until(async () => (await printerState(world, printerId)) === 'absent', 'the printer is absent');
  };
  const confirm = async () => world.scan(offered(await untilStep(world, 'scan-label'), 'label'));

  test('the label arrives byte for byte; the slip, which has no printer, is shown on the screen', async () => {
    await packOne(world, '1');
    await labelsOut(1);

    const label = await handedOver();
    const slip = await untilPrint(world, 'packing-slip', 'printed');
    expect(label).toMatchObject({ printer: printerId, state: 'submitted', code: null, reprint: 0 });
    expect(slip.printer).toBe('screen');
    expect(printer.papers[0]?.equals(await storedBytes(world, label.documentId))).toBe(true);
  });

  test('what the printer cannot tell is not claimed; the scan of the label settles it', async () => {
    await packOne(world, '1');
    await labelsOut(1);
    const before = await handedOver();
    const { verdict } = await confirm();

    const after = (await jobsOf(world, 'label'))[0];
    const { open } = await world.call('printing.jobs-view', { limit: 5 });
    expect([before.state, verdict.code, after?.state]).toEqual(['submitted', 'label.confirmed', 'printed']);
    expect(open).toEqual([]);
  });

  test('three parcels are three different labels', async () => {
    for (const [index, number] of ['1', '2', '3'].entries()) {
      await packOne(world, number);
      // Scanned before it is out, it would be taken for one that was printed elsewhere.
      await labelsOut(index + 1);
      await confirm();
    }

    const hashes = printer.papers.map((bytes) => createHash('sha256').update(bytes).digest('hex'));
    expect(new Set(hashes).size).toBe(3);
  });

  test('a printer that is switched off says so at the bench; switched on it prints one copy by itself', async () => {
    await switchOff();
    await packOne(world, '1');
    const waiting = await until(async () => {
      const [print] = (await world.view()).prints.filter((one) => one.kind === 'label');
      return print?.code ? print : undefined;
    }, 'the bench says why the label waits');
    const { devices } = await world.call('devices.devices-view', {});
    await printer.switchOn();
    await labelsOut(1);

    expect(waiting).toMatchObject({ state: 'queued', code: expect.stringMatching(/^printer\./) });
    expect(devices.find(({ id }) => id === printerId)?.now).toMatchObject({ state: 'absent', waiting: 1 });
    expect((await jobsOf(world, 'label')).map(({ state, code }) => [state, code])).toEqual([['submitted', null]]);
  });

  test('one that fell silent a moment ago has refused for certain: the label waits as another job, one copy', async () => {
    await printer.switchOff();
    await packOne(world, '1');
    await untilPrint(world, 'label', 'queued');
    await printer.switchOn();
    await labelsOut(1);

    expect((await jobsOf(world, 'label')).at(-1)?.state).toBe('submitted');
    expect((await world.view()).expects.map(({ title }) => title)).not.toContain('NO');
  });

  describe('when the cable is pulled in the middle of a label', () => {
    beforeEach(async () => {
      printer.pullCableAfter(1_000);
      await packOne(world, '1');
      await untilPrint(world, 'label', 'unknown');
    });

    test('nothing is sent again by itself, and the bench asks', async () => {
      await pause(A_WHILE_MS);
      const view = await untilStep(world, 'scan-label');

      expect(printer.papers).toHaveLength(0);
      expect(view.prints.find((print) => print.kind === 'label')).toMatchObject({
        state: 'unknown',
        code: expect.any(String),
      });
      expect(view.expects.map(({ title }) => title)).toEqual(expect.arrayContaining(['YES', 'NO', 'REPRINT']));
    });

    test('NO prints it once more', async () => {
      const { verdict } = await world.command('NO');
      await labelsOut(1);
      const again = await world.command('NO');

      expect([verdict.code, again.verdict.code]).toEqual(['print.prints-again', 'command.not-here']);
      expect((await jobsOf(world, 'label')).map(({ state, reprint, code }) => [state, reprint, code])).toEqual([
        ['failed', 0, 'print.did-not-come-out'],
        ['submitted', 1, null],
      ]);
    });

    test('YES prints nothing', async () => {
      const { verdict, view } = await world.command('YES');
      await pause(A_WHILE_MS);

      expect(verdict.code).toBe('print.came-out');
      expect(printer.papers).toHaveLength(0);
      expect(view.step).toBe('scan-label');
      expect((await jobsOf(world, 'label')).map(({ state }) => state)).toEqual(['printed']);
    });

    test('the scan of the label says that it came out', async () => {
      const { verdict } = await confirm();
      await pause(A_WHILE_MS);

      expect(verdict.code).toBe('label.confirmed');
      expect(printer.papers).toHaveLength(0);
      expect((await jobsOf(world, 'label')).map(({ state }) => state)).toEqual(['printed']);
    });

    test('REPRINT with a reason is the answer too: one more copy, and no question is left', async () => {
      await world.command('REPRINT');
      await world.command('REASON-LABEL-TORN');
      await labelsOut(1);
      const view = await world.view();

      expect(view.expects.map(({ title }) => title)).not.toContain('YES');
      expect((await jobsOf(world, 'label')).map(({ state }) => state)).toEqual(['failed', 'submitted']);
    });

    test('a supervisor answers from the list of papers', async () => {
      const [job] = await jobsOf(world, 'label');
      const { jobId } = await world.call('printing.answer', { jobId: job?.id ?? '', cameOut: false, again: true });
      await labelsOut(1);
      const second = await world.ask('printing.answer', { jobId: job?.id, cameOut: true });

      expect(jobId).not.toBeNull();
      expect(second.body).toMatchObject({ ok: false, error: { code: 'print.not-asked' } });
    });
  });

  test('a label that was voided while it waited never comes out', async () => {
    await switchOff();
    await packOne(world, '1');
    const { parcel } = await untilStep(world, 'scan-label');
    await world.signIn('supervisor');
    await world.call('shipping.void-label', { parcelId: parcel?.id ?? '' });
    await printer.switchOn();
    await untilPrint(world, 'label', 'failed');
    await pause(A_WHILE_MS);
    const [job] = await jobsOf(world, 'label');
    const named = await world.ask('printing.print-document', { documentId: job?.documentId });

    expect(printer.papers).toHaveLength(0);
    expect(job?.code).toBe('print.superseded');
    expect(named.body).toMatchObject({ ok: false, error: { code: 'print.superseded' } });
  });

  test('a label that is on the box already does not come out late', async () => {
    await switchOff();
    await packOne(world, '1');
    await confirm();
    await printer.switchOn();
    await pause(A_WHILE_MS);

    expect(printer.papers).toHaveLength(0);
    expect((await jobsOf(world, 'label')).map(({ state, code }) => [state, code])).toEqual([
      ['failed', 'print.superseded'],
    ]);
  });

  test('scanning REPRINT at a printer that is off leaves one copy to come', async () => {
    await switchOff();
    await packOne(world, '1');
    await untilStep(world, 'scan-label');
    for (const card of ['REPRINT', 'REASON-LABEL-TORN', 'REPRINT', 'REASON-LABEL-TORN']) await world.command(card);
    await printer.switchOn();
    await labelsOut(1);

    expect((await jobsOf(world, 'label')).map(({ state }) => state)).toEqual(['failed', 'failed', 'submitted']);
  });

  test('a printer that is removed takes its waiting papers with it; the next one gets them when asked', async () => {
    await switchOff();
    await packOne(world, '1');
    await untilStep(world, 'scan-label');
    await world.signIn('admin');
    await world.call('devices.remove', { deviceId: printerId });
    const failed = await untilPrint(world, 'label', 'failed');
    const other = await recordingPrinter();
    await setUpPrinter(world, other.port);
    const { verdict } = await world.command('NO');
    await until(() => other.papers.length === 1, 'the other printer has it');
    await other.close();

    expect(failed.code).toBe('print.printer-removed');
    expect(verdict.code).toBe('print.prints-again');
  });

  test('a stored paper and the calibration label are printed from the screen', async () => {
    await packOne(world, '1');
    await labelsOut(1);
    await confirm();
    await world.signIn('supervisor');
    const [label] = await jobsOf(world, 'label');
    await world.call('printing.print-document', { documentId: label?.documentId ?? '' });
    await labelsOut(2);
    await world.call('devices.test-print', { deviceId: printerId });
    await labelsOut(3);

    const calibration = (await jobsOf(world, 'calibration')).at(-1);
    expect(printer.papers[1]?.equals(printer.papers[0] ?? Buffer.alloc(0))).toBe(true);
    expect(printer.papers[2]?.equals(await storedBytes(world, calibration?.documentId ?? ''))).toBe(true);
  });

  test('the journal tells what became of a paper', async () => {
    await packOne(world, '1');
    await labelsOut(1);
    const { parcel } = await untilStep(world, 'scan-label');
    await confirm();
    const rows: { kind: string; data: string }[] = await world.core.database
      .read('journal')
      .where('kind', 'like', 'print.%')
      .where({ subject: parcel?.id })
      .orderBy('id')
      .select('kind', 'data');

    const about = rows.filter(({ data }) => JSON.parse(data).paper !== 'packing-slip').map((row) => row.kind);
    expect(about).toEqual(['print.submitted', 'print.handed-over', 'print.printed']);
  });
});
