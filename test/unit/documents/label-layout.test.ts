import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Box } from '../../../main/documents/document.ts';
import { toMm } from '../../../main/documents/dot-grid.ts';
import { planLabel, renderLabel } from '../../../main/documents/label.ts';
import { type PagePlan, quietBox, symbolBox, type TextItem } from '../../../main/documents/page-plan.ts';
import { AppError } from '../../../shared/errors.ts';
import {
  anOutboundLabel,
  anyLabel,
  aReturnLabel,
  barsOf,
  london,
  lowestBars,
  nantes,
  paris,
} from './label-builders.ts';

const CAP = 0.718 / (72 / 25.4);
const DESCENT = 0.2 / (72 / 25.4);

function textsOf(page: PagePlan): TextItem[] {
  return page.items.filter((item) => item.kind === 'text');
}

function boxOfText({ xMm, yMm, widthMm, sizePt }: TextItem): Box {
  return { xMm, yMm, widthMm, heightMm: sizePt * (CAP + DESCENT) };
}

function overlap(a: Box, b: Box): boolean {
  const wide = Math.min(a.xMm + a.widthMm, b.xMm + b.widthMm) - Math.max(a.xMm, b.xMm);
  const high = Math.min(a.yMm + a.heightMm, b.yMm + b.heightMm) - Math.max(a.yMm, b.yMm);
  return wide > 0.05 && high > 0.05;
}

function wordsOf(page: PagePlan): string[] {
  return textsOf(page).map(({ text }) => text);
}

describe('the bars of a logistic label', () => {
  test.each([
    [203, 4, 254, 31.75],
    [300, 6, 375, 31.75],
  ] as const)('at %i dpi have modules of %i whole dots and are 31.75 mm high', (dpi, module, heightDots, heightMm) => {
    const { page } = planLabel(anOutboundLabel({ dpi }));

    for (const bars of barsOf(page)) {
      expect(bars.spec.moduleDots[dpi]).toBe(module);
      expect(bars.heightDots).toBe(heightDots);
      expect(symbolBox(bars, dpi).heightMm).toBeCloseTo(heightMm, 6);
      expect([bars.xDots, bars.yDots].every(Number.isInteger)).toBe(true);
    }
  });

  test('of an SSCC are 156 modules, 78 mm at 203 dpi, with ten white modules on either side', () => {
    const { page } = planLabel(anOutboundLabel());
    const bars = lowestBars(page);
    const box = symbolBox(bars, 203);

    expect(bars.symbol.pattern.modules).toBe(156);
    expect(box.widthMm).toBe(78);
    expect(box.xMm).toBeGreaterThanOrEqual(5);
    expect(page.widthMm - box.xMm - box.widthMm).toBeGreaterThanOrEqual(5);
  });

  test('carry the SSCC lowest, as GS1 wants it', () => {
    for (const model of [anOutboundLabel(), aReturnLabel()]) {
      expect(lowestBars(planLabel(model).page).symbol.text).toBe(`00${model.sscc}`);
    }
  });

  test('carry the postcode as (420) at home, as (421) with the country number abroad, and not at all without one', () => {
    const routing = (to: typeof paris) =>
      barsOf(planLabel(anOutboundLabel({ to })).page).map(({ symbol }) => symbol.text);

    expect(routing(paris)).toContain('42075011');
    expect(routing(london)).toContain('421826SW1A1AA');
    expect(routing({ ...london, postcode: '', country: 'IE' })).toEqual(['00106141412345678908']);
    expect(routing({ ...london, country: 'XK' })).toEqual(['00106141412345678908']);
  });

  test('that do not fit with their white are refused with the field', () => {
    const to = { ...london, country: 'AR', postcode: 'C1425ABCDE' };

    expect(() => planLabel(anOutboundLabel({ to }))).toThrow(
      expect.objectContaining({
        code: expect.stringMatching(/label\.(symbol-too-wide|bad-code)/),
        details: { field: 'to.postcode' },
      }),
    );
  });
});

describe('the words of a label', () => {
  test('name sender, carrier, service, parcel, weight and day in the label’s language', () => {
    expect(wordsOf(planLabel(anOutboundLabel({ language: 'fr' })).page)).toEqual(
      expect.arrayContaining([
        'EXPÉDITEUR',
        'DESTINATAIRE',
        'Hélène Dupré-Lefèvre',
        '75011 Paris',
        'FRANCE',
        '1/2',
        '1,25 kg',
        '21 nov. 2026',
        '(420) 75011',
        '(00) 1 0614141 234567890 8',
      ]),
    );
    expect(wordsOf(planLabel(anOutboundLabel({ to: london })).page)).toEqual(
      expect.arrayContaining(['FROM', 'SHIP TO', 'London', 'SW1A 1AA', 'UNITED KINGDOM', '1.25 kg', '21 Nov 2026']),
    );
  });

  test('of a return say in both languages that it is prepaid, until when, and its RMA number', () => {
    const words = wordsOf(planLabel(aReturnLabel({ notes: ['Any post office takes it.'] })).page);

    expect(words).toEqual(
      expect.arrayContaining([
        'PREPAID RETURN / RETOUR PRÉPAYÉ',
        'VALID UNTIL',
        '05 Jan 2027',
        'R7K3M9QX9',
        'Any post office takes it.',
        '44000 Nantes',
      ]),
    );
  });

  test('of a long address are shrunk and broken between words, never cut', () => {
    const name = 'Jürgen Weißgerber-Schönfelder von und zu Lichtenstein-Hohenburg der Jüngere';
    const { page } = planLabel(anOutboundLabel({ to: { ...paris, name } }));
    const printed = textsOf(page).filter(({ field }) => field === 'to.name');

    expect(printed.map(({ text }) => text).join(' ')).toBe(name);
    expect(Math.min(...printed.map(({ sizePt }) => sizePt))).toBeGreaterThanOrEqual(6);
  });

  test.each([
    ['to.name', { to: { ...paris, name: 'Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstelle' } }],
    ['to.street2', { to: { ...paris, street2: 'bei der Bäckerei im Hof links klingeln und warten '.repeat(9) } }],
    [
      'service',
      { service: 'Delivery on a Saturday between nine and eleven with signature and identity check by an adult' },
    ],
    ['orderNumber', { orderNumber: `${'9'.repeat(60)}` }],
  ])('that do not fit at the smallest size are refused: %s', (field, changes) => {
    const model = anOutboundLabel({ references: ['x', 'y'], trackingNumber: '1', ...changes });

    expect(() => planLabel(model)).toThrow(
      expect.objectContaining({ kind: 'rule', code: 'label.text-too-long', details: { field } }),
    );
  });

  test('keep clear of each other, of the edge and of the white round every symbol', () => {
    const outcome = fc.property(anyLabel, (model) => {
      const page = planOrRefusal(model);
      if (!page) return;
      const boxes = textsOf(page).map((item) => ({ ...boxOfText(item), text: item.text }));
      const whites = page.items
        .filter((item) => item.kind === 'bars' || item.kind === 'matrix')
        .map((item) => quietBox(item, page.dpi));
      for (const [index, box] of boxes.entries()) {
        expect(box.xMm, box.text).toBeGreaterThanOrEqual(2.9);
        expect(box.xMm + box.widthMm, box.text).toBeLessThanOrEqual(page.widthMm - 2.9);
        expect(box.yMm + box.heightMm, box.text).toBeLessThanOrEqual(page.heightMm - 1.5);
        expect(
          boxes.slice(index + 1).filter((other) => overlap(box, other)),
          box.text,
        ).toEqual([]);
        expect(
          whites.filter((white) => overlap(box, white)),
          box.text,
        ).toEqual([]);
      }
    });
    fc.assert(outcome, { numRuns: 80 });
  });
});

/** Some random addresses are too long for a label: then the refusal must say so. */
function planOrRefusal(model: Parameters<typeof planLabel>[0]): PagePlan | undefined {
  try {
    return planLabel(model).page;
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ code: 'label.text-too-long' });
    return undefined;
  }
}

describe('the file of a label', () => {
  test.each([
    ['4x6', 101.6, 152.4],
    ['100x150', 100, 150],
  ] as const)('%s has a page of %d × %d mm', async (media, widthMm, heightMm) => {
    expect((await renderLabel(anOutboundLabel({ media }))).media).toEqual({ widthMm, heightMm });
  });

  test('is the same for the same model, so that a reprint is the same label', async () => {
    const [first, second] = [await renderLabel(aReturnLabel()), await renderLabel(aReturnLabel())];

    expect(Buffer.from(first.bytes).equals(Buffer.from(second.bytes))).toBe(true);
  });

  test('tells viewers not to scale it, and is small', async () => {
    const { bytes } = await renderLabel(anOutboundLabel());

    expect(Buffer.from(bytes).toString('latin1')).toContain('/PrintScaling /None');
    expect(bytes.length).toBeLessThan(10_000);
  });

  test('says where each symbol stands and which fields were transliterated', async () => {
    const rendered = await renderLabel(aReturnLabel({ from: { ...paris, name: 'Hügǒ' }, to: nantes }));

    expect(rendered.transliterated).toEqual(['from.name']);
    expect(rendered.symbols).toEqual([
      expect.objectContaining({
        symbology: ']C0',
        text: 'R7K3M9QX9',
        shape: 'linear',
        moduleMm: 0.375,
        quietModules: 10,
      }),
      expect.objectContaining({ symbology: ']d1', text: 'R7K3M9QX9', shape: 'matrix', moduleMm: 1 }),
      expect.objectContaining({
        symbology: ']C1',
        text: '00106141412345678908',
        moduleMm: toMm(4, 203),
        minHeightMm: 31.75,
      }),
    ]);
  });
});
