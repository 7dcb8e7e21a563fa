import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readFrom, waitAfterFaults, wantedNow } from '../../../main/shops/reading-rules.ts';

const now = '2026-11-23T12:00:00.000Z';
const usual = { now, since: null, overlapSeconds: 300, days: 60 };

describe('a reading begins', () => {
  test('a week back the first time, its overlap before the cursor afterwards', () => {
    expect(readFrom(null, usual)).toBe('2026-11-16T12:00:00.000Z');
    expect(readFrom('2026-11-23T11:50:00.000Z', usual)).toBe('2026-11-23T11:45:00.000Z');
  });

  test('where somebody said, and never further back than the shop answers for', () => {
    expect(readFrom('2026-11-23T11:50:00.000Z', { ...usual, since: '2026-11-01T00:00:00.000Z' })).toBe(
      '2026-11-01T00:00:00.000Z',
    );
    expect(readFrom('2025-01-01T00:00:00.000Z', usual)).toBe('2026-09-24T12:00:00.000Z');
    expect(readFrom(null, { ...usual, since: '2020-01-01T00:00:00.000Z' })).toBe('2026-09-24T12:00:00.000Z');
  });
});

describe('a shop that fails is asked again', () => {
  test.each([
    [1, 60, 5],
    [2, 60, 10],
    [5, 60, 80],
    [30, 60, 900],
    [1, 600, 50],
  ])('after fault %d in a row of a shop read every %d s: in %d s', (faults, poll, seconds) => {
    expect(waitAfterFaults(faults, poll)).toBe(seconds);
  });

  test('never later for having failed less, within a quarter of an hour', () => {
    fc.assert(
      fc.property(fc.nat({ max: 100 }), fc.integer({ min: 1, max: 3_600 }), (faults, poll) => {
        const wait = waitAfterFaults(faults, poll);
        expect(wait).toBeLessThanOrEqual(waitAfterFaults(faults + 1, poll));
        expect(wait).toBeGreaterThanOrEqual(5);
        expect(wait).toBeLessThanOrEqual(900);
      }),
    );
  });
});

describe('units wanted of a line', () => {
  const known = { wanted: 5, shipped: 2, elsewhere: 0 };

  test('are what is left and what left, once the shop has heard of everything', () => {
    expect(wantedNow(3, known, true)).toBe(5);
    expect(wantedNow(1, known, true)).toBe(3);
  });

  test('stay while the shop may or may not have heard of what left', () => {
    for (const remaining of [3, 4, 5]) expect(wantedNow(remaining, known, false)).toBe(5);
  });

  test('change when what is left cannot come from what left', () => {
    expect(wantedNow(2, known, false)).toBe(4);
    expect(wantedNow(7, known, false)).toBe(7);
    expect(wantedNow(8, { ...known, elsewhere: 1 }, false)).toBe(7);
  });
});
