import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { buildNeeded, fingerprint } from '../../../main/launch/build.mjs';
import { installEnvironment, installNeeded, nodeProblem } from '../../../main/launch/install.mjs';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'packwright-launch-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Writes a file of the project, with the folders that it lies in. */
function put(path: string, content: string | object): void {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content));
}

describe('Node', () => {
  test('an old one is named, a new one passes', () => {
    expect(nodeProblem('18.19.0')).toContain('20.19');
    expect(nodeProblem('20.18.3')).toContain('20.18.3');
    expect([nodeProblem('20.19.0'), nodeProblem('24.1.0')]).toEqual([undefined, undefined]);
  });
});

describe('packages are installed', () => {
  const lock = (version: string) => ({
    packages: {
      '': { name: 'packwright' },
      'node_modules/knex': { version },
      'node_modules/@esbuild/win32-x64': { version: '1.0.0', optional: true },
    },
  });
  const installed = (version: string) => ({ packages: { 'node_modules/knex': { version } } });

  test('when none are there', () => {
    put('package-lock.json', lock('3.3.0'));
    expect(installNeeded(root)).toBe(true);
  });

  test('not again after somebody ran npm themselves; packages of other systems are not missed', () => {
    put('package-lock.json', lock('3.3.0'));
    put('node_modules/.package-lock.json', installed('3.3.0'));
    expect(installNeeded(root)).toBe(false);
  });

  test('again when the lock file asks for another version', () => {
    put('package-lock.json', lock('3.4.0'));
    put('node_modules/.package-lock.json', installed('3.3.0'));
    expect(installNeeded(root)).toBe(true);
  });

  test('again when one is missing or one too many is there', () => {
    put('package-lock.json', lock('3.3.0'));
    put('node_modules/.package-lock.json', { packages: {} });
    expect(installNeeded(root)).toBe(true);
    const more = { ...installed('3.3.0').packages, 'node_modules/left-behind': { version: '1.0.0' } };
    put('node_modules/.package-lock.json', { packages: more });
    expect(installNeeded(root)).toBe(true);
  });

  test('again when the database driver was left without its compiled part', () => {
    put('package-lock.json', lock('3.3.0'));
    put('node_modules/.package-lock.json', installed('3.3.0'));
    put('node_modules/sqlite3/package.json', {});
    expect(installNeeded(root)).toBe(true);
    put('node_modules/sqlite3/build/Release/node_sqlite3.node', '');
    expect(installNeeded(root)).toBe(false);
  });

  test('with those for building, against this Node’s own headers where it has them', () => {
    expect(installEnvironment({ NODE_ENV: 'production' }, join(root, 'bin', 'node'))).toEqual({
      NODE_ENV: 'development',
    });
    put('include/node/node.h', '');
    expect(installEnvironment({}, join(root, 'bin', 'node'))).toMatchObject({ npm_config_nodedir: root });
    expect(installEnvironment({ npm_config_nodedir: '/own' }, join(root, 'bin', 'node'))).toMatchObject({
      npm_config_nodedir: '/own',
    });
  });
});

describe('the program is built', () => {
  const build = () => put('dist/built-from', fingerprint(root));

  test('once, and then not again', () => {
    put('main/a.ts', 'one');
    expect(buildNeeded(root)).toBe(true);
    build();
    expect(buildNeeded(root)).toBe(false);
  });

  test.each([
    ['a source was saved', () => utimesSync(join(root, 'main/a.ts'), new Date(), new Date(Date.now() + 5_000))],
    ['a source was added', () => put('renderer/screens/b.tsx', 'two')],
    ['a source was removed', () => rmSync(join(root, 'main/a.ts'))],
    ['packages changed', () => put('package-lock.json', {})],
  ])('again after %s', (_what, change) => {
    put('main/a.ts', 'one');
    build();
    change();
    expect(buildNeeded(root)).toBe(true);
  });

  test('not after a change outside of its sources', () => {
    put('main/a.ts', 'one');
    build();
    put('README.md', 'words');
    put('test/x.test.ts', 'test');
    expect(buildNeeded(root)).toBe(false);
    expect(existsSync(join(root, 'dist/built-from')) && readFileSync(join(root, 'dist/built-from'), 'utf8')).toBe(
      fingerprint(root),
    );
  });
});
