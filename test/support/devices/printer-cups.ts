import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { accessSync, chmodSync, constants, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import getPort from 'get-port';
import { until } from './until.ts';

const CUPSD = '/usr/sbin/cupsd';

/** Why CUPS cannot be started here; undefined when it can. */
export function cupsIsMissing(): string | undefined {
  try {
    for (const file of [CUPSD, '/usr/sbin/lpadmin', '/usr/bin/lp', '/usr/lib/cups/backend/socket'])
      accessSync(file, constants.X_OK);
  } catch {
    return 'CUPS is not installed';
  }
  return process.getuid?.() === 0 ? undefined : 'CUPS by hand needs root';
}

export interface PrivateCups {
  /** `127.0.0.1:port`, for CUPS_SERVER. */
  readonly server: string;
  /** Runs a program of CUPS against this server. */
  admin(program: string, ...args: readonly string[]): string;
  log(): string;
  stop(): Promise<void>;
}

/** A CUPS of our own on a loopback port, with nothing of the system's configuration. */
export async function startCups(): Promise<PrivateCups> {
  const root = mkdtempSync(join(tmpdir(), 'packwright-cups-'));
  chmodSync(root, 0o755);
  const port = await getPort({ host: '127.0.0.1' });
  for (const name of ['spool', 'cache', 'state', 'tmp', 'etc']) mkdirSync(join(root, name), { mode: 0o755 });
  const { username } = userInfo();
  writeFileSync(
    join(root, 'etc/cups-files.conf'),
    [
      ...[`ServerRoot ${root}/etc`, `RequestRoot ${root}/spool`, `CacheDir ${root}/cache`, `StateDir ${root}/state`],
      ...[
        `TempDir ${root}/tmp`,
        `ErrorLog ${root}/error_log`,
        `AccessLog ${root}/access_log`,
        `PageLog ${root}/page_log`,
      ],
      ...[`SystemGroup ${username} root lpadmin`, 'FileDevice Yes', ''],
    ].join('\n'),
  );
  writeFileSync(
    join(root, 'etc/cupsd.conf'),
    [
      ...[`Listen 127.0.0.1:${port}`, 'LogLevel info', 'Browsing Off', 'DefaultAuthType None', 'WebInterface No'],
      ...['<Location />', 'Order allow,deny', 'Allow localhost', '</Location>'],
      ...['<Policy default>', 'JobPrivateAccess all', 'JobPrivateValues none', '<Limit All>', 'Order deny,allow'],
      ...['Allow all', '</Limit>', '</Policy>', ''],
    ].join('\n'),
  );
  const daemon: ChildProcess = spawn(
    CUPSD,
    ['-f', '-c', join(root, 'etc/cupsd.conf'), '-s', join(root, 'etc/cups-files.conf')],
    { stdio: 'ignore' },
  );
  const server = `127.0.0.1:${port}`;
  const env = { ...process.env, CUPS_SERVER: server, LC_ALL: 'C' };
  const admin = (program: string, ...args: readonly string[]): string =>
    execFileSync(program, args, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const answers = (): boolean => {
    try {
      return /running/.test(admin('/usr/bin/lpstat', '-r')) && !/not running/.test(admin('/usr/bin/lpstat', '-r'));
    } catch {
      return false;
    }
  };
  await until(answers, 'CUPS answers');
  return {
    ...{ server, admin, log: () => readFileSync(join(root, 'error_log'), 'utf8') },
    async stop() {
      const ended = new Promise((resolve) => daemon.once('exit', resolve));
      daemon.kill('SIGKILL');
      await ended;
      rmSync(root, { recursive: true, force: true });
    },
  };
}
