import { join } from 'node:path';
import { root } from './build.mjs';
import { prepare } from './prepare.mjs';
import { runInPlace } from './run-child.mjs';
import { chooseShell } from './shell.mjs';

const say = (line) => console.log(line);
const args = process.argv.slice(2);

await prepare(say);
const choice = await chooseShell(root);
if (choice.line) say(choice.line);
if (choice.shell === 'electron') {
  // Chromium refuses to sandbox a process of root on Linux.
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const env = process.platform === 'linux' ? { ...process.env, UV_USE_IO_URING: '0' } : process.env;
  process.exitCode = await runInPlace(choice.binary, [...asRoot, root, ...args], { env });
} else {
  process.exitCode = await runInPlace(process.execPath, [join(root, 'dist', 'main', 'web.js'), ...args]);
}
