import fc from 'fast-check';
import ipp from 'ipp-encoder';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createIppDriver } from '../../../main/devices/printer/ipp/ipp-driver.ts';
import { readIppAnswer } from '../../../main/devices/printer/ipp/read-answer.ts';
import { createPrinterDriver } from '../../../main/devices/printer/open-printer.ts';
import type { PrinterDriver } from '../../../main/devices/printer/printer.ts';
import {
  type IppPrinter,
  type IppPrinterMood,
  startIppPrinter,
} from '../../../main/devices/printer/simulated/ipp-printer.ts';
import { aPaper, aPdf, pages } from '../../support/devices/printer-papers.ts';

let printer: IppPrinter;
let driver: PrinterDriver;
beforeEach(async () => {
  printer = await startIppPrinter();
  driver = createPrinterDriver({ address: { kind: 'ipp', uri: printer.uri }, settings: {} }, { pages });
});
afterEach(async () => {
  await driver.close();
  await printer.close();
});

const hurried = () => createIppDriver({ uri: printer.uri }, { askMs: 3_000, printMs: 3_000 });

describe('a printer that speaks IPP', () => {
  test('gets the paper byte by byte, by its own name for the media, never scaled and upright', async () => {
    const paper = await aPaper();
    expect(await driver.print(paper)).toEqual({ outcome: 'handed-over', systemJob: '1' });
    const [job] = printer.jobs;
    expect(job?.document).toEqual(paper.bytes);
    expect(job?.attributes).toMatchObject({
      'printer-uri': [printer.uri],
      'job-name': ['order-1001-label-1'],
      'document-format': ['application/pdf'],
      media: ['na_index-4x6_4x6in'],
      'print-scaling': ['none'],
      'orientation-requested': [3],
    });
  });

  test('that takes measures gets those of a media that it has no name for', async () => {
    printer.set({ mediaCol: ['media-size', 'media-top-margin'] });
    const size = { widthMm: 100, heightMm: 62 };
    await driver.print(await aPaper({ media: size, bytes: await aPdf(size) }));
    expect(printer.jobs[0]?.attributes).toMatchObject({
      'media-col': ['media-size', 'x-dimension', 10_000, 'y-dimension', 6_200],
    });
  });

  test('that knows only names is told one that carries the size', async () => {
    const size = { widthMm: 100, heightMm: 62 };
    await driver.print(await aPaper({ media: size, bytes: await aPdf(size) }));
    expect(printer.jobs[0]?.attributes.media).toEqual(['custom_100x62mm_100x62mm']);
  });

  test.each<[number, string[], string]>([
    [3, [], 'waiting'],
    [3, ['printer-stopped'], 'stopped'],
    [4, [], 'waiting'],
    [5, [], 'printing'],
    [6, [], 'stopped'],
    [7, [], 'cancelled'],
    [8, [], 'aborted'],
    [9, [], 'printed'],
  ])('tells that its job in state %i %s is %s', async (jobState, jobReasons, state) => {
    await driver.print(await aPaper());
    printer.set({ jobState, ...(jobReasons.length > 0 ? { jobReasons } : {}) });
    expect(await driver.jobState('1')).toEqual({ state });
  });

  test('that has forgotten a job says nothing of it', async () => {
    await driver.print(await aPaper());
    printer.set({ forgetsJobs: true });
    expect(await driver.jobState('1')).toEqual({ state: 'not-told' });
    expect(await driver.jobState('')).toEqual({ state: 'not-told' });
  });

  test.each<[string, IppPrinterMood, object]>([
    ['idle', {}, { state: 'ready', code: null, activity: 'idle' }],
    ['printing', { state: 4 }, { state: 'ready', code: null, activity: 'printing' }],
    ['paused', { state: 5, reasons: ['paused'] }, { state: 'fault', code: 'printer.paused', activity: 'stopped' }],
    ['without paper', { state: 5, reasons: ['media-empty-error'] }, { state: 'fault', code: 'printer.media-empty' }],
    ['open', { state: 5, reasons: ['media-empty-report', 'cover-open-error'] }, { code: 'printer.cover-open' }],
    ['jammed', { state: 5, reasons: ['media-jam'] }, { state: 'fault', code: 'printer.jam' }],
    ['off', { state: 3, reasons: ['offline-report'] }, { state: 'fault', code: 'printer.offline' }],
    ['closed to jobs', { rejects: true }, { state: 'fault', code: 'printer.queue-rejects' }],
    ['stopped for reasons of its own', { state: 5, reasons: ['other-report'] }, { code: 'printer.stopped' }],
    ['idle with a warning that stuck', { reasons: ['media-empty-warning'] }, { state: 'ready', code: null }],
    ['low on toner', { reasons: ['marker-supply-low-warning', 'toner-low'] }, { state: 'ready', code: null }],
    ['another one', { refusesWith: 0x0406 }, { state: 'fault', code: 'printer.queue-gone' }],
  ])('that is %s is told so', async (_what, mood, status) => {
    printer.set(mood);
    expect(await driver.status()).toMatchObject(status);
  });

  test.each<[string, IppPrinterMood, boolean, string]>([
    ['takes no jobs', { rejects: true }, true, 'printer.queue-rejects'],
    ['is gone from its server', { refusesWith: 0x0406 }, false, 'printer.queue-gone'],
    ['is busy', { refusesWith: 0x0507 }, true, 'printer.not-ready'],
    ['lets nobody in', { httpStatus: 401 }, false, 'printer.denied'],
    ['has another address', { httpStatus: 404 }, false, 'printer.queue-gone'],
    ['is being started', { httpStatus: 503 }, true, 'printer.not-ready'],
    ['reads no PDF', { formats: ['image/pwg-raster'] }, false, 'printer.no-such-format'],
  ])('that %s refuses, and has no paper', async (_what, mood, passing, code) => {
    printer.set(mood);
    expect(await driver.print(await aPaper())).toMatchObject({ outcome: 'refused', passing, code });
    expect(printer.jobs).toEqual([]);
  });

  test('switched off is unreachable, and the paper may wait', async () => {
    await printer.close();
    const unreachable = { code: 'printer.unreachable', params: { path: printer.uri } };
    expect(await driver.print(await aPaper())).toEqual({ outcome: 'refused', passing: true, ...unreachable });
    expect(await driver.status()).toEqual({ state: 'absent', activity: 'not-told', ...unreachable });
  });

  test.each(['ipp://[', 'ipp://:0', 'ipp://127.0.0.1:99999/x', 'ipp://nowhere.invalid/x'])(
    'at the impossible address %s is unreachable',
    async (uri) => {
      const lost = createIppDriver({ uri });
      expect(await lost.print(await aPaper())).toMatchObject({ outcome: 'refused', code: 'printer.unreachable' });
      expect(await lost.jobState('1')).toEqual({ state: 'stopped' });
      await lost.close();
    },
  );

  test('whose answer is lost after it took the paper leaves it unknown, and it is sent once', async () => {
    printer.set({ dropsAfterPaper: true });
    expect(await driver.print(await aPaper())).toMatchObject({ outcome: 'unknown', code: 'print.broke-off' });
    expect([printer.jobs.length, printer.calls()]).toEqual([1, 2]);
  });

  test('unplugged in the middle of a paper leaves it unknown', async () => {
    printer.set({ dropsAfter: 50_000 });
    const bare = hurried();
    const bytes = new Uint8Array(3_000_000);
    expect(await bare.print(await aPaper({ bytes }))).toMatchObject({ outcome: 'unknown', code: 'print.broke-off' });
  });

  test('that is too slow leaves the paper unknown, and is not waited for', async () => {
    const bare = createIppDriver({ uri: printer.uri }, { askMs: 10_000, printMs: 1_000 });
    printer.set({ slowMs: 4_000 });
    expect(await bare.print(await aPaper())).toMatchObject({ outcome: 'unknown', code: 'print.timed-out' });
  });

  test('whose driver is closed in the middle ends at once', async () => {
    printer.set({ slowMs: 5_000 });
    const printing = driver.print(await aPaper());
    await new Promise((resolve) => setTimeout(resolve, 200));
    await driver.close();
    expect(await printing).toMatchObject({ outcome: 'refused', passing: true });
    expect(printer.jobs).toEqual([]);
  });

  test('that answers nonsense or without end is not ready', async () => {
    for (const nonsense of [new Uint8Array(), new Uint8Array([1, 1, 0, 0]), new Uint8Array(5_000_000).fill(0x44)]) {
      printer.set({ nonsense });
      expect(await driver.status()).toMatchObject({ state: 'fault', code: 'printer.not-ready' });
      expect(await driver.print(await aPaper())).toMatchObject({ outcome: 'refused', code: 'printer.not-ready' });
    }
    expect(printer.jobs).toEqual([]);
  });
});

describe('an answer of a printer', () => {
  test('reads as another encoder wrote it', () => {
    const told = [
      { tag: 0x23, name: 'printer-state', value: 5 },
      { tag: 0x22, name: 'printer-is-accepting-jobs', value: false },
      { tag: 0x44, name: 'printer-state-reasons', value: ['paused', 'media-empty-error'] },
    ];
    const message = {
      version: { major: 2, minor: 0 },
      operationId: 0,
      requestId: 7,
      groups: [{ tag: 4, attributes: told }],
    };
    const bytes = ipp.request.encode(message, Buffer.alloc(ipp.request.encodingLength(message)));
    expect(readIppAnswer(bytes)).toEqual({
      status: 0,
      attributes: new Map<string, unknown>([
        ['printer-state', [5]],
        ['printer-is-accepting-jobs', [false]],
        ['printer-state-reasons', ['paused', 'media-empty-error']],
      ]),
    });
    for (let length = 0; length < bytes.length; length += 1)
      expect(readIppAnswer(bytes.subarray(0, length))).toBeUndefined();
  });

  test('of any bytes is read to an end without a fault', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 3_000 }),
      fc.array(fc.constantFrom(0, 1, 2, 3, 4, 0x21, 0x34, 0x37, 0x44, 0x4a, 0xff), { maxLength: 400 }),
    );
    fc.assert(
      fc.property(bytes, (body) => void readIppAnswer(Uint8Array.from([1, 1, 0, 0, 0, 0, 0, 1, ...body]))),
      { numRuns: 2_000 },
    );
  });
});
