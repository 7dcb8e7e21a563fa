import { join } from 'node:path';
import { buildIfNeeded, root } from '../main/launch/build.mjs';
import { installIfNeeded } from '../main/launch/install.mjs';
import { runInPlace } from '../main/launch/run-child.mjs';

const say = (line) => console.log(line);
await installIfNeeded(root, say);
await buildIfNeeded(say);
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
