import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../../main/launch/build.mjs';
import { ready } from '../../main/launch/prepare.mjs';

const name = process.argv[2] ?? '';
const names = readdirSync(join(root, 'test', 'bench')).flatMap((file) => /^(.+)\.bench\.ts$/.exec(file)?.[1] ?? []);
if (!names.includes(name)) {
  process.stderr.write(`Name a benchmark: ${names.join(', ')}.\n`);
  process.exit(1);
}
await ready((line) => process.stderr.write(`${line}\n`));

// Bundled like the program itself, so that what is measured is what runs; the worker stands beside it.
const folder = join(root, '.cache', `bench-${process.pid}`);
mkdirSync(folder, { recursive: true });
let result;
try {
  const esbuild = await import('esbuild');
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: {
      [name]: `test/bench/${name}.bench.ts`,
      'proof-worker': 'main/documents/proof-worker.ts',
      'serial-process': 'main/devices/transports/serial-process.ts',
    },
    outdir: folder,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    sourcemap: true,
    logLevel: 'error',
  });
  process.chdir(root);
  const bench = await import(pathToFileURL(join(folder, `${name}.js`)).href);
  result = await bench.run();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.stdout.write(`${JSON.stringify({ name, ...result })}\n`);
process.exit(result.ok ? 0 : 1);
