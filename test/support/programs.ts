import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

const root = resolve(import.meta.dirname, '../..');

/** Programs of the source tree, bundled for Node as the build does it. */
export interface Programs {
  /** Starts a program by its entry's name. */
  start(name: string, args: readonly string[], options?: StartOptions): Run;
  remove(): Promise<void>;
}

export interface StartOptions {
  readonly input?: string | Buffer;
  readonly env?: Readonly<Record<string, string>>;
  /** Leaves stdin open for `child.stdin`. */
  readonly talk?: boolean;
}

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Run {
  readonly child: ChildProcess;
  readonly finished: Promise<Finished>;
  /** Comes back with stdout as soon as it holds `text`. */
  said(text: string): Promise<string>;
}

const PAGE = '<!doctype html><html><head><title>Packwright</title></head><body></body></html>';

/** Bundles entry points (paths from the checkout) into a folder that finds the checkout's packages. */
export async function bundlePrograms(entries: Readonly<Record<string, string>>): Promise<Programs> {
  const folder = join(root, '.cache', `test-${process.pid}-${randomBytes(4).toString('hex')}`);
  await build({
    absWorkingDir: root,
    entryPoints: { ...entries, 'proof-worker': 'main/documents/proof-worker.ts' },
    outdir: join(folder, 'dist', 'main'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    logLevel: 'error',
  });
  await mkdir(join(folder, 'dist', 'renderer'));
  await writeFile(join(folder, 'dist', 'renderer', 'index.html'), PAGE);
  await copyFile(join(root, 'package.json'), join(folder, 'package.json'));
  const children = new Set<ChildProcess>();
  return {
    start: (name, args, options = {}) =>
      start(children, [join(folder, 'dist', 'main', `${name}.js`), ...args], options),
    async remove() {
      for (const child of children) child.kill('SIGKILL');
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function start(children: Set<ChildProcess>, args: readonly string[], options: StartOptions): Run {
  const { PACKWRIGHT_DATA: _, ...env } = process.env;
  const child = spawn(process.execPath, [...args], {
    env: { ...env, ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
  children.add(child);
  let stdout = '';
  let stderr = '';
  let heard = (): void => undefined;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    heard();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  // A program that ends without reading its input is no fault of the test.
  child.stdin.on('error', () => undefined);
  if (options.input !== undefined) child.stdin.end(options.input);
  else if (!options.talk) child.stdin.end();
  const finished = new Promise<Finished>((done) => {
    child.once('close', (code) => {
      children.delete(child);
      done({ code, stdout, stderr });
    });
  });
  const said = (text: string): Promise<string> =>
    new Promise((done, fail) => {
      heard = () => {
        if (stdout.includes(text)) done(stdout);
      };
      heard();
      void finished.then((end) => fail(new Error(`ended with ${end.code} before it said “${text}”: ${end.stderr}`)));
    });
  return { child, finished, said };
}
