import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  capturable,
  type PanState,
  panAfter,
  panTaken,
  panUnknown,
  unknownPan,
} from '../../../shared/scale/capture-rule.ts';
import { type FrameReading, failed, readWeight, restarted } from '../../../shared/scale/frame-reading.ts';

const weigh = (kg: number, stable: boolean | null = true): FrameReading =>
  readWeight({ number: kg.toFixed(3), unit: 'kg', stable, mode: 'gross' }, {}) ?? failed('fault');
interface At {
  readonly atMs: number;
  readonly frame: FrameReading;
}
const panFrom = (frames: readonly At[], from: PanState = unknownPan): PanState =>
  frames.reduce((pan, { atMs, frame }) => panAfter(pan, frame, { nowMs: atMs }), from);
/** The same frame ten times a second. */
const every100 = (frame: FrameReading, count: number, fromMs = 0): At[] =>
  Array.from({ length: count }, (_, index) => ({ atMs: fromMs + index * 100, frame }));

describe('a weight may be taken', () => {
  test('when it stood still for 300 ms', () => {
    expect(capturable(panFrom(every100(weigh(1.5), 3)), 200)).toBeNull();
    expect(capturable(panFrom(every100(weigh(1.5), 4)), 300)).toBe(1_500_000);
  });

  test('not from one frame, however long ago it came', () => {
    expect(capturable(panFrom([{ atMs: 0, frame: weigh(1.5) }]), 900)).toBeNull();
  });

  test('not when it is older than a second', () => {
    const pan = panFrom(every100(weigh(1.5), 4));

    expect(capturable(pan, 1_300)).toBe(1_500_000);
    expect(capturable(pan, 1_301)).toBeNull();
  });

  test('although its last digit flickers', () => {
    const flicker = [1.5, 1.501, 1.5, 1.499, 1.5].map((kg, index) => ({ atMs: index * 100, frame: weigh(kg) }));

    expect(capturable(panFrom(flicker), 400)).toBe(1_500_000);
  });

  test('not while it creeps', () => {
    const creep = Array.from({ length: 20 }, (_, index) => ({ atMs: index * 100, frame: weigh(1 + index * 0.001) }));

    expect(panFrom(creep.slice(0, 6)).phase).toBe('settling');
  });

  test('not when it does not say that it is stable, or moves', () => {
    expect(capturable(panFrom(every100(weigh(1.5, null), 10)), 900)).toBeNull();
    expect(capturable(panFrom(every100(weigh(1.5, false), 10)), 900)).toBeNull();
  });

  test('when a scale says "unchanged" instead of the number again', () => {
    const frames = [{ atMs: 0, frame: weigh(1.5) }, ...every100(failed('unchanged'), 4, 100)];

    expect(capturable(panFrom(frames), 400)).toBe(1_500_000);
  });
});

describe('the same load', () => {
  const taken = panTaken(panFrom(every100(weigh(1.5), 4)));

  test('gives no second weight, not even heavier or after a wobble', () => {
    const more = [
      ...every100(weigh(1.5), 5, 400),
      ...every100(weigh(1.6, false), 3, 900),
      ...every100(weigh(1.8), 9, 1_200),
    ];

    expect(capturable(panFrom(more, taken), 2_000)).toBeNull();
  });

  test('gives none after the cable was pulled and plugged in', () => {
    expect(capturable(panFrom(every100(weigh(1.5), 9, 5_000), panUnknown(taken)), 5_800)).toBeNull();
  });

  test.each([
    ['zero', weigh(0)],
    ['less than five grams', weigh(0.004)],
    ['less than nothing', weigh(-0.2)],
    ['under zero as an error', failed('underload')],
  ])('is another one once the pan showed %s', (_what, empty) => {
    const frames = [{ atMs: 400, frame: empty }, ...every100(weigh(1.5), 4, 500)];

    expect(capturable(panFrom(frames, taken), 800)).toBe(1_500_000);
  });
});

test('what lay on the pan when the scale started anew must settle again', () => {
  const frames = [...every100(weigh(1.5), 4), { atMs: 350, frame: restarted }, { atMs: 360, frame: weigh(1.5) }];

  expect(capturable(panFrom(frames), 360)).toBeNull();
});

const anyFrame: fc.Arbitrary<FrameReading> = fc.oneof(
  fc
    .tuple(fc.integer({ min: -50, max: 3_000 }), fc.constantFrom(true, false, null))
    .map(([g, stable]) => weigh(g / 1_000, stable)),
  fc
    .constantFrom('in_motion', 'overload', 'underload', 'unchanged', 'checksum', 'busy')
    .map((error) => failed(error as 'busy')), // each is one of the list
  fc.constant(restarted),
);
const anyTimes = fc.array(fc.record({ frame: anyFrame, gapMs: fc.integer({ min: 1, max: 700 }) }), { maxLength: 60 });
const timed = (frames: readonly { frame: FrameReading; gapMs: number }[]): At[] => {
  let atMs = 0;
  return frames.map(({ frame, gapMs }) => {
    atMs += gapMs;
    return { atMs, frame };
  });
};

test('whatever a scale sends, a weight that may be taken is one it said was stable, at least five grams, for 300 ms', () => {
  fc.assert(
    fc.property(anyTimes, (told) => {
      const frames = timed(told);
      for (let count = 1; count <= frames.length; count += 1) {
        const seen = frames.slice(0, count);
        const now = seen.at(-1)?.atMs ?? 0;
        const mg = capturable(panFrom(seen), now);
        if (mg === null) continue;
        expect(mg).toBeGreaterThanOrEqual(5_000);
        const recent = seen.filter(({ atMs }) => atMs > now - 300);
        for (const { frame } of recent) {
          const same = frame.kind === 'error' ? frame.error === 'unchanged' : frame.kind === 'weight' && frame.usable;
          expect(same).toBe(true);
        }
        expect(seen.some(({ frame }) => frame.kind === 'weight' && frame.usable && frame.mg === mg)).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});

test('after a parcel took a weight, none is given until the pan was below five grams', () => {
  fc.assert(
    fc.property(anyTimes, anyTimes, (before, then) => {
      const pan = panTaken({ ...panFrom(timed(before)), phase: 'settled' });
      const loaded = then.filter(
        ({ frame }) =>
          !(frame.kind === 'weight' && (frame.mg ?? 0) < 5_000) &&
          !(frame.kind === 'error' && frame.error === 'underload'),
      );
      const frames = timed(loaded);
      const end = panFrom(frames, pan);
      expect(capturable(end, frames.at(-1)?.atMs ?? 0)).toBeNull();
    }),
    { numRuns: 300 },
  );
});
