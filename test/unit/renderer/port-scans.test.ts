import { beforeEach, describe, expect, test } from 'vitest';
import type { GivenVerdict } from '../../../renderer/scan/last-verdict.ts';
import { createPortScans } from '../../../renderer/scan/port-scans.ts';
import type { Verdict } from '../../../shared/contract/common.ts';
import type { EventPayload } from '../../../shared/contract/index.ts';

type Scanned = EventPayload<'devices.scanned'>;
interface View {
  readonly latched: Verdict | null;
}

const at = (second: number) => `2026-11-22T10:00:0${second}.000Z`;
const good = (second: number): Verdict => ({ tone: 'good', code: 'pack.accepted', params: {}, at: at(second) });
const bad = (second: number): Verdict => ({ tone: 'bad', code: 'pack.not-on-order', params: {}, at: at(second) });

let shown: GivenVerdict[];
let log: string[];
let view: View;
let release: (() => void) | undefined;
let asked: number;
let waiting: number;
let hear: (event: Scanned) => void;

beforeEach(() => {
  shown = [];
  log = [];
  asked = 0;
  waiting = 0;
  view = { latched: null };
  release = undefined;
  hear = createPortScans<View>({
    stationId: 'bench-1',
    fetchView: async () => {
      asked += 1;
      if (asked === 1 && release === undefined) return view;
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      return view;
    },
    showView: async () => void log.push('view'),
    showVerdict: (given) => {
      log.push(given.verdict.code);
      shown.push(given);
    },
    showBench: () => log.push('bench'),
    showWaiting: (count) => {
      waiting = count;
    },
    newId: () => String(log.length),
    now: () => at(9),
    drawn: async () => undefined,
  });
});

const event = (verdict: Verdict | null, told: Partial<Scanned> = {}): Scanned => ({
  ...{ stationId: 'bench-1', deviceId: 'scanner', verdict, code: null, waiting: 0 },
  ...told,
});
const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('a scan of a scanner on a port', () => {
  test('leads to the bench, which is shown before the verdict', async () => {
    hear(event(good(1)));
    await settled();
    expect(log).toEqual(['bench', 'view', 'pack.accepted']);
    expect(shown).toMatchObject([{ verdict: good(1), latched: false }]);
  });

  test('of another bench shows nothing', async () => {
    hear(event(bad(1), { stationId: 'bench-2', waiting: 4 }));
    await settled();
    expect([log, waiting]).toEqual([[], 0]);
  });

  test('that the station could not decide is a refusal with its code', async () => {
    hear(event(null, { code: 'scanner.code-cut-off' }));
    await settled();
    expect(shown).toMatchObject([{ verdict: { tone: 'bad', code: 'scanner.code-cut-off', at: at(9) } }]);
  });

  test('is latched when the bench keeps this very refusal', async () => {
    view = { latched: bad(1) };
    hear(event(bad(1)));
    await settled();
    expect(shown).toMatchObject([{ latched: true }]);
  });

  test('tells how many wait', () => {
    hear(event(good(1), { waiting: 7 }));
    expect(waiting).toBe(7);
  });
});

test('scans that come faster than the bench is fetched are each shown, in their order, with one more fetch', async () => {
  asked = 1;
  hear(event(good(1)));
  hear(event(bad(2)));
  hear(event(good(3)));
  await settled();
  release?.();
  await settled();
  release?.();
  await settled();
  expect(shown.map(({ verdict }) => verdict.at)).toEqual([at(1), at(2), at(3)]);
  expect(asked).toBe(3);
  expect(new Set(shown.map(({ commandId }) => commandId)).size).toBe(3);
});

test('behind a refusal that stays, only the last answer is shown', async () => {
  asked = 1;
  hear(event(good(1)));
  hear(event(good(2)));
  hear(event(bad(3)));
  view = { latched: bad(3) };
  await settled();
  release?.();
  await settled();
  release?.();
  await settled();
  expect(shown.map(({ verdict }) => verdict.at)).toEqual([at(1), at(3)]);
});

test('a station that does not answer does not hide the verdict', async () => {
  const refusing = createPortScans<View>({
    stationId: 'bench-1',
    fetchView: () => Promise.reject(new Error('away')),
    showView: async () => void log.push('view'),
    showVerdict: (given) => void shown.push(given),
    showBench: () => undefined,
    showWaiting: () => undefined,
    newId: () => 'one',
    now: () => at(9),
    drawn: async () => undefined,
  });
  refusing(event(good(1)));
  await settled();
  expect([log, shown]).toMatchObject([[], [{ commandId: 'one' }]]);
});
