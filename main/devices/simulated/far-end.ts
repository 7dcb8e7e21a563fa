import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
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

/** What is read on stdin arrives at the port, what the port sends goes to stdout; "up" says that the port is there. */
const script = `
import os, select, sys, tty
path = sys.argv[1]
master, slave = os.openpty()
tty.setraw(slave)
if os.path.lexists(path):
    os.unlink(path)
os.symlink(os.ttyname(slave), path)
sys.stderr.write("up\\n")
sys.stderr.flush()
while True:
    ready, _, _ = select.select([0, master], [], [])
    if master in ready:
        os.write(1, os.read(master, 65536))
    if 0 in ready:
        data = os.read(0, 4096)
        if not data:
            break
        while data:
            data = data[os.write(master, data):]
`;

const programs = { socat: '-V', python3: '--version' } as const;
type Opener = keyof typeof programs;

/** What opens pseudo-terminals here: socat, or Python's own; undefined where neither is installed, and on Windows. */
export function ptyOpener(): Opener | undefined {
  const has = (program: Opener): boolean =>
    process.platform !== 'win32' && spawnSync(program, [programs[program]], { stdio: 'ignore' }).status === 0;
  return has('socat') ? 'socat' : has('python3') ? 'python3' : undefined;
}

const open = new Set<ChildProcessByStdio<Writable, Readable, Readable>>();
process.once('exit', () => {
  for (const child of open) child.kill('SIGKILL');
});

/** Plugs a device in at `path`, which must not be another's. */
export async function openFarEnd(path: string, opener: Opener): Promise<FarEnd> {
  const args = opener === 'socat' ? ['-d', '-d', '-', `pty,raw,echo=0,link=${path}`] : ['-c', script, path];
  const child = spawn(opener, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  open.add(child);
  await new Promise<void>((done, fail) => {
    child.stderr.on('data', (text: Buffer) => /up|starting data transfer/.test(String(text)) && done());
    child.once('error', fail);
    child.once('exit', (code) => fail(new Error(`${opener} ended: ${code}`)));
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
