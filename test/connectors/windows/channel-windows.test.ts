import { describe, expect, test } from 'vitest';
import {
  chinaInstant,
  chinaTime,
  mayChangeInItsSecond,
  readWindows,
  type TimeWindow,
} from '../../../main/channels/channel-windows.ts';

const instant = (second: number): string => new Date(second * 1_000).toISOString();

/** A list of numbers, newest first, that `before` may change before each question. */
async function readAll(
  rows: () => readonly number[],
  options: { until?: () => number; mostRows?: number; before?: (asked: number) => void } = {},
) {
  const asked: (TimeWindow & { readonly page: number })[] = [];
  const seen: number[] = [];
  const ends: string[] = [];
  const list = readWindows<number>({
    since: instant(1_000),
    until: () => new Date((options.until?.() ?? 1_100) * 1_000),
    longestSeconds: 60,
    pageSize: 3,
    mostRows: options.mostRows ?? 100,
    ask(window, page) {
      options.before?.(asked.length);
      asked.push({ ...window, page });
      const found = rows().filter((second) => second >= window.from && second <= window.to);
      return Promise.resolve({ rows: found.slice((page - 1) * 3, page * 3), total: found.length });
    },
  });
  for await (const { rows: page, upTo } of list) {
    seen.push(...page);
    if (upTo !== null) ends.push(upTo);
  }
  return { asked, seen: [...new Set(seen)].sort(), ends };
}

const range = (from: number, count: number): number[] =>
  Array.from({ length: count }, (_, at) => from + count - 1 - at);

describe('a list that is asked for by windows', () => {
  test('costs one question a window that one page holds, and says after each how far it was read', async () => {
    const { asked, ends } = await readAll(() => []);

    expect(asked).toEqual([
      { from: 1_000, to: 1_060, page: 1 },
      { from: 1_060, to: 1_100, page: 1 },
    ]);
    expect(ends).toEqual([instant(1_060), instant(1_100)]);
  });

  test('is read from the last page to the first: rows that leave it push nothing past the reader', async () => {
    // A row that is changed leaves the window, wherever it stood: read from the front, one behind it would be skipped.
    const rows = range(1_001, 8);
    const left: number[] = [];
    const { seen, asked } = await readAll(() => rows, {
      before(index) {
        if (index > 0) left.push(...rows.splice(0, 1));
      },
    });

    expect(asked.map(({ page }) => page).slice(0, 4)).toEqual([1, 3, 2, 1]);
    expect([...seen, ...left].sort()).toEqual(expect.arrayContaining(range(1_001, 8).sort()));
    expect(left.length).toBeGreaterThan(1);
  });

  test('that grows all the same is read again behind the page where it did', async () => {
    const rows = range(1_001, 8);
    const { seen } = await readAll(() => rows, {
      before(index) {
        if (index === 2 || index === 3) rows.unshift(1_040 + index, 1_050 + index);
      },
    });

    expect(seen).toEqual([...rows].sort());
  });

  test('with more rows than its pages reach is asked for by shorter windows', async () => {
    const rows = range(1_001, 40);
    const { seen, asked } = await readAll(() => rows, { mostRows: 12 });

    expect(seen).toEqual([...rows].sort());
    expect(Math.max(...asked.slice(3).map(({ from, to }) => to - from))).toBeLessThanOrEqual(60);
  });

  test('is never taken for read beyond the platform’s now, which only its first answer told', async () => {
    let now = 5_000;
    const { ends } = await readAll(() => [], {
      until: () => now,
      before() {
        now = 1_030;
      },
    });

    expect(ends).toEqual([instant(1_030)]);
  });
});

test('China’s clock readings are eight hours ahead all year', () => {
  expect(chinaTime(new Date('2026-07-01T20:30:05.900Z'))).toBe('2026-07-02 04:30:05');
  expect(chinaInstant('2026-07-02 04:30:05')).toBe('2026-07-01T20:30:05.000Z');
  expect(chinaInstant('0000-00-00 00:00:00')).toBeNull();
});

test('an order read in the second of its change counts as older than that second', () => {
  const order = { updatedAt: '2026-11-20T02:00:05.000Z' };

  expect(mayChangeInItsSecond(order, new Date('2026-11-20T02:00:05.700Z')).updatedAt).toBe('2026-11-20T02:00:04.999Z');
  expect(mayChangeInItsSecond(order, new Date('2026-11-20T02:00:08.000Z'))).toBe(order);
});
