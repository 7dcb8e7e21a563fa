import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../main/launch/build.mjs';
import { checks, runChecks } from '../main/launch/check.mjs';
import { prepare } from '../main/launch/prepare.mjs';
import { runQuietly } from '../main/launch/run-child.mjs';

/** Stages after the checks, in this order; minutes each may take before it is ended and counts as failed. */
const STAGES = [
  ['architecture', 5],
  ['unit', 15],
  ['devices', 15],
  ['integration', 45],
  ['connectors', 25],
  ['e2e', 25],
];
const CHECKS = 'checks';
const MINUTES_FOR_FILES = 25;
const LAST_CHARACTERS = 30_000;

const say = (line) => process.stdout.write(`${line}\n`);
const total = { passed: 0, failed: 0, skipped: 0 };
const reasons = [];

try {
  // The last of all stages serves the built pages, so that a station which does not build fails at once.
  await prepare(say);
  await runAll(process.argv.slice(2));
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  total.failed += 1;
}
for (const reason of reasons) say(reason);
if (total.passed + total.failed === 0) {
  say('No test ran.');
  total.failed = 1;
}
say(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 ? 1 : 0;

/** Everything, or the stages and files that are named: `npm test -- unit`, `npm test -- test/unit/x.test.ts`. */
async function runAll(wanted) {
  const names = STAGES.map(([name]) => name);
  const all = wanted.length === 0;
  const files = wanted.filter((word) => word !== CHECKS && !names.includes(word));
  if (all || wanted.includes(CHECKS)) await runTheChecks();
  for (const [name, minutes] of STAGES) {
    if (all || wanted.includes(name)) await runStage(name, ['--project', name], minutes);
  }
  if (files.length > 0) await runStage('files', files, MINUTES_FOR_FILES);
}

async function runTheChecks() {
  say(`${CHECKS}: lint, types …`);
  const failed = await runChecks(checks, say);
  total.failed += failed;
  total.passed += checks.length - failed;
  say(`  ${checks.length - failed} passed${failed > 0 ? `, ${failed} failed` : ''}`);
}

async function runStage(name, args, minutes) {
  say(`${name} …`);
  const since = Date.now();
  const { code, output, outOfTime, counts } = await runVitest(name, args, minutes);
  for (const key of Object.keys(total)) total[key] += counts[key];
  reasons.push(...counts.reasons);
  // A stage that broke outside its tests, or was ended for its time, has failed whatever it counted.
  if (code !== 0 && counts.failed === 0) total.failed += 1;
  if (code !== 0) say(output.trim().slice(-LAST_CHARACTERS));
  if (outOfTime) say(`✗ ${name} was ended after ${minutes} minutes.`);
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
  const seconds = Math.round((Date.now() - since) / 1_000);
  say(
    `  ${code === 0 ? '' : `✗ ${name}: ${counts.failed || 1} failed, `}${counts.passed} passed${skipped} (${seconds} s)`,
  );
}

async function runVitest(name, args, minutes) {
  const cache = join(root, '.cache');
  const countFile = join(cache, `counts-${process.pid}-${name}.json`);
  mkdirSync(cache, { recursive: true });
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const answer = await runQuietly(
    process.execPath,
    [vitest, 'run', '-c', 'test/vitest.config.ts', '--passWithNoTests', ...args],
    {
      cwd: root,
      shell: false,
      limitMs: minutes * 60_000,
      env: { ...process.env, PACKWRIGHT_TEST_COUNTS: countFile, NO_COLOR: '1' },
    },
  );
  const nothing = { passed: 0, failed: 0, skipped: 0, reasons: [] };
  const counts = existsSync(countFile) ? JSON.parse(readFileSync(countFile, 'utf8')) : nothing;
  rmSync(countFile, { force: true });
  return { ...answer, counts };
}
