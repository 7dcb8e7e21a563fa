import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { createPrinterDriver, listPrintQueues } from '../../../main/devices/printer/open-printer.ts';
import type { HandOver, PrinterDriver } from '../../../main/devices/printer/printer.ts';
import { type RawPrinter, startRawPrinter } from '../../../main/devices/printer/simulated/raw-printer.ts';
import { cupsIsMissing, type PrivateCups, startCups } from '../../support/devices/printer-cups.ts';
import { aPaper, pages } from '../../support/devices/printer-papers.ts';
import { until } from '../../support/devices/until.ts';

const missing = cupsIsMissing();

describe.skipIf(missing !== undefined)(`a real CUPS${missing === undefined ? '' : ` (skipped: ${missing})`}`, () => {
  let cups: PrivateCups;
  let printer: RawPrinter;
  let driver: PrinterDriver;
  const queueOn = (name: string, port: number): void => {
    const uri = `socket://127.0.0.1:${port}/?snmp=false&waiteof=false`;
    cups.admin('/usr/sbin/lpadmin', '-p', name, '-E', '-v', uri, '-o', 'printer-error-policy=retry-current-job');
  };
  beforeAll(async () => {
    cups = await startCups();
    printer = await startRawPrinter();
    vi.stubEnv('CUPS_SERVER', cups.server);
    queueOn('Zebra', printer.port);
    driver = createPrinterDriver({ address: { kind: 'queue', name: 'Zebra' }, settings: {} }, { pages });
  });
  afterEach(() => {
    printer.set({});
  });
  afterAll(async () => {
    await driver?.close();
    vi.unstubAllEnvs();
    await cups?.stop();
    await printer?.close();
  });

  const jobOf = (answer: HandOver): string => (answer.outcome === 'handed-over' ? (answer.systemJob ?? '') : '');
  const state = async (job: string): Promise<string> => (await driver.jobState(job)).state;

  test('carries a paper byte by byte to the printer, and its job is printed', async () => {
    const paper = await aPaper();
    const answer = await driver.print(paper);
    expect(jobOf(answer)).toMatch(/^Zebra-\d+$/);
    await until(() => printer.papers.length === 1, 'the paper arrives');
    expect(printer.papers[0]).toEqual(paper.bytes);
    await until(async () => (await state(jobOf(answer))) === 'printed', 'CUPS says that it is printed');
    expect(await driver.status()).toMatchObject({ state: 'ready', code: null, activity: 'idle' });
  });

  test('lists the queue', async () => {
    expect(await listPrintQueues()).toContainEqual({ name: 'Zebra', makerModel: null, isDefault: false });
  });

  test('holds a paper while its queue is paused, and prints it once when it goes on', async () => {
    cups.admin('/usr/sbin/cupsdisable', 'Zebra');
    expect(await driver.status()).toMatchObject({ state: 'fault', code: 'printer.paused', activity: 'stopped' });
    const before = printer.papers.length;
    const job = jobOf(await driver.print(await aPaper()));
    expect(await state(job)).toBe('stopped');
    cups.admin('/usr/sbin/cupsenable', 'Zebra');
    await until(async () => (await state(job)) === 'printed', 'it is printed');
    expect(printer.papers.length).toBe(before + 1);
  });

  test('says that a job was cancelled', async () => {
    cups.admin('/usr/sbin/cupsdisable', 'Zebra');
    const job = jobOf(await driver.print(await aPaper()));
    cups.admin('/usr/bin/cancel', job);
    expect(await state(job)).toBe('cancelled');
    cups.admin('/usr/sbin/cupsenable', 'Zebra');
  });

  test('refuses a paper while its queue rejects', async () => {
    cups.admin('/usr/sbin/cupsreject', 'Zebra');
    const code = 'printer.queue-rejects';
    expect(await driver.print(await aPaper())).toMatchObject({ outcome: 'refused', passing: true, code });
    expect(await driver.status()).toMatchObject({ state: 'fault', code });
    cups.admin('/usr/sbin/cupsaccept', 'Zebra');
  });

  test('has taken a paper whose printer is off, and it is not printed', async () => {
    const gone = await startRawPrinter();
    queueOn('Off', gone.port);
    await gone.close();
    const off = createPrinterDriver({ address: { kind: 'queue', name: 'Off' }, settings: {} }, { pages });
    const job = jobOf(await off.print(await aPaper()));
    const offline = async () => (await off.status()).code === 'printer.offline';
    await until(offline, 'CUPS says that the printer does not answer');
    expect(await off.jobState(job)).toEqual({ state: 'stopped' });
    await off.close();
  });

  test('that lost its queue refuses for good', async () => {
    queueOn('Passing', printer.port);
    const passing = createPrinterDriver({ address: { kind: 'queue', name: 'Passing' }, settings: {} }, { pages });
    expect(await passing.status()).toMatchObject({ state: 'ready' });
    cups.admin('/usr/sbin/lpadmin', '-x', 'Passing');
    const code = 'printer.queue-gone';
    expect(await passing.print(await aPaper())).toMatchObject({ outcome: 'refused', passing: false, code });
    expect(await passing.status()).toMatchObject({ state: 'fault', code });
    await passing.close();
  });

  test('serves the same queue as an IPP printer', async () => {
    const uri = `ipp://${cups.server}/printers/Zebra`;
    const direct = createPrinterDriver({ address: { kind: 'ipp', uri }, settings: {} }, { pages });
    const paper = await aPaper();
    const before = printer.papers.length;
    const job = jobOf(await direct.print(paper));
    await until(async () => (await direct.jobState(job)).state === 'printed', 'it is printed');
    expect(printer.papers[before]).toEqual(paper.bytes);
    await direct.close();
  });
});
