import type { ReportPeriod } from '../../shared/contract/reporting.ts';
import { aheadMs, localToUtcMs } from '../../shared/model/local-time.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Every zone is ahead of UTC by whole quarters of an hour, and changes its clocks by them. */
const QUARTER_MS = 900_000;

/** A stretch of time in UTC milliseconds; its end is the start of the next. */
export interface TimeSlot {
  readonly start: number;
  readonly end: number;
}

export interface PeriodSlots {
  readonly grain: 'hour' | 'day';
  readonly slots: readonly TimeSlot[];
}

/** The day on the wall at this instant, YYYY-MM-DD. */
export function localDate(zone: string, utcMs: number): string {
  return new Date(utcMs + aheadMs(zone, utcMs)).toISOString().slice(0, 10);
}

/** When the day begins there; `plusDays` moves it by calendar days, whatever their length. */
export function dayStart(zone: string, date: string, plusDays = 0): number {
  return localToUtcMs(Date.parse(`${date}T00:00:00.000Z`) + plusDays * DAY_MS, zone);
}

/** Whether another hour begins on the wall: at the full hour, or where the clocks jump into the middle of one. */
function hourBegins(zone: string, quarter: number): boolean {
  const wall = quarter + aheadMs(zone, quarter);
  if (wall % HOUR_MS === 0) return true;
  const before = quarter - QUARTER_MS;
  return Math.floor(wall / HOUR_MS) !== Math.floor((before + aheadMs(zone, before)) / HOUR_MS);
}

/** When the hour began that the wall shows at this instant. */
export function hourStart(zone: string, utcMs: number): number {
  let quarter = Math.floor(utcMs / QUARTER_MS) * QUARTER_MS;
  while (!hourBegins(zone, quarter)) quarter -= QUARTER_MS;
  return quarter;
}

/** Hours of the wall clock from one boundary to another: 23 or 25 on the days that change it. */
export function hoursBetween(zone: string, from: number, to: number): TimeSlot[] {
  const starts = [from];
  for (let quarter = from + QUARTER_MS; quarter < to; quarter += QUARTER_MS)
    if (hourBegins(zone, quarter)) starts.push(quarter);
  return starts.map((start, index) => ({ start, end: starts[index + 1] ?? to }));
}

/** The hours or days of a period; one day is shown by hours, several by days. */
export function slotsOf(period: ReportPeriod, zone: string, now: number): PeriodSlots {
  if (period.kind === 'hours') return { grain: 'hour', slots: lastHours(zone, now, period.hours) };
  const last = period.last ?? localDate(zone, now);
  if (period.days === 1)
    return { grain: 'hour', slots: hoursBetween(zone, dayStart(zone, last), dayStart(zone, last, 1)) };
  const slots = Array.from({ length: period.days }, (_, index) => {
    const day = index + 1 - period.days;
    return { start: dayStart(zone, last, day), end: dayStart(zone, last, day + 1) };
  });
  return { grain: 'day', slots };
}

function lastHours(zone: string, now: number, hours: number): TimeSlot[] {
  const present = hourStart(zone, now);
  let from = present;
  for (let hour = 1; hour < hours; hour += 1) from = hourStart(zone, from - 1);
  let to = present + QUARTER_MS;
  while (!hourBegins(zone, to)) to += QUARTER_MS;
  return hoursBetween(zone, from, to);
}

/** Reads what the database groups by: `2026-11-20T16:2` is the third quarter after four o'clock, UTC. */
export function quarterMs(key: string): number {
  return Date.parse(`${key.slice(0, 13)}:00:00.000Z`) + Number(key.slice(14)) * QUARTER_MS;
}

/** Place of the slot that holds an instant; -1 where none does. */
export function slotAt(slots: readonly TimeSlot[], utcMs: number): number {
  return slots.findIndex(({ start, end }) => start <= utcMs && utcMs < end);
}
