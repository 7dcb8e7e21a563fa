const STEPS_MS = [500, 1_000, 2_000, 5_000] as const;
const JITTER = 0.2;

/**
 * Milliseconds to wait after the `failures`-th failure in a row (counted from 1), for ever and never longer than six
 * seconds. `chance` from 0 to 1 spreads devices that failed together.
 */
export function retryDelay(failures: number, chance: number): number {
  const step = STEPS_MS[Math.min(Math.max(failures, 1), STEPS_MS.length) - 1] ?? 5_000;
  return Math.round(step * (1 - JITTER + 2 * JITTER * chance));
}
