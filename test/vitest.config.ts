import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import { countInto } from './support/count-reporter.ts';
import { PATIENCE_MS } from './support/patience.ts';

const root = resolve(import.meta.dirname, '..');
const electronStub = resolve(import.meta.dirname, 'support/electron-stub.ts');

/** What every project shares; `electron` itself would try to download its binary when imported. */
const common = {
  root,
  resolve: { alias: { electron: electronStub } },
};
// electron-store imports electron: only an inlined package sees the alias.
const server = { deps: { inline: ['electron-store'] } };

/** Nothing fails for being slow on a busy machine; what never comes is told by whoever waits for it. */
const patient = { testTimeout: 120_000, hookTimeout: 120_000, expect: { poll: { timeout: PATIENCE_MS } } };

/** Where `npm test` reads how many tests passed, failed and were skipped. */
const countFile = process.env.PACKWRIGHT_TEST_COUNTS;

/** Each project is a stage of `npm test`; the order numbers keep their workers from running at the same time. */
export default defineConfig({
  root,
  test: {
    // A stage tells of its failures only; the count is the runner's.
    reporters: countFile ? ['dot', countInto(countFile)] : ['default'],
    projects: [
      {
        ...common,
        test: {
          name: 'architecture',
          ...patient,
          include: ['test/architecture/**/*.test.ts'],
          maxWorkers: 1,
          sequence: { groupOrder: 0 },
        },
      },
      {
        ...common,
        test: {
          name: 'unit',
          ...patient,
          include: ['test/unit/**/*.test.{ts,tsx}'],
          server,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        ...common,
        test: {
          name: 'devices',
          ...patient,
          include: ['test/devices/**/*.test.ts'],
          server,
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
      {
        ...common,
        test: {
          name: 'integration',
          ...patient,
          include: ['test/integration/**/*.test.ts'],
          globalSetup: ['test/support/postgres-setup.ts'],
          server,
          maxWorkers: 2,
          sequence: { groupOrder: 3 },
        },
      },
      {
        ...common,
        test: {
          name: 'connectors',
          ...patient,
          include: ['test/connectors/**/*.test.ts'],
          globalSetup: ['test/support/postgres-setup.ts'],
          server,
          maxWorkers: 2,
          sequence: { groupOrder: 4 },
        },
      },
      {
        root,
        test: {
          name: 'e2e',
          ...patient,
          include: ['test/e2e/**/*.e2e.ts'],
          exclude: ['test/e2e/screenshots.e2e.ts'],
          globalSetup: ['test/support/postgres-setup.ts'],
          fileParallelism: false,
          sequence: { groupOrder: 5 },
        },
      },
      {
        root,
        test: {
          name: 'screenshots',
          ...patient,
          include: ['test/e2e/screenshots.e2e.ts'],
          fileParallelism: false,
          testTimeout: 300_000,
          sequence: { groupOrder: 6 },
        },
      },
    ],
  },
});
