import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chooseShell, decideShell } from '../../../main/launch/shell.mjs';

interface Asked {
  readonly environment: NodeJS.ProcessEnv;
  readonly args: readonly string[];
  readonly platform: NodeJS.Platform;
}
const asked = (some: Partial<Asked> = {}): Asked => ({
  environment: { DISPLAY: ':0' },
  args: [],
  platform: 'linux',
  ...some,
});

describe('a window is asked for', () => {
  test.each([
    ['where Linux has a display server', asked()],
    ['under Wayland', asked({ environment: { WAYLAND_DISPLAY: 'wayland-0' } })],
    ['on Windows', asked({ environment: {}, platform: 'win32' })],
    ['for the demo and a data folder of its own', asked({ args: ['--demo', '--data', '/x'] })],
  ])('%s', (_where, question) => {
    expect(decideShell(question)).toEqual({ shell: 'electron', must: false });
  });

  test('and nothing else will do when the setting says so', () => {
    expect(decideShell(asked({ environment: { PACKWRIGHT_SHELL: 'electron' } }))).toEqual({
      shell: 'electron',
      must: true,
    });
  });
});

describe('the browser is asked for', () => {
  test('without a word when the settings say so', () => {
    const settings = [{ PACKWRIGHT_SHELL: 'web' }, { PACKWRIGHT_NO_OPEN: '1' }];
    for (const setting of settings)
      expect(decideShell(asked({ environment: { DISPLAY: ':0', ...setting } }))).toEqual({ shell: 'web' });
  });

  test.each([
    ['no display server', asked({ environment: {} }), 'No display here'],
    ['a port', asked({ args: ['--port', '4000'] }), '--port is for browsers'],
    ['a host', asked({ args: ['--host=0.0.0.0'] }), '--host is for browsers'],
  ])('in one line for %s', (_why, question, line) => {
    const choice = decideShell(question);
    expect(choice).toMatchObject({ shell: 'web', line: expect.stringContaining(line) });
  });
});

test('a shell that does not exist is refused by its name', () => {
  expect(() => decideShell(asked({ environment: { PACKWRIGHT_SHELL: 'qt' } }))).toThrow('PACKWRIGHT_SHELL is "qt"');
});

describe('Electron’s program', () => {
  let root: string;
  let said: string[];
  const say = (line: string) => said.push(line);
  const put = (path: string, text: string) => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'packwright-launch-'));
    said = [];
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  test('is used where it is', async () => {
    put('node_modules/electron/path.txt', 'electron');
    put('node_modules/electron/dist/electron', '');
    expect(await chooseShell(root, asked(), say)).toEqual({
      shell: 'electron',
      binary: join(root, 'node_modules/electron/dist/electron'),
    });
    expect(said).toEqual([]);
  });

  test('is fetched where only its package is', async () => {
    put(
      'node_modules/electron/install.js',
      `const { mkdirSync, writeFileSync } = require('node:fs');
       mkdirSync(__dirname + '/dist');
       writeFileSync(__dirname + '/dist/electron', '');
       writeFileSync(__dirname + '/path.txt', 'electron');`,
    );
    expect(await chooseShell(root, asked(), say)).toMatchObject({ shell: 'electron' });
  });

  test('that cannot be fetched is told of in one line, and not tried again that day', async () => {
    put(
      'node_modules/electron/install.js',
      `require('node:fs').appendFileSync('tries', 'x'); console.error('a long trace'); process.exit(1)`,
    );
    expect(await chooseShell(root, asked(), say)).toEqual({ shell: 'web' });
    expect(await chooseShell(root, asked(), say)).toEqual({ shell: 'web' });
    expect(readFileSync(join(root, 'tries'), 'utf8')).toBe('x');
    expect(said).toEqual([said[0], said[0]]);
    expect(said[0]).toContain('the station opens in the browser');
  });

  test('that must be there and is not ends the start', async () => {
    const must = asked({ environment: { PACKWRIGHT_SHELL: 'electron' } });
    await expect(chooseShell(root, must, say)).rejects.toThrow('PACKWRIGHT_SHELL asks for Electron');
  });
});
