import { afterAll, describe, expect, test } from 'vitest';
import { renderLabel } from '../../../main/documents/label.ts';
import { aCarrierFile, openProofs, sheets } from './carrier-file-support.ts';
import { aCarrierLabel } from './label-carrier-builders.ts';
import { burnt, dotOf, pngOf, redrawn } from './label-pictures.ts';
import { symbolSets } from './simulated-symbol-sets.ts';

const { documents, codesOf, problemsOf } = openProofs();
afterAll(() => documents.close());

const resolutions = [203, 300] as const;
const cases = Object.entries(symbolSets).flatMap(([name, set]) =>
  resolutions.flatMap((dpi) => (['pdf', 'png', 'zpl'] as const).map((format) => ({ name, set, dpi, format }))),
);

describe('a carrier’s label', () => {
  test.each(cases)('of $name passes as $format at $dpi dpi, and has a page for a screen', async (label) => {
    const { set, dpi, format } = label;
    const file = await aCarrierFile(set, { format, dpi });
    const proof = await documents.proveCarrierFile(file);

    expect(proof).toMatchObject({ ok: true, media: sheets['4x6'] });
    if (!proof.ok) return;
    expect(proof.symbols.map(({ symbology, text }) => symbology + text).sort()).toEqual([...set.scans].sort());
    const [page] = await documents.readBack(proof.pdf, { dpi, format: 'bilevel' });
    expect(page?.symbols.length).toBe(set.symbols.length);
    expect(Math.abs((page?.widthMm ?? 0) - 101.6)).toBeLessThan(0.1);
    if (format === 'pdf') expect(Buffer.from(proof.pdf).equals(Buffer.from(file.bytes))).toBe(true);
  });

  test.each(['pdf', 'png', 'zpl'] as const)('on a roll of 100 by 150 mm passes as %s', async (format) => {
    for (const dpi of resolutions) {
      const file = await aCarrierFile(symbolSets.dpd, { format, dpi, media: '100x150' });
      expect(await codesOf(file)).toEqual([]);
    }
  });

  test('is the same page each time that it is asked for', async () => {
    const file = await aCarrierFile(symbolSets.usps, { format: 'png' });
    const [first, second] = [await documents.proveCarrierFile(file), await documents.proveCarrierFile(file)];

    expect(first).toEqual(second);
  });

  test('drawn at 200 dpi goes dot for dot into the middle of a sheet for 203', async () => {
    const drawn = await burnt((await renderLabel(aCarrierLabel('upu-s10'))).bytes, 203);
    const picture = redrawn({ width: 800, height: 1200 }, (x, y) => dotOf(drawn, x + 6, y + 9));
    const file = { ...(await aCarrierFile(symbolSets.ups, { format: 'png' })), bytes: pngOf(picture) };
    const proof = await documents.proveCarrierFile({ ...file, trackingNumber: 'RB473124829GB' });

    expect(proof).toMatchObject({ ok: true, symbols: [{ geometry: { grade: 'A', decodability: 1 } }] });
    if (!proof.ok) return;
    const printed = await burnt(proof.pdf, 203);
    expect([printed.width, printed.height]).toEqual([813, 1219]);
    const moved = redrawn(picture, (x, y) => dotOf(printed, x + 6, y + 9));
    expect(Buffer.from(moved.dots).equals(Buffer.from(picture.dots))).toBe(true);
  });

  test.each([
    ['as printed with blanks', '1Z 0FH 344 68 3174 4085', symbolSets.ups],
    ['as scanned with routing', '420731089234690361980900000142', symbolSets.usps],
    ['without the routing of 34 digits', '7946 0479 0138', symbolSets.fedex],
    ['as an SSCC without its identifier', '340434123400000019', symbolSets.dhl],
    ['as the parcel number inside 28 characters', '10774000248383', symbolSets.dpd],
  ] as const)('is known by its number %s', async (_, trackingNumber, set) => {
    const file = await aCarrierFile(set);

    expect(await codesOf({ ...file, trackingNumber })).toEqual([]);
  });

  test('is known by a text that the carrier named, where no symbol carries the number alone', async () => {
    const file = { ...(await aCarrierFile(symbolSets.colissimo)), trackingNumber: 'ABC-1' };

    expect(await codesOf(file)).toEqual(['proof.tracking-missing']);
    expect(await codesOf({ ...file, scanTexts: ['8L 01234 56789 5'] })).toEqual([]);
  });
});

describe('the label of another parcel', () => {
  test.each([
    ['1Z0FH3446831744094', symbolSets.ups, ['proof.tracking-missing', 'proof.tracking-other', 'proof.tracking-other']],
    [
      '9234690361980900000159',
      symbolSets.usps,
      ['proof.tracking-missing', 'proof.tracking-other', 'proof.tracking-other'],
    ],
    ['794604790149', symbolSets.fedex, ['proof.tracking-missing', 'proof.tracking-other']],
    ['340434123400000026', symbolSets.dhl, ['proof.tracking-missing', 'proof.tracking-other']],
    ['8L01234567901', symbolSets.colissimo, ['proof.tracking-missing', 'proof.tracking-other']],
    ['12345678', symbolSets.dpd, ['proof.tracking-missing']],
  ] as const)('than %s is refused', async (trackingNumber, set, codes) => {
    expect(await codesOf({ ...(await aCarrierFile(set)), trackingNumber })).toEqual(codes);
  });

  test('is named with what it says and what was wanted', async () => {
    const file = { ...(await aCarrierFile(symbolSets.usps)), trackingNumber: '9234690361980900000159' };
    const other = (await problemsOf(file)).find(({ code }) => code === 'proof.tracking-other');

    expect(other?.details).toMatchObject({
      expected: '9234690361980900000159',
      text: expect.stringContaining('9000001'),
    });
  });

  test('of UPS is seen by its MaxiCode alone, and a missing one is missed', async () => {
    const { symbols } = symbolSets.ups;
    const swapped = symbols.map((symbol) =>
      symbol.kind === 'maxicode' ? { ...symbol, text: symbol.text.replace('1Z31744085', '1Z31744094') } : symbol,
    );
    const wrong = await aCarrierFile({ ...symbolSets.ups, symbols: swapped });
    const without = await aCarrierFile({ ...symbolSets.ups, symbols: symbols.slice(0, 2) });

    expect(await codesOf(wrong)).toEqual(['proof.tracking-other']);
    expect(await codesOf({ ...without, expectMaxicode: true })).toEqual(['proof.symbol-missing']);
    expect(await codesOf(without)).toEqual([]);
  });
});
