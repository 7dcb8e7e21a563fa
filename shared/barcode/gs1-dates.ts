import { AppError } from '../errors.ts';
import { type ComponentRule, findIdentifier, partsOf } from './gs1-identifiers.ts';
import type { Gs1Element } from './scan-result.ts';

/**
 * YYYY-MM-DD of a GS1 date YYMMDD, or undefined when there is no such day.
 *
 * DD 00 is the last day of the month where the identifier allows it (`dayMayBeZero`). The century is the one
 * that puts the year between 49 before and 50 after the year of `now` (GS1 General Specifications 7.12).
 */
export function readGs1Date(yymmdd: string, now: string, dayMayBeZero: boolean): string | undefined {
  const [, yy, mm, dd] = /^([0-9]{2})([0-9]{2})([0-9]{2})$/.exec(yymmdd) ?? [];
  if (yy === undefined || mm === undefined || dd === undefined) return undefined;
  const month = Number(mm);
  if (month < 1 || month > 12) return undefined;
  const year = fullYear(Number(yy), yearOf(now));
  const lastDay = daysInMonth(year, month);
  const day = dayMayBeZero && dd === '00' ? lastDay : Number(dd);
  if (day < 1 || day > lastDay) return undefined;
  return `${year}-${mm}-${String(day).padStart(2, '0')}`;
}

function fullYear(yy: number, currentYear: number): number {
  const century = currentYear - (currentYear % 100);
  const ahead = yy - (currentYear % 100);
  if (ahead >= 51) return century - 100 + yy;
  return ahead <= -50 ? century + 100 + yy : century + yy;
}

function yearOf(now: string): number {
  const year = /^([0-9]{4})-/.exec(now)?.[1];
  if (year === undefined) throw new AppError('bug', 'scan.bad-clock', { now });
  return Number(year);
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** HH:MM of HHMM, or undefined when there is no such time of day. */
export function readGs1Time(hhmm: string): string | undefined {
  return /^(?:[01][0-9]|2[0-3])[0-5][0-9]$/.test(hhmm) ? `${hhmm.slice(0, 2)}:${hhmm.slice(2)}` : undefined;
}

const isDate: Readonly<Record<Exclude<ComponentRule, 'check'>, (part: string, now: string) => boolean>> = {
  day: (part, now) => readGs1Date(part, now, false) !== undefined,
  month: (part, now) => readGs1Date(part, now, true) !== undefined,
  time: (part) => readGs1Time(part) !== undefined,
  hour: (part) => readGs1Time(`${part}00`) !== undefined,
  sixty: (part) => readGs1Time(`00${part}`) !== undefined,
};

/** True when the element holds a date or a time of day that does not exist. */
export function hasBadDate(element: Gs1Element, now: string): boolean {
  const identifier = findIdentifier(element.ai);
  if (identifier === undefined) return false;
  return partsOf(identifier, element.value).some(
    ({ part, component: { rule } }) => rule !== undefined && rule !== 'check' && !isDate[rule](part, now),
  );
}
