import { describe, expect, test } from 'vitest';
import {
  dayStart,
  hourStart,
  localDate,
  quarterMs,
  slotAt,
  slotsOf,
} from '../../../main/reporting/time-slots-rules.ts';
import { hoursOfDay } from '../../support/throughput-oracle.ts';

const iso = (ms: number): string => new Date(ms).toISOString();
const starts = (slots: readonly { start: number; end: number }[]): string[] => [
  ...slots.map(({ start }) => iso(start)),
  ...slots.slice(-1).map(({ end }) => iso(end)),
];
const aDay = (last: string) => ({ kind: 'days' as const, days: 1, last });

describe('the hours of a day on the wall', () => {
  test.each([
    ['an ordinary day in Paris', 'Europe/Paris', '2026-11-20', 24],
    ['the day that Paris loses an hour', 'Europe/Paris', '2026-03-29', 23],
    ['the day that Paris repeats an hour', 'Europe/Paris', '2026-10-25', 25],
    ['the day that New York loses an hour', 'America/New_York', '2026-03-08', 23],
    ['a zone between the hours', 'Asia/Kolkata', '2026-11-20', 24],
    ['a zone at a quarter', 'Asia/Kathmandu', '2026-11-20', 24],
    ['a zone that moves by half an hour, backward', 'Australia/Lord_Howe', '2026-04-05', 24],
    ['a zone that moves by half an hour, forward', 'Australia/Lord_Howe', '2026-10-04', 24],
    ['a day that begins at one o’clock', 'America/Santiago', '2026-09-06', 23],
    ['UTC', 'UTC', '2026-11-20', 24],
  ])('%s', (_name, zone, date, count) => {
    const { grain, slots } = slotsOf(aDay(date), zone, 0);

    expect(grain).toBe('hour');
    expect(slots).toHaveLength(count);
    expect(starts(slots)).toEqual(hoursOfDay(zone, date));
  });

  test('the hour that comes twice is two hours', () => {
    const { slots } = slotsOf(aDay('2026-10-25'), 'Europe/Paris', 0);

    expect(starts(slots).slice(1, 5)).toEqual([
      '2026-10-24T23:00:00.000Z',
      '2026-10-25T00:00:00.000Z',
      '2026-10-25T01:00:00.000Z',
      '2026-10-25T02:00:00.000Z',
    ]);
  });
});

describe('several days', () => {
  test('are as long as the wall clock makes them, up to the present day', () => {
    const { grain, slots } = slotsOf({ kind: 'days', days: 3 }, 'Europe/Paris', Date.parse('2026-10-26T08:00:00.000Z'));

    expect(grain).toBe('day');
    expect(slots.map(({ start, end }) => (end - start) / 3_600_000)).toEqual([24, 25, 24]);
    expect(starts(slots).at(-1)).toBe('2026-10-26T23:00:00.000Z');
  });
});

describe('the last hours', () => {
  test('are full hours and the one that runs, over midnight too', () => {
    const now = Date.parse('2026-11-20T23:20:00.000Z');
    const { slots } = slotsOf({ kind: 'hours', hours: 3 }, 'Europe/Paris', now);

    expect(starts(slots)).toEqual([
      '2026-11-20T21:00:00.000Z',
      '2026-11-20T22:00:00.000Z',
      '2026-11-20T23:00:00.000Z',
      '2026-11-21T00:00:00.000Z',
    ]);
  });

  test('begin at the full hour of the wall, not of UTC', () => {
    const { slots } = slotsOf({ kind: 'hours', hours: 1 }, 'Asia/Kolkata', Date.parse('2026-11-20T05:10:00.000Z'));

    expect(starts(slots)).toEqual(['2026-11-20T04:30:00.000Z', '2026-11-20T05:30:00.000Z']);
  });
});

test('a day is the one on the wall, not the one of UTC', () => {
  const lateEvening = Date.parse('2026-11-20T23:30:00.000Z');

  expect(localDate('Europe/Paris', lateEvening)).toBe('2026-11-21');
  expect(localDate('America/New_York', lateEvening)).toBe('2026-11-20');
  expect(iso(dayStart('Europe/Paris', '2026-11-21'))).toBe('2026-11-20T23:00:00.000Z');
  expect(iso(hourStart('Asia/Kathmandu', lateEvening))).toBe('2026-11-20T23:15:00.000Z');
});

test('a quarter of an hour lies in exactly one slot', () => {
  const { slots } = slotsOf(aDay('2026-11-20'), 'Asia/Kathmandu', 0);

  expect(iso(quarterMs('2026-11-20T16:3'))).toBe('2026-11-20T16:45:00.000Z');
  expect(slotAt(slots, quarterMs('2026-11-19T18:0'))).toBe(-1);
  expect(slotAt(slots, quarterMs('2026-11-19T18:1'))).toBe(0);
  expect(slotAt(slots, quarterMs('2026-11-20T18:0'))).toBe(23);
});
