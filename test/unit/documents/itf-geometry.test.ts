import { afterAll, describe, expect, test } from 'vitest';
import { createDocuments } from '../../../main/documents/documents.ts';
import { looksInterleaved, measureInterleaved } from '../../../main/documents/itf-geometry.ts';
import { encodeBars } from '../../../main/documents/label-layouts/layout-parts.ts';
import { itfBars } from '../../../main/documents/symbols.ts';
import { identcodeBarcode, leitcodeBarcode } from '../../../shared/carriers/dhl-paket.ts';
import { aCarrierFile, openProofs } from './carrier-file-support.ts';
import { burnt, dotOf, pngOf, redrawn } from './label-pictures.ts';
import { symbolSets } from './simulated-symbol-sets.ts';

const { codesOf } = openProofs();
const documents = createDocuments();
afterAll(() => documents.close());

const { widths } = itfBars('60701001756402', 'test').pattern;
const burntAt = (moduleDots: number): number[] => {
  const edges = [0];
  for (const width of widths) edges.push((edges.at(-1) ?? 0) + width * moduleDots);
  return edges.slice(1).map((edge, index) => Math.round(edge) - Math.round(edges[index] ?? 0));
};

describe('the bars of an Interleaved 2 of 5', () => {
  test('are perfect on whole dots, three modules wide', () => {
    expect(measureInterleaved(burntAt(3))).toEqual({ module: 3, decodability: 1, barGain: 0 });
    expect(Math.max(...widths) / Math.min(...widths)).toBe(3);
  });

  test('lose when they are scaled, and tell thinned bars', () => {
    expect(measureInterleaved(burntAt(2.64)).decodability).toBeLessThan(0.9);
    const thinned = burntAt(3).map((width, index) => (index % 2 === 0 ? width - 1 : width + 1));
    expect(measureInterleaved(thinned).barGain).toBeLessThan(-0.3);
  });

  test('are known by the number of their elements', () => {
    expect(looksInterleaved(widths.length)).toBe(true);
    expect(looksInterleaved(widths.length - 1)).toBe(false);
    expect(looksInterleaved(7)).toBe(false);
  });

  test.each(['123', '12A4', ''])('are not drawn for "%s"', (digits) => {
    expect(() => itfBars(digits, 'code')).toThrow(expect.objectContaining({ code: 'label.bad-code' }));
  });
});

test('Leitcode and Identcode are drawn as Interleaved 2 of 5, never as Code 128', () => {
  expect(encodeBars(leitcodeBarcode('21348075016401'), 'leitcode')).toMatchObject({
    symbology: ']I0',
    text: '21348075016401',
  });
  expect(encodeBars(identcodeBarcode('563102430313'), 'identcode').symbology).toBe(']I0');
});

describe.each([203, 300] as const)('an Interleaved 2 of 5 on a carrier’s label at %i dpi', (dpi) => {
  test('is graded and its white measured', async () => {
    const { bytes } = await aCarrierFile(symbolSets.dhl, { dpi });
    const [page] = await documents.readBack(bytes, { dpi, format: 'bilevel' });
    const itf = page?.symbols.find(({ symbology }) => symbology === ']I0');

    expect(itf?.geometry).toMatchObject({ grade: 'A', decodability: 1, barGain: 0 });
    expect(itf?.geometry?.quietLeftModules).toBeGreaterThanOrEqual(10);
  });

  test('is refused when something stands in its white', async () => {
    const file = await aCarrierFile(symbolSets.dhl, { dpi });
    const [page] = await documents.readBack(file.bytes, { dpi, format: 'bilevel' });
    const at = page?.symbols.find(({ symbology }) => symbology === ']I0')?.at ?? { xMm: 0, yMm: 0 };
    const perMm = dpi === 203 ? 8 : 300 / 25.4;
    const [left, top] = [at.xMm * perMm, at.yMm * perMm];
    const good = await burnt(file.bytes, dpi);
    const covered = redrawn(good, (x, y) =>
      x > left - 14 && x < left - 9 && y > top + 15 && y < top + 40 ? 0 : dotOf(good, x, y),
    );

    expect(await codesOf({ ...file, format: 'png', bytes: pngOf(covered) })).toEqual(['proof.quiet-zone']);
  });
});
