import { describe, expect, test } from 'vitest';
import { createRefetchPace } from '../../../renderer/screens/throughput/refetch-pace.ts';
import { periodOf, yesterday } from '../../../renderer/screens/throughput/report-period.ts';
import {
  ageText,
  codeWords,
  durationText,
  refusalKind,
  slotLabels,
} from '../../../renderer/screens/throughput/report-words.ts';
import { countKinds, doneAt, glance, shownSlots } from '../../../renderer/screens/throughput/shown-figures.ts';
import { createTranslator } from '../../../renderer/ui/i18n.ts';
import type { Messages } from '../../../renderer/ui/use-messages.ts';

const messagesIn = (language: 'en' | 'fr'): Messages => {
  const fixed = createTranslator(language).getFixedT(language);
  return { language, t: (key, params) => fixed(key, { ...params }) };
};
const { t } = messagesIn('en');
/** Blanks that keep a number and its unit on one line are blanks all the same. */
const plain = (text: string): string => text.replace(/\s/g, ' ');

describe('how often a report is asked for again', () => {
  /** A clock that is moved by hand; each answer takes `tookMs`. */
  function desk(tookMs: number) {
    const clock = {
      now: 0,
      timers: [] as { at: number; work: () => void }[],
      fetched: [] as number[],
      atOnce: 0,
      most: 0,
    };
    const pace = createRefetchPace({
      now: () => clock.now,
      setTimer: (work, milliseconds) => {
        const timer = { at: clock.now + milliseconds, work };
        clock.timers.push(timer);
        return timer;
      },
      clearTimer: (timer) => {
        clock.timers = clock.timers.filter((other) => other !== timer);
      },
      fetch: () => {
        clock.fetched.push(clock.now);
        clock.atOnce += 1;
        clock.most = Math.max(clock.most, clock.atOnce);
        return new Promise((resolve) => {
          clock.timers.push({
            at: clock.now + tookMs,
            work: () => {
              clock.atOnce -= 1;
              resolve(undefined);
            },
          });
        });
      },
    });
    const run = async (until: number, eachMs?: () => void): Promise<void> => {
      for (; clock.now < until; clock.now += 10) {
        eachMs?.();
        const due = clock.timers.filter(({ at }) => at <= clock.now);
        clock.timers = clock.timers.filter(({ at }) => at > clock.now);
        for (const { work } of due) work();
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    return { clock, pace, run };
  }

  test('a hundred events a second lead to one question every two seconds, the first at once', async () => {
    const { clock, pace, run } = desk(40);
    await run(10_000, () => pace.hint());

    expect(clock.fetched[0]).toBe(0);
    const gaps = clock.fetched.slice(1).map((at, index) => at - (clock.fetched[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(2_000);
    expect(clock.fetched).toHaveLength(5);
  });

  test('what takes long gets a fifth of the time, and never two questions at once', async () => {
    const { clock, pace, run } = desk(1_500);
    await run(16_000, () => pace.hint());

    expect(clock.fetched.length).toBeLessThanOrEqual(3);
    expect(clock.most).toBe(1);
  });

  test('the last event of a burst is answered too', async () => {
    const { clock, pace, run } = desk(100);
    pace.hint();
    await run(50);
    pace.hint();
    await run(6_000);

    expect(clock.fetched).toHaveLength(2);
  });

  test('a screen that was left asks no more', async () => {
    const { clock, pace, run } = desk(100);
    pace.hint();
    pace.stop();
    await run(5_000);

    expect(clock.fetched).toEqual([]);
  });
});

test('durations are told by their two largest units', () => {
  expect(
    [0, 45_000, 60_000, 260_000, 3_600_000, 4_320_000, 86_400_000 * 2 + 3_600_000 * 3].map((ms) =>
      plain(durationText(ms, t)),
    ),
  ).toEqual(['0 s', '45 s', '1 min', '4 min 20 s', '1 h', '1 h 12 min', '2 d 3 h']);
  expect([45_000, 260_000].map((ms) => plain(ageText(ms, t)))).toEqual(['45 s', '4 min']);
});

test('the hour that the clocks repeat has two labels', () => {
  const zone = process.env.TZ;
  process.env.TZ = 'Europe/Paris';
  try {
    const labels = slotLabels(
      ['2026-10-24T23:00:00.000Z', '2026-10-25T00:00:00.000Z', '2026-10-25T01:00:00.000Z'],
      'hour',
      'en',
    );
    expect(new Set(labels).size).toBe(3);
    expect(labels[0]).toBe('01');
  } finally {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  }
});

test('refusals are told by the look they had at the bench, whatever order they were about', () => {
  expect(
    ['pick.wrong-item', 'pack.wrong-item', 'weigh.out-of-tolerance', 'scan.unknown-code'].map(refusalKind),
  ).toEqual(['wrong-item', 'wrong-item', 'weight', 'unknown']);
  expect(
    countKinds([
      { code: 'scan.unknown-code', count: 4 },
      { code: 'pick.wrong-item', count: 3 },
      { code: 'pack.wrong-item', count: 2 },
    ]),
  ).toEqual([
    { kind: 'wrong-item', count: 5 },
    { kind: 'unknown', count: 4 },
  ]);
  expect(codeWords('pack.wrong-item', messagesIn('en'))).toBe('Wrong item');
  expect(codeWords('tote.unknown', messagesIn('en'))).toBe('Tote … is not known');
  expect(codeWords('no.such-code', messagesIn('fr'))).toBe('no.such-code');
});

test('the periods are those of the wall clock', () => {
  const now = new Date(2026, 2, 1, 0, 30);

  expect(yesterday(now)).toBe('2026-02-28');
  expect(periodOf('yesterday', now)).toEqual({ kind: 'days', days: 1, last: '2026-02-28' });
  expect(periodOf('today', now)).toEqual({ kind: 'days', days: 1 });
});

describe('what is shown at a glance', () => {
  const slot = (hour: number, orders: number) => ({
    start: `2026-11-20T${String(hour).padStart(2, '0')}:00:00.000Z`,
    end: `2026-11-20T${String(hour + 1).padStart(2, '0')}:00:00.000Z`,
    orders,
    lines: orders,
    units: orders,
  });
  const day = Array.from({ length: 23 }, (_, hour) => slot(hour, hour === 9 ? 4 : 0));

  test('hours before the first work and hours to come are left out', () => {
    const shown = shownSlots({ slots: day, grain: 'hour', at: '2026-11-20T16:20:00.000Z' });

    expect(shown[0]?.start).toBe('2026-11-20T09:00:00.000Z');
    expect(shown.at(-1)?.start).toBe('2026-11-20T16:00:00.000Z');
  });

  test('some hours are shown before anything has left', () => {
    expect(shownSlots({ slots: day, grain: 'hour', at: '2026-11-20T08:20:00.000Z' })).toHaveLength(6);
    expect(shownSlots({ slots: day, grain: 'day', at: '2026-11-20T08:20:00.000Z' })).toHaveLength(9);
  });

  test('what is due last is summed up, and nothing is lost', () => {
    const slots = Array.from({ length: 20 }, (_, hour) => ({
      kind: 'hour' as const,
      start: slot(hour, 0).start,
      end: slot(hour, 0).end,
      open: 1,
      blocked: 0,
    }));
    const { rows, rest } = glance(slots);

    expect([rows.length, rest.length]).toEqual([8, 12]);
    expect(glance(slots.slice(0, 9)).rest).toEqual([]);
  });

  test('the pace of the last hour tells when what is due today is done', () => {
    const backlog = { open: 60, late: 0, dueToday: 30, blocked: [], slots: [], channels: [], cells: [] };
    const at = '2026-11-20T15:00:00.000Z';

    expect(doneAt({ backlog, at, lastHour: { orders: 20, lines: 20, units: 20 } })).toBe(
      Date.parse('2026-11-20T16:30:00.000Z'),
    );
    expect(doneAt({ backlog, at, lastHour: { orders: 0, lines: 0, units: 0 } })).toBeUndefined();
  });
});
