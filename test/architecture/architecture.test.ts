import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { importsOf, readTree } from './imports.ts';
import { findBreaches } from './rules.ts';

const root = resolve(import.meta.dirname, '../..');

test('the tree keeps every rule of the house', () => {
  expect(findBreaches(readTree(root))).toEqual([]);
});

test('the checker sees the whole tree', () => {
  const tree = readTree(root);
  expect(tree.size).toBeGreaterThan(100);
  expect(importsOf(tree).length).toBeGreaterThan(500);
});

describe('planted breaches are found', () => {
  const importing = (target: string): string => `import { thing } from '${target}';\n`;
  const planted: readonly [why: string, file: string, text: string][] = [
    ['shared imports node', 'shared/model/x.ts', importing('node:fs')],
    ['shared imports main', 'shared/model/x.ts', importing('../../main/db/database.ts')],
    ['shared imports a package', 'shared/model/x.ts', importing('knex')],
    ['shared reads the clock', 'shared/model/x.ts', 'export const now = Date.now();\n'],
    ['shared throws dice', 'shared/model/x.ts', 'export const side = (): number => Math.random() * 6;\n'],
    ['renderer imports main', 'renderer/screens/x.tsx', importing('../../main/app/core.ts')],
    [
      'renderer imports a type from main',
      'renderer/screens/x.tsx',
      "import type { Core } from '../../main/app/core.ts';\n",
    ],
    ['renderer imports node', 'renderer/screens/x.tsx', importing('node:path')],
    ['rules import a service', 'main/packing/x-rules.ts', importing('./packing-service.ts')],
    ['rules import knex', 'main/packing/x-rules.ts', importing('knex')],
    ['rules use their store', 'main/packing/x-rules.ts', importing('./packing-store.ts')],
    ['rules wait', 'main/packing/x-rules.ts', 'export async function decide() {\n  await 1;\n}\n'],
    ['rules read the clock', 'main/packing/x-rules.ts', 'export const today = (): Date => new Date();\n'],
    ['rules import an adapter', 'main/packing/x-rules.ts', importing('../documents/label.ts')],
    ['rules import db', 'main/packing/x-rules.ts', importing('../db/database.ts')],
    ['a store imports another feature’s store', 'main/packing/x-store.ts', importing('../orders/orders-store.ts')],
    ['a store imports a service', 'main/packing/x-store.ts', importing('./packing-service.ts')],
    ['views import another feature’s views', 'main/packing/x-views.ts', importing('../orders/orders-views.ts')],
    ['a service imports knex', 'main/packing/x-service.ts', importing('knex')],
    ['a service imports an adapter', 'main/packing/x-service.ts', importing('../documents/label.ts')],
    ['a service calls another feature’s store', 'main/packing/x-service.ts', importing('../orders/orders-store.ts')],
    [
      'a service hides a foreign store behind a dynamic import',
      'main/packing/x-service.ts',
      "const store = await import('../orders/orders-views.ts');\n",
    ],
    [
      'a service takes a function beside a type',
      'main/packing/x-service.ts',
      "import { type Row, save } from '../orders/orders-store.ts';\n",
    ],
    ['a service imports calls', 'main/packing/x-service.ts', importing('./packing-calls.ts')],
    ['calls import another feature’s service', 'main/packing/x-calls.ts', importing('../orders/orders-service.ts')],
    ['calls import a store', 'main/packing/x-calls.ts', importing('./packing-store.ts')],
    ['calls import db', 'main/packing/x-calls.ts', importing('../db/database.ts')],
    ['a port imports its implementation', 'main/documents/document.ts', importing('./label.ts')],
    ['an adapter imports db', 'main/documents/x.ts', importing('../db/database.ts')],
    ['an adapter imports a service', 'main/channels/file/x.ts', importing('../../orders/orders-service.ts')],
    ['an adapter imports another one', 'main/channels/file/x.ts', importing('../shopify/client.ts')],
    ['an adapter imports a package of the database', 'main/carriers/x/x.ts', importing('pg')],
    ['the demo imports a feature', 'main/demo/x.ts', importing('../orders/orders-store.ts')],
    ['platform imports app', 'main/platform/x.ts', importing('../app/core.ts')],
    ['the launcher imports a package', 'main/launch/x.mjs', importing('open')],
    ['the launcher needs a bundler to start', 'main/launch/x.mjs', importing('esbuild')],
    ['the launcher imports the product', 'main/launch/x.mjs', importing('../app/core.ts')],
    ['a driver is required', 'main/orders/x-store.ts', "const pg = createRequire(import.meta.url)('pg');\n"],
    ['a re-export', 'main/orders/x-store.ts', "export { save } from '../stock/stock-store.ts';\n"],
    ['a device driver imports another one', 'main/devices/scale/simulated/x.ts', importing('../sics/driver.ts')],
    ['sync imports a feature', 'main/sync/x.ts', importing('../orders/orders-service.ts')],
    ['app imports a shell', 'main/app/x.ts', importing('../electron/shell.ts')],
    ['app imports electron', 'main/app/x.ts', importing('electron')],
    ['a shell imports a feature', 'main/cli/x.ts', importing('../orders/orders-service.ts')],
    ['a shell imports db', 'main/web/x.ts', importing('../db/database.ts')],
    ['the web shell imports electron', 'main/web/x.ts', importing('electron')],
    ['a migration imports main', 'migrations/1_x.ts', importing('../main/db/rows.ts')],
    ['the product imports a test', 'main/app/x.ts', importing('../../test/support/world.ts')],
    ['a folder that the house has not', 'main/misplaced/x.ts', importing('../db/database.ts')],
    ['a file of more than 400 lines', 'main/app/x.ts', 'const line = 1;\n'.repeat(401)],
    ['a name that says nothing', 'main/app/utils.ts', 'export const x = 1;\n'],
    ['a barrel', 'main/orders/index.ts', 'export const x = 1;\n'],
    ['a default export', 'main/app/x.ts', 'export default 1;\n'],
  ];

  test.each(planted)('%s', (_why, file, text) => {
    expect(findBreaches(new Map([[file, text]])).map((breach) => breach.file)).toContain(file);
  });

  test('for what they hold, not for the files they stand in', () => {
    const names = ['a folder that the house has not', 'a name that says nothing', 'a barrel'];
    const files = planted.filter(([why]) => !names.includes(why)).map(([, file]) => file);
    expect(findBreaches(new Map(files.map((file) => [file, 'export const x = 1;\n'])))).toEqual([]);
  });
});

describe('what is allowed passes', () => {
  test.each([
    ['rules name the rows of their own store', 'main/packing/x-rules.ts', "import type { Row } from './x-store.ts';\n"],
    [
      'a service runs a step of another',
      'main/packing/x-service.ts',
      "import { step } from '../stock/x-service.ts';\n",
    ],
    ['the launcher takes a bundler when it builds', 'main/launch/x.mjs', "const vite = await import('vite');\n"],
    ['words about imports in a comment', 'shared/model/x.ts', "// import { x } from 'node:fs';\n/* import 'knex' */\n"],
    ['words about imports in a string', 'shared/model/x.ts', 'export const x = "import { y } from \'node:fs\'";\n'],
    ['words about imports in a template', 'shared/model/x.ts', `export const x = \`\${1}\nimport 'knex';\n\`;\n`],
    ['words about the clock', 'shared/model/x.ts', "export const x = 'Date.now() and Math.random()';\n"],
  ])('%s', (_what, file, text) => {
    expect(findBreaches(new Map([[file, text]]))).toEqual([]);
  });
});
