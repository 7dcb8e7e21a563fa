import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { getScaleProtocol } from '../../../main/app/scale-protocols.ts';
import { capturable, panAfter, unknownPan } from '../../../shared/scale/capture-rule.ts';
import type { FrameReading } from '../../../shared/scale/frame-reading.ts';
import { judgeOddFrames } from '../../../shared/scale/odd-frames.ts';
import type { ScaleSettings } from '../../../shared/scale/scale-settings.ts';

/** What a driver makes of these reads, 100 ms apart. */
function judged(protocol: string, reads: readonly string[], settings: ScaleSettings = {}): FrameReading[] {
  const stream = getScaleProtocol(protocol).open(settings);
  const judge = judgeOddFrames();
  return reads.flatMap((read, place) =>
    stream.push(Buffer.from(read, 'latin1')).map((frame) => judge(frame, place * 100)),
  );
}
const usable = (frames: readonly FrameReading[]) => frames.map((frame) => frame.kind === 'weight' && frame.usable);
const again = (text: string, times: number): string[] => Array.from({ length: times }, () => text);

/** Frames wider or narrower than the manuals say, as indicators send them. */
const ODD = [
  ['st-nt', 'ST,GS,+000.1660kg\r\n', 166],
  ['kern-eoc', 'ST,GS  1.234kg\r\n', 1_234],
  ['dini', 'ST,1,  12.34kg,   0.00kg\r\n', 12_340],
  ['mt-sics', 'S S  12.34 kg\r\n', 12_340],
  ['nci-scp01', '\n12.50LB\r\n00\r\x03', 5_669.9],
  ['toledo-8217', '\x021.25\r', 1_250],
] as const;

describe('frames of a width that no manual names', () => {
  test.each(ODD)('of %s, %j, are believed once nothing else came for a second and a half', (protocol, text, grams) => {
    const frames = judged(protocol, again(text, 20), { unit: 'kg' });

    expect(usable(frames)).toEqual([...again('', 15).map(() => false), ...again('', 5).map(() => true)]);
    expect(frames.at(-1)).toMatchObject({ grams: expect.closeTo(grams, 1) });
  });

  test('are not believed among such as the manual says', () => {
    const frames = judged('st-nt', again(`${'ST,GS,+  1.234kg\r\n'.repeat(3)}ST,GS,+ 1.234kg\r\n`, 30));

    expect(usable(frames)).toEqual(again('', 120).map((_text, place) => place % 4 !== 3));
  });

  test('are not believed while their width changes', () => {
    const frames = judged('st-nt', again('ST,GS,+ 12.34kg\r\nST,GS,+  12.345kg\r\n', 30));

    expect(usable(frames)).not.toContain(true);
  });

  test('never give a parcel a wrong weight, however a line loses bytes', () => {
    const cuts = fc.array(fc.option(fc.tuple(fc.nat(30), fc.integer({ min: 1, max: 6 })), { freq: 2 }), {
      minLength: 60,
      maxLength: 60,
    });
    let taken = 0;
    fc.assert(
      fc.property(fc.constantFrom(...ODD), cuts, ([protocol, text, grams], lost) => {
        const reads = lost.map((cut) => (cut ? text.slice(0, cut[0]) + text.slice(cut[0] + cut[1]) : text));
        let pan = unknownPan;
        for (const [place, frame] of judged(protocol, reads, { unit: 'kg' }).entries()) {
          pan = panAfter(pan, frame, { nowMs: place * 100 });
          const mg = capturable(pan, place * 100);
          if (mg === null) continue;
          taken += 1;
          expect(mg / 1_000).toBeCloseTo(grams, 0);
        }
      }),
      { numRuns: 1_000 },
    );
    expect(taken).toBeGreaterThan(100);
  });
});

test('a weight whose decimal point nobody knows is never believed, and that is told', () => {
  const frames = judged('toledo-8217', again('\x0201250\r', 40), { unit: 'kg' });

  expect(usable(frames)).not.toContain(true);
  expect(frames.at(-1)).toMatchObject({ unclear: true });
  expect(usable(judged('toledo-8217', again('\x0201250\r', 2), { unit: 'kg', decimals: 3 }))).toEqual([true, true]);
});
