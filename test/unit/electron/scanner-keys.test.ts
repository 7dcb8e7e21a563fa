import { describe, expect, test } from 'vitest';
import { isBrowserShortcut, type KeyPress } from '../../../main/electron/scanner-keys.ts';

const bench = { kiosk: false, development: false };
const kiosk = { kiosk: true, development: false };

const press = (keys: string, code = ''): KeyPress => {
  const parts = keys.split(' ');
  const key = parts.at(-1) ?? '';
  const held = parts.slice(0, -1);
  return { key, code, control: held.includes('Ctrl'), meta: held.includes('Cmd'), alt: held.includes('Alt') };
};

describe('keys that a scan may contain and a browser would obey', () => {
  test.each([
    ['Ctrl r', 'reload'],
    ['Ctrl R', 'reload under CapsLock'],
    ['Ctrl w', 'close'],
    ['Ctrl p', 'print'],
    ['Ctrl q', 'XON, quit'],
    ['Ctrl +', 'zoom in'],
    ['Ctrl =', 'zoom in without Shift'],
    ['Ctrl -', 'zoom out'],
    ['Ctrl 0', 'zoom reset'],
    ['Cmd r', 'reload on macOS'],
    ['F5', 'reload'],
    ['F12', 'developer tools'],
    ['Alt ArrowLeft', 'back'],
    ['Alt ArrowRight', 'forward'],
    ['BrowserBack', 'back on a media keyboard'],
  ])('%s never reaches the window (%s)', (keys) => {
    expect(isBrowserShortcut(press(keys), bench)).toBe(true);
  });

  test.each([
    ['a', 'a letter of a code'],
    ['Enter', 'the end of a scan'],
    ['Tab', 'the end of a scan'],
    ['F8', 'GS on some scanners'],
    ['F9', 'a scan prefix'],
    ['Ctrl ]', 'GS'],
    ['Ctrl ^', 'RS'],
    ['Ctrl \\', 'FS'],
    ['Ctrl _', 'US'],
    ['Ctrl b', 'STX'],
    ['Ctrl c', 'ETX, and copy'],
    ['Ctrl d', 'EOT'],
    ['Ctrl i', 'TAB'],
    ['Ctrl j', 'LF, with which some scans end'],
    ['Ctrl m', 'CR'],
    ['Ctrl v', 'paste'],
    ['Ctrl Alt e', 'the euro sign by AltGr'],
    ['Ctrl Alt 0', 'an at sign by AltGr on a French keyboard'],
    ['Alt 6', 'a digit of a scanner in Alt mode'],
    ['Cmd q', 'quit on macOS, which only people press'],
  ])('%s goes through to the page (%s)', (keys) => {
    expect(isBrowserShortcut(press(keys), bench)).toBe(false);
  });

  test('full screen is the operator’s choice at a bench and nobody’s in a kiosk', () => {
    expect([bench, kiosk].map((mode) => isBrowserShortcut(press('F11'), mode))).toEqual([false, true]);
  });

  test('a layout without Latin letters is judged by the place of the key', () => {
    expect(isBrowserShortcut(press('Ctrl к', 'KeyR'), bench)).toBe(true);
  });

  test('undo on a French keyboard is not taken for the W that an English one has in its place', () => {
    expect(isBrowserShortcut(press('Ctrl z', 'KeyW'), bench)).toBe(false);
  });

  test('developers may reload and open their tools', () => {
    const developer = { kiosk: false, development: true };
    const allowed = ['Ctrl r', 'F5', 'F12'].map((keys) => isBrowserShortcut(press(keys), developer));
    expect(allowed).toEqual([false, false, false]);
  });
});
