import { describe, expect, test } from 'vitest';
import { readSavedWindow, restoreBounds } from '../../../main/electron/window-bounds.ts';

const laptop = { x: 0, y: 25, width: 1440, height: 875 };
const monitorOnTheLeft = { x: -1920, y: 0, width: 1920, height: 1080 };

describe('where the window opens', () => {
  test('the first time it is centred on the primary display', () => {
    expect(restoreBounds(undefined, [laptop])).toEqual({ x: 80, y: 33, width: 1280, height: 860 });
  });

  test('it comes back where it was', () => {
    const saved = { x: -1800, y: 40, width: 1000, height: 700, maximized: false };
    expect(restoreBounds(saved, [laptop, monitorOnTheLeft])).toEqual({ x: -1800, y: 40, width: 1000, height: 700 });
  });

  test('it comes to the primary display when its monitor was unplugged', () => {
    const saved = { x: -1800, y: 40, width: 1000, height: 700, maximized: false };
    expect(restoreBounds(saved, [laptop])).toEqual({ x: 220, y: 113, width: 1000, height: 700 });
  });

  test('it does not come back with its title bar above the display', () => {
    const saved = { x: 100, y: -400, width: 1000, height: 700, maximized: false };
    expect(restoreBounds(saved, [laptop]).y).toBeGreaterThanOrEqual(laptop.y);
  });

  test('it shrinks to a display that is smaller than it was', () => {
    const saved = { x: 10, y: 30, width: 2560, height: 1400, maximized: false };
    expect(restoreBounds(saved, [laptop])).toEqual({ x: 10, y: 30, width: 1440, height: 875 });
  });

  test('a display smaller than the screens need still shows the whole upper left corner', () => {
    expect(restoreBounds(undefined, [{ x: 0, y: 0, width: 640, height: 480 }])).toMatchObject({ x: 0, y: 0 });
  });
});

describe('a stored window state', () => {
  test('is read back as it was saved', () => {
    const saved = { x: 1, y: 2, width: 900, height: 700, maximized: true };
    expect(readSavedWindow({ ...saved })).toEqual(saved);
  });

  test.each([
    [undefined],
    [null],
    ['1280x860'],
    [{}],
    [{ x: 0, y: 0, width: 0, height: 600 }],
    [{ x: 0, y: 0, width: 1e9, height: 600 }],
    [{ x: '0', y: 0, width: 800, height: 600 }],
    [{ x: Number.NaN, y: 0, width: 800, height: 600 }],
  ])('that is spoilt counts as none: %j', (stored) => {
    expect(readSavedWindow(stored)).toBeUndefined();
  });
});
