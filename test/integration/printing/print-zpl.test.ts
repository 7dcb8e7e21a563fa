import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type RawPrinter, startRawPrinter } from '../../../main/devices/printer/simulated/raw-printer.ts';
import { databaseKinds, hasDatabase, openWorldOn } from '../../support/databases.ts';
import { recordingPrinter } from '../../support/devices/recording-printer.ts';
import { until } from '../../support/devices/until.ts';
import { jobsOf, packOne, setUpPrinter, storedBytes, untilPrint } from '../../support/printing.ts';
import { brokenInvariants, stockUp, useSettings } from '../../support/warehouse.ts';
import type { World } from '../../support/world.ts';

/** Longer than several looks of the station at a printer. */
const A_WHILE_MS = 700;

describe.each(databaseKinds)('a label printer that says how it does, on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: World;
  let printer: RawPrinter;
  beforeEach(async () => {
    printer = await startRawPrinter({ answersStatus: true });
    world = await openWorldOn(kind);
    await stockUp(world, 2, 50);
    await useSettings(world, { returnLabelInBox: false });
    await world.signIn();
  });
  afterEach(async () => {
    expect(await brokenInvariants(world)).toEqual([]);
    await world.close();
    await printer.close();
  });

  const zpl = () => setUpPrinter(world, printer.port, { language: 'zpl', dpi: 203 });
  const told = async (deviceId: string) => {
    const { devices } = await world.call('devices.devices-view', {});
    return devices.find(({ id }) => id === deviceId)?.now;
  };
  const label = async () => (await world.view()).prints.find((print) => print.kind === 'label');

  test('a label that it has burnt is printed, without a click', async () => {
    const id = await zpl();
    await packOne(world, '1');
    const job = await untilPrint(world, 'label', 'printed');

    expect(printer.papers).toHaveLength(1);
    expect(Buffer.from(printer.papers[0] ?? []).toString('latin1')).toMatch(/\^XA[\s\S]+\^XZ/);
    expect(job.systemJob).toMatch(/^zpl-/);
    expect(await told(id)).toMatchObject({ state: 'ready', code: null, activity: 'idle', waiting: 0 });
  });

  test('without paper it gets nothing; the bench says so, and with paper one copy comes by itself', async () => {
    printer.set({ paperOut: true });
    const id = await zpl();
    await packOne(world, '1');
    await until(async () => (await label())?.code === 'printer.media-empty', 'the bench names the paper');
    const empty = await told(id);
    await pause(A_WHILE_MS);
    const before = printer.papers.length;
    printer.set({});
    await untilPrint(world, 'label', 'printed');
    await pause(A_WHILE_MS);

    expect(before).toBe(0);
    expect(empty).toMatchObject({ state: 'fault', code: 'printer.media-empty', activity: 'stopped', waiting: 1 });
    expect(printer.papers).toHaveLength(1);
  });

  test('out of paper with the label inside: it stays submitted and says why, and is printed when there is paper', async () => {
    await zpl();
    printer.set({ waitingFormats: 1 });
    await packOne(world, '1');
    await untilPrint(world, 'label', 'submitted');
    await until(() => printer.papers.length === 1, 'the label was sent');
    printer.set({ paperOut: true, waitingFormats: 1 });
    const held = await until(async () => {
      const print = await label();
      return print?.code ? print : undefined;
    }, 'the bench says what holds it back');
    printer.set({});
    await untilPrint(world, 'label', 'printed');

    expect(held).toMatchObject({ state: 'submitted', code: 'printer.media-empty' });
    expect(printer.papers).toHaveLength(1);
  });

  /** Width and height of the stored first page, whole millimetres. */
  const sizeOf = async (paper: string): Promise<number[]> => {
    const [job] = await jobsOf(world, paper);
    const bytes = await storedBytes(world, job?.documentId ?? '');
    const [page] = await world.core.deps.documents.readBack(bytes, { dpi: 203, format: 'grey' });
    return [page?.widthMm ?? 0, page?.heightMm ?? 0].map(Math.round);
  };

  test('labels are drawn for what lies in the bench’s own printer', async () => {
    const plain = await recordingPrinter();
    await setUpPrinter(world, plain.port, { media: '100x150mm', dpi: 300 });
    await packOne(world, '1');
    await until(() => plain.papers.length === 1, 'the label');
    await plain.close();

    expect(await sizeOf('label')).toEqual([100, 150]);
  });

  test('slips come out of their own printer, on the media that lies in it', async () => {
    const slips = await recordingPrinter();
    await setUpPrinter(world, slips.port, { papers: ['slip'], dpi: 203 });
    await packOne(world, '1');
    await until(() => slips.papers.length === 1, 'the slip');
    await slips.close();

    expect(await sizeOf('packing-slip')).toEqual([102, 152]);
    expect((await jobsOf(world, 'label'))[0]?.printer).toBe('screen');
  });

  test('a paper of another size than what lies in the printer is refused with both sizes', async () => {
    const other = await recordingPrinter();
    await setUpPrinter(world, other.port, { media: 'a5', papers: ['label'] });
    await packOne(world, '1');
    const failed = await untilPrint(world, 'label', 'failed');
    await pause(A_WHILE_MS);
    const sent = other.papers.length;
    await other.close();

    expect(failed).toMatchObject({ code: 'print.wrong-media', params: { media: '148 × 210 mm' } });
    expect(sent).toBe(0);
  });

  test('two printers of one bench never share a paper', async () => {
    const id = await zpl();
    await world.signIn('admin');
    const address = { kind: 'queue', name: 'Second' };
    const second = await world.ask('devices.add', { kind: 'printer', address, settings: { papers: ['label'] } });
    const slips = await world.ask('devices.add', { kind: 'printer', address, settings: { papers: ['slip'] } });
    const scale = await world.ask('devices.add', { kind: 'scale', address: { kind: 'queue', name: 'x' } });

    expect(second.body).toMatchObject({ ok: false, error: { code: 'device.paper-taken', details: { id } } });
    expect(slips.body.ok).toBe(true);
    expect(scale.body).toMatchObject({ ok: false, error: { code: 'device.address-not-for-kind' } });
  });
});
