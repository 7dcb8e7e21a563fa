import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDocuments } from '../../../main/documents/documents.ts';
import { dotsPerMm } from '../../../main/documents/dot-grid.ts';
import { renderLabel } from '../../../main/documents/label.ts';
import { judgeLabel } from '../../../main/documents/label-verdict.ts';
import type { Raster } from '../../../main/documents/raster.ts';
import { parseMedia } from '../../../shared/model/media.ts';
import { aCarrierLabel, carrierProfiles } from './label-carrier-builders.ts';
import { burnt, dotOf, type Picture, pngOf, redrawn } from './label-pictures.ts';

const documents = createDocuments();
afterAll(() => documents.close());

const fourBySix = parseMedia('4x6in') ?? { widthMm: 0, heightMm: 0 };

async function judged(bytes: Uint8Array, expectation: { tracking?: string; dpi?: 203 | 300 } = {}): Promise<string[]> {
  const { dpi = 203, ...rest } = expectation;
  const pages = await documents.readBack(bytes, { dpi, format: 'bilevel' });
  return judgeLabel(pages, { dotsPerMm: dotsPerMm(dpi), media: fourBySix, ...rest }).map(({ code }) => code);
}

const problemsOf = (picture: Picture, tracking?: string) => judged(pngOf(picture), tracking ? { tracking } : {});

describe.each(carrierProfiles)('a label of %s that came as a file', (profile) => {
  test.each([203, 300] as const)('passes at %i dpi as PDF and as PNG, with the same readings', async (dpi) => {
    const { bytes } = await renderLabel(aCarrierLabel(profile, { dpi }));
    const png = pngOf(await burnt(bytes, dpi));

    expect(await judged(bytes, { dpi })).toEqual([]);
    expect(await judged(png, { dpi })).toEqual([]);
    const [fromPdf] = await documents.readBack(bytes, { dpi, format: 'bilevel' });
    const [fromPng] = await documents.readBack(png, { dpi, format: 'bilevel' });
    expect(fromPng?.symbols).toEqual(fromPdf?.symbols);
  });
});

describe('a carrier’s picture of a label', () => {
  let good: Raster;
  beforeAll(async () => {
    good = await burnt((await renderLabel(aCarrierLabel('usps-impb'))).bytes, 203);
  });

  test('passes for the number on it, as printed and as scanned', async () => {
    expect(await problemsOf(good, '9234690361980900000142')).toEqual([]);
    expect(await problemsOf(good, '9234 6903 6198 0900 0001 42')).toEqual([]);
    expect(await problemsOf(good, '420731089234690361980900000142')).toEqual([]);
  });

  test('fails for another parcel’s number: that one is missing, and this one should not be there', async () => {
    const problems = await problemsOf(good, '9234690361980900000159');

    expect(new Set(problems)).toEqual(new Set(['proof.tracking-missing', 'proof.tracking-other']));
  });

  test('fails when it was scaled to 98 %', async () => {
    const size = { width: Math.round(good.width * 0.98), height: Math.round(good.height * 0.98) };
    const scaled = redrawn(size, (x, y) => dotOf(good, Math.round(x / 0.98), Math.round(y / 0.98)));
    const onTheSheet = redrawn(good, (x, y) => dotOf(scaled, x, y));

    expect(await problemsOf(scaled)).toContain('proof.page-size');
    expect(await problemsOf(onTheSheet)).toEqual(['proof.module-width']);
  });

  test('fails when it was shifted so far that the white beside its bars or its own edge is lost', async () => {
    const shifted = redrawn(good, (x, y) => dotOf(good, x + 6 * 8, y));

    expect(await problemsOf(shifted)).toEqual(expect.arrayContaining(['proof.content-cut', 'proof.quiet-zone']));
  });

  test('fails when its bars are a dot thinner', async () => {
    const thinned = redrawn(good, (x, y) =>
      dotOf(good, x, y) === 0 && dotOf(good, x + 1, y) === 255 ? 255 : dotOf(good, x, y),
    );

    expect(await problemsOf(thinned)).toContain('proof.bar-gain');
  });

  test('fails when its white is covered', async () => {
    const covered = redrawn(good, (x, y) => (x >= 50 && x < 54 && y > 870 && y < 900 ? 0 : dotOf(good, x, y)));

    expect(await problemsOf(covered)).toEqual(['proof.quiet-zone']);
  });

  test('fails when nothing can be read on it', async () => {
    expect(await problemsOf(redrawn(good, () => 255))).toEqual(['proof.no-symbol']);
  });

  test('fails on a sheet of another size', async () => {
    expect(await problemsOf(redrawn({ width: 840, height: 1188 }, (x, y) => dotOf(good, x, y)))).toEqual([
      'proof.page-size',
    ]);
  });

  test('that is torn is refused with words', async () => {
    const torn = pngOf(good).subarray(0, 600);

    await expect(documents.readBack(torn, { dpi: 203, format: 'bilevel' })).rejects.toMatchObject({
      code: 'document.unreadable',
    });
  });
});
