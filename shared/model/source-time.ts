import { AppError } from '../errors.ts';
import { localToUtcMs } from './local-time.ts';

/** An instant (ISO-8601 UTC, milliseconds) and what the source wrote. */
export interface SourceTime {
  readonly at: string;
  readonly source: string;
}

const TEXT = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/i;
const NOTHING = /^(?:0|-1|0000-00-00.*|)$/;
/** Seconds reach this in the year 5138, milliseconds passed it in 1973. */
const MILLISECONDS_FROM = 100_000_000_000;

/**
 * A time of a platform: epoch seconds or milliseconds (number or digits), ISO 8601, or a clock reading in `zone`.
 *
 * Null for nothing (absent, empty, 0, MySQL's zero date). Throws `channel.broken-order` for what is no time of this
 * century: a lost ship-by would be worse than an order set aside.
 */
export function sourceTime(value: string | number | null | undefined, zone = 'UTC'): SourceTime | null {
  const source = value === null || value === undefined ? '' : String(value).trim();
  if (NOTHING.test(source)) return null;
  const ms = /^\d+$/.test(source) ? epochMs(Number(source)) : textMs(source, zone);
  if (ms === undefined || ms < Date.UTC(2000, 0) || ms >= Date.UTC(2100, 0))
    throw new AppError('remote', 'channel.broken-order', { reason: `“${source.slice(0, 40)}” is no time` });
  return { at: new Date(ms).toISOString(), source };
}

/** The first of several times that is given. */
export function firstTime(values: readonly (string | number | null | undefined)[], zone = 'UTC'): SourceTime | null {
  for (const value of values) {
    const found = sourceTime(value, zone);
    if (found) return found;
  }
  return null;
}

/** The earliest of several times, null when there is none. */
export function earliestTime(times: readonly (SourceTime | null)[]): SourceTime | null {
  return times.reduce((first, time) => (time !== null && (first === null || time.at < first.at) ? time : first), null);
}

function epochMs(value: number): number {
  return value >= MILLISECONDS_FROM ? value : value * 1000;
}

function textMs(text: string, zone: string): number | undefined {
  const found = TEXT.exec(text);
  if (!found) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const milli = Number((found[7] ?? '').padEnd(3, '0').slice(0, 3));
  const local = new Date(Date.UTC(year, month - 1, day, hour, minute, second, milli));
  if (local.getUTCMonth() !== month - 1 || local.getUTCDate() !== day) return undefined;
  const offset = found[8];
  if (offset === undefined) return localToUtcMs(local.getTime(), zone);
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d{2}):?(\d{2})$/.exec(offset) ?? [];
  return local.getTime() - (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
