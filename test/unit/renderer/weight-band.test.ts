import { describe, expect, test } from 'vitest';
import { bandOf } from '../../../renderer/screens/bench/weight-band-rules.ts';

const weighing = { expectedMg: 1_000_000, toleranceMg: 30_000 };

describe('where a weight stands against what was expected', () => {
  test('nothing on the scale stands nowhere', () => {
    expect(bandOf(weighing, null)).toBeUndefined();
  });

  test('both ends of the tolerance are right, and are drawn at its ends', () => {
    const ends = [bandOf(weighing, 970_000), bandOf(weighing, 1_030_000)];
    expect(ends.map((end) => [end?.side, Math.round(end?.positionPercent ?? 0)])).toEqual([
      ['right', 33],
      ['right', 67],
    ]);
  });

  test('one milligram outside is not', () => {
    expect(bandOf(weighing, 969_999)?.side).toBe('light');
    expect(bandOf(weighing, 1_030_001)).toMatchObject({ side: 'heavy', differenceMg: 30_001 });
  });

  test('what is far off stays in the drawing', () => {
    expect([bandOf(weighing, 0)?.positionPercent, bandOf(weighing, 9_000_000)?.positionPercent]).toEqual([1, 99]);
    expect(bandOf({ expectedMg: 5, toleranceMg: 0 }, 6)).toMatchObject({ side: 'heavy', positionPercent: 99 });
  });
});
