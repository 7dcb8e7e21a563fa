import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const NEEDED_NODE = [20, 19];

/** A sentence when this Node is too old, else undefined. */
export function nodeProblem(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const enough = major > NEEDED_NODE[0] || (major === NEEDED_NODE[0] && minor >= NEEDED_NODE[1]);
  return enough ? undefined : `Packwright needs Node ${NEEDED_NODE.join('.')} or newer; this is ${version}.`;
}

function lockHash(root) {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
}

const markerOf = (root) => join(root, 'node_modules', '.packwright-install');

/** Whether the packages on disk are not those of the lock file. One small file is read when they are. */
export function installNeeded(root) {
  const marker = markerOf(root);
  if (!existsSync(marker)) return true;
  return readFileSync(marker, 'utf8') !== `${lockHash(root)} ${process.versions.modules}`;
}

/**
 * Installs the packages of the lock file when they are not there yet. Native modules are compiled against the headers
 * of this very Node where it has them, so that nothing but the package registry is asked.
 */
export async function installIfNeeded(root, say) {
  if (!installNeeded(root)) return;
  say('Installing packages, this takes a minute or two the first time …');
  const environment = { ...process.env, NODE_ENV: 'development' };
  const prefix = dirname(dirname(process.execPath));
  if (existsSync(join(prefix, 'include', 'node', 'node.h')) && !environment.npm_config_nodedir)
    environment.npm_config_nodedir = prefix;
  const { code, output } = await runQuietly(
    npmCommand(),
    ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'],
    { cwd: root, env: environment },
  );
  if (code !== 0) {
    const last = output.trim().split('\n').slice(-12).join('\n');
    throw new Error(
      `The packages could not be installed. npm said:\n${last}\nNeeded: the package registry; a C++ compiler and python3 where the database driver must be compiled.`,
    );
  }
  mkdirSync(join(root, 'node_modules'), { recursive: true });
  writeFileSync(markerOf(root), `${lockHash(root)} ${process.versions.modules}`);
}

const npmCommand = () => (process.platform === 'win32' ? 'npm.cmd' : 'npm');

/** Runs a program without showing what it says; its last words are kept for the case that it fails. */
export function runQuietly(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      shell: process.platform === 'win32',
      ...options,
    });
    let output = '';
    const keep = (chunk) => {
      output = (output + chunk).slice(-20_000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', (error) => resolve({ code: 1, output: String(error) }));
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
