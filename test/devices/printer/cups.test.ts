import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createCupsDriver } from '../../../main/devices/printer/cups/cups-driver.ts';
import { readMediaNames } from '../../../main/devices/printer/cups/lp-answers.ts';
import { readQueueState } from '../../../main/devices/printer/cups/lpstat.ts';
import { queuePlace } from '../../../main/devices/printer/cups/queue-place.ts';
import { createIppDriver } from '../../../main/devices/printer/ipp/ipp-driver.ts';
import { createPrinterDriver, listPrintQueues } from '../../../main/devices/printer/open-printer.ts';
import type { PrinterDriver } from '../../../main/devices/printer/printer.ts';
import { createRunProgram } from '../../../main/devices/printer/run-program.ts';
import { startIppPrinter } from '../../../main/devices/printer/simulated/ipp-printer.ts';
import { aPaper, pages } from '../../support/devices/printer-papers.ts';
import { keepFile, standIns } from '../../support/devices/printer-programs.ts';
import { until } from '../../support/devices/until.ts';

let programs: ReturnType<typeof standIns>;
let driver: PrinterDriver;
const onPosix = describe.skipIf(process.platform === 'win32');

/** A queue whose `lp` is given this long. */
function queueOf(printMs: number): PrinterDriver {
  const closing = new AbortController();
  const run = createRunProgram(closing.signal);
  return createCupsDriver('Zebra', { run, printMs, openIpp: createIppDriver, stop: () => closing.abort() });
}

const leftOver = () => readdirSync(programs.folder).filter((name) => name.startsWith('packwright-print-'));

onPosix('a print queue', () => {
  beforeEach(() => {
    programs = standIns();
    vi.stubEnv('PATH', programs.path);
    // Papers of other tests come and go in the system's own folder.
    vi.stubEnv('TMPDIR', programs.folder);
    // Where nothing listens: the print system of this PC is not asked.
    programs.add('lpstat', `[ "$1" = -H ] && echo 127.0.0.1:9 && exit 0; exit 1`);
    programs.add('lpoptions', `echo 'PageSize/Media Size: *A4 w288h432 Custom.WIDTHxHEIGHT'`);
    programs.add('lp', `${keepFile}; echo 'request id is Zebra-12 (1 file(s))'`);
    driver = createPrinterDriver({ address: { kind: 'queue', name: 'Zebra' }, settings: {} }, { pages });
  });
  afterEach(async () => {
    await driver.close();
    vi.unstubAllEnvs();
    expect(leftOver()).toEqual([]);
    programs.remove();
  });

  test('gets the paper by lp, with its own name of the media, nothing scaled or turned', async () => {
    const paper = await aPaper({ title: 'order; rm -rf $HOME `x`\n-label' });
    expect(await driver.print(paper)).toEqual({ outcome: 'handed-over', systemJob: 'Zebra-12' });
    const [call = []] = programs.calls('lp');
    expect(call.slice(0, -1)).toEqual([
      ...['-d', 'Zebra', '-t', 'order; rm -rf $HOME `x` -label'],
      ...['-o', 'media=w288h432', '-o', 'print-scaling=none', '-o', 'orientation-requested=3', '--'],
    ]);
    expect(programs.printed()).toEqual({ bytes: paper.bytes, mode: '600' });
    expect(call.at(-1)?.startsWith(programs.folder)).toBe(true);
    expect(existsSync(call.at(-1) ?? '')).toBe(false);
  });

  test('that lists no media is told the measures', async () => {
    programs.add('lpoptions', 'exit 1');
    await driver.print(await aPaper());
    expect(programs.calls('lp')[0]).toContain('media=Custom.101.6x152.4mm');
  });

  test('gets ZPL raw', async () => {
    const settings = { language: 'zpl' } as const;
    const raw = createPrinterDriver({ address: { kind: 'queue', name: 'Zebra' }, settings }, { pages });
    const bytes = new TextEncoder().encode('^XA^XZ');
    await raw.print(await aPaper({ format: 'zpl', bytes }));
    expect(programs.calls('lp')[0]).toEqual(expect.arrayContaining(['-o', 'raw']));
    expect(programs.printed()?.bytes).toEqual(bytes);
    await raw.close();
  });

  test.each([
    ['lp: The printer or class does not exist.', false, 'printer.queue-gone'],
    ['lp: Error - The printer or class does not exist.', false, 'printer.queue-gone'],
    ['lp: Destination "Zebra" is not accepting jobs.', true, 'printer.queue-rejects'],
    ['lp: Error - scheduler not responding.', true, 'printer.no-spooler'],
    ['lp: Unsupported document-format "text/x".', false, 'printer.no-such-format'],
  ])('that says "%s" refuses', async (words, passing, code) => {
    programs.add('lp', `echo '${words}' >&2; exit 1`);
    expect(await driver.print(await aPaper())).toEqual({
      ...{ outcome: 'refused', passing, code },
      params: { queue: 'Zebra' },
    });
  });

  test('that fails in words nobody knows leaves the paper unknown', async () => {
    programs.add('lp', `echo 'lp: the moon is full' >&2; exit 1`);
    expect(await driver.print(await aPaper())).toMatchObject({ outcome: 'unknown', code: 'print.broke-off' });
  });

  test('that gives no number has the paper all the same', async () => {
    programs.add('lp', 'exit 0');
    expect(await driver.print(await aPaper())).toEqual({ outcome: 'handed-over', systemJob: null });
  });

  test('whose lp hangs is killed by its own id; the paper is unknown and not sent again', async () => {
    programs.add('lp', `echo $$ > "$FOLDER/pid"; exec sleep 60`);
    const hasty = queueOf(3_000);
    expect(await hasty.print(await aPaper())).toMatchObject({ outcome: 'unknown', code: 'print.timed-out' });
    const pid = Number(readFileSync(join(programs.folder, 'pid'), 'utf8'));
    expect(() => process.kill(pid, 0)).toThrow(/ESRCH/);
    expect(programs.calls('lp')).toHaveLength(1);
    await hasty.close();
  });

  test('whose driver is closed while lp runs ends at once, unknown', async () => {
    programs.add('lp', `touch "$FOLDER/running"; exec sleep 60`);
    const printing = driver.print(await aPaper());
    await until(() => existsSync(join(programs.folder, 'running')), 'lp runs');
    await driver.close();
    expect(await printing).toMatchObject({ outcome: 'unknown', code: 'print.broke-off' });
  });

  test('on a PC without lp is told so', async () => {
    vi.stubEnv('PATH', '/nowhere');
    const code = 'printer.no-program';
    expect(await driver.print(await aPaper())).toMatchObject({ outcome: 'refused', passing: false, code });
    expect(await driver.status()).toMatchObject({ state: 'fault', code });
    expect(await listPrintQueues()).toBeUndefined();
  });

  test('tells how it does by the print system itself', async () => {
    const server = await startIppPrinter();
    server.set({ state: 5, reasons: ['paused'] });
    programs.add('lpstat', `echo ${new URL(server.uri.replace('ipp', 'http')).host}`);
    expect(await driver.status()).toMatchObject({ state: 'fault', code: 'printer.paused', params: { queue: 'Zebra' } });
    server.set({ jobState: 5 });
    // The job is known to the server only once it was given to it.
    await createIppDriver({ uri: server.uri }).print(await aPaper());
    expect(await driver.jobState('Zebra-1')).toEqual({ state: 'printing' });
    expect(await driver.jobState('Zebra-9')).toEqual({ state: 'not-told' });
    await server.close();
  });

  test('is asked by lpstat where the print system cannot be asked itself', async () => {
    programs.add(
      'lpstat',
      `case "$1" in -H) echo 127.0.0.1:9;; -l) echo 'printer Zebra is idle.  enabled since today';; -W) echo 'Zebra-12 me 5120 today';; esac`,
    );
    expect(await driver.status()).toMatchObject({ state: 'ready', code: null, activity: 'idle' });
    expect(await driver.jobState('Zebra-12')).toEqual({ state: 'waiting' });
    expect(await driver.jobState('Zebra-11')).toEqual({ state: 'not-told' });
  });

  test('is listed with the others, and which of them is the standard one', async () => {
    programs.add(
      'lpstat',
      `case "$1" in -e) printf 'Zebra\\nOffice\\n';; -d) echo 'system default destination: Office';;
      -l) printf 'printer Zebra is idle.\\n\\tDescription: Zebra ZD421\\nprinter Office is idle.\\n\\tDescription: Office\\n';; esac`,
    );
    expect(await listPrintQueues()).toEqual([
      { name: 'Zebra', makerModel: 'Zebra ZD421', isDefault: false },
      { name: 'Office', makerModel: null, isDefault: true },
    ]);
  });
});

describe('what lpstat tells of a queue', () => {
  test.each<[said: string, state: string, code: string | null]>([
    ['printer Q is idle.  enabled since now\n\tAlerts: none\n', 'ready', null],
    ['printer Q now printing Q-3.  enabled since now\n\tSending data to printer.\n', 'ready', null],
    [
      'printer Q now printing Q-3.  enabled since now\n\tThe printer may not exist or is unavailable at this time.\n',
      'fault',
      'printer.offline',
    ],
    ['printer Q disabled since now -\n\tPaused\n', 'fault', 'printer.paused'],
    ['printer Q disabled since now -\n\treason unknown\n', 'fault', 'printer.stopped'],
    ['printer Q disabled since now -\n\tOut of paper!\n\tAlerts: media-empty-error\n', 'fault', 'printer.media-empty'],
    ['printer Q is idle.\nQ not accepting requests since now -\n\tRejecting Jobs\n', 'fault', 'printer.queue-rejects'],
  ])('%j', (said, state, code) => {
    expect(readQueueState(said, 'Q')).toMatchObject({ state, code });
  });

  test('is nothing where it speaks of another queue', () => {
    expect(readQueueState('printer Q2 is idle.\n', 'Q')).toBeUndefined();
  });
});

test('names of media are read from the options of a queue', () => {
  const said = 'Resolution/Output: *203dpi\nPageSize/Media Size: w288h432 *A4 oe_w288h432_4x6in Custom.WIDTHxHEIGHT\n';
  expect(readMediaNames(said)).toEqual(['w288h432', 'A4', 'oe_w288h432_4x6in', 'Custom.WIDTHxHEIGHT']);
  expect(readMediaNames('')).toEqual([]);
});

test('the print system is found where it says that it is', () => {
  const told = (stdout: string) => ({ kind: 'ended', exitCode: 0, stdout, stderr: '' }) as const;
  expect(queuePlace('Z', told('/run/cups/cups.sock\n'), undefined)).toEqual({
    uri: 'ipp://localhost/printers/Z',
    socketPath: '/run/cups/cups.sock',
  });
  expect(queuePlace('Z', told('localhost:6631\n'), undefined)).toEqual({ uri: 'ipp://localhost:6631/printers/Z' });
  expect(queuePlace('Z 1', { kind: 'missing' }, 'print.example/version=1.1')).toEqual({
    uri: 'ipp://print.example:631/printers/Z%201',
  });
  expect(queuePlace('Z/labels', { kind: 'missing' }, undefined)).toEqual({ uri: 'ipp://localhost:631/printers/Z' });
});
