import { describe, expect, test } from 'vitest';
import { renderCommercialInvoice } from '../../../main/documents/customs-commercial.ts';
import { planCustomsForm, renderCustomsForm } from '../../../main/documents/customs-form.ts';
import { notoSans } from '../../../main/documents/fonts.ts';
import { AppError } from '../../../shared/errors.ts';
import { chooseForm } from '../../../shared/model/customs-rules.ts';
import { vagueDescription } from '../../../shared/model/customs-words.ts';
import { aCommercialInvoice, aDeclaration, bookLine, lampLine } from './customs-builders.ts';
import { textOfPages } from './pdf-inside.ts';

/** Fields that a form is refused for. */
function faults(read: () => unknown): string[] {
  try {
    read();
    return [];
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    expect(error).toMatchObject({ kind: 'validation', code: 'customs.bad-model' });
    return (error.details.issues as { field: string }[]).map(({ field }) => field); // the shape of this code
  }
}

describe('the choice between CN22 and CN23', () => {
  test('takes the small form up to 300 SDR and 2 kg', () => {
    expect(chooseForm(aDeclaration({ grossWeightMg: 2_000_000 }))).toEqual({ form: 'CN22' });
    expect(chooseForm(aDeclaration({ lines: [{ ...lampLine, valueMinor: 340_00 }] }))).toEqual({ form: 'CN22' });
  });

  test.each([
    ['a gram above 2 kg', { grossWeightMg: 2_001_000 }, 'weight'],
    ['a cent above the limit', { lines: [{ ...lampLine, valueMinor: 340_01 }] }, 'value'],
    ['a currency whose limit nobody told', { currency: 'JPY' }, 'unknown-limit'],
    [
      'five articles on the small sheet',
      { lines: Array.from({ length: 5 }, () => ({ ...bookLine, netWeightMg: 1000 })) },
      'articles',
    ],
    ['the wish of the sender', { form: 'CN23' as const }, 'asked'],
  ])('takes the large one for %s', (_why, changes, because) => {
    expect(chooseForm(aDeclaration(changes))).toEqual({ form: 'CN23', because });
  });

  test('takes the day’s own limit where it is told', () => {
    expect(chooseForm(aDeclaration({ currency: 'JPY', limitMinor: 60_000 }))).toEqual({ form: 'CN22' });
    expect(chooseForm(aDeclaration({ limitMinor: 50_00 }))).toMatchObject({ because: 'value' });
  });

  test('refuses a CN22 that was asked for and is not allowed', () => {
    const heavy = aDeclaration({ form: 'CN22', grossWeightMg: 3_000_000 });
    expect(() => planCustomsForm(heavy, notoSans())).toThrow('customs.needs-cn23');
  });

  test('takes the large one when descriptions leave no room for the signature', () => {
    const wordy = {
      ...bookLine,
      netWeightMg: 1000,
      description: 'Illustrated novel, paperback, with dust jacket and map, '.repeat(3).trim(),
    };
    expect(planCustomsForm(aDeclaration({ lines: [wordy, wordy, wordy, wordy] }), notoSans()).form).toBe('CN23');
  });
});

describe('descriptions', () => {
  test.each([
    'clothes',
    'Gift',
    'various goods',
    'Cadeau',
    'Vêtements divers',
    'parts for machine',
    'Produits',
    'A gift for you 2',
  ])('such as "%s" are refused with words', (description) => {
    expect(faults(() => aDeclaration({ lines: [lampLine, { ...lampLine, description }] }))).toEqual([
      'lines.1.description',
    ]);
  });

  test.each([
    'T-shirt, cotton',
    'Gift box, cardboard',
    'Women’s clothes: silk scarf',
    'Lampe de bureau, laiton',
    'Pièces détachées de vélo',
  ])('such as "%s" say what it is', (description) => {
    expect(vagueDescription(description)).toBeUndefined();
  });
});

describe('a form is refused with its fields', () => {
  const { hsCode: _hs, origin: _origin, ...bare } = lampLine;

  test('when goods in trade have no HS code or origin', () => {
    expect(faults(() => aDeclaration({ lines: [bookLine, bare] }))).toEqual(['lines.1.hsCode', 'lines.1.origin']);
    expect(faults(() => aDeclaration({ category: 'gift', lines: [bare] }))).toEqual([]);
    expect(faults(() => aCommercialInvoice({ lines: [bare] }))).toEqual(['lines.0.hsCode', 'lines.0.origin']);
  });

  test('when the HS code is short, the EORI or IOSS none', () => {
    const changes = { lines: [{ ...lampLine, hsCode: '9405' }], eori: '123', ioss: 'IM12' };
    expect(faults(() => aDeclaration(changes)).sort()).toEqual(['eori', 'ioss', 'lines.0.hsCode']);
  });

  test('when the articles weigh more than the parcel', () => {
    expect(faults(() => aDeclaration({ grossWeightMg: 1_649_999 }))).toEqual(['grossWeightMg']);
  });

  test('when returned goods do not name their export', () => {
    expect(faults(() => aDeclaration({ category: 'returned' }))).toEqual(['explanation']);
    expect(faults(() => aCommercialInvoice({ reason: 'returned' }))).toEqual(['explanation']);
  });
});

describe('the paper', () => {
  test('of a CN22 is a sticker of 74 × 105 mm with everything on it', async () => {
    const { bytes, media, pages } = await renderCustomsForm(aDeclaration());
    expect({ media, pages }).toEqual({ media: { widthMm: 74, heightMm: 105 }, pages: 1 });
    const [text = ''] = await textOfPages(bytes);
    for (const part of [
      'CN 22',
      'CUSTOMS DECLARATION',
      'DÉCLARATION EN DOUANE',
      '2 × Desk lamp',
      '940521 FR',
      '1.650',
      '€79.70',
      'FR73282932000074',
      '22 November 2026',
    ])
      expect(text).toContain(part);
  });

  test('of a CN22 may be a 4×6 label with both addresses', async () => {
    const { bytes, media } = await renderCustomsForm(aDeclaration({ layout: '4x6' }));
    expect(media).toEqual({ widthMm: 101.6, heightMm: 152.4 });
    const [text = ''] = await textOfPages(bytes);
    for (const part of ['Oklahoma City OK 73118', '44000 Nantes', 'CN 22']) expect(text).toContain(part);
  });

  test('of a CN23 is A5 across, as many sheets as the articles need, the sums on each', async () => {
    const lines = Array.from({ length: 23 }, (_, index) => ({
      ...lampLine,
      netWeightMg: 50_000,
      description: `Desk lamp, brass, model ${index + 1}`,
    }));
    const { bytes, media, pages } = await renderCustomsForm(
      aDeclaration({ lines, language: 'fr', postalChargesMinor: 2450 }),
    );
    expect(media).toEqual({ widthMm: 210, heightMm: 148 });
    const texts = await textOfPages(bytes);
    expect(texts).toHaveLength(pages);
    expect(pages).toBeGreaterThan(1);
    for (const text of texts)
      for (const part of ['CN 23', '1 375,40 €', '1,150 kg', '24,50 €', 'Oklahoma City']) expect(text).toContain(part);
    for (let index = 1; index <= 23; index += 1) expect(texts.join(' ')).toContain(`model ${index} `);
  });

  test('of a commercial invoice shows what customs asks', async () => {
    const { bytes } = await renderCommercialInvoice(aCommercialInvoice({ language: 'fr', ioss: 'IM2500000123' }));
    const [text = ''] = await textOfPages(bytes);
    for (const part of [
      'Facture commerciale',
      'DAP Oklahoma City',
      'Vente de marchandises',
      'EORI FR73282932000074',
      'IOSS IM2500000123',
      '940521',
      '490199',
      '101,10 €',
      '1,860 kg',
      '1,650 kg',
    ])
      expect(text).toContain(part);
  });

  test('of returned goods says so in capitals and names the export', async () => {
    const invoice = aCommercialInvoice({ reason: 'returned', explanation: 'Export LP000000005FR of 2 October 2026' });
    const [text = ''] = await textOfPages((await renderCommercialInvoice(invoice)).bytes);
    expect(text).toContain('RETURNED GOODS');
    expect(text).toContain('Export LP000000005FR of 2 October 2026');
  });

  test('never lets anything leave its page', () => {
    const long = 'Wxyz'.repeat(48);
    const party = {
      name: long,
      company: long,
      street1: long,
      street2: long,
      postcode: '1',
      city: long,
      country: 'US',
      email: `${long}@example`,
    };
    const lines = Array.from({ length: 12 }, () => ({ ...lampLine, netWeightMg: 1000, description: long }));
    for (const form of ['auto', 'CN23'] as const) {
      const { pages } = planCustomsForm(aDeclaration({ form, lines, to: { ...party, name: 'Somebody' } }), notoSans());
      for (const { widthMm, items } of pages)
        for (const item of items) {
          if (item.kind !== 'text') continue;
          expect(item.xMm + item.widthMm).toBeLessThanOrEqual(widthMm);
          // The part with weights and signature begins at 99 mm.
          if (item.field.startsWith('lines.')) expect(item.yMm).toBeLessThan(96);
        }
    }
  });
});
