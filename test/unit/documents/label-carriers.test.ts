import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { LabelProof, RenderedDocument } from '../../../main/documents/document.ts';
import { createDocuments } from '../../../main/documents/documents.ts';
import { toDots } from '../../../main/documents/dot-grid.ts';
import { planLabel, renderLabel } from '../../../main/documents/label.ts';
import {
  type PagePlan,
  quietBox,
  type SymbolItem,
  symbolBox,
  type TextItem,
} from '../../../main/documents/page-plan.ts';
import { AppError } from '../../../shared/errors.ts';
import type { LabelModel } from '../../../shared/model/label.ts';
import { checkTracking } from '../../../shared/tracking/check-tracking.ts';
import { anyAddress, barsOf, exchange, ink, paris, spoiltLabel } from './label-builders.ts';
import {
  aCarrierLabel,
  aReturnOf,
  aztecMessage,
  type CarrierProfile,
  carrierProfiles,
  oklahoma,
} from './label-carrier-builders.ts';

const documents = createDocuments();
afterAll(() => documents.close());

const resolutions = [203, 300] as const;
const cases = carrierProfiles.flatMap((profile) => resolutions.map((dpi) => [profile, dpi] as const));

/** What a scanner sends of each label, top to bottom. */
const scanned: Readonly<Record<CarrierProfile, readonly string[]>> = {
  'upu-s10': [']C0RB473124829GB'],
  'usps-impb': [
    ']d242073108\x1d9234690361980900000142',
    ']C142073108\x1d9234690361980900000142',
    ']d242073108\x1d9234690361980900000142',
  ],
  dpd: [`]z0${aztecMessage}`, ']C0%007501110774000248383101250'],
  'dhl-paket': [']C140327680331+99000943042250', ']C100340434123400000019'],
  'mondial-relay': [']C012123456780101006623123454'],
  colissimo: [']C08L01234567895', ']C07A1722409000011234000493'],
  chronopost: [']C0%0075011XP696982485248226250'],
};

const carriers: Readonly<Record<CarrierProfile, string>> = {
  'upu-s10': 'royal-mail',
  'usps-impb': 'usps',
  dpd: 'dpd',
  'dhl-paket': 'dhl',
  'mondial-relay': 'mondial-relay',
  colissimo: 'colissimo',
  chronopost: 'chronopost',
};

function readTexts(proof: LabelProof): string[] {
  return proof.ok
    ? proof.symbols.map(({ symbology, text }) => `${symbology}${text}`)
    : [JSON.stringify(proof.problems)];
}

async function problemsOf(document: RenderedDocument): Promise<string[]> {
  const proof = await documents.proveLabel(document);
  return proof.ok ? [] : proof.problems.map(({ code }) => code);
}

describe.each(cases)('a label of %s at %i dpi', (profile, dpi) => {
  const model = aCarrierLabel(profile, { dpi });

  test('is read back whole, every bar code of grade A, the number known as its carrier’s', async () => {
    const proof = await documents.proveLabel(await renderLabel(model));

    expect(readTexts(proof)).toEqual(scanned[profile]);
    const symbols = proof.ok ? proof.symbols : [];
    for (const { geometry } of symbols.filter(({ symbology }) => symbology.startsWith(']C')))
      expect(geometry).toMatchObject({ grade: 'A', decodability: 1 });
    const known = symbols.map(({ text }) => checkTracking(text)).filter(({ valid }) => valid);
    expect(known.map(({ carrier }) => carrier)).toContain(carriers[profile]);
  });

  test('is read back on a roll of 100 by 150 mm, and with SPECIMEN across it', async () => {
    const specimen = await renderLabel(aCarrierLabel(profile, { dpi, media: '100x150', approved: false }));
    const [page] = await documents.readBack(specimen.bytes, { dpi, format: 'bilevel' });

    expect(await problemsOf(specimen)).toEqual([]);
    expect(page?.text).toContain('SPECIMEN');
    expect(page?.inkAtEdge).toBe(false);
  });

  test('takes a return with its number and last day', async () => {
    const back = await renderLabel(aReturnOf(profile, { dpi }));
    const [page] = await documents.readBack(back.bytes, { dpi, format: 'bilevel' });

    expect(await problemsOf(back)).toEqual([]);
    expect(page?.text).toContain('R7K3M9QX9');
    expect(page?.text).toContain('2027');
    expect(page?.text).toContain('Any post office takes it.');
  });

  test('keeps words off each other, off the edge and off the white of every symbol', () => {
    const { page } = planLabel(model);
    expect(clashes(page)).toEqual([]);
    expect(clashes(planLabel(aCarrierLabel(profile, { dpi, media: '100x150' })).page)).toEqual([]);
    expect(clashes(planLabel(aReturnOf(profile, { dpi })).page)).toEqual([]);
    expect(clashes(planLabel(aReturnOf(profile, { dpi, language: 'fr' })).page)).toEqual([]);
  });

  test('fails the proof when everything is shifted by a millimetre', async () => {
    const shifted = await spoiltLabel(model, (page) => ({
      items: page.items.map((item) => shift(item, toDots(1, dpi))),
    }));

    expect(await problemsOf(shifted)).toContain('proof.symbol-misplaced');
  });

  test('fails the proof when the page is printed at 98 %', async () => {
    const scaled = await spoiltLabel(model, (page) => ({
      widthMm: page.widthMm / 0.98,
      heightMm: page.heightMm / 0.98,
    }));

    expect(await problemsOf(scaled)).toContain('proof.page-size');
  });

  test('fails the proof when its bars are thinned by a dot', async () => {
    const thinned = await spoiltLabel(model, (page) => {
      const [bars] = barsOf(page);
      return bars ? { items: [...page.items, ...slivers(bars, dpi)] } : {};
    });
    const problems = await problemsOf(thinned);

    expect(
      problems.some((code) => ['proof.bar-gain', 'proof.symbol-missing', 'proof.decodability'].includes(code)),
    ).toBe(true);
  });

  test('fails the proof when something stands in the white beside its bars', async () => {
    const covered = await spoiltLabel(model, (page) => {
      const [bars] = barsOf(page);
      const quiet = bars ? quietBox(bars, dpi) : { xMm: 0, yMm: 0 };
      return { items: [...page.items, ink(quiet.xMm + 1.2, quiet.yMm + 6, { widthMm: 0.4, heightMm: 4 })] };
    });

    expect(await problemsOf(covered)).toEqual(['proof.quiet-zone']);
  });
});

type Item = PagePlan['items'][number];

function shift(item: Item, dots: number): Item {
  return item.kind === 'bars' || item.kind === 'matrix' ? { ...item, xDots: item.xDots + dots } : item;
}

/** A white dot on the right edge of every bar, as a head that is too cold leaves it. */
function slivers(bars: SymbolItem & { kind: 'bars' }, dpi: 203 | 300): Item[] {
  const box = symbolBox(bars, dpi);
  const dot = box.widthMm / bars.symbol.pattern.modules / bars.spec.moduleDots[dpi];
  let x = 0;
  return bars.symbol.pattern.widths.flatMap((width, index) => {
    x += width * bars.spec.moduleDots[dpi] * dot;
    if (index % 2 === 1) return [];
    return [ink(box.xMm + x - dot, box.yMm, { widthMm: dot, heightMm: box.heightMm }, 'white')];
  });
}

const CAP = 0.718 / (72 / 25.4);

/** Texts that overlap another text, the margin or the white round a symbol. */
function clashes(page: PagePlan): string[] {
  const boxes = page.items
    .filter((item): item is TextItem => item.kind === 'text')
    .map(({ text, xMm, yMm, widthMm, sizePt }) => ({ text, xMm, yMm, widthMm, heightMm: sizePt * CAP }));
  const whites = page.items
    .filter((item): item is SymbolItem => item.kind === 'bars' || item.kind === 'matrix')
    .map((item) => ({ text: 'white', ...quietBox(item, page.dpi) }));
  return boxes.flatMap((box, index) => {
    const others = [...boxes.slice(index + 1), ...whites].filter((other) => overlap(box, other));
    const outside =
      box.xMm < 2.9 || box.xMm + box.widthMm > page.widthMm - 2.9 || box.yMm + box.heightMm > page.heightMm - 2;
    return [...others.map((other) => `${box.text} / ${other.text}`), ...(outside ? [`${box.text} / edge`] : [])];
  });
}

interface Rectangle {
  readonly xMm: number;
  readonly yMm: number;
  readonly widthMm: number;
  readonly heightMm: number;
}

function overlap(a: Rectangle, b: Rectangle): boolean {
  const wide = Math.min(a.xMm + a.widthMm, b.xMm + b.widthMm) - Math.max(a.xMm, b.xMm);
  const high = Math.min(a.yMm + a.heightMm, b.yMm + b.heightMm) - Math.max(a.yMm, b.yMm);
  return wide > 0.05 && high > 0.05;
}

describe('any address', () => {
  test.each(carrierProfiles.filter((profile) => profile !== 'usps-impb'))(
    'is drawn for %s without a clash, or refused with the field',
    (profile) => {
      const property = fc.property(anyAddress, anyAddress, (from, to) => {
        const page = planned(() => aCarrierLabel(profile, { from, to }));
        if (page) expect(clashes(page)).toEqual([]);
      });
      fc.assert(property, { numRuns: 40 });
    },
  );
});

function planned(build: () => LabelModel): PagePlan | undefined {
  try {
    return planLabel(build()).page;
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({
      code: expect.stringMatching(/label\.(text-too-long|line-too-long|symbol-too-wide|bad-code)/),
    });
    return undefined;
  }
}

describe('the zones', () => {
  test('of USPS stand where its own labels have them, within a millimetre', () => {
    const { page } = planLabel(aCarrierLabel('usps-impb'));
    const [bars] = barsOf(page);
    const rules = page.items
      .filter((item) => item.kind === 'fill' && item.at.widthMm > 90)
      .map((item) => (item.kind === 'fill' ? item.at.yMm : 0));

    expect(bars ? symbolBox(bars, 203).yMm : 0).toBeCloseTo(104.9, 0);
    for (const [index, yMm] of [9.9, 36.2, 46.4, 96.2, 131.1].entries())
      expect(Math.abs((rules[index] ?? 0) - yMm)).toBeLessThan(1);
  });

  test('of DPD stand where its own labels have them, within a millimetre', () => {
    const { page } = planLabel(aCarrierLabel('dpd'));
    const rules = page.items
      .filter((item) => item.kind === 'fill' && item.at.widthMm > 90)
      .map((item) => (item.kind === 'fill' ? item.at.yMm : 0));

    for (const [index, yMm] of [16.5, 44, 79.5].entries()) expect(Math.abs((rules[index] ?? 0) - yMm)).toBeLessThan(1);
  });
});

describe('the bars', () => {
  test.each([
    ['upu-s10', 0, 4, 6, 12.5],
    ['usps-impb', 0, 3, 4, 19.05],
    ['dpd', 0, 3, 4, 25],
    ['dhl-paket', 0, 3, 4, 25],
    ['dhl-paket', 1, 4, 6, 25],
    ['mondial-relay', 0, 4, 5, 20],
    ['colissimo', 0, 3, 4, 15],
    ['colissimo', 1, 3, 4, 15],
    ['chronopost', 0, 3, 4, 25],
  ] as const)(
    'of %s, number %i from the top, have %i dots a module at 203 dpi, %i at 300 and %d mm of height',
    (profile, index, at203, at300, heightMm) => {
      for (const [dpi, dots] of [
        [203, at203],
        [300, at300],
      ] as const) {
        const bars = barsOf(planLabel(aCarrierLabel(profile, { dpi })).page)[index];
        expect(bars?.spec.moduleDots[dpi]).toBe(dots);
        expect(bars ? symbolBox(bars, dpi).heightMm : 0).toBeGreaterThanOrEqual(heightMm);
      }
    },
  );

  test('of a USPS number of 34 digits keep ten modules of white at 203 dpi and a quarter of an inch at 300', () => {
    const long = { number: '93612123456000000000000017'.slice(0, 25) };
    const number = withKey(long.number);
    const white = (dpi: 203 | 300) =>
      barsOf(planLabel(aCarrierLabel('usps-impb', { number, dpi })).page)[0]?.spec.quietModules;

    expect([white(203), white(300)]).toEqual([10, 19]);
    expect(
      barsOf(planLabel(aCarrierLabel('usps-impb', { to: { ...oklahoma, postcode: '73108-1234' } })).page)[0]?.symbol
        .text,
    ).toBe('420731081234\x1d9234690361980900000142');
  });
});

function withKey(body: string): string {
  const sum = [...body].reverse().reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1), 0);
  return body + String((10 - (sum % 10)) % 10);
}

describe('the words', () => {
  test('of a DPD label are ASCII throughout, and the fields that changed are named', () => {
    const name = 'Hügǒ Œuvré-Straße';
    const { page, transliterated } = planLabel(aCarrierLabel('dpd', { to: { ...paris, name }, language: 'fr' }));
    const words = page.items.flatMap((item) => (item.kind === 'text' ? [item.text] : []));

    expect(words).toContain('Hugo OEuvre-Strasse');
    expect(words.join('')).toMatch(/^[\x20-\x7e]*$/);
    expect(transliterated).toEqual(expect.arrayContaining(['to.name', 'to.street1', 'depot.1']));
  });

  test.each([
    ['mondial-relay', 'to.name', { to: { ...paris, name: 'A'.repeat(33) } }, 32],
    ['dpd', 'to.street1', { to: { ...paris, street1: 'rue de la Paix '.repeat(6).trim() } }, 35],
    ['colissimo', 'to.street2', { to: { ...paris, street2: 'Bâtiment C au fond de la cour '.repeat(3).trim() } }, 35],
  ] as const)('that %s does not take in %s are refused, never cut', (profile, field, changes, limit) => {
    expect(() => planLabel(aCarrierLabel(profile, changes))).toThrow(
      expect.objectContaining({ kind: 'rule', code: 'label.line-too-long', details: { field, limit } }),
    );
  });

  test('that a script has no nearest letters for are refused', () => {
    expect(() => planLabel(aCarrierLabel('dpd', { to: { ...paris, name: '山田' } }))).toThrow(
      expect.objectContaining({ code: 'label.unprintable-text', details: { field: 'to.name', characters: '山田' } }),
    );
  });
});

describe('a description', () => {
  test.each([
    ['an S10 number with a wrong key', 'upu-s10', { number: 'RB473124820GB' }, 'number'],
    ['an IMpb with a wrong key', 'usps-impb', { number: '9234690361980900000143' }, 'number'],
    ['a USPS label to France', 'usps-impb', { to: paris }, 'to.country'],
    [
      'a Mondial Relay code with a wrong second key',
      'mondial-relay',
      { number: '12123456780101006623123455' },
      'number',
    ],
    ['a Colissimo number of another carrier', 'colissimo', { number: '1Z0FH3446831744085' }, 'number'],
    ['a DPD parcel number with a letter', 'dpd', { parcelNumber: '1077400024838A' }, 'parcelNumber'],
    ['a routing code without its plus', 'dhl-paket', { routing: '2768033199000943042250' }, 'routing'],
    ['no routing at all', 'dpd', { routing: undefined }, 'routing'],
    ['a field of another profile', 'chronopost', { sscc: '106141412345678908' }, 'label'],
  ] as const)('with %s is refused and names the field', (_, profile, changes, field) => {
    expect(() => aCarrierLabel(profile, changes)).toThrow(
      expect.objectContaining({
        code: 'label.bad-model',
        details: { issues: expect.arrayContaining([expect.objectContaining({ field })]) },
      }),
    );
  });
});

test('the same label twice is the same file, and a label of another parcel is not', async () => {
  const [first, again] = [await renderLabel(aCarrierLabel('dpd')), await renderLabel(aCarrierLabel('dpd'))];
  const other = await renderLabel(aCarrierLabel('dpd', { parcelNumber: '10774000248384' }));

  expect(Buffer.from(first.bytes).equals(Buffer.from(again.bytes))).toBe(true);
  expect(await problemsOf({ ...first, bytes: other.bytes })).toEqual(['proof.symbol-wrong']);
});

test('a label without one of its symbols fails the proof', async () => {
  const without = await spoiltLabel(aCarrierLabel('colissimo'), (page) => {
    const [bars] = barsOf(page);
    return bars ? exchange(page, bars, []) : {};
  });

  expect(await problemsOf(without)).toEqual(['proof.symbol-missing']);
});
