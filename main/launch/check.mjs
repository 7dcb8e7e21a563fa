import { join } from 'node:path';
import { root } from './build.mjs';
import { ready } from './prepare.mjs';
import { runQuietly } from './run-child.mjs';

const LIMIT_MS = 5 * 60_000;
const bin = (name) => join(root, 'node_modules', '.bin', process.platform === 'win32' ? `${name}.cmd` : name);

/** What `npm run check` runs, and `npm test` before its tests: fast, and without any of our code running. */
export const checks = [
  { name: 'lint and format', command: bin('biome'), args: ['check', '--error-on-warnings', '.'] },
  { name: 'types of main, shared, migrations', command: bin('tsc'), args: ['-p', 'tsconfig.json'] },
  { name: 'types of renderer', command: bin('tsc'), args: ['-p', 'renderer'] },
  { name: 'types of test', command: bin('tsc'), args: ['-p', 'test'] },
];
const architecture = {
  name: 'architecture',
  command: bin('vitest'),
  args: ['run', '-c', 'test/vitest.config.ts', '--project', 'architecture'],
};

/** Runs the checks two at a time and tells of each that failed; returns how many did. */
export async function runChecks(list, say) {
  const waiting = [...list];
  let failed = 0;
  const work = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const { code, output, outOfTime } = await runQuietly(check.command, check.args, { cwd: root, limitMs: LIMIT_MS });
      if (code === 0) continue;
      failed += 1;
      const ended = outOfTime ? `\nEnded after ${LIMIT_MS / 60_000} minutes.` : '';
      say(`\n✗ ${check.name}\n${output.trim()}${ended}\n`);
    }
  };
  await Promise.all([work(), work()]);
  return failed;
}

if (process.argv[1]?.endsWith('check.mjs')) {
  await ready((line) => console.log(line), { built: false });
  const failed = await runChecks([...checks, architecture], (text) => process.stdout.write(`${text}\n`));
  const names = [...checks, architecture].map((check) => check.name).join(', ');
  console.log(failed === 0 ? `All checks passed: ${names}.` : `${failed} of ${checks.length + 1} checks failed.`);
  process.exitCode = failed === 0 ? 0 : 1;
}
