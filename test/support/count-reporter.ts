import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { Reporter, SerializedError, TestModule } from 'vitest/node';

/** What `npm test` adds up over its stages. */
export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** One line for each skipped test: where it stands and why it did not run. */
  readonly reasons: readonly string[];
}

/**
 * Writes the counts of a run to a file.
 *
 * vitest's own JSON leaves out why a test was skipped, and faults outside of any test, which must count as failed.
 */
export function countInto(file: string): Reporter {
  return {
    onTestRunEnd(modules, unhandled) {
      writeFileSync(file, JSON.stringify(countTests(modules, unhandled)));
    },
  };
}

function countTests(modules: readonly TestModule[], unhandled: readonly SerializedError[]): TestCounts {
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const inState = (state: string) => tests.filter((test) => test.result().state === state);
  const brokenFiles = modules.filter((module) => module.errors().length > 0);
  const brokenGroups = modules.flatMap((module) =>
    [...module.children.allSuites()].filter((suite) => suite.errors().length > 0),
  );
  const skipped = inState('skipped');
  return {
    passed: inState('passed').length,
    failed: inState('failed').length + brokenFiles.length + brokenGroups.length + unhandled.length,
    skipped: skipped.length,
    reasons: skipped.map((test) => {
      const result = test.result();
      const note = result.state === 'skipped' && result.note ? ` (${result.note})` : '';
      return `skipped: ${relative(process.cwd(), test.module.moduleId)}: ${test.fullName}${note}`;
    }),
  };
}
