import { beforeEach, describe, expect, test } from 'vitest';
import { createTwinFinder, type ScanWay } from '../../../main/app/two-way-scans.ts';

let nowMs = 0;
let ids = 0;
let isTwin: ReturnType<typeof createTwinFinder>;
beforeEach(() => {
  nowMs = 0;
  isTwin = createTwinFinder(() => nowMs);
});

const scan = (way: ScanWay, raw: string, told: { stationId?: string; commandId?: string } = {}) => {
  ids += 1;
  return isTwin({ stationId: 'bench-1', commandId: `c${ids}`, raw, way, ...told });
};

describe('one pull of the trigger that arrives by keyboard and by cable', () => {
  test('counts once, whichever comes first', () => {
    expect([scan('serial', 'A'), scan('wedge', 'A')]).toEqual([false, true]);
    expect([scan('wedge', 'B'), scan('serial', 'B')]).toEqual([false, true]);
  });

  test.each([0, 80, 500, 999])('also %i ms later', (laterMs) => {
    scan('serial', 'A');
    nowMs = laterMs;
    expect(scan('wedge', 'A')).toBe(true);
  });

  test('although keys lose the separator, the identifier and the case', () => {
    scan('serial', ']C10109521234567899\u001d10ab');
    expect(scan('wedge', '010952123456789910AB')).toBe(true);
  });

  test('three pieces are three, however the halves mix', () => {
    const heard = [scan('serial', 'A'), scan('serial', 'A'), scan('wedge', 'A'), scan('serial', 'A')];
    const rest = [scan('wedge', 'A'), scan('wedge', 'A')];
    expect([...heard, ...rest].filter((twin) => !twin)).toHaveLength(3);
  });

  test('is the same on its repeat after a lost answer', () => {
    scan('serial', 'A');
    const first = scan('wedge', 'A', { commandId: 'again' });
    expect([first, scan('wedge', 'A', { commandId: 'again' })]).toEqual([true, true]);
  });
});

describe('goods are identical, so it is two pieces', () => {
  test('by the same way, at any distance', () => {
    expect([scan('serial', 'A'), scan('serial', 'A'), scan('wedge', 'B'), scan('wedge', 'B')]).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  test('a second later', () => {
    scan('serial', 'A');
    nowMs = 1_000;
    expect(scan('wedge', 'A')).toBe(false);
  });

  test('at another bench', () => {
    scan('serial', 'A');
    expect(scan('wedge', 'A', { stationId: 'bench-2' })).toBe(false);
  });

  test('of another code', () => {
    scan('serial', 'A');
    expect(scan('wedge', 'AB')).toBe(false);
  });
});
