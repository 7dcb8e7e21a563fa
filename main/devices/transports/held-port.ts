import { stat } from 'node:fs/promises';
import { SerialPort } from 'serialport';
import type { LineSettings } from '../../../shared/contract/devices.ts';
import { groupOf, problemOf } from './open-problem.ts';
import { MOST_AHEAD, type SerialReport } from './serial-message.ts';

const CLOSE_LIMIT_MS = 1_000;
const PRESENCE_EVERY_MS = 500;

/** One open serial port in the process that holds them. */
export interface HeldPort {
  write(bytes: Uint8Array): void;
  took(count: number): void;
  close(): Promise<void>;
}

interface Opening {
  readonly id: number;
  readonly path: string;
  readonly line: LineSettings;
}

/** Opens a port with an exclusive lock and reports its bytes; resolves to undefined after a refusal was reported. */
export async function holdPort(
  { id, path, line }: Opening,
  tell: (report: SerialReport) => void,
): Promise<HeldPort | undefined> {
  const { baud, dataBits, parity, stopBits } = line;
  const port = new SerialPort({ path, baudRate: baud, dataBits, parity, stopBits, lock: true, autoOpen: false });
  const failure = await new Promise<Error | null>((resolve) => port.open(resolve));
  if (failure) {
    const problem = problemOf(failure.message);
    const group = problem === 'denied' ? await groupOf(path) : '';
    tell({ told: 'refused', id, problem, params: { path, reason: failure.message.slice(0, 200), group } });
    return undefined;
  }
  if (!line.dtr) port.set({ dtr: false }, () => undefined); // a pseudo-terminal has no such line
  return report(port, { id, path }, tell);
}

/** What the name stands for now; undefined where it is gone, empty where the system keeps no files for its ports. */
async function nodeOf(path: string): Promise<string | undefined> {
  if (process.platform === 'win32') return '';
  return stat(path).then(
    ({ ino, rdev }) => `${ino} ${rdev}`,
    () => undefined,
  );
}

/**
 * Looks whether the port is still the one that was opened; returns what ends the looking.
 *
 * A line that hung up may read as empty for ever instead of failing (bindings-cpp reads nothing again at once), and then
 * nothing else tells that its cable was pulled.
 */
function watchPresence(path: string, onGone: () => void): () => void {
  const opened = nodeOf(path);
  const timer = setInterval(async () => {
    const now = await nodeOf(path);
    if (now === undefined || now !== (await opened)) onGone();
  }, PRESENCE_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

function report(
  port: SerialPort,
  { id, path }: Pick<Opening, 'id' | 'path'>,
  tell: (report: SerialReport) => void,
): HeldPort {
  let ahead = 0;
  let over = false;
  const end = (reason: string): void => {
    if (over) return;
    over = true;
    stopWatching();
    tell({ told: 'closed', id, reason });
    // Left open it would stay locked, and the next opening would find it taken by ourselves.
    if (port.isOpen) port.close(() => undefined);
  };
  const stopWatching = watchPresence(path, () => end('gone'));
  port.on('data', (bytes: Buffer) => {
    tell({ told: 'bytes', id, bytes: new Uint8Array(bytes), atMs: Date.now() });
    ahead += bytes.length;
    if (ahead > MOST_AHEAD) port.pause();
  });
  port.on('close', (error?: Error) => end(error?.message ?? 'closed'));
  port.on('error', (error) => end(error.message));
  tell({ told: 'opened', id });
  return {
    // After an unplugging a write never calls back: nobody waits for it.
    write: (bytes) => void (port.isOpen && port.write(Buffer.from(bytes))),
    took(count) {
      ahead -= count;
      if (ahead <= MOST_AHEAD && port.isPaused()) port.resume();
    },
    async close() {
      over = true;
      stopWatching();
      if (!port.isOpen) return;
      const closed = new Promise<void>((resolve) => port.close(() => resolve()));
      await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, CLOSE_LIMIT_MS).unref())]);
    },
  };
}
