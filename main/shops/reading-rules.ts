/** Several ids of one line (a platform that counts one line a unit) as the one text that is stored. */
export function lineIdOf(externalLineIds: readonly string[]): string {
  return externalLineIds.join(',');
}

/**
 * Units that are wanted of a line now, those that have left included. The platform counts what is left to send; of what has
 * left it may have heard or not, so that `remaining` may stand anywhere from wanted − shipped to wanted without anything
 * having changed.
 */
export function wantedNow(
  remaining: number,
  known: { readonly wanted: number; readonly shipped: number },
  allTold: boolean,
): number {
  const { wanted, shipped } = known;
  if (allTold) return remaining + shipped;
  if (remaining > wanted) return remaining;
  return remaining < wanted - shipped ? remaining + shipped : wanted;
}

/**
 * Units of several lines that a platform tells by one id, each line as it was ordered (a gift beside what was bought): each
 * keeps what is left of it, and the rest fills them up in their order.
 */
export function spreadOver(
  total: number,
  lines: readonly { readonly ordered: number; readonly remaining: number }[],
): number[] {
  let left = total;
  const units = lines.map(({ remaining }) => {
    const kept = Math.min(left, remaining);
    left -= kept;
    return kept;
  });
  for (const [index, { ordered }] of lines.entries()) {
    const room = Math.min(left, Math.max(0, ordered - (units[index] ?? 0)));
    units[index] = (units[index] ?? 0) + room;
    left -= room;
  }
  // More is wanted than these lines say was ordered.
  return units.map((count, index) => (index === 0 ? count + left : count));
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
