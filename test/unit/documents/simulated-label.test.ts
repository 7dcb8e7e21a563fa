import { afterAll, describe, expect, test } from 'vitest';
import { createDocuments } from '../../../main/documents/documents.ts';
import { drawSimulatedLabel } from '../../../main/documents/simulated-carrier-label.ts';
import { aSimulatedLabel, symbolSets } from './simulated-symbol-sets.ts';

const documents = createDocuments();
afterAll(() => documents.close());

const sizes = { '4x6': { widthMm: 101.6, heightMm: 152.4 }, '100x150': { widthMm: 100, heightMm: 150 } } as const;
const cases = (['4x6', '100x150'] as const).flatMap((media) =>
  ([203, 300] as const).flatMap((dpi) =>
    (['pdf', 'png'] as const).flatMap((file) =>
      Object.entries(symbolSets).map(([name, set]) => ({ name, set, media, dpi, file })),
    ),
  ),
);

describe('a simulated carrier’s label', () => {
  test.each(cases)('$name on $media at $dpi dpi as $file reads back symbol by symbol', async (label) => {
    const { set, media, dpi, file } = label;
    const bytes = await drawSimulatedLabel(aSimulatedLabel(set, { media, dpi, file }));
    const [page, ...others] = await documents.readBack(bytes, { dpi, format: 'bilevel' });

    expect(others).toEqual([]);
    expect(page?.inkAtEdge).toBe(false);
    expect(Math.abs((page?.widthMm ?? 0) - sizes[media].widthMm)).toBeLessThan(0.1);
    expect(Math.abs((page?.heightMm ?? 0) - sizes[media].heightMm)).toBeLessThan(0.1);
    expect(page?.symbols.map(({ symbology, text }) => symbology + text).sort()).toEqual([...set.scans].sort());
    const graded = page?.symbols.flatMap(({ geometry }) => (geometry ? [geometry] : [])) ?? [];
    expect(graded.map(({ grade }) => grade)).toEqual(graded.map(() => 'A'));
    for (const { quietLeftModules, quietRightModules } of graded)
      expect(Math.min(quietLeftModules, quietRightModules)).toBeGreaterThanOrEqual(9.6);
  });

  test('says that it is a simulation, whom it goes to and its number in words', async () => {
    const bytes = await drawSimulatedLabel(aSimulatedLabel(symbolSets.dpd));
    const [page] = await documents.readBack(bytes, { dpi: 203, format: 'bilevel' });

    expect(page?.text).toContain('SIMULATION');
    expect(page?.text).toContain('Michael O’Connor');
    expect(page?.text).toContain('10774000248383');
  });

  test('is the same file when it is asked for again', async () => {
    const [first, second] = [
      await drawSimulatedLabel(aSimulatedLabel(symbolSets.ups)),
      await drawSimulatedLabel(aSimulatedLabel(symbolSets.ups)),
    ];

    expect(Buffer.from(first).equals(Buffer.from(second))).toBe(true);
  });

  test('in a printer’s language leaves the bars to the printer and hides no letter that ZPL would obey', async () => {
    const bytes = await drawSimulatedLabel(aSimulatedLabel(symbolSets.usps, { file: 'zpl' }));
    const zpl = new TextDecoder().decode(bytes);

    expect(zpl).toMatch(/^\^XA/);
    expect(zpl).toContain('^BCN,');
    expect(zpl).toContain('& _5E_7E_5F');
    expect(zpl.trimEnd()).toMatch(/\^XZ$/);
  });

  test.each([
    [{ kind: 'itf', text: '12A' }, 'label.bad-code'],
    [{ kind: 'maxicode', text: 'no message' }, 'label.bad-code'],
    [{ kind: 'code128', text: 'A'.repeat(60) }, 'label.symbol-too-wide'],
  ] as const)('is refused for %o', async (symbol, code) => {
    const drawn = drawSimulatedLabel(aSimulatedLabel({ ...symbolSets.ups, symbols: [symbol], scans: [] }));

    await expect(drawn).rejects.toMatchObject({ kind: 'rule', code });
  });
});
