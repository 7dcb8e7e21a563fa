import { type Complain, quoted } from './read-values.ts';

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?(?: ?(Z|UTC|[+-]\d{2}:?\d{2}))?$/i;
const GERMAN = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?: (\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;
const MINUTE = 60_000;

export interface InstantRule {
  readonly what: string;
  /** Time meant by a day without one: a ship-by day lasts to its end. */
  readonly dayMeans: 'start' | 'end';
}

/**
 * An instant as ISO-8601 UTC with milliseconds, from `2026-11-20 14:03:11 +0100` (Shopify), ISO 8601, or
 * `20.11.2026 14:03`. Without an offset it is UTC. Complains about any other form, a day that does not exist (30
 * February), and years that can only be a slip.
 */
export function readInstant(text: string, rule: InstantRule, complain: Complain): string {
  const value = text.trim();
  const parts = partsOf(value);
  const instant = parts && toInstant(parts, rule.dayMeans);
  if (instant !== undefined) return instant;
  complain(
    value === ''
      ? `${rule.what} is missing`
      : `${rule.what} ${quoted(value)} is not a date like 2026-11-20 14:03:11 +0100`,
  );
  return '';
}

interface Parts {
  readonly date: readonly [year: number, month: number, day: number];
  readonly time: readonly [hour: number, minute: number, second: number, milli: number] | undefined;
  readonly offset: string | undefined;
}

function partsOf(value: string): Parts | undefined {
  const iso = ISO.exec(value);
  if (iso) {
    const [, year, month, day, hour, minute, second = '0', fraction = '', offset] = iso;
    const milli = Number(fraction.padEnd(3, '0').slice(0, 3));
    const time = hour === undefined ? undefined : ([Number(hour), Number(minute), Number(second), milli] as const);
    return { date: [Number(year), Number(month), Number(day)], time, offset };
  }
  const german = GERMAN.exec(value);
  if (!german) return undefined;
  const [, day, month, year, hour, minute, second = '0'] = german;
  const time = hour === undefined ? undefined : ([Number(hour), Number(minute), Number(second), 0] as const);
  return { date: [Number(year), Number(month), Number(day)], time, offset: undefined };
}

function toInstant({ date, time, offset }: Parts, dayMeans: 'start' | 'end'): string | undefined {
  const [year, month, day] = date;
  const [hour, minute, second, milli] = time ?? (dayMeans === 'start' ? [0, 0, 0, 0] : [23, 59, 59, 0]);
  if (year < 2000 || year > 2099 || hour > 23 || minute > 59 || second > 59) return undefined;
  const local = new Date(Date.UTC(year, month - 1, day, hour, minute, second, milli));
  if (local.getUTCMonth() !== month - 1 || local.getUTCDate() !== day) return undefined;
  const ahead = offsetMinutes(offset);
  return ahead === undefined ? undefined : new Date(local.getTime() - ahead * MINUTE).toISOString();
}

function offsetMinutes(offset: string | undefined): number | undefined {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(offset ?? '') ?? [];
  if (sign === undefined) return 0;
  if (Number(hours) > 14 || Number(minutes) > 59) return undefined;
  return (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
}
