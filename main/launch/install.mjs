import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { withLock } from './lock.mjs';
import { runQuietly } from './run-child.mjs';

const NEEDED_NODE = [20, 19];
const LAST_LINES = 12;

/** A sentence when this Node is too old, else undefined. */
export function nodeProblem(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const enough = major > NEEDED_NODE[0] || (major === NEEDED_NODE[0] && minor >= NEEDED_NODE[1]);
  return enough ? undefined : `Packwright needs Node ${NEEDED_NODE.join('.')} or newer; this is ${version}.`;
}

/**
 * Whether the packages on disk are not those of the lock file.
 *
 * Our own marker answers in a millisecond; where it is missing, because somebody ran npm themselves, npm's list of
 * what it installed is compared with the lock file.
 */
export function installNeeded(root) {
  return !isMarked(root) && !isInstalled(root);
}

const markerOf = (root) => join(root, 'node_modules', '.packwright-install');

/** The packages are native in part: a folder that was copied from another system has to be installed again. */
function markOf(root) {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  return `${lock} ${process.platform}-${process.arch}`;
}

function isMarked(root) {
  const marker = markerOf(root);
  return existsSync(marker) && readFileSync(marker, 'utf8') === markOf(root);
}

function isInstalled(root) {
  const list = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(list)) return false;
  const installed = readPackages(list);
  const wanted = readPackages(join(root, 'package-lock.json'));
  const present = Object.entries(wanted).every(([path, entry]) => {
    // Packages of other systems stay away, and npm marks them all as optional.
    if (path === '' || entry.optional || entry.devOptional || entry.peer) return true;
    return installed[path]?.version === entry.version;
  });
  const asWanted = Object.entries(installed).every(([path, entry]) => wanted[path]?.version === entry.version);
  return present && asWanted && missingBinary(root) === undefined;
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
  } catch {
    // Half-written, or no JSON after a merge: npm says what is wrong with it better than we could.
    return {};
  }
}

/** Native modules that an npm which ignores install scripts leaves without their compiled part. */
function missingBinary(root) {
  const modules = [['sqlite3', 'build/Release/node_sqlite3.node']];
  return modules.find(([name, binary]) => {
    const folder = join(root, 'node_modules', name);
    return existsSync(folder) && !existsSync(join(folder, binary));
  })?.[0];
}

/**
 * Installs the packages of the lock file when they are not there yet. Native modules are compiled against the headers
 * of this very Node where it has them, so that nothing but the package registry is asked.
 *
 * Throws a message for the reader of the terminal when that fails.
 */
export async function installIfNeeded(root, say) {
  if (isMarked(root)) return;
  await withLock(root, say, async () => {
    if (installNeeded(root)) await install(root, say);
    writeFileSync(markerOf(root), markOf(root));
  });
}

async function install(root, say) {
  say('Installing packages; the first time takes a minute or two …');
  const npm = npmCommand();
  const { code, output } = await runQuietly(
    npm.command,
    [...npm.args, 'ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'],
    { cwd: root, env: installEnvironment(), shell: npm.shell },
  );
  if (code !== 0) throw new Error(installProblem(output));
  const missing = missingBinary(root);
  if (missing) {
    throw new Error(
      `npm left ${missing} without its compiled part, because it ignores install scripts here.\n` +
        'Allow them (npm config set ignore-scripts false) and start again.',
    );
  }
}

/** What npm runs with: the build needs the development packages whatever the machine is set to. */
export function installEnvironment(environment = process.env, execPath = process.execPath) {
  const prefix = dirname(dirname(execPath));
  const hasHeaders = existsSync(join(prefix, 'include', 'node', 'node.h'));
  return {
    ...environment,
    NODE_ENV: 'development',
    ...(hasHeaders && !environment.npm_config_nodedir ? { npm_config_nodedir: prefix } : {}),
  };
}

/** The npm that started us, the one that came with this Node, or whichever the path leads to. */
function npmCommand() {
  const own = process.platform === 'win32' ? 'node_modules' : '../lib/node_modules';
  const beside = join(dirname(process.execPath), own, 'npm', 'bin', 'npm-cli.js');
  const script = [process.env.npm_execpath, beside].find((path) => path?.endsWith('npm-cli.js') && existsSync(path));
  if (script) return { command: process.execPath, args: [script], shell: false };
  return { command: 'npm', args: [], shell: process.platform === 'win32' };
}

function installProblem(output) {
  const last = output.trim().split('\n').slice(-LAST_LINES).join('\n');
  const compiling = /gyp|make:|prebuild/i.test(output);
  return [
    'The packages could not be installed. npm said:',
    last,
    '',
    compiling
      ? 'The database driver had to be compiled, which needs a C++ compiler, python3 and Node’s headers ' +
        '(npm_config_nodedir names their folder).'
      : 'Needed are the package registry that npm is set to, and room on the disk.',
  ].join('\n');
}
