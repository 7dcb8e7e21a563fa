/** What Amazon lets an app ask, by seller and operation: `perSecond` on the long run, `burst` at once. */
export const rates = {
  search: { perSecond: 0.0056, burst: 20 },
  order: { perSecond: 0.5, burst: 30 },
  confirm: { perSecond: 2, burst: 10 },
  listing: { perSecond: 5, burst: 5 },
} as const;
export type Operation = keyof typeof rates;

export interface Allowance {
  /** Milliseconds until so many questions of this kind may go out, one where none is said; 0 for now. */
  waitFor(operation: Operation, count?: number): number;
  spend(operation: Operation): void;
  /** Amazon's own number of questions a second, where an answer tells it. */
  learn(operation: Operation, perSecond: number): void;
  /** Amazon says that there is nothing left. */
  exhausted(operation: Operation): void;
}

/** Token buckets as Amazon keeps them, one an operation. */
export function allowance(clock: () => Date): Allowance {
  const buckets = new Map<Operation, { left: number; perSecond: number; at: number }>();
  const bucket = (operation: Operation) => {
    const now = clock().getTime();
    const kept = buckets.get(operation) ?? {
      ...{ left: rates[operation].burst, perSecond: rates[operation].perSecond, at: now },
    };
    // A clock that was put back refills nothing.
    const seconds = Math.max(0, now - kept.at) / 1_000;
    kept.left = Math.min(rates[operation].burst, kept.left + seconds * kept.perSecond);
    kept.at = now;
    buckets.set(operation, kept);
    return kept;
  };
  return {
    waitFor(operation, count = 1) {
      const { left, perSecond } = bucket(operation);
      return left >= count ? 0 : Math.ceil(((count - left) / perSecond) * 1_000);
    },
    spend(operation) {
      const kept = bucket(operation);
      kept.left = Math.max(0, kept.left - 1);
    },
    learn(operation, perSecond) {
      if (perSecond > 0) bucket(operation).perSecond = perSecond;
    },
    exhausted(operation) {
      bucket(operation).left = 0;
    },
  };
}
