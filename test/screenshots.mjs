import { join } from 'node:path';
import { root } from '../main/launch/build.mjs';
import { ready } from '../main/launch/prepare.mjs';
import { runInPlace } from '../main/launch/run-child.mjs';

await ready((line) => console.log(line));
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
process.exitCode = await runInPlace(
  process.execPath,
  [vitest, 'run', '-c', 'test/vitest.config.ts', '--project', 'screenshots'],
  {
    cwd: root,
    env: {
      ...process.env,
      PACKWRIGHT_README_SCREENSHOT: join(root, '.readme', 'bench.png'),
      VITE_CONFIG_NATIVE_IGNORE_WARNING: 'true',
    },
  },
);
