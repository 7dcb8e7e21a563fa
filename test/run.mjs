import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildIfNeeded, root } from '../main/launch/build.mjs';
import { checks, runChecks } from '../main/launch/check.mjs';
import { installIfNeeded, nodeProblem, runQuietly } from '../main/launch/install.mjs';

/** Stages after the checks, in this order; minutes each may take before it is ended and counts as failed. */
const STAGES = [
  ['architecture', 5],
  ['unit', 15],
  ['devices', 15],
  ['integration', 25],
  ['connectors', 15],
  ['e2e', 25],
];
const say = (line) => process.stdout.write(`${line}\n`);
const total = { passed: 0, failed: 0, skipped: 0 };
const reasons = [];

const problem = nodeProblem();
if (problem) {
  say(problem);
  process.exit(1);
}
const wanted = process.argv.slice(2);
try {
  await installIfNeeded(root, say);
  await buildIfNeeded(say);
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  total.failed += 1;
}
if (total.failed === 0) await runAll();
for (const reason of reasons) say(reason);
if (total.passed + total.failed === 0) {
  say('No test ran.');
  total.failed = 1;
}
say(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 ? 1 : 0;

async function runAll() {
  const names = STAGES.map(([name]) => name);
  const stages = wanted.length === 0 ? STAGES : STAGES.filter(([name]) => wanted.includes(name));
  const files = wanted.filter((word) => !names.includes(word) && word !== 'checks');
  if (wanted.length === 0 || wanted.includes('checks')) {
    say('checks: lint, types');
    const failed = await runChecks(checks, say);
    total.failed += failed;
    total.passed += checks.length - failed;
  }
  for (const [name, minutes] of stages) await runStage(name, ['--project', name], minutes);
  if (files.length > 0) await runStage('files', files, 25);
}

async function runStage(name, args, minutes) {
  say(`${name} …`);
  const report = join(root, '.cache', `report-${process.pid}-${name}.json`);
  mkdirSync(join(root, '.cache'), { recursive: true });
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const { code, output } = await runQuietly(
    process.execPath,
    [
      vitest,
      'run',
      '-c',
      'test/vitest.config.ts',
      '--reporter=json',
      '--reporter=default',
      `--outputFile.json=${report}`,
      '--passWithNoTests',
      ...args,
    ],
    {
      cwd: root,
      shell: false,
      timeout: minutes * 60_000,
      killSignal: 'SIGKILL',
      env: { ...process.env, VITE_CONFIG_NATIVE_IGNORE_WARNING: 'true', NO_COLOR: '1' },
    },
  );
  const counts = existsSync(report) ? readReport(report) : undefined;
  rmSync(report, { force: true });
  total.passed += counts?.passed ?? 0;
  total.failed += counts?.failed ?? 0;
  total.skipped += counts?.skipped ?? 0;
  // A stage that broke outside its tests, or was ended for its time, has failed whatever it counted.
  if (code !== 0 && (counts?.failed ?? 0) === 0) total.failed += 1;
  if (code !== 0) say(`${output.trim().slice(-15_000)}\n✗ ${name} failed`);
  else say(`  ${counts?.passed ?? 0} passed${counts?.skipped ? `, ${counts.skipped} skipped` : ''}`);
}

function readReport(file) {
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const tests = report.testResults.flatMap((suite) => suite.assertionResults);
  for (const test of tests) {
    if (test.status === 'pending' || test.status === 'skipped' || test.status === 'todo')
      reasons.push(`skipped: ${test.fullName}${test.meta?.reason ? ` (${test.meta.reason})` : ''}`);
  }
  return {
    passed: tests.filter((test) => test.status === 'passed').length,
    failed:
      tests.filter((test) => test.status === 'failed').length +
      report.testResults.filter((suite) => suite.status === 'failed' && suite.assertionResults.length === 0).length,
    skipped: tests.filter((test) => ['pending', 'skipped', 'todo'].includes(test.status)).length,
  };
}
