import { join } from 'node:path';
import { root } from './build.mjs';
import { ready } from './prepare.mjs';
import { runInPlace } from './run-child.mjs';

// Chatter goes to stderr: stdout is data.
await ready((line) => process.stderr.write(`${line}\n`));
process.exitCode = await runInPlace(process.execPath, [join(root, 'dist', 'main', 'cli.js'), ...process.argv.slice(2)]);
