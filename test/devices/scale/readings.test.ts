import { beforeEach, describe, expect, test } from 'vitest';
import { getScaleProtocol } from '../../../main/app/scale-protocols.ts';
import { createRealScales, type RealScales } from '../../../main/devices/scale/real-scales.ts';
import type { ScaleState } from '../../../main/devices/scale/scale.ts';
import { noWeightOf } from '../../../shared/scale/no-weight.ts';

const scale = { id: 'scale', stationId: 'bench' };

let nowMs: number;
let timers: { atMs: number; act: () => void }[];
let scales: RealScales;
let told: { atMs: number; state: ScaleState }[];

beforeEach(() => {
  nowMs = 10_000;
  timers = [];
  told = [];
  const timing = {
    now: () => nowMs,
    after(ms: number, act: () => void) {
      const timer = { atMs: nowMs + ms, act };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    chance: () => 0.5,
  };
  scales = createRealScales(timing, () => new Date(nowMs));
  scales.assign([scale]);
  scales.onReading((_station, state) => told.push({ atMs: nowMs, state }));
  scales.attached(scale.id, true);
});

function pass(ms: number): void {
  const end = nowMs + ms;
  for (;;) {
    const [next] = timers.filter(({ atMs }) => atMs <= end).toSorted((one, other) => one.atMs - other.atMs);
    if (!next) break;
    timers = timers.filter((other) => other !== next);
    nowMs = Math.max(nowMs, next.atMs);
    next.act();
  }
  nowMs = end;
}
function says(protocol: string, text: string, unit?: 'kg'): void {
  const stream = getScaleProtocol(protocol).open({ unit });
  for (const frame of stream.push(Buffer.from(text, 'latin1'))) scales.frame(scale, frame);
}

describe('a reading tells', () => {
  test.each([
    [
      'and',
      'ST,+001234.5  g\r\n',
      undefined,
      { value: 1_234.5, unit: 'g', unitFrom: 'frame', stable: true, mode: null, range: 'in', zero: false },
    ],
    ['and', 'US,+000000.0  g\r\n', undefined, { value: 0, unit: 'g', stable: false, range: 'in', zero: true }],
    ['and', 'OL,+999999.9\r\n', undefined, { value: null, range: 'over', zero: false }],
    ['toledo-8217', '\x0201.250N\r', 'kg', { value: 1.25, unit: 'kg', unitFrom: 'setting', stable: true, mode: 'net' }],
    ['toledo-8217', '\x02?D\r', 'kg', { value: null, range: 'under' }],
    ['toledo-8217', '\x02?A\r', 'kg', { value: null, stable: false, range: 'in' }],
    ['cas-10', '  001.25\r\n', 'kg', { value: 1.25, stable: null, unitFrom: 'setting' }],
  ] as const)('what the %s frame %j says, as received', (protocol, text, unit, detail) => {
    says(protocol, text, unit);

    expect(scales.read('bench').detail).toMatchObject(detail);
  });

  test('its age: what is older than a second is no weight, and that is told', () => {
    says('and', 'ST,+001234.5  g\r\n');
    const { at } = scales.read('bench');
    pass(900);
    expect(scales.read('bench')).toMatchObject({ mg: 1_234_500, at });
    pass(200);

    expect(scales.read('bench')).toMatchObject({ state: 'silent', mg: null });
    expect(told.at(-1)?.state).toMatchObject({ state: 'silent', mg: null });
  });
});

test('however a scale wobbles, screens are told ten times a second at most, and the last word is not lost', () => {
  for (let turn = 0; turn < 300; turn += 1) {
    pass(10);
    says('and', turn % 2 ? 'US,+001234.5  g\r\n' : 'ST,+000000.0  g\r\n');
  }
  says('and', 'ST,+000000.0  g\r\n');
  pass(150);

  expect(told.length).toBeLessThanOrEqual(33);
  const gaps = told.slice(1).map(({ atMs }, index) => atMs - (told[index]?.atMs ?? 0));
  expect(Math.min(...gaps.slice(1))).toBeGreaterThanOrEqual(100);
  expect(told.at(-1)?.state).toMatchObject({ mg: 0, detail: { zero: true } });
});

test('a weight that may be taken is told at once', () => {
  for (let turn = 0; turn < 12; turn += 1) {
    pass(33);
    says('and', 'ST,+001234.5  g\r\n');
  }

  const settled = told.filter(({ state }) => state.capture === 'settled');
  expect(settled.map(({ state }) => state.mg)).toEqual([1_234_500]);
  expect((settled[0]?.atMs ?? 0) - 10_000).toBeLessThanOrEqual(33 + 300 + 33);
});

describe('why no parcel may get the weight', () => {
  const why = () => noWeightOf(scales.read('bench'));

  test.each([
    ['and', 'ST,+000000.0  g\r\n', undefined, 'empty'],
    ['and', 'US,+001234.5  g\r\n', undefined, 'moving'],
    ['and', 'OL,+999999.9\r\n', undefined, 'over'],
    ['toledo-8217', '\x02?D\r', 'kg', 'under'],
    ['toledo-8217', '\x0201.250\r', undefined, 'no-unit'],
    ['cas-10', '  001.25\r\n', 'kg', 'not-told'],
  ] as const)('of %s that says %j', (protocol, text, unit, reason) => {
    says(protocol, text, unit);

    expect(why()).toBe(reason);
  });

  test('from the first frame to the weight that a parcel takes', () => {
    expect(why()).toBe('silent');
    for (let turn = 0; turn < 5; turn += 1) {
      says('and', 'ST,+001234.5  g\r\n');
      if (turn === 0) expect(why()).toBe('moving');
      pass(100);
    }
    expect(why()).toBeUndefined();
    scales.taken('bench');
    says('and', 'ST,+001234.5  g\r\n');
    expect(why()).toBe('taken');
    scales.attached(scale.id, false);
    expect(why()).toBe('absent');
  });
});

describe('the parcel before, left on the pan over a restart', () => {
  const stand = (text: string) => {
    for (let turn = 0; turn < 5; turn += 1) {
      says('and', text);
      pass(100);
    }
  };
  beforeEach(() => {
    scales.assign([]);
    scales.assign([scale], 1_234_500);
    scales.attached(scale.id, true);
  });

  test('gives its weight to no other parcel, and the same weight counts once the pan was empty', () => {
    stand('ST,+001234.5  g\r\n');
    expect(scales.read('bench').capture).toBe('taken');
    expect(told.some(({ state }) => state.capture === 'settled')).toBe(false);

    stand('ST,+000000.0  g\r\n');
    stand('ST,+001234.5  g\r\n');
    expect(scales.read('bench').capture).toBe('held');
  });

  test('is not seen in a load of another weight', () => {
    stand('ST,+000800.0  g\r\n');

    expect(scales.read('bench').capture).toBe('held');
  });
});
