import type { BenchView } from '../../../shared/contract/bench.ts';

export interface Band {
  readonly side: 'light' | 'right' | 'heavy';
  /** Weight less what was expected, milligrams. */
  readonly differenceMg: number;
  /** Place of the needle; the tolerance reaches from 33⅓ to 66⅔, and what is far off stands at the end. */
  readonly positionPercent: number;
}

/** Where a weight stands against what was expected; undefined while nothing lies on the scale. */
export function bandOf(
  { expectedMg, toleranceMg }: Pick<NonNullable<BenchView['weighing']>, 'expectedMg' | 'toleranceMg'>,
  mg: number | null,
): Band | undefined {
  if (mg === null) return undefined;
  const differenceMg = mg - expectedMg;
  const widths = toleranceMg === 0 ? Math.sign(differenceMg) * 3 : differenceMg / toleranceMg;
  const side = Math.abs(differenceMg) <= toleranceMg ? 'right' : differenceMg < 0 ? 'light' : 'heavy';
  return { side, differenceMg, positionPercent: Math.max(1, Math.min(99, 50 + (widths * 50) / 3)) };
}
