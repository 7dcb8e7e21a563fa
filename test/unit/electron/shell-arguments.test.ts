import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseShellArguments } from '../../../main/electron/shell-arguments.ts';

describe('the command line of the desktop shell', () => {
  test('without arguments it is a plain station in the platform’s folder', () => {
    expect(parseShellArguments(['packwright'], '/home/mia')).toEqual({ dataDir: undefined, demo: false, kiosk: false });
  });

  test('a data folder is taken from where the app was started', () => {
    const parsed = parseShellArguments(['electron', '.', '--data', 'bench-2', '--demo', '--kiosk'], '/srv');
    expect(parsed).toEqual({ dataDir: resolve('/srv', 'bench-2'), demo: true, kiosk: true });
  });

  test('a data folder may be joined with an equals sign, and Chromium’s own switches are left alone', () => {
    const parsed = parseShellArguments(['packwright', '--no-sandbox', '--data=/srv/one two'], '/');
    expect(parsed.dataDir).toBe(resolve('/srv/one two'));
  });

  test.each([[['--data']], [['--data', '--kiosk']], [['--data=']]])('%j is refused instead of guessed', (argv) => {
    expect(() => parseShellArguments(argv, '/')).toThrow(expect.objectContaining({ code: 'shell.data-missing' }));
  });
});
