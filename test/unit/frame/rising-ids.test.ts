import { describe, expect, test } from 'vitest';
import { risingIds } from '../../../main/db/rising-ids.ts';

const clockAt = (...instants: string[]) => {
  let turn = 0;
  return () => new Date(instants[Math.min(turn++, instants.length - 1)] ?? '');
};
const isUuidV7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('ids that rise', () => {
  test('within one millisecond, as the clock goes on, and when it is put back by an hour', () => {
    const clock = clockAt(
      '2026-11-22T10:00:00.000Z',
      '2026-11-22T10:00:00.000Z',
      '2026-11-22T10:00:00.001Z',
      '2026-11-22T09:00:00.000Z',
      '2026-11-22T09:00:01.000Z',
      '2026-11-22T10:00:02.000Z',
    );
    const newId = risingIds(clock, undefined);
    const ids = Array.from({ length: 1_000 }, newId);

    expect(ids.filter((id) => !isUuidV7.test(id))).toEqual([]);
    expect(ids.toSorted()).toEqual(ids);
    expect(new Set(ids).size).toBe(1_000);
  });

  test('above what was given out before a restart, though the clock was put back meanwhile', () => {
    const [last] = [risingIds(clockAt('2026-11-22T10:00:00.000Z'), undefined)()];
    const next = risingIds(clockAt('2026-11-22T09:00:00.000Z'), last)();

    expect(next > (last ?? '')).toBe(true);
  });

  test('tell when they were made', () => {
    const id = risingIds(clockAt('2026-11-22T10:00:00.000Z'), undefined)();

    expect(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(Date.parse('2026-11-22T10:00:00.000Z'));
  });
});
