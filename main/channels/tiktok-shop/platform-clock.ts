/** The platform's time, by the `Date` of its answers: it refuses what is signed with another one. */
export interface PlatformClock {
  now(): Date;
  /** Milliseconds that the platform is ahead of this PC; 0 while they agree or nothing was heard yet. */
  aheadMs(): number;
  /** Learns from an answer's `Date`; true when that changed the time by which is signed. */
  learn(headers: Headers): boolean;
}

/** `Date` has whole seconds and an answer takes its time: less than this is no difference. */
const SAME_MS = 5_000;
const HALF_SECOND_MS = 500;

export function platformClock(clock: () => Date): PlatformClock {
  let ahead = 0;
  return {
    now: () => new Date(clock().getTime() + ahead),
    aheadMs: () => ahead,
    learn(headers) {
      const said = Date.parse(headers.get('date') ?? '');
      if (!Number.isFinite(said)) return false;
      const difference = said + HALF_SECOND_MS - clock().getTime();
      const found = Math.abs(difference) < SAME_MS ? 0 : difference;
      const changed = Math.abs(found - ahead) >= SAME_MS;
      if (changed) ahead = found;
      return changed;
    },
  };
}
