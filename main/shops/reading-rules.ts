/** Several ids of one line (a platform that counts one line a unit) as the one text that is stored. */
export function lineIdOf(externalLineIds: readonly string[]): string {
  return externalLineIds.join(',');
}

/**
 * Units that are wanted of a line now. The platform counts what is left to send; of what has left here it may have heard
 * or not, so that `remaining` may stand anywhere from wanted − shipped to wanted, and units that left with somebody else's
 * label beyond it, without anything having changed.
 */
export function wantedNow(
  remaining: number,
  known: { readonly wanted: number; readonly shipped: number; readonly elsewhere: number },
  allTold: boolean,
): number {
  const { wanted, shipped, elsewhere } = known;
  if (allTold) return remaining + shipped;
  if (remaining > wanted + elsewhere) return remaining - elsewhere;
  return remaining < wanted - shipped ? remaining + shipped : wanted;
}

/** Where the next reading of a shop begins. */
export function readFrom(
  cursor: string | null,
  reach: {
    readonly now: string;
    readonly since: string | null;
    readonly overlapSeconds: number;
    readonly days: number;
  },
): string {
  const furthest = Date.parse(reach.now) - reach.days * 86_400_000;
  const from =
    reach.since !== null
      ? Date.parse(reach.since)
      : cursor === null
        ? Date.parse(reach.now) - FIRST_DAYS * 86_400_000
        : Date.parse(cursor) - reach.overlapSeconds * 1_000;
  return new Date(Math.max(furthest, from)).toISOString();
}

/** How far back a shop is read the first time. */
const FIRST_DAYS = 7;
const LATE_MOST_SECONDS = 900;

/** Seconds until a shop that failed so many times in a row is asked again: soon after a hiccup, at most a quarter of an hour. */
export function waitAfterFaults(faults: number, pollSeconds: number): number {
  return Math.min(LATE_MOST_SECONDS, Math.max(5, pollSeconds / 12) * 2 ** Math.min(10, Math.max(0, faults - 1)));
}
