import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { hexOfBytes, type RecordingHead } from '../../shared/devices/recording.ts';
import type { Device } from '../devices/driver/driver.ts';
import type { TappedRead } from '../devices/line-tap/line-tap.ts';

/** A recording ends when it has grown to this many bytes. */
const MOST_BYTES = 4_194_304;
/** What the disk has not taken yet; a disk that stands still ends the recording. */
const MOST_WAITING_BYTES = 1_048_576;
/** Recordings that stay in a data folder. */
const FILES_KEPT = 20;

export interface Recorder {
  readonly file: string;
  write(read: TappedRead): void;
  /** Ends the file; the reason for which it ended before, a full disk for one, or undefined. */
  close(): Promise<string | undefined>;
  /** Kept once nothing more is written, whatever the reason. */
  readonly ended: Promise<void>;
}

/** Writes what a device says into a file, one JSON object a line; a disk that fails ends it and nothing else. */
export function openRecorder(file: string, device: Device): Recorder {
  const began = Date.now();
  const stream = createWriteStream(file, { flags: 'wx' });
  let written = 0;
  let problem: string | undefined;
  let over = false;
  const finish = (why?: string): void => {
    if (over) return;
    over = true;
    problem = why;
    stream.end();
  };
  const ended = new Promise<void>((resolve) => stream.once('close', () => resolve()));
  stream.on('error', (error) => {
    over = true;
    problem ??= error.message;
  });
  const put = (line: object): void => {
    if (over) return;
    const text = `${JSON.stringify(line)}\n`;
    written += text.length;
    stream.write(text);
    if (written > MOST_BYTES) finish('full');
    else if (stream.writableLength > MOST_WAITING_BYTES) finish('disk too slow');
  };
  put(headOf(device, new Date(began)));
  return {
    file,
    ended,
    write: ({ atMs, direction, bytes }) => put({ atMs: Math.max(0, atMs - began), direction, hex: hexOfBytes(bytes) }),
    async close() {
      finish();
      await ended;
      return problem;
    },
  };
}

function headOf({ id, kind, protocol, address, settings }: Device, at: Date): RecordingHead {
  return { recording: 1, startedAt: at.toISOString(), kind, device: id, protocol, address, settings };
}

/** A name for a new recording in the data folder; the oldest recordings make room for it. */
export async function newRecordingFile(
  dataDir: string,
  kind: string,
  at: Date,
): Promise<{ name: string; path: string }> {
  const folder = join(dataDir, 'recordings');
  await mkdir(folder, { recursive: true });
  const kept = (await readdir(folder)).filter((name) => name.endsWith('.jsonl'));
  // Names end with their instant, which sorts them by age.
  const byAge = kept.toSorted((one, other) => instantIn(one).localeCompare(instantIn(other)));
  for (const name of byAge.slice(0, Math.max(0, byAge.length - FILES_KEPT + 1)))
    await rm(join(folder, name), { force: true });
  const name = `${kind}-${at.toISOString().replaceAll(/[:.]/g, '-')}.jsonl`;
  return { name: `recordings/${name}`, path: join(folder, name) };
}

const instantIn = (name: string): string => name.slice(name.indexOf('-') + 1);
