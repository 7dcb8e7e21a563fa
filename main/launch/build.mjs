import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from './lock.mjs';
import { runQuietly } from './run-child.mjs';

const thisFile = fileURLToPath(import.meta.url);
export const root = dirname(dirname(dirname(thisFile)));

/** What the built program is made from. */
const SOURCES = ['main', 'shared', 'migrations', 'renderer', 'package-lock.json', 'package.json', 'tsconfig.json'];
/** Entry points that the build bundles, by the name of the file in dist/main. */
const ENTRIES = {
  web: 'main/web/main.ts',
  cli: 'main/cli/main.ts',
  electron: 'main/electron/main.ts',
  'proof-worker': 'main/documents/proof-worker.ts',
  'serial-process': 'main/devices/transports/serial-process.ts',
};
/** The built folders; whatever else lies in dist, installers for one, is left alone. */
const PARTS = ['main', 'renderer'];

/** Name, size and time of every source: milliseconds to make, and different after any change. */
export function fingerprint(folder = root) {
  const hash = createHash('sha256');
  const addFile = (path) => {
    const info = statSync(join(folder, path), { throwIfNoEntry: false });
    if (info) hash.update(`${path} ${info.size} ${info.mtimeMs}\n`);
  };
  const addFolder = (path) => {
    const entries = readdirSync(join(folder, path), { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.isDirectory()) addFolder(`${path}/${entry.name}`);
      else addFile(`${path}/${entry.name}`);
    }
  };
  for (const source of SOURCES) {
    if (statSync(join(folder, source), { throwIfNoEntry: false })?.isDirectory()) addFolder(source);
    else addFile(source);
  }
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

/**
 * Builds when the sources changed; of several that start at once one builds and the others wait for it.
 * Throws a message for the reader of the terminal when the sources do not build.
 */
export async function buildIfNeeded(say) {
  if (!buildNeeded()) return;
  await withLock(root, say, async () => {
    if (!buildNeeded()) return;
    say('Building …');
    // In a process of its own: the bundlers' memory would stay taken for as long as the station runs.
    const { code, output } = await runQuietly(process.execPath, [thisFile, '--locked'], { cwd: root, shell: false });
    if (code !== 0) throw new Error(`The station could not be built.\n${output.trim()}`);
  });
}

/** Whoever starts meanwhile sees the old program or the new one, never half: the lock is ours, the marker comes last. */
async function build() {
  const cache = join(root, '.cache');
  const draft = join(cache, `build-${process.pid}`);
  mkdirSync(cache, { recursive: true });
  for (const name of readdirSync(cache)) if (name.startsWith('build-')) removeFolder(join(cache, name));
  const from = fingerprint();
  try {
    const esbuild = await import('esbuild');
    const vite = await import('vite');
    // Its fault is told once, by whoever asked for the build.
    await esbuild.build({ ...mainBuild(join(draft, 'main')), logLevel: 'silent' });
    await vite.build({
      configFile: join(root, 'renderer', 'vite.config.ts'),
      logLevel: 'error',
      build: { outDir: join(draft, 'renderer'), emptyOutDir: true },
    });
    publish(draft);
    writeFileSync(markerOf(root), from);
  } finally {
    removeFolder(draft);
  }
}

function publish(draft) {
  mkdirSync(join(root, 'dist'), { recursive: true });
  rmSync(markerOf(root), { force: true });
  for (const part of PARTS) {
    const target = join(root, 'dist', part);
    if (existsSync(target)) renameSync(target, join(draft, `old-${part}`));
    renameSync(join(draft, part), target);
  }
}

const removeFolder = (path) => rmSync(path, { recursive: true, force: true, maxRetries: 3 });

if (process.argv[1] && existsSync(process.argv[1]) && realpathSync(process.argv[1]) === thisFile) {
  try {
    if (process.argv.includes('--locked')) await build();
    else {
      const { installIfNeeded } = await import('./install.mjs');
      const say = (line) => process.stderr.write(`${line}\n`);
      await installIfNeeded(root, say);
      await withLock(root, say, build);
    }
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
