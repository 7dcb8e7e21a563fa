import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Station, StationConfig } from '../../../main/app/station.ts';
import { startShell } from '../../../main/electron/shell.ts';
import { app, type BrowserWindow, electron } from '../../support/electron-stub.ts';

/** The Node process that a shell was started in. */
class ShellProcess extends EventEmitter {
  readonly argv: string[];
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  constructor(argv: readonly string[], env: NodeJS.ProcessEnv, platform: NodeJS.Platform) {
    super();
    this.argv = ['packwright', ...argv];
    this.env = env;
    this.platform = platform;
  }
  cwd() {
    return tmpdir();
  }
}

/** A station that answers with what it was asked, and whose bench a test can set to work. */
export function aStation() {
  const bench = new EventEmitter();
  let tokens = 0;
  const station: Station & { closed: boolean } = {
    closed: false,
    fetch: async (request) => {
      if (request.url.endsWith('/api/stations.open-session')) return openedSession();
      return Response.json({ url: request.url, origin: request.headers.get('origin') });
    },
    loadDemo: async () => undefined,
    createLaunchToken: async () => {
      tokens += 1;
      return `token-${tokens}`;
    },
    onPacking(listener) {
      bench.on('packing', listener);
      return () => bench.off('packing', listener);
    },
    close: async () => {
      station.closed = true;
    },
  };
  return { station, pack: (packing: boolean) => bench.emit('packing', packing) };
}

function openedSession(): Response {
  const station = { id: '0193a5c0-0000-7000-8000-000000000001', name: 'Bench 1' };
  return Response.json({ ok: true, output: { sessionToken: 'session-of-the-shell', station } });
}

export interface ShellRunOptions {
  readonly argv?: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly platform?: NodeJS.Platform;
  readonly dataDir?: string;
  readonly createStation?: (config: StationConfig) => Promise<Station>;
}

/** Starts the shell on a data folder of its own, up to where Electron would say that it is ready. */
export function startTestShell(options: ShellRunOptions = {}) {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'packwright-shell-'));
  const node = new ShellProcess(options.argv ?? [], options.env ?? {}, options.platform ?? 'linux');
  const { station, pack } = aStation();
  const configs: StationConfig[] = [];
  startShell({
    process: node,
    rendererDir: join(dataDir, 'renderer'),
    defaultDataDir: () => dataDir,
    async createStation(config) {
      configs.push(config);
      return options.createStation ? options.createStation(config) : station;
    },
  });
  return { node, dataDir, station, pack, configs, remove: () => rmSync(dataDir, { recursive: true, force: true }) };
}

/** The operating system is ready and the shell has opened its window, or given up. */
export async function untilOpen(): Promise<void> {
  app.becomeReady();
  await settle();
}

/** Lets the shell finish whatever it has begun and needs no time for. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** The operator's window. */
export function stationWindow(): BrowserWindow {
  const [window] = electron.windows;
  if (!window) throw new Error('the shell has opened no window');
  return window;
}
