import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FETCH_LIMIT_MS = 8_000;
const ASK_AGAIN_MS = 24 * 3_600_000;

/** Path of Electron's program, undefined when only its package is there. */
export function electronBinary(root) {
  const folder = join(root, 'node_modules', 'electron');
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return undefined;
  const binary = join(folder, 'dist', readFileSync(pathFile, 'utf8').trim());
  return existsSync(binary) ? binary : undefined;
}

/** A machine that can show a window. */
export function hasDisplay(environment = process.env, platform = process.platform) {
  return platform !== 'linux' || Boolean(environment.DISPLAY || environment.WAYLAND_DISPLAY);
}

/**
 * Which shell to start, and the one line to say when it is not the window. Electron's binary is fetched within eight
 * seconds or not at all; a failure is remembered for a day, so that no later start waits for it.
 */
export async function chooseShell(root, environment = process.env) {
  const forced = environment.PACKWRIGHT_SHELL;
  if (forced === 'web') return { shell: 'web' };
  if (forced !== 'electron' && !hasDisplay(environment))
    return { shell: 'web', line: 'No display here: the station opens in the browser.' };
  const binary = electronBinary(root) ?? (await fetchElectron(root, forced === 'electron'));
  if (binary) return { shell: 'electron', binary };
  return {
    shell: 'web',
    line: 'Electron’s window program is not here and cannot be fetched: the station opens in the browser.',
  };
}

async function fetchElectron(root, askAnyway) {
  const marker = join(root, '.cache', 'electron-not-fetched');
  const age = Date.now() - (statSync(marker, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  if (!askAnyway && age < ASK_AGAIN_MS) return undefined;
  const installer = join(root, 'node_modules', 'electron', 'install.js');
  if (existsSync(installer)) await runLimited(process.execPath, [installer], root);
  const binary = electronBinary(root);
  if (!binary) {
    mkdirSync(join(root, '.cache'), { recursive: true });
    writeFileSync(marker, '');
  }
  return binary;
}

function runLimited(command, args, cwd) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, stdio: 'ignore', windowsHide: true });
    const timer = setTimeout(() => child.kill('SIGKILL'), FETCH_LIMIT_MS);
    const done = () => {
      clearTimeout(timer);
      resolve(undefined);
    };
    child.once('error', done);
    child.once('exit', done);
  });
}
