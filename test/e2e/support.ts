import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright';
import { openCore } from '../../main/app/core.ts';
import { createFileSecrets } from '../../main/web/file-secrets.ts';
import type { CallInput, CallName, CallOutput } from '../../shared/contract/index.ts';
import { type KeyboardScanner, plugInScanner } from './keyboard-scanner.ts';

const project = resolve(import.meta.dirname, '../..');
/** Folder of the built station; another one may be named to test a build elsewhere. */
const build = process.env.PACKWRIGHT_TEST_DIST ?? join(project, 'dist');

/** A built station that runs on data of its own, as `npm start` would run it without opening a browser. */
export interface RunningStation {
  /** One-time address that the station printed. */
  readonly address: string;
  readonly dataDir: string;
  readonly port: number;
  /** One more one-time address, for another bench. */
  addressFor(bench: string): Promise<string>;
  /** Stops answering; the data stay, and `restart` takes the same port. */
  stop(): Promise<void>;
  restart(): Promise<void>;
  /** Stops and removes the data. */
  remove(): Promise<void>;
}

export async function startStation(options: { demo?: boolean } = {}): Promise<RunningStation> {
  if (!existsSync(join(build, 'main/web.js'))) throw new Error(`no built station in ${build}: run npm run build`);
  const dataDir = await mkdtemp(join(tmpdir(), 'packwright-e2e-'));
  const first = await launch(dataDir, ['--port', '0', ...(options.demo ? ['--demo'] : [])]);
  let running: ChildProcess | undefined = first.process;
  const port = Number(new URL(first.address).port);
  async function stop(): Promise<void> {
    const process = running;
    running = undefined;
    if (!process || process.exitCode !== null) return;
    process.kill('SIGTERM');
    await once(process, 'exit');
  }
  return {
    address: first.address,
    dataDir,
    port,
    stop,
    addressFor: async (bench) => `${await openAddress(dataDir, port)}&station=${encodeURIComponent(bench)}`,
    async restart() {
      running = (await launch(dataDir, ['--port', String(port)])).process;
    },
    async remove() {
      await stop();
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Starts the web shell and waits for the line with its address. */
async function launch(dataDir: string, more: readonly string[]): Promise<{ process: ChildProcess; address: string }> {
  const child = spawn(process.execPath, [join(build, 'main/web.js'), '--data', dataDir, ...more], {
    env: { ...process.env, PACKWRIGHT_NO_OPEN: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const address = await new Promise<string>((found, fail) => {
    const read = (chunk: Buffer): void => {
      said += chunk.toString();
      const line = /http:\/\/127\.0\.0\.1:\d+\/#launch=\S+/.exec(said);
      if (line) found(line[0]);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    child.once('exit', (code) => fail(new Error(`the station ended with ${code}: ${said}`)));
  });
  return { process: child, address };
}

async function openAddress(dataDir: string, port: number): Promise<string> {
  const cli = join(build, 'main/cli.js');
  const { stdout } = await promisify(execFile)(process.execPath, [cli, 'open', '--data', dataDir, '--port', `${port}`]);
  return stdout.trim();
}

/** A packer's screen with a scanner plugged in, and everything the browser complained about. */
export interface Bench {
  readonly page: Page;
  readonly scanner: KeyboardScanner;
  /** Errors of the page and breaches of its content policy; a good test ends with none. */
  readonly complaints: string[];
  /** Asks the door with this page's own session. */
  ask<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>;
  /** Waits until the bench stands at a step. */
  atStep(step: CallOutput<'bench.view'>['step']): Promise<CallOutput<'bench.view'>>;
  close(): Promise<void>;
}

export interface BenchOptions {
  readonly locale?: string;
  readonly colorScheme?: 'light' | 'dark';
  readonly viewport?: { width: number; height: number };
}

/** Opens an address in a browser profile of its own. */
export async function openBench(browser: Browser, address: string, options: BenchOptions = {}): Promise<Bench> {
  const context = await browser.newContext({
    locale: options.locale ?? 'en-GB',
    colorScheme: options.colorScheme ?? 'light',
    viewport: options.viewport ?? { width: 1280, height: 800 },
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`page error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()}`);
  });
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`content policy: ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  await page.goto(address);
  // The token comes with the first answer; a refused address shows words instead.
  await page.waitForFunction(() => sessionStorage.getItem('packwright.session') ?? document.querySelector('main h1'));
  const scanner = await plugInScanner(page);
  const ask: Bench['ask'] = (name, input) => askDoor(page, name, input);
  return {
    page,
    scanner,
    complaints,
    ask,
    async atStep(step) {
      for (;;) {
        const view = await ask('bench.view', {});
        if (view.step === step && (await shows(page, step))) return view;
        await page.waitForTimeout(50);
      }
    },
    close: () => context.close(),
  };
}

/** Whether the screen has caught up with the station. */
async function shows(page: Page, step: string): Promise<boolean> {
  if (step === 'badge') return page.getByRole('heading', { name: /badge/ }).isVisible();
  if (step === 'choose') return page.locator('[data-bench="idle"]').isVisible();
  return page.locator(`[data-step="${step}"]`).isVisible();
}

async function askDoor<N extends CallName>(page: Page, name: N, input: CallInput<N>): Promise<CallOutput<N>> {
  const answer = await page.evaluate(
    async ([path, body]) => {
      const response = await fetch(`/api/${path}`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: {
          'Content-Type': 'application/json',
          'Idempotency-Key': crypto.randomUUID(),
          Authorization: `Bearer ${sessionStorage.getItem('packwright.session')}`,
        },
      });
      return response.json();
    },
    [name, input] as const,
  );
  if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer.error)}`);
  return answer.output;
}

/** The data of a station that does not run, in this process. */
export function openDataHere(dataDir: string): ReturnType<typeof openCore> {
  const platform = { shell: 'cli', secrets: createFileSecrets(dataDir), openExternal: async () => undefined } as const;
  return openCore({ dataDir, platform });
}
