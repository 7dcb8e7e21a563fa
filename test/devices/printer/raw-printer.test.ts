import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createPrinterDriver } from '../../../main/devices/printer/open-printer.ts';
import type { PrinterDriver } from '../../../main/devices/printer/printer.ts';
import { type RawPrinter, startRawPrinter } from '../../../main/devices/printer/simulated/raw-printer.ts';
import { createTcpDriver } from '../../../main/devices/printer/tcp/tcp-driver.ts';
import { aPaper, aPdf, label, pages } from '../../support/devices/printer-papers.ts';
import { until } from '../../support/devices/until.ts';

let printer: RawPrinter;
let driver: PrinterDriver;
beforeEach(async () => {
  printer = await startRawPrinter();
  driver = createPrinterDriver({ address: { kind: 'tcp', ...placeOf(printer) }, settings: {} }, { pages });
});
afterEach(async () => {
  await driver.close();
  await printer.close();
});

const placeOf = ({ host, port }: RawPrinter) => ({ host, port });

describe('a printer that takes bytes at its port', () => {
  test('prints the paper byte by byte as it was made', async () => {
    const paper = await aPaper();
    expect(await driver.print(paper)).toEqual({ outcome: 'handed-over', systemJob: null });
    expect(printer.papers).toEqual([paper.bytes]);
  });

  test('prints several papers one after the other, however they are asked for', async () => {
    const papers = await Promise.all(
      [1, 2, 3].map(async (n) => aPaper({ bytes: await aPdf(...Array(n).fill(label)) })),
    );
    await Promise.all(papers.map((paper) => driver.print(paper)));
    expect(printer.papers).toEqual(papers.map(({ bytes }) => bytes));
  });

  test('is ready as far as its port answers, and claims to know no more', async () => {
    const params = { path: `127.0.0.1:${printer.port}` };
    expect(await driver.status()).toEqual({ state: 'ready', code: 'printer.no-status', params, activity: 'not-told' });
    expect(await driver.jobState('1')).toEqual({ state: 'not-told' });
    expect(printer.papers).toEqual([]);
  });

  test('that is switched off refuses for now, and nothing of the paper is out', async () => {
    const params = { path: `127.0.0.1:${printer.port}` };
    await printer.close();
    expect(await driver.print(await aPaper())).toEqual({
      ...{ outcome: 'refused', passing: true },
      ...{ code: 'printer.unreachable', params },
    });
    expect(await driver.status()).toEqual({
      state: 'absent',
      code: 'printer.unreachable',
      params,
      activity: 'not-told',
    });
  });

  test('unplugged in the middle of a paper leaves it unknown, and it is not sent again', async () => {
    printer.set({ hangUpAfter: 100_000 });
    const bytes = await aPdf(...Array(1_500).fill(label));
    // The reader of pages takes no such book; how far the line goes is asked here.
    const bare = createTcpDriver(placeOf(printer));
    expect(await bare.print(await aPaper({ bytes }))).toMatchObject({ outcome: 'unknown', code: 'print.broke-off' });
    expect([printer.papers.length, printer.torn.length, printer.calls()]).toEqual([0, 1, 1]);
  });

  test('that takes no more of a paper leaves it unknown in time', async () => {
    printer.set({ stallAfter: 1 });
    const bare = createTcpDriver(placeOf(printer), { printMs: 1_000, hangUpMs: 1_000 });
    const bytes = new Uint8Array(20_000_000);
    expect(await bare.print(await aPaper({ bytes }))).toMatchObject({ outcome: 'unknown', code: 'print.timed-out' });
  });

  test('whose driver is closed while it stalls ends at once, unknown', async () => {
    printer.set({ stallAfter: 1 });
    const bare = createTcpDriver(placeOf(printer));
    const printing = bare.print(await aPaper({ bytes: new Uint8Array(20_000_000) }));
    await until(() => printer.calls() === 1, 'the call');
    await new Promise((resolve) => setTimeout(resolve, 100));
    await bare.close();
    expect(await printing).toMatchObject({ outcome: 'unknown', code: 'print.broke-off' });
  });
});

describe('before a paper is handed over', () => {
  test('a page of another size is refused, whichever page it is', async () => {
    const bytes = await aPdf(label, { widthMm: 210, heightMm: 297 });
    expect(await driver.print(await aPaper({ bytes }))).toEqual({
      ...{ outcome: 'refused', passing: false, code: 'print.wrong-media' },
      params: { page: '210 × 297 mm', media: '101.6 × 152.4 mm', number: '2' },
    });
    expect(printer.calls()).toBe(0);
  });

  test('a page that lies on its side is refused: nobody turns it on its way', async () => {
    const bytes = await aPdf({ widthMm: label.heightMm, heightMm: label.widthMm });
    expect(await driver.print(await aPaper({ bytes }))).toMatchObject({
      outcome: 'refused',
      code: 'print.wrong-media',
    });
  });

  test.each([
    ['bytes that are no PDF', { bytes: new TextEncoder().encode('hello') }, 'print.unreadable'],
    ['nothing at all', { bytes: new Uint8Array() }, 'print.unreadable'],
    ['a paper of 50 MB', { bytes: new Uint8Array(50_000_000) }, 'print.too-large'],
    ['ZPL for a printer that was not set up for it', { format: 'zpl' as const }, 'print.not-zpl'],
  ])('%s is refused for good', async (_what, changes, code) => {
    expect(await driver.print(await aPaper(changes))).toMatchObject({ outcome: 'refused', passing: false, code });
    expect(printer.calls()).toBe(0);
  });
});
