import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Readable, Writable } from 'node:stream';

/** The far end of a serial line, as a device holds it. */
export interface FarEnd {
  /** What the station opens. */
  readonly path: string;
  send(bytes: string | Uint8Array): void;
  /** Everything the station has sent since it was last asked. */
  received(): string;
  onBytes(listener: (bytes: Buffer) => void): void;
  /** Pulls the cable: the port is gone from one moment to the next, and so is its name. */
  unplug(): Promise<void>;
}

const has = (program: string, ...args: readonly string[]): boolean =>
  process.platform !== 'win32' && spawnSync(program, args, { stdio: 'ignore' }).status === 0;

/** What opens pseudo-terminals here: socat, or Python's own; neither comes with Node. */
const opener = ['socat', 'python3', undefined].find(
  (program) => program === undefined || has(program, program === 'socat' ? '-V' : '--version'),
);

/** False where no pseudo-terminal can be had: the tests on real byte streams then say that they were skipped. */
export const ptysAvailable = opener !== undefined;

const folder = mkdtempSync(join(tmpdir(), 'packwright-pty-'));
const open = new Set<ChildProcessByStdio<Writable, Readable, Readable>>();
process.once('exit', () => {
  for (const child of open) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** Plugs a device in under `/…/name`. */
export async function plug(name: string): Promise<FarEnd> {
  const path = join(folder, name);
  const [program, args] =
    opener === 'socat'
      ? ['socat', ['-d', '-d', '-', `pty,raw,echo=0,link=${path}`]]
      : [opener ?? 'none', [resolve('test/support/devices/pty-far-end.py'), path]];
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  open.add(child);
  await new Promise<void>((done, fail) => {
    child.stderr.on('data', (text: Buffer) => /up|starting data transfer/.test(String(text)) && done());
    child.once('exit', (code) => fail(new Error(`${program} ended: ${code}`)));
  });
  let kept = '';
  child.stdin.on('error', () => undefined);
  child.stdout.on('data', (bytes: Buffer) => {
    kept = (kept + bytes.toString('latin1')).slice(-100_000);
  });
  return {
    path,
    send: (bytes) => void child.stdin.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes),
    received() {
      const all = kept;
      kept = '';
      return all;
    },
    onBytes: (listener) => void child.stdout.on('data', listener),
    async unplug() {
      if (!open.has(child)) return;
      const gone = new Promise((done) => child.once('exit', done));
      rmSync(path, { force: true });
      child.kill('SIGKILL');
      await gone;
      open.delete(child);
    },
  };
}
