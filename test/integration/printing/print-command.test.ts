import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type RawPrinter, startRawPrinter } from '../../../main/devices/printer/simulated/raw-printer.ts';
import { createDocuments } from '../../../main/documents/documents.ts';
import { type RecordingPrinter, recordingPrinter } from '../../support/devices/recording-printer.ts';
import { bundlePrograms, type Finished, type Programs } from '../../support/programs.ts';

let programs: Programs;
let data: string;
let label: Buffer;
beforeAll(async () => {
  programs = await bundlePrograms({
    cli: 'main/cli/main.ts',
    'serial-process': 'main/devices/transports/serial-process.ts',
  });
  data = await mkdtemp(join(tmpdir(), 'packwright-print-command-'));
  const documents = createDocuments();
  const { bytes } = await documents.renderCalibrationLabel({
    language: 'en',
    media: { widthMm: 101.6, heightMm: 152.4 },
    dpi: 203,
    printer: 'Zebra',
    date: '2026-11-22',
  });
  await documents.close();
  label = Buffer.from(bytes);
  await writeFile(join(data, 'label.pdf'), label);
  await writeFile(join(data, 'label.zpl'), '^XA^FO50,50^FDHello^FS^XZ');
  await writeFile(join(data, 'letter.txt'), 'Dear Sir or Madam');
});
afterAll(async () => {
  await programs?.remove();
  await rm(data, { recursive: true, force: true });
});

const run = (...args: string[]): Promise<Finished> => programs.start('cli', [...args, '--data', data]).finished;
const print = (name: string, ...args: string[]): Promise<Finished> => run('print', join(data, name), ...args);
const lineOf = (finished: Finished): Record<string, unknown> => JSON.parse(finished.stdout);

describe('packwright print', () => {
  let printer: RecordingPrinter;
  let speaks: RawPrinter;
  beforeEach(async () => {
    printer = await recordingPrinter();
    speaks = await startRawPrinter({ answersStatus: true });
  });
  afterEach(() => Promise.all([printer.close(), speaks.close()]));
  const at = (port: number): string[] => ['--tcp', `127.0.0.1:${port}`];

  test('hands a PDF over byte for byte and claims no more than that', async () => {
    const finished = await print('label.pdf', ...at(printer.port), '--media', '4x6in');

    expect([finished.code, finished.stderr]).toEqual([0, '']);
    expect(lineOf(finished)).toEqual({ outcome: 'handed-over', systemJob: null, code: null, advice: null });
    expect(printer.papers.map((bytes) => bytes.equals(label))).toEqual([true]);
  });

  test('refuses a page of another size with both sizes; nothing is sent', async () => {
    const finished = await print('label.pdf', ...at(printer.port), '--media', '100x150mm');

    expect(finished.code).toBe(1);
    expect(lineOf(finished)).toMatchObject({ outcome: 'refused', code: 'print.wrong-media' });
    expect(String(lineOf(finished).advice)).toMatch(/101\.6 × 152\.4 mm[\s\S]*100 × 150 mm/);
    expect(printer.papers).toHaveLength(0);
  });

  test('follows ZPL to the end at a printer that says how it does', async () => {
    const finished = await print('label.zpl', ...at(speaks.port));

    expect(finished.code).toBe(0);
    expect(lineOf(finished)).toMatchObject({ outcome: 'printed', code: null });
    expect(Buffer.from(speaks.papers[0] ?? []).toString()).toContain('^FDHello');
  });

  test('says why a printer takes nothing', async () => {
    speaks.set({ paperOut: true });
    const empty = await print('label.pdf', ...at(speaks.port), '--language', 'zpl');
    await printer.close();
    const off = await print('label.pdf', ...at(printer.port));

    expect([empty.code, lineOf(empty).outcome, lineOf(empty).code]).toEqual([1, 'refused', 'printer.media-empty']);
    expect([off.code, lineOf(off).outcome, lineOf(off).code]).toEqual([1, 'refused', 'printer.unreachable']);
    expect(lineOf(off).advice).not.toBe('printer.unreachable');
  });

  test.each([
    ['a file that is not there', ['nothing.pdf', '--queue', 'Q'], 'There is no file'],
    ['a file of another kind', ['letter.txt', '--queue', 'Q'], 'neither a PDF nor ZPL'],
    ['no printer', ['label.pdf'], 'Name one printer'],
    ['two printers', ['label.pdf', '--queue', 'Q', '--ipp', 'ipp://x/y'], 'Name one printer'],
    ['a size that is none', ['label.pdf', '--queue', 'Q', '--media', 'large'], '4x6in'],
  ])('%s is told in one line', async (_what, [name = '', ...args], words) => {
    const { code, stderr } = await print(name, ...args);

    expect(code).toBe(1);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain(words);
  });
});

test('packwright devices add printer and print status tell what was set up, without a station', async () => {
  const added = await run('devices', 'add', 'printer', '--tcp', '127.0.0.1:9', '--for', 'label,slip', '--dpi', '300');
  const { deviceId } = JSON.parse(added.stdout);
  const again = await run('devices', 'add', 'printer', '--tcp', '127.0.0.1:10');
  const status = JSON.parse((await run('print', 'status', '--json')).stdout);
  const text = (await run('print', 'status')).stdout;
  await run('devices', 'remove', deviceId);

  expect(again).toMatchObject({ code: 1, stdout: '' });
  expect(again.stderr).toContain('prints label at this bench already');
  expect(status).toMatchObject({
    printers: [
      {
        id: deviceId,
        kind: 'printer',
        path: '127.0.0.1:9',
        state: null,
        settings: { media: '4x6in', papers: ['label', 'slip'], language: 'pdf', dpi: 300 },
      },
    ],
    jobs: [],
  });
  expect(text).toContain('No station of this bench runs on this data.');
});
