import type { InvoiceModel } from '../../shared/model/invoice.ts';
import { invoiceAmounts } from '../../shared/model/invoice-rules.ts';
import type { RenderedDocument } from './document.ts';
import { facturX } from './factur-x.ts';
import { dealToPages } from './flow-text.ts';
import { notoSans, type Typeface } from './fonts.ts';
import { makeReadable } from './fonts-letters.ts';
import { drawPaper, type PaperPage } from './fonts-paper.ts';
import { createSetter } from './fonts-setting.ts';
import { A4, BOTTOM_MM, firstHead, foot, NEXT_TOP_MM, nextHead } from './invoice-head.ts';
import { TABLE_HEAD_MM, tableHead, tableRows } from './invoice-table.ts';
import { closingBlocks } from './invoice-totals.ts';
import { invoiceWords } from './invoice-words.ts';

/** Lays an invoice or credit note out without drawing it; pure. */
export function planInvoice(invoice: InvoiceModel, typeface: Typeface): PaperPage[] {
  const setter = createSetter(typeface);
  const amounts = invoiceAmounts(invoice);
  const head = firstHead(invoice, setter);
  const blocks = [...tableRows(invoice, amounts, setter), ...closingBlocks(invoice, amounts, setter)];
  const firstTopMm = head.heightMm + TABLE_HEAD_MM;
  const nextTopMm = NEXT_TOP_MM + TABLE_HEAD_MM;
  const dealt = dealToPages(blocks, { firstTopMm, nextTopMm, bottomMm: BOTTOM_MM });
  return dealt.map(({ items, kinds }, index): PaperPage => {
    const top = index === 0 ? head.items : nextHead(invoice, setter);
    const tableMm = index === 0 ? head.heightMm : NEXT_TOP_MM;
    const table = kinds.has('row') ? tableHead(invoice, tableMm, setter) : [];
    const below = foot(invoice, { at: index + 1, of: dealt.length }, setter);
    return { ...A4, items: [...top, ...table, ...items, ...below] };
  });
}

/**
 * Draws an invoice or credit note as PDF/A-3b with its data inside as Factur-X (profile EN 16931).
 *
 * Throws `rule` `document.unprintable-letters` with the fields whose letters the font has not.
 */
export async function renderInvoice(model: InvoiceModel, typeface: Typeface = notoSans()): Promise<RenderedDocument> {
  const invoice = makeReadable(model, typeface);
  const pages = planInvoice(invoice, typeface);
  const { seller, language, number, kind } = invoice;
  const info = {
    title: `${invoiceWords[language].titles[kind]} ${number}`,
    author: seller.company ?? seller.name,
    date: invoice.issuedOn,
    language,
  };
  const attachment = facturX(invoice, invoiceAmounts(invoice));
  const bytes = await drawPaper(pages, info, { typeface, attachment });
  return { bytes, media: A4, dpi: 300, pages: pages.length, symbols: [], transliterated: [] };
}
