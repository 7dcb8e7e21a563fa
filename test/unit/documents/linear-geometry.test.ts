import { describe, expect, test } from 'vitest';
import { decodeSymbols } from '../../../main/documents/decode.ts';
import { measureBars } from '../../../main/documents/linear-geometry.ts';
import type { Raster } from '../../../main/documents/raster.ts';
import { code128Bars } from '../../../main/documents/symbols.ts';

const WIDTH = 900;
const HEIGHT = 60;
const pattern = code128Bars('RB473124829GB', 'test').pattern;

/** Bars burnt by a head that knows whole dots only, the first one starting `phase` dots after a dot's edge. */
function burn(moduleDots: number, phase: number, turned: boolean): Raster {
  const [width, height] = turned ? [HEIGHT, WIDTH] : [WIDTH, HEIGHT];
  const header = new TextEncoder().encode(`P5 ${width} ${height} 255\n`);
  const pgm = new Uint8Array(header.length + width * height).fill(255);
  pgm.set(header);
  const dots = pgm.subarray(header.length);
  let at = 60 + phase;
  for (const [index, modules] of pattern.widths.entries()) {
    const end = at + modules * moduleDots;
    for (let along = Math.round(at); index % 2 === 0 && along < Math.round(end); along += 1) {
      for (let across = 10; across < 50; across += 1)
        dots[turned ? along * width + across : across * width + along] = 0;
    }
    at = end;
  }
  return { width, height, dots, pgm, dotsPerMm: 8 };
}

async function measured(moduleDots: number, phase = 0, turned = false) {
  const raster = burn(moduleDots, phase, turned);
  const [symbol] = await decodeSymbols(raster, 'bilevel');
  return symbol ? measureBars(raster, symbol)?.geometry : undefined;
}

async function worstGrade(moduleMm: number): Promise<string | undefined> {
  const phases = await Promise.all([0, 0.25, 0.5, 0.75].map((phase) => measured(moduleMm * 8, phase)));
  return phases
    .map((geometry) => geometry?.grade ?? 'F')
    .sort()
    .at(-1);
}

describe('the decodability of Code 128 burnt at 203 dpi', () => {
  test.each([0.25, 0.375, 0.5])(
    'is perfect with modules of whole dots (%d mm), whatever the phase',
    async (moduleMm) => {
      expect(await worstGrade(moduleMm)).toBe('A');
    },
  );

  test.each([0.28, 0.3, 0.33, 0.36, 0.4])('falls to D or F with modules of %d mm', async (moduleMm) => {
    expect(await worstGrade(moduleMm)).toMatch(/[DF]/);
  });

  test('is measured with module, height and white on upright bars as on lying ones', async () => {
    const expected = { moduleMm: 0.375, heightMm: 5, decodability: 1, barGain: 0, quietLeftModules: 20 };

    expect(await measured(3)).toMatchObject(expected);
    expect(await measured(3, 0, true)).toMatchObject(expected);
  });
});
