const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(zone, format);
  return format;
}

/** How far the clocks of `zone` (IANA name) are ahead of UTC at this instant, in milliseconds. */
export function aheadMs(zone: string, utcMs: number): number {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(utcMs)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0;
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return local - Math.floor(utcMs / 1000) * 1000;
}

/**
 * The UTC milliseconds of a clock reading in `zone` (IANA name); `localMs` is that reading taken as if it were UTC.
 *
 * In the hour that a DST night repeats, the first pass is meant; a reading in the hour it skips counts from before it.
 */
export function localToUtcMs(localMs: number, zone: string): number {
  const before = localMs - aheadMs(zone, localMs - 86_400_000);
  const after = localMs - aheadMs(zone, localMs + 86_400_000);
  if (before === after) return before;
  return before + aheadMs(zone, before) === localMs
    ? before
    : after + aheadMs(zone, after) === localMs
      ? after
      : before;
}

/** Whether the runtime knows this IANA time zone. */
export function isTimeZone(zone: string): boolean {
  try {
    formatOf(zone);
    return true;
  } catch {
    return false;
  }
}
