import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runQuietly } from './run-child.mjs';

const FETCH_LIMIT_MS = 8_000;
const ASK_AGAIN_MS = 24 * 3_600_000;
const ONLY_IN_THE_BROWSER = ['--port', '--host'];

/** Path of Electron's program, undefined when only its package is there. */
export function electronBinary(root, environment = process.env) {
  const folder = join(root, 'node_modules', 'electron');
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return undefined;
  const home = environment.ELECTRON_OVERRIDE_DIST_PATH || join(folder, 'dist');
  const binary = join(home, readFileSync(pathFile, 'utf8').trim());
  return existsSync(binary) ? binary : undefined;
}

/**
 * Which shell the machine, the settings and the arguments ask for, and the one line to say about it.
 *
 * `must` means that nothing else will do. Throws a message for the reader of the terminal when a setting is none.
 */
export function decideShell({ environment, args, platform }) {
  const forced = environment.PACKWRIGHT_SHELL;
  if (forced === 'web') return { shell: 'web' };
  if (forced === 'electron') return { shell: 'electron', must: true };
  if (forced) throw new Error(`PACKWRIGHT_SHELL is "${forced}"; it may be web or electron.`);
  // Only a browser has an address that could be printed instead of opened.
  if (environment.PACKWRIGHT_NO_OPEN === '1') return { shell: 'web' };
  const named = ONLY_IN_THE_BROWSER.find((name) => args.some((arg) => arg === name || arg.startsWith(`${name}=`)));
  if (named) return { shell: 'web', line: `${named} is for browsers: the station opens in the browser.` };
  if (platform === 'linux' && !environment.DISPLAY && !environment.WAYLAND_DISPLAY)
    return { shell: 'web', line: 'No display here: the station opens in the browser.' };
  return { shell: 'electron', must: false };
}

/**
 * The shell to start, with Electron's program where it is one. The program is fetched within eight seconds or not at
 * all; a failure is remembered for a day, so that no later start waits for it.
 */
export async function chooseShell(root, asked, say) {
  const choice = decideShell(asked);
  if (choice.line) say(choice.line);
  if (choice.shell === 'web') return { shell: 'web' };
  const binary =
    electronBinary(root, asked.environment) ?? (await fetchElectron(root, { askAnyway: choice.must, say }));
  if (binary) return { shell: 'electron', binary };
  if (choice.must)
    throw new Error('PACKWRIGHT_SHELL asks for Electron, but its program is not here and cannot be fetched.');
  say('Electron’s program is not here and cannot be fetched: the station opens in the browser.');
  return { shell: 'web' };
}

async function fetchElectron(root, { askAnyway, say }) {
  const marker = join(root, '.cache', 'electron-not-fetched');
  const age = Date.now() - (statSync(marker, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  if (!askAnyway && age < ASK_AGAIN_MS) return undefined;
  const installer = join(root, 'node_modules', 'electron', 'install.js');
  if (existsSync(installer)) {
    const slow = setTimeout(() => say('Fetching Electron’s program …'), 1_000);
    await runQuietly(process.execPath, [installer], { cwd: root, shell: false, limitMs: FETCH_LIMIT_MS });
    clearTimeout(slow);
  }
  const binary = electronBinary(root);
  if (!binary) {
    mkdirSync(join(root, '.cache'), { recursive: true });
    writeFileSync(marker, '');
  }
  return binary;
}
