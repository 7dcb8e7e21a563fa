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
    ['shared reads the clock', 'shared/model/x.ts', 'export const now = Date.now();\n'],
    ['renderer imports main', 'renderer/screens/x.tsx', importing('../../main/app/core.ts')],
    [
      'renderer imports a type from main',
      'renderer/screens/x.tsx',
      "import type { Core } from '../../main/app/core.ts';\n",
    ],
    ['renderer imports node', 'renderer/screens/x.tsx', importing('node:path')],
    ['rules import a service', 'main/packing/x-rules.ts', importing('./packing-service.ts')],
    ['rules import knex', 'main/packing/x-rules.ts', importing('knex')],
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
    ['calls import a store', 'main/packing/x-calls.ts', importing('./packing-store.ts')],
    ['calls import db', 'main/packing/x-calls.ts', importing('../db/database.ts')],
    ['a port imports its implementation', 'main/documents/document.ts', importing('./label.ts')],
    ['an adapter imports db', 'main/documents/x.ts', importing('../db/database.ts')],
    ['an adapter imports a service', 'main/channels/file/x.ts', importing('../../orders/orders-service.ts')],
    ['an adapter imports another one', 'main/channels/file/x.ts', importing('../shopify/client.ts')],
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

  test('an import inside a comment or a string is none', () => {
    const text =
      "// import { x } from 'node:fs';\n/* import 'electron' */\nexport const words = \"import { x } from 'knex'\";\n";
    expect(findBreaches(new Map([['shared/model/x.ts', text.replace(/^export.*\n/m, '')]]))).toEqual([]);
  });
});
