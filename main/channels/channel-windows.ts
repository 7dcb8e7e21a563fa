/** A stretch of time that a list is asked for; whole seconds of epoch, both ends inclusive. */
export interface TimeWindow {
  readonly from: number;
  readonly to: number;
}

export interface NumberedPage<T> {
  readonly rows: readonly T[];
  /** Rows of the whole window as it stands now. */
  readonly total: number;
}

/** A platform whose lists are asked by short windows of change and pages with numbers. */
export interface WindowedList<T> {
  /** Inclusive; ISO-8601 UTC. */
  readonly since: string;
  /** The end that the platform allows now, by its own clock; asked again before every window. */
  until(): Date;
  readonly longestSeconds: number;
  readonly pageSize: number;
  /** Rows of one window beyond which its last pages cannot be asked for. */
  readonly mostRows: number;
  /** Page numbers begin at 1. */
  ask(window: TimeWindow, page: number): Promise<NumberedPage<T>>;
}

export interface WindowRows<T> {
  readonly rows: readonly T[];
  /** End of the window on its last page, null before; ISO-8601 UTC. */
  readonly upTo: string | null;
}

/**
 * Reads window by window, and in each from the last page to the first: an order that changes meanwhile leaves a window
 * that has ended, so that others move to earlier pages, never past what is still to be read. Where a window grows all the
 * same (a list that is late), the pages behind are read again. A window of one page costs one request.
 */
export async function* readWindows<T>(list: WindowedList<T>): AsyncIterable<WindowRows<T>> {
  const limit = (): number => seconds(list.until().getTime());
  let [from, longest] = [seconds(Date.parse(list.since)), list.longestSeconds];
  for (;;) {
    const bound = limit();
    if (from >= bound) return;
    const window = { from, to: Math.min(from + longest, bound) };
    const first = await list.ask(window, 1);
    // The first answer may tell that this PC's clock is ahead: such a window has not ended yet.
    if (window.to > limit()) continue;
    if (first.total > list.mostRows && longest > 1) {
      longest = Math.max(1, Math.floor((window.to - window.from) / 2));
      continue;
    }
    yield* rowsOf(list, window, first);
    if (window.to >= bound) return;
    [from, longest] = [window.to, list.longestSeconds];
  }
}

async function* rowsOf<T>(
  list: WindowedList<T>,
  window: TimeWindow,
  first: NumberedPage<T>,
): AsyncIterable<WindowRows<T>> {
  const upTo = new Date(window.to * 1_000).toISOString();
  if (first.total <= list.pageSize) {
    yield { rows: first.rows, upTo };
    return;
  }
  let total = first.total;
  for (let page = Math.ceil(total / list.pageSize); page >= 1; ) {
    const { rows, total: now } = await list.ask(window, page);
    const grown = now - total;
    total = now;
    yield { rows, upTo: page === 1 && grown <= 0 ? upTo : null };
    page += grown > 0 ? Math.ceil(grown / list.pageSize) : -1;
  }
}

const seconds = (ms: number): number => Math.floor(ms / 1_000);

/** The part of a window that has ended by `until`; what a list is really asked for, since a clock may be found wrong. */
export function endedPart({ from, to }: TimeWindow, until: Date): TimeWindow {
  const end = Math.min(to, seconds(until.getTime()));
  return { from: Math.min(from, end), to: end };
}

/** A clock reading in China, as its platforms write it: `2026-11-20 10:00:00`. Without daylight saving since 1991. */
export function chinaTime(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
}

/** The instant of such a reading, ISO-8601 UTC; null for what is none. */
export function chinaInstant(text: string): string | null {
  const found = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})/.exec(text);
  const at = new Date(`${found?.[1]}T${found?.[2]}+08:00`);
  return found && Number.isFinite(at.getTime()) ? at.toISOString() : null;
}

/** So long after a change another one may still bear the same second. */
const SAME_SECOND_MS = 2_000;

/**
 * An order of a platform that counts in whole seconds, read while the second of its change was hardly over: it counts as a
 * little older, so that a list which names it with the same second still means something new.
 */
export function mayChangeInItsSecond<T extends { readonly updatedAt: string | null }>(order: T, now: Date): T {
  const changed = Date.parse(order.updatedAt ?? '');
  if (!(changed > now.getTime() - SAME_SECOND_MS)) return order;
  return { ...order, updatedAt: new Date(changed - 1).toISOString() };
}
