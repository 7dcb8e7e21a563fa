import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { PrinterDriver } from '../../../main/devices/printer/printer.ts';
import { findSumatra, outsideArchive } from '../../../main/devices/printer/windows/sumatra.ts';
import {
  readJobState,
  readQueueStatus,
  readWindowsQueues,
} from '../../../main/devices/printer/windows/windows-answers.ts';
import { createWindowsDriver } from '../../../main/devices/printer/windows/windows-driver.ts';
import type { ProgramEnd, RunProgram } from '../../../shared/devices/run-program.ts';
import { aPaper } from '../../support/devices/printer-papers.ts';

const said = (stdout: string, stderr = ''): ProgramEnd => ({ kind: 'ended', exitCode: stderr ? 1 : 0, stdout, stderr });
const healthy = JSON.stringify({ name: 'Zebra', driver: 'ZDesigner', status: 0, jobs: 0 });

interface Run {
  readonly file: string;
  readonly args: readonly string[];
  /** What the settings that SumatraPDF would read say, and whether its file was there. */
  readonly settings: string;
  readonly paper: Uint8Array | undefined;
}

/** The driver on a system whose programs answer so. */
function onWindows(
  sumatra: ProgramEnd,
  powershell: ProgramEnd = said(healthy),
): { driver: PrinterDriver; runs: Run[] } {
  const runs: Run[] = [];
  const run: RunProgram = async (file, args) => {
    if (file === 'powershell.exe') return powershell;
    const [folder, paper] = [args.at(-2) ?? '', args.at(-1) ?? ''];
    runs.push({
      ...{ file, args, settings: readFileSync(join(folder, 'SumatraPDF-settings.txt'), 'utf8') },
      paper: new Uint8Array(readFileSync(paper)),
    });
    return sumatra;
  };
  return { driver: createWindowsDriver('Zebra', { run, sumatra: 'C:\\SumatraPDF.exe', stop: () => undefined }), runs };
}

describe('a print queue of Windows', () => {
  test('gets the paper by SumatraPDF, nothing scaled, with settings of our own, and no file stays', async () => {
    const { driver, runs } = onWindows(said(''));
    const paper = await aPaper();
    expect(await driver.print(paper)).toMatchObject({
      outcome: 'handed-over',
      systemJob: expect.stringMatching(/^order-1001-label-1-[0-9a-f]{8}$/),
    });
    const [run] = runs;
    expect(run?.args.slice(0, -2)).toEqual([
      ...['-print-to', 'Zebra', '-silent', '-print-settings', 'noscale', '-appdata'],
    ]);
    expect(run?.settings).toMatch(/PrintScale = none/);
    expect(run?.paper).toEqual(paper.bytes);
    expect(existsSync(run?.args.at(-2) ?? '/')).toBe(false);
  });

  test.each<[string, ProgramEnd, object]>([
    ['hangs', { kind: 'killed', timedOut: true }, { outcome: 'unknown', code: 'print.timed-out' }],
    ['fails', said('', 'x'), { outcome: 'unknown', code: 'print.broke-off' }],
    ['is missing', { kind: 'missing' }, { outcome: 'refused', code: 'printer.no-program' }],
  ])('whose SumatraPDF %s is told so', async (_what, end, answer) => {
    const { driver, runs } = onWindows(end);
    expect(await driver.print(await aPaper())).toMatchObject(answer);
    expect(runs).toHaveLength(1);
  });

  test('that is gone refuses before anything is sent', async () => {
    const { driver, runs } = onWindows(said(''), said('', 'No MSFT_Printer objects found with property Name'));
    const code = 'printer.queue-gone';
    expect(await driver.print(await aPaper())).toMatchObject({ outcome: 'refused', passing: false, code });
    expect(await driver.status()).toMatchObject({ state: 'fault', code });
    expect(runs).toEqual([]);
  });

  test('takes no raw ZPL: it would come out as letters or not at all', async () => {
    const { driver, runs } = onWindows(said(''));
    expect(await driver.print(await aPaper({ format: 'zpl' }))).toMatchObject({
      code: 'printer.no-raw',
      passing: false,
    });
    expect(runs).toEqual([]);
  });

  test('prints one paper at a time', async () => {
    let running = 0;
    let most = 0;
    const run: RunProgram = async (file) => {
      if (file === 'powershell.exe') return said(healthy);
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 20));
      running -= 1;
      return said('');
    };
    const driver = createWindowsDriver('Zebra', { run, sumatra: 'x', stop: () => undefined });
    const paper = await aPaper();
    await Promise.all([1, 2, 3].map(() => driver.print(paper)));
    expect(most).toBe(1);
  });
});

describe('what Windows tells', () => {
  test.each([
    [0, 'ready', 'printer.no-status'],
    [0x400, 'ready', null],
    [0x10, 'fault', 'printer.media-empty'],
    [0x40_0000 | 0x10, 'fault', 'printer.cover-open'],
    [0x8, 'fault', 'printer.jam'],
    [0x80, 'fault', 'printer.offline'],
    [0x1000, 'fault', 'printer.offline'],
    [0x1 | 0x400, 'fault', 'printer.paused'],
    [0x10_0000, 'fault', 'printer.stopped'],
    [0x2_0000, 'ready', 'printer.no-status'],
  ])('of a queue with status %i', (status, state, code) => {
    const told = JSON.stringify({ name: 'Z', driver: null, status, jobs: 0 });
    expect(readQueueStatus(told)).toMatchObject({ state, code });
  });

  test.each([
    [0x8, 'waiting'],
    [0x10, 'printing'],
    [0x80, 'printed'],
    [0x1000, 'printed'],
    [0x40, 'stopped'],
    [0x200, 'stopped'],
    [0x100, 'cancelled'],
  ])('of a job with status %i', (status, state) => {
    const jobs = [
      { name: 'other', status: 2 },
      { name: 'order-1-abc.pdf', status },
    ];
    expect(readJobState(JSON.stringify(jobs), 'order-1-abc')).toEqual({ state });
  });

  test('of a job that left the list is nothing: printed and deleted ones both do', () => {
    expect(readJobState('[]', 'order-1-abc')).toEqual({ state: 'not-told' });
  });

  test('of its queues, one or several', () => {
    const told = '\uFEFF[{"name":"Zebra","driver":"ZDesigner","isDefault":true}]';
    expect(readWindowsQueues(told)).toEqual([{ name: 'Zebra', makerModel: 'ZDesigner', isDefault: true }]);
  });

  test.each(['', 'null', '{', '[1]', '{"name":1}', 'Get-Printer : error'])('that is not to be read, %j', (told) => {
    expect(readQueueStatus(told)).toBeUndefined();
    expect(readJobState(told, 'x')).toEqual({ state: 'not-told' });
    expect(readWindowsQueues(told)).toBeUndefined();
  });
});

test('SumatraPDF is found in its package, outside the archive when packed', () => {
  expect(outsideArchive('C:\\Packwright\\resources\\app.asar\\node_modules\\x')).toBe(
    'C:\\Packwright\\resources\\app.asar.unpacked\\node_modules\\x',
  );
  expect(outsideArchive('/opt/packwright/node_modules/x')).toBe('/opt/packwright/node_modules/x');
  expect(statSync(findSumatra() ?? '').size).toBeGreaterThan(1_000_000);
});
