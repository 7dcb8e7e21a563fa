import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createPrinterDriver } from '../../../main/devices/printer/open-printer.ts';
import type { PrinterDriver } from '../../../main/devices/printer/printer.ts';
import {
  type RawPrinter,
  type RawPrinterMood,
  startRawPrinter,
} from '../../../main/devices/printer/simulated/raw-printer.ts';
import { parseHostStatus } from '../../../main/devices/printer/tcp/host-status.ts';
import { createZplDriver } from '../../../main/devices/printer/tcp/zpl-driver.ts';
import { drawZpl } from '../../../main/devices/printer/zpl/draw-zpl.ts';
import { aPaper, aPdf, label, pages } from '../../support/devices/printer-papers.ts';
import { readZpl } from '../../support/devices/printer-zpl.ts';

let printer: RawPrinter;
let driver: PrinterDriver;
const address = () => ({ host: printer.host, port: printer.port });
beforeEach(async () => {
  printer = await startRawPrinter({ answersStatus: true });
  const settings = { language: 'zpl', dpi: 203 } as const;
  driver = createPrinterDriver({ address: { kind: 'tcp', ...address() }, settings }, { pages });
});
afterEach(async () => {
  await driver.close();
  await printer.close();
});

/** Says that it does not wait long for an answer. */
const hurried = () => createZplDriver(address(), { printMs: 3_000, answerMs: 700 });
const zpl = (text: string) => aPaper({ format: 'zpl', bytes: new TextEncoder().encode(text) });

describe('a label printer that speaks ZPL', () => {
  test('burns every page dot by dot as the station drew it', async () => {
    const bytes = await aPdf(label, label);
    expect(await driver.print(await aPaper({ bytes }))).toMatchObject({ outcome: 'handed-over' });
    const [printed] = printer.papers;
    const wanted = await pages.drawPages(bytes, 203);
    const burnt = readZpl(printed ?? new Uint8Array());
    expect(burnt.map(({ width, height }) => [width, height])).toEqual([
      [813, 1219],
      [813, 1219],
    ]);
    // A million dots are compared as bytes: whole arrays take a quarter of a minute.
    const differ = burnt.map(({ dots }, page) => Buffer.compare(dots, wanted[page]?.dots ?? dots.subarray(1)));
    expect(differ).toEqual([0, 0]);
    expect(burnt[0]?.dots.filter((dot) => dot === 0).length).toBeGreaterThan(5_000);
  });

  test('gets a carrier’s ZPL byte by byte', async () => {
    const paper = await zpl('^XA^FO50,50^ADN,36,20^FDhello^FS^XZ');
    await driver.print(paper);
    expect(printer.papers).toEqual([paper.bytes]);
  });

  test('has printed once nothing of it waits any more', async () => {
    const answer = await driver.print(await zpl('^XA^XZ'));
    const job = answer.outcome === 'handed-over' ? (answer.systemJob ?? '') : '';
    printer.set({ waitingFormats: 1, waitingLabels: 1 });
    expect(await driver.jobState(job)).toEqual({ state: 'printing' });
    expect(await driver.status()).toEqual({ state: 'ready', code: null, params: {}, activity: 'printing' });
    printer.set({ waitingFormats: 0, waitingLabels: 1 });
    expect(await driver.jobState(job)).toEqual({ state: 'printing' });
    printer.set({ paperOut: true });
    expect(await driver.jobState(job)).toEqual({ state: 'stopped' });
    printer.set({});
    expect(await driver.jobState(job)).toEqual({ state: 'printed' });
    expect(await driver.status()).toEqual({ state: 'ready', code: null, params: {}, activity: 'idle' });
  });

  test('says nothing of a job that another life of the station sent', async () => {
    expect(await driver.jobState('zpl-1')).toEqual({ state: 'not-told' });
  });

  test.each<[string, RawPrinterMood, string]>([
    ['without paper', { paperOut: true }, 'printer.media-empty'],
    ['with its head up', { headUp: true, paperOut: true }, 'printer.cover-open'],
    ['without ribbon', { ribbonOut: true }, 'printer.ribbon-out'],
    ['that was paused', { paused: true }, 'printer.paused'],
    ['that does not answer', { silent: true }, 'printer.not-ready'],
    ['that answers nonsense', { nonsense: new Uint8Array([2, 48, 3, 2, 3, 2, 44, 3]) }, 'printer.not-ready'],
  ])('%s refuses for now, and nothing of the paper is out', async (_what, mood, code) => {
    printer.set(mood);
    const hasty = hurried();
    expect(await hasty.print(await zpl('^XA^XZ'))).toMatchObject({ outcome: 'refused', passing: true, code });
    expect(await hasty.status()).toMatchObject({ state: 'fault', code });
    expect([...printer.papers, ...printer.torn]).toEqual([]);
    await hasty.close();
  });

  test('unplugged in the middle of a paper leaves it unknown', async () => {
    printer.set({ hangUpAfter: 50_000 });
    const paper = await zpl(`^XA^FX${'x'.repeat(3_000_000)}^XZ`);
    expect(await hurried().print(paper)).toMatchObject({ outcome: 'unknown', code: 'print.broke-off' });
  });

  test('that swallows a paper and falls silent has it all the same', async () => {
    const hasty = hurried();
    const printing = hasty.print(await zpl(`^XA^FX${'x'.repeat(200_000)}^XZ`));
    expect(await printing).toMatchObject({ outcome: 'handed-over' });
    printer.set({ silent: true });
    expect(await hasty.status()).toMatchObject({ state: 'fault', code: 'printer.not-ready' });
  });

  test('that takes no more in the middle of a paper leaves it unknown in time', async () => {
    printer.set({ stallAfter: 40_000 });
    const paper = await zpl(`^XA^FX${'x'.repeat(20_000_000)}^XZ`);
    expect(await hurried().print(paper)).toMatchObject({ outcome: 'unknown', code: 'print.timed-out' });
  });

  test('switched off is unreachable', async () => {
    await printer.close();
    expect(await driver.print(await zpl('^XA^XZ'))).toMatchObject({ passing: true, code: 'printer.unreachable' });
    expect(await driver.status()).toMatchObject({ state: 'absent', code: 'printer.unreachable' });
  });
});

describe('pages as ZPL', () => {
  const page = fc
    .record({ width: fc.integer({ min: 1, max: 900 }), height: fc.integer({ min: 1, max: 12 }) })
    .chain(({ width, height }) =>
      fc
        .array(fc.record({ black: fc.boolean(), run: fc.integer({ min: 1, max: 500 }) }), {
          minLength: 1,
          maxLength: 40,
        })
        .map((runs) => {
          const pattern = runs.flatMap(({ black, run }) => Array<number>(run).fill(black ? 0 : 255));
          const dots = Uint8Array.from({ length: width * height }, (_, at) => pattern[at % pattern.length] ?? 255);
          return { width, height, dots };
        }),
    );

  test('read back to the same dots, whatever is on them', () => {
    fc.assert(
      fc.property(fc.array(page, { maxLength: 2 }), (drawn) => void expect(readZpl(drawZpl(drawn))).toEqual(drawn)),
    );
  });
});

describe('any bytes as a printer’s answer', () => {
  test('are read without a fault, and never as a state that was not sent', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 4_096 }), (bytes) => {
        const read = parseHostStatus(bytes);
        expect(read === undefined || bytes.filter((byte) => byte === 3).length >= 2).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  test('of its own marks too', () => {
    const marks = fc.array(fc.constantFrom(2, 3, 48, 49, 44, 13, 10), { maxLength: 120 });
    fc.assert(fc.property(marks, (bytes) => void parseHostStatus(Uint8Array.from(bytes))));
  });
});
