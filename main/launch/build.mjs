import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** What the built program is made from. */
const SOURCES = ['main', 'shared', 'migrations', 'renderer', 'package-lock.json', 'package.json', 'tsconfig.json'];
/** Entry points that the build bundles, by the name of the file in dist/main. */
const ENTRIES = {
  web: 'main/web/main.ts',
  cli: 'main/cli/main.ts',
  electron: 'main/electron/main.ts',
  'proof-worker': 'main/documents/proof-worker.ts',
};

/** Name, size and time of every source: milliseconds to make, and different after any change. */
export function fingerprint(folder = root) {
  const hash = createHash('sha256');
  const add = (path) => {
    const info = statSync(path, { throwIfNoEntry: false });
    if (!info) return;
    if (info.isDirectory()) {
      for (const name of readdirSync(path).sort()) add(join(path, name));
      return;
    }
    hash.update(`${path.slice(folder.length)} ${info.size} ${Math.round(info.mtimeMs)}\n`);
  };
  for (const source of SOURCES) add(join(folder, source));
  return hash.digest('hex');
}

const markerOf = (folder) => join(folder, 'dist', 'built-from');

/** Whether dist was made from other sources than there are now. */
export function buildNeeded(folder = root) {
  const marker = markerOf(folder);
  return !existsSync(marker) || readFileSync(marker, 'utf8') !== fingerprint(folder);
}

/** Options of the main bundle; packages stay outside, since some are native. */
export function mainBuild(outdir) {
  return {
    absWorkingDir: root,
    entryPoints: Object.fromEntries(Object.entries(ENTRIES).filter(([, file]) => existsSync(join(root, file)))),
    outdir,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    sourcemap: true,
    logLevel: 'error',
  };
}

/** Builds into a folder of its own and renames it into place: whoever starts meanwhile sees the old or the new, never half. */
export async function build() {
  const from = fingerprint();
  const draft = join(root, `.dist-${process.pid}`);
  rmSync(draft, { recursive: true, force: true });
  try {
    const esbuild = await import('esbuild');
    const vite = await import('vite');
    await esbuild.build(mainBuild(join(draft, 'main')));
    await vite.build({
      configFile: join(root, 'renderer', 'vite.config.ts'),
      logLevel: 'error',
      build: { outDir: join(draft, 'renderer'), emptyOutDir: true },
    });
    writeFileSync(join(draft, 'built-from'), from);
    replace(draft, join(root, 'dist'));
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function replace(draft, target) {
  const old = join(root, `.dist-old-${process.pid}`);
  rmSync(old, { recursive: true, force: true });
  if (existsSync(target)) renameSync(target, old);
  try {
    renameSync(draft, target);
  } catch (error) {
    // Somebody else built at the same moment and was faster: the same sources give the same program.
    if (!existsSync(join(target, 'built-from'))) throw error;
  }
  rmSync(old, { recursive: true, force: true });
}

const LOCK_PATIENCE_MS = 120_000;

/** Builds when the sources changed; of several that start at once one builds and the others wait for it. */
export async function buildIfNeeded(say) {
  if (!buildNeeded()) return;
  const lock = join(root, '.dist-lock');
  const until = Date.now() + LOCK_PATIENCE_MS;
  while (!take(lock)) {
    if (Date.now() > until) throw new Error(`Another build holds ${lock}; remove that folder if none is running.`);
    await new Promise((done) => setTimeout(done, 150));
  }
  try {
    if (!buildNeeded()) return;
    say('Building …');
    await build();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function take(lock) {
  try {
    mkdirSync(lock);
    writeFileSync(join(lock, 'pid'), String(process.pid));
    return true;
  } catch {
    const pid = Number(readSafely(join(lock, 'pid')));
    const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    if (pid ? !isRunning(pid) : age > 5_000) rmSync(lock, { recursive: true, force: true });
    return false;
  }
}

function readSafely(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const { installIfNeeded } = await import('./install.mjs');
  await installIfNeeded(root, (line) => console.error(line));
  await build();
}
