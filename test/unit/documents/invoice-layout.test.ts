import { describe, expect, test } from 'vitest';
import { notoSans } from '../../../main/documents/fonts.ts';
import type { PaperPage } from '../../../main/documents/fonts-paper.ts';
import { planInvoice, renderInvoice } from '../../../main/documents/invoice.ts';
import { aCreditNote, anInvoice, aTradeInvoice, book, consumer, lamp, seller } from './invoice-builders.ts';
import { textOfPages } from './pdf-inside.ts';

/** The foot begins here, mm from the top. */
const FOOT_MM = 280;
const words = (word: string, most: number) => `${word} `.repeat(40).slice(0, most).trim();

const sixty = (language: 'en' | 'fr') =>
  aTradeInvoice({
    language,
    lines: Array.from({ length: 60 }, (_, index) => ({
      ...lamp,
      sku: `SKU-${1000 + index}`,
      title: index % 7 === 3 ? words('Suspension en verre soufflé', 400) : `Lampe n° ${index + 1}`,
      note: index % 9 === 2 ? words('Lot L26-114', 300) : undefined,
    })),
  });

const hostile = aTradeInvoice({
  number: 'F'.repeat(120),
  orderNumber: '9'.repeat(190),
  seller: {
    ...seller,
    name: words('Société', 199),
    company: words('Établissements', 199),
    registry: words('RCS', 199),
  },
  buyer: { ...consumer, company: 'X'.repeat(200), street1: words('rue', 199), city: 'Y'.repeat(200) },
  deliverTo: { ...consumer, name: words('Entrepôt', 199) },
  lines: [
    {
      ...lamp,
      title: 'Z'.repeat(500),
      sku: 'S'.repeat(200),
      unitPriceMinor: 9_999_999_999,
      quantity: 100_000,
      discountMinor: 1,
      discountReason: words('remise', 199),
    },
    book,
  ],
  notes: ['N'.repeat(1000), words('Merci', 999)],
  payment: { means: 'transfer', reference: 'R'.repeat(200), iban: 'FR7630006000011234567890189', bic: 'AGRIFRPP' },
});

function outside(pages: readonly PaperPage[]): string[] {
  return pages.flatMap(({ widthMm, heightMm, items }) =>
    items.flatMap((item) => {
      if (item.kind !== 'text') return [];
      const out = item.xMm < 0 || item.yMm < 0 || item.xMm + item.widthMm > widthMm || item.yMm > heightMm - 4;
      const inFoot = item.yMm > FOOT_MM - 2 && item.field !== 'seller.siren' && item.field !== 'caption';
      return out || inFoot ? [`${item.field} at ${item.xMm}, ${item.yMm}`] : [];
    }),
  );
}

describe('the pages of an invoice', () => {
  test.each([
    ['of a shop', anInvoice()],
    ['of sixty lines', sixty('fr')],
    ['of sixty lines in English', sixty('en')],
    ['whose every text is as long as it may be', hostile],
    ['that is a credit note', aCreditNote()],
  ])('%s hold everything inside their margins', (_name, invoice) => {
    expect(outside(planInvoice(invoice, notoSans()))).toEqual([]);
  });

  test.each(['en', 'fr'] as const)('list sixty lines once each and number themselves (%s)', async (language) => {
    const { bytes, pages } = await renderInvoice(sixty(language));
    const texts = await textOfPages(bytes);
    expect(texts).toHaveLength(pages);
    expect(pages).toBeLessThanOrEqual(6);
    for (let index = 0; index < 60; index += 1) expect(texts.join(' ').split(`SKU-${1000 + index} `)).toHaveLength(2);
    for (const [index, text] of texts.entries()) {
      expect(text).toContain(`Page ${index + 1}/${pages}`);
      expect(text).toContain('F-2026-0042');
      expect(text).toContain('SIREN 732 829 320');
    }
  });

  test('repeat the head of the table on every page that has lines', async () => {
    const texts = await textOfPages((await renderInvoice(sixty('fr'))).bytes);
    for (const text of texts.filter((page) => page.includes('SKU-'))) expect(text).toContain('Prix unit. HT');
  });

  test('have the sums and the sentences of the law together on the last one', async () => {
    const texts = await textOfPages((await renderInvoice(sixty('fr'))).bytes);
    expect(texts.at(-1)).toContain('Net à payer');
    expect(texts.at(-1)).toContain('40 €');
    for (const text of texts.slice(0, -1)) expect(text).not.toContain('Net à payer');
  });

  test('keep column beside column: no figure runs into the next', () => {
    for (const { items } of planInvoice(hostile, notoSans())) {
      const rows = items.filter(
        (item) => item.kind === 'text' && /^lines\.\d+\.(?:quantity|unitPrice|vat|net)$/.test(item.field),
      );
      for (const one of rows)
        for (const other of rows) {
          if (one === other || one.kind !== 'text' || other.kind !== 'text' || one.yMm !== other.yMm) continue;
          expect(one.xMm + one.widthMm <= other.xMm || other.xMm + other.widthMm <= one.xMm).toBe(true);
        }
    }
  });
});
