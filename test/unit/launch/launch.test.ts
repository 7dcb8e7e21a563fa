import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { buildNeeded, fingerprint } from '../../../main/launch/build.mjs';
import { installNeeded, nodeProblem, runQuietly } from '../../../main/launch/install.mjs';
import { chooseShell, electronBinary, hasDisplay } from '../../../main/launch/shell.mjs';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'packwright-launch-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('what has to be done before the station starts', () => {
  test('an old Node is named, a new one passes', () => {
    expect(nodeProblem('18.19.0')).toContain('20.19');
    expect(nodeProblem('20.18.3')).toContain('20.18.3');
    expect([nodeProblem('20.19.0'), nodeProblem('24.1.0')]).toEqual([undefined, undefined]);
  });

  test('packages are installed when none are there, and again when the lock file changed', async () => {
    writeFileSync(join(root, 'package-lock.json'), '{"a":1}');
    expect(installNeeded(root)).toBe(true);
    const { createHash } = await import('node:crypto');
    mkdirSync(join(root, 'node_modules'));
    const hash = createHash('sha256').update('{"a":1}').digest('hex');
    writeFileSync(join(root, 'node_modules', '.packwright-install'), `${hash} ${process.versions.modules}`);
    expect(installNeeded(root)).toBe(false);
    writeFileSync(join(root, 'package-lock.json'), '{"a":2}');
    expect(installNeeded(root)).toBe(true);
  });

  test('the program is built again after any change of a source, and only then', () => {
    mkdirSync(join(root, 'main'));
    mkdirSync(join(root, 'dist'));
    writeFileSync(join(root, 'main', 'a.ts'), 'one');
    expect(buildNeeded(root)).toBe(true);
    writeFileSync(join(root, 'dist', 'built-from'), fingerprint(root));
    expect(buildNeeded(root)).toBe(false);
    utimesSync(join(root, 'main', 'a.ts'), new Date(), new Date(Date.now() + 5_000));
    expect(buildNeeded(root)).toBe(true);
    writeFileSync(join(root, 'dist', 'built-from'), fingerprint(root));
    writeFileSync(join(root, 'main', 'b.ts'), 'two');
    expect(buildNeeded(root)).toBe(true);
  });

  test('a program that fails tells its last words', async () => {
    const { code, output } = await runQuietly(
      process.execPath,
      ['-e', 'console.error("no compiler"); process.exit(3)'],
      { shell: false },
    );
    expect({ code, output: output.trim() }).toEqual({ code: 3, output: 'no compiler' });
  });
});

describe('which shell opens', () => {
  test('a machine without a display server gets the browser, in one line', async () => {
    expect(hasDisplay({}, 'linux')).toBe(false);
    expect(hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(true);
    expect(hasDisplay({}, 'win32')).toBe(true);
    const choice = await chooseShell(root, { PACKWRIGHT_SHELL: 'web' });
    expect(choice).toEqual({ shell: 'web' });
  });

  test('Electron opens where its program is, and is missed where only its package is', async () => {
    const folder = join(root, 'node_modules', 'electron');
    mkdirSync(join(folder, 'dist'), { recursive: true });
    expect(electronBinary(root)).toBeUndefined();
    writeFileSync(join(folder, 'path.txt'), 'electron');
    expect(electronBinary(root)).toBeUndefined();
    writeFileSync(join(folder, 'dist', 'electron'), '');
    expect(await chooseShell(root, { PACKWRIGHT_SHELL: 'electron' })).toEqual({
      shell: 'electron',
      binary: join(folder, 'dist', 'electron'),
    });
  });

  test('what could not be fetched is said in one line and not tried again that day', async () => {
    mkdirSync(join(root, 'node_modules', 'electron'), { recursive: true });
    writeFileSync(
      join(root, 'node_modules', 'electron', 'install.js'),
      'require("node:fs").appendFileSync(process.cwd() + "/tries", "x"); process.exit(1)',
    );
    const first = await chooseShell(root, { DISPLAY: ':0' });
    const second = await chooseShell(root, { DISPLAY: ':0' });
    expect(first.shell).toBe('web');
    expect(first.line?.split('\n')).toHaveLength(1);
    expect(second).toEqual(first);
    const { readFileSync } = await import('node:fs');
    expect(readFileSync(join(root, 'tries'), 'utf8')).toBe('x');
  });
});
