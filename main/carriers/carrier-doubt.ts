import { AppError } from '../../shared/errors.ts';

/** Longer than any service works on a purchase that it has taken in. */
const IN_FLIGHT_MS = 90_000;
/** The carrier took nothing: see `Carrier`. */
const CERTAIN = new Set(['carrier.unreachable', 'carrier.throttled', 'carrier.sign-in-refused']);

export interface OpenPurchases {
  /** Buys; where it ends without an answer, the purchase stays open for a while. */
  during<T>(reference: string, buy: () => Promise<T>): Promise<T>;
  /** True while a look-up that finds nothing does not prove that nothing was bought. */
  isOpen(reference: string): boolean;
}

/**
 * Remembers purchases that nobody answered. A request that timed out here may still be worked on there: for that long
 * "not found" is no answer. After a restart the time inside the reference (a UUIDv7) tells how young the purchase is.
 */
export function openPurchases(clock: () => Date): OpenPurchases {
  const brokenOff = new Map<string, number>();
  return {
    async during(reference, buy) {
      try {
        const bought = await buy();
        brokenOff.delete(reference);
        return bought;
      } catch (error) {
        if (error instanceof AppError && CERTAIN.has(error.code)) throw error;
        const now = clock().getTime();
        for (const [old, at] of brokenOff) if (now - at > IN_FLIGHT_MS) brokenOff.delete(old);
        brokenOff.set(reference, now);
        throw error;
      }
    },
    isOpen(reference) {
      const since = Math.max(brokenOff.get(reference) ?? 0, timeOf(reference) ?? 0);
      const age = clock().getTime() - since;
      return age >= 0 && age < IN_FLIGHT_MS;
    },
  };
}

/** Milliseconds since 1970 that a UUIDv7 begins with; undefined for any other text. */
export function timeOf(reference: string): number | undefined {
  const [, high, low] = /^([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-/i.exec(reference) ?? [];
  return high === undefined || low === undefined ? undefined : Number.parseInt(high + low, 16);
}
