import { join } from 'node:path';
import { root } from './build.mjs';
import { ready } from './prepare.mjs';
import { runInPlace } from './run-child.mjs';
import { chooseShell } from './shell.mjs';

/** What the system's loader answers for a program whose libraries it does not find. */
const CANNOT_BE_LOADED = 127;
const say = (line) => console.log(line);
const args = process.argv.slice(2);

await ready(say);
try {
  const choice = await chooseShell(root, { environment: process.env, args, platform: process.platform }, say);
  process.exitCode = choice.binary ? await openWindow(choice.binary) : await openInBrowser();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

async function openWindow(binary) {
  // Chromium refuses to sandbox a process of root on Linux.
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const env = process.platform === 'linux' ? { ...process.env, UV_USE_IO_URING: '0' } : process.env;
  const code = await runInPlace(binary, [...asRoot, root, ...args], { env });
  if (code !== CANNOT_BE_LOADED) return code;
  say('Electron’s program does not find its libraries here: the station opens in the browser.');
  return openInBrowser();
}

function openInBrowser() {
  return runInPlace(process.execPath, [join(root, 'dist', 'main', 'web.js'), ...args]);
}
