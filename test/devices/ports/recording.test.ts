import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newRecordingFile, openRecorder } from '../../../main/app/device-recording.ts';
import { LineTap, MOST_BYTES_KEPT, READS_KEPT } from '../../../main/devices/line-tap/line-tap.ts';
import { parseRecording } from '../../../shared/devices/recording.ts';
import { aScale } from '../../support/devices/rig.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'packwright-recording-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const device = aScale('/dev/ttyUSB0', 'mt-sics');
const read = (bytes: Uint8Array) => ({ atMs: Date.now(), direction: 'in' as const, bytes });

test('a disk that takes nothing ends the recording and says why, and nothing else happens', async () => {
  const recorder = openRecorder(join(folder, 'no', 'such', 'folder.jsonl'), device);
  recorder.write(read(Buffer.from('S S')));
  await recorder.ended;
  recorder.write(read(Buffer.from('S S')));

  expect(await recorder.close()).toContain('ENOENT');
});

test('a flood ends the recording at its cap, whole lines long', async () => {
  const file = join(folder, 'flood.jsonl');
  const recorder = openRecorder(file, device);
  const chunk = Buffer.alloc(4_096, 0x55);
  for (let turn = 0; turn < 2_000; turn += 1) {
    recorder.write(read(chunk));
    if (turn % 20 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  }

  expect(await recorder.close()).toBe('full');
  const text = await readFile(file, 'utf8');
  expect(text.length).toBeLessThan(4_300_000);
  expect(parseRecording(text)?.broken).toBe(0);
});

test('twenty recordings are kept, the newest', async () => {
  const data = join(folder, 'data');
  const names: string[] = [];
  for (let minute = 10; minute < 35; minute += 1) {
    const { name, path } = await newRecordingFile(data, 'scale', new Date(`2026-11-22T20:${minute}:00.000Z`));
    await writeFile(path, '{}');
    names.push(name);
  }

  const kept = (await readdir(join(data, 'recordings'))).map((name) => `recordings/${name}`);
  expect(kept.toSorted()).toEqual(names.slice(-20));
});

test('support sees the last twenty frames of each direction, each by its beginning', () => {
  const tap = new LineTap();
  for (let turn = 1; turn <= 50; turn += 1)
    tap.read(turn % 2 ? 'in' : 'out', new Uint8Array(1_000).fill(turn), turn * 100);

  const last = tap.last();
  expect(last.filter(({ direction }) => direction === 'in')).toHaveLength(READS_KEPT);
  expect(last.map(({ atMs }) => atMs)).toEqual(Array.from({ length: 40 }, (_, index) => (index + 11) * 100));
  expect(last[0]).toEqual({ atMs: 1_100, direction: 'in', bytes: new Uint8Array(MOST_BYTES_KEPT).fill(11) });
});

test('a frame that comes in pieces is one, until a pause', () => {
  const tap = new LineTap();
  for (const [text, atMs] of [
    ['S S', 0],
    ['  1.5 kg', 15],
    ['\r\n', 30],
    ['S S', 90],
  ] as const)
    tap.read('in', Buffer.from(text), atMs);

  expect(tap.last().map(({ bytes, atMs }) => [Buffer.from(bytes).toString(), atMs])).toEqual([
    ['S S  1.5 kg\r\n', 0],
    ['S S', 90],
  ]);
});
