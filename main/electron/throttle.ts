export interface ThrottleLimits {
  /** How many happen at once before the next one has to wait. */
  readonly limit: number;
  readonly perMs: number;
}

/** Lets `limit` things happen in any `perMs` milliseconds, and tells the next one how long to wait. */
export interface Throttle {
  /** Milliseconds until the thing may happen, 0 for at once; each call books a place. */
  wait(nowMs: number): number;
}

/** Keeps a window that fails again and again from loading in a tight loop, without ever giving up on it. */
export function createThrottle({ limit, perMs }: ThrottleLimits): Throttle {
  let booked: number[] = [];
  return {
    wait(nowMs) {
      booked = booked.filter((at) => at > nowMs - perMs);
      const blocking = booked[booked.length - limit];
      const at = blocking === undefined ? nowMs : blocking + perMs;
      booked.push(at);
      return at - nowMs;
    },
  };
}
