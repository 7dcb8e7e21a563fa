import { join } from 'node:path';
import { root } from './build.mjs';
import { prepare } from './prepare.mjs';
import { runInPlace } from './run-child.mjs';

// Chatter goes to stderr: stdout is data.
await prepare((line) => process.stderr.write(`${line}\n`));
process.exitCode = await runInPlace(process.execPath, [join(root, 'dist', 'main', 'cli.js'), ...process.argv.slice(2)]);
