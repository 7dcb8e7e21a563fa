import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { LabelProof, RenderedDocument } from '../../../main/documents/document.ts';
import { createDocuments } from '../../../main/documents/documents.ts';
import { toDots } from '../../../main/documents/dot-grid.ts';
import { renderLabel } from '../../../main/documents/label.ts';
import { type PagePlan, quietBox, symbolBox } from '../../../main/documents/page-plan.ts';
import { AppError } from '../../../shared/errors.ts';
import {
  anOutboundLabel,
  anyLabel,
  aReturnLabel,
  exchange,
  ink,
  london,
  lowestBars,
  spoiltLabel,
} from './label-builders.ts';

const documents = createDocuments();
afterAll(() => documents.close());

async function problemsOf(document: RenderedDocument): Promise<string[]> {
  const proof = await documents.proveLabel(document);
  return proof.ok ? [] : proof.problems.map(({ code }) => code);
}

function readTexts(proof: LabelProof): string[] {
  return proof.ok ? proof.symbols.map(({ symbology, text }) => `${symbology}${text}`) : [];
}

describe('a label read back at the printer’s resolution', () => {
  test('carries a sender with company, two streets and a postcode of its own line', async () => {
    const sender = { ...london, company: 'Specimen Trading Ltd', street1: '59 Prototype Gardens', street2: 'Flat 4' };

    const label = await renderLabel(aReturnLabel({ from: sender }));

    expect(await problemsOf(label)).toEqual([]);
    const [page] = await documents.readBack(label.bytes, { dpi: 203, format: 'bilevel' });
    for (const part of ['Specimen Trading Ltd', '59 Prototype Gardens, Flat 4', 'London SW1A 1AA'])
      expect(page?.text).toContain(part);
  });

  test.each([203, 300] as const)('at %i dpi shows every symbol with its identifier, text and grade', async (dpi) => {
    const outbound = await documents.proveLabel(await renderLabel(anOutboundLabel({ dpi })));
    const back = await documents.proveLabel(await renderLabel(aReturnLabel({ dpi })));

    expect(readTexts(outbound)).toEqual([']C142075011', ']C100106141412345678908']);
    expect(readTexts(back)).toEqual([']C0R7K3M9QX9', ']d1R7K3M9QX9', ']C100106141412345678908']);
    const grades = outbound.ok ? outbound.symbols.map(({ geometry }) => geometry) : [];
    for (const geometry of grades) {
      expect(geometry).toMatchObject({ grade: 'A', decodability: 1, barGain: 0 });
      expect(geometry?.heightMm).toBeCloseTo(31.75, 1);
      expect(geometry?.quietLeftModules).toBeGreaterThanOrEqual(10);
    }
  });

  test('is proved for any address, sheet, resolution and language', async () => {
    const proved = fc.asyncProperty(anyLabel, async (model) => {
      const rendered = await drawnOrRefused(model);
      if (!rendered) return;
      expect(await problemsOf(rendered)).toEqual([]);
    });
    await fc.assert(proved, { numRuns: 40 });
  });

  test('reads the same with SPECIMEN across it, and says so in its text', async () => {
    const specimen = await renderLabel(aReturnLabel({ approved: false }));
    const [page] = await documents.readBack(specimen.bytes, { dpi: 203, format: 'bilevel' });

    expect(await problemsOf(specimen)).toEqual([]);
    expect(page?.text).toContain('SPECIMEN');
    expect(page?.text).toContain('DO NOT SHIP');
  });

  test('keeps its accents in the text layer and its size in millimetres', async () => {
    const { bytes } = await renderLabel(anOutboundLabel({ language: 'fr' }));
    const [page, ...others] = await documents.readBack(bytes, { dpi: 203, format: 'grey' });

    expect(others).toEqual([]);
    expect(page?.text).toContain('Hélène Dupré-Lefèvre');
    expect(page?.text).toContain("12 rue de l'Église");
    expect(page?.widthMm).toBeCloseTo(101.6, 2);
    expect(page?.heightMm).toBeCloseTo(152.4, 2);
    expect(page?.symbols).toHaveLength(2);
  });

  test('still reads at grade C or better on a driver that believes in 203.0 dots an inch', async () => {
    const model = anOutboundLabel();
    const scaled = await spoiltLabel(model, (page) => shrink(page, 203 / 203.2));
    const [page] = await documents.readBack(scaled.bytes, { dpi: 203, format: 'bilevel' });

    expect(page?.symbols.map(({ geometry }) => geometry?.grade)).toEqual([
      expect.stringMatching(/[ABC]/),
      expect.stringMatching(/[ABC]/),
    ]);
  });
});

/** A page whose symbols came out smaller, as "fit to page" does. */
function shrink(page: PagePlan, factor: number): Partial<PagePlan> {
  const items = page.items.map((item) => {
    if (item.kind !== 'bars' && item.kind !== 'matrix') return item;
    const moduleDots = { 203: item.spec.moduleDots[203] * factor, 300: item.spec.moduleDots[300] * factor };
    const at = { xDots: item.xDots * factor, yDots: item.yDots * factor };
    return item.kind === 'bars'
      ? { ...item, ...at, heightDots: item.heightDots * factor, spec: { ...item.spec, moduleDots } }
      : { ...item, ...at, spec: { ...item.spec, moduleDots } };
  });
  return { items };
}

async function drawnOrRefused(model: Parameters<typeof renderLabel>[0]): Promise<RenderedDocument | undefined> {
  try {
    return await renderLabel(model);
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: 'label.text-too-long' });
    return undefined;
  }
}

describe.each([203, 300] as const)('a spoilt label at %i dpi fails the proof', (dpi) => {
  const model = anOutboundLabel({ dpi });
  const spoil = async (change: (page: PagePlan) => Partial<PagePlan>) => problemsOf(await spoiltLabel(model, change));
  const bars = (page: PagePlan) => symbolBox(lowestBars(page), dpi);

  test('when something black lies over the bars', async () => {
    const problems = await spoil((page) => {
      const box = bars(page);
      return { items: [...page.items, ink(box.xMm + 20, box.yMm + 10, { widthMm: 30, heightMm: 3 })] };
    });
    expect(problems).toContain('proof.symbol-damaged');
  });

  test('when a single dot of dirt closes the first space', async () => {
    const problems = await spoil((page) => {
      const box = bars(page);
      const moduleMm = box.widthMm / lowestBars(page).symbol.pattern.modules;
      const dirt = { widthMm: moduleMm, heightMm: moduleMm / 4 };
      return { items: [...page.items, ink(box.xMm + 2 * moduleMm, box.yMm + 10, dirt)] };
    });
    expect(problems).toContain('proof.symbol-damaged');
  });

  test('when a scratch runs down through the bars', async () => {
    const problems = await spoil((page) => {
      const box = bars(page);
      return { items: [...page.items, ink(box.xMm + 40, box.yMm, { widthMm: 1, heightMm: box.heightMm }, 'white')] };
    });
    expect(problems).not.toEqual([]);
  });

  test('when every bar is one dot too thin', async () => {
    const problems = await spoil((page) => {
      const item = lowestBars(page);
      const module = item.spec.moduleDots[dpi];
      const dotMm = (1 / toDots(1000, dpi)) * 1000;
      let x = item.xDots;
      const thinned = item.symbol.pattern.widths.flatMap((width, index) => {
        x += width * module;
        const size = { widthMm: dotMm, heightMm: item.heightDots * dotMm };
        return index % 2 === 0 ? [ink((x - 1) * dotMm, item.yDots * dotMm, size, 'white')] : [];
      });
      return { items: [...page.items, ...thinned] };
    });
    expect(problems).toContain('proof.bar-gain');
  });

  test.each([0.97, 1.03])('when the page came out at %d of its size', async (factor) => {
    expect(await spoil((page) => shrink(page, factor))).toContain('proof.module-width');
  });

  test('when the bars are drawn off the dot grid', async () => {
    const problems = await spoil((page) => {
      const item = lowestBars(page);
      const spec = { ...item.spec, moduleDots: { 203: 2.4, 300: 2.4 } };
      return exchange(page, item, [{ ...item, spec }]);
    });
    expect(problems).toEqual(expect.arrayContaining(['proof.module-width', 'proof.decodability']));
  });

  test('when the bars moved by a millimetre', async () => {
    const problems = await spoil((page) => {
      const item = lowestBars(page);
      return exchange(page, item, [{ ...item, xDots: item.xDots + toDots(1, dpi) }]);
    });
    expect(problems).toEqual(['proof.symbol-misplaced']);
  });

  test('when something stands in the quiet zone', async () => {
    const problems = await spoil((page) => {
      const quiet = quietBox(lowestBars(page), dpi);
      return { items: [...page.items, ink(quiet.xMm + 1, quiet.yMm + 8, { widthMm: 0.4, heightMm: 4 })] };
    });
    expect(problems).toEqual(['proof.quiet-zone']);
  });

  test('when the bars are too low', async () => {
    const problems = await spoil((page) => {
      const item = lowestBars(page);
      return exchange(page, item, [{ ...item, heightDots: Math.round(item.heightDots / 2) }]);
    });
    expect(problems).toContain('proof.bar-height');
  });

  test('when it carries another parcel’s SSCC', async () => {
    const other = await renderLabel(anOutboundLabel({ dpi, sscc: '106141412345678915' }));
    const own = await renderLabel(model);
    const proof = await documents.proveLabel({ ...own, bytes: other.bytes });

    expect(proof).toMatchObject({
      ok: false,
      problems: [
        { code: 'proof.symbol-wrong', details: { text: '00106141412345678908', foundText: '00106141412345678915' } },
      ],
    });
  });

  test('when a second tracking code stands on it', async () => {
    const problems = await spoil((page) => {
      const item = lowestBars(page);
      const small = {
        ...item,
        spec: { ...item.spec, moduleDots: { 203: 3, 300: 3 } },
        yDots: toDots(35, dpi),
        heightDots: toDots(8, dpi),
      };
      return { items: [...page.items, ink(5, 33, { widthMm: 90, heightMm: 12 }, 'white'), small] };
    });
    expect(problems).toEqual(['proof.symbol-unexpected']);
  });

  test('when a symbol is missing', async () => {
    expect(await spoil((page) => exchange(page, lowestBars(page), []))).toEqual(['proof.symbol-missing']);
  });

  test('when the sheet has another size', async () => {
    expect(await spoil((page) => ({ heightMm: page.heightMm + 1 }))).toContain('proof.page-size');
  });

  test('when the matrix has a blot that error correction would hide', async () => {
    const back = await spoiltLabel(aReturnLabel({ dpi }), (page) => {
      const matrix = page.items.find((item) => item.kind === 'matrix');
      const box = matrix ? symbolBox(matrix, dpi) : undefined;
      return { items: [...page.items, ink((box?.xMm ?? 0) + 5, (box?.yMm ?? 0) + 5, { widthMm: 2, heightMm: 2 })] };
    });
    expect(await problemsOf(back)).toEqual(['proof.symbol-damaged']);
  });
});

describe('a label that is no label', () => {
  test('fails the proof when its bytes are torn', async () => {
    const rendered = await renderLabel(anOutboundLabel());

    expect(await problemsOf({ ...rendered, bytes: new TextEncoder().encode('<html>502 Bad Gateway</html>') })).toEqual([
      'proof.unreadable-document',
    ]);
  });

  test('fails the proof when two symbols stand in each other’s white', async () => {
    const rendered = await renderLabel(anOutboundLabel());
    const [first, second] = rendered.symbols;
    const moved = first && second ? { ...first, at: { ...first.at, yMm: second.at.yMm - 10 } } : undefined;
    const symbols = moved && second ? [moved, second] : [];

    expect(await problemsOf({ ...rendered, symbols })).toContain('proof.overlap');
  });

  test('is refused with words when it is only read', async () => {
    await expect(documents.readBack(new Uint8Array([1, 2, 3]), { dpi: 203, format: 'grey' })).rejects.toMatchObject({
      kind: 'validation',
      code: 'document.unreadable',
    });
  });
});
