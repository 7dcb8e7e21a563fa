import type { InvoiceModel } from '../../shared/model/invoice.ts';
import type { InvoiceAmounts, VatGroup } from '../../shared/model/invoice-rules.ts';
import type { Block, FlowStyle } from './flow-text.ts';
import { fill, HAIR, INK, MUTED, type PaperItem, rule, type Setter } from './fonts-setting.ts';
import { CAPTION, column, LEFT_MM, WIDTH_MM } from './invoice-head.ts';
import { mentionsOf } from './invoice-mentions.ts';
import { amountInWords, invoiceWords, longDate, moneyInWords, rateInWords } from './invoice-words.ts';

const TOTALS_X_MM = LEFT_MM + 100;
const TOTALS_WIDTH_MM = WIDTH_MM - 100;
const ROW_MM = 5.2;

interface Sum {
  readonly field: string;
  readonly title: string;
  readonly minor: number;
  readonly bold?: boolean;
}

function sumsOf(invoice: InvoiceModel, amounts: InvoiceAmounts): Sum[] {
  const words = invoiceWords[invoice.language];
  const credit = invoice.kind === 'credit-note';
  return [
    { field: 'basis', title: words.basis, minor: amounts.basisMinor },
    { field: 'vat', title: words.vat, minor: amounts.vatMinor },
    { field: 'total', title: words.total, minor: amounts.totalMinor, bold: true },
    ...(amounts.roundingMinor === 0
      ? []
      : [{ field: 'rounding', title: words.rounding, minor: amounts.roundingMinor }]),
    ...(amounts.paidMinor === 0
      ? []
      : [{ field: 'paidMinor', title: credit ? words.paidBack : words.paid, minor: -amounts.paidMinor }]),
  ];
}

function money(invoice: InvoiceModel, minor: number): string {
  return moneyInWords(minor, invoice.currency, invoice.language).replace('-', '−');
}

/** Sums one below another, what is left to pay in a dark box: the one figure that everybody looks for. */
function totals(invoice: InvoiceModel, amounts: InvoiceAmounts, at: { yMm: number; setter: Setter }) {
  const { setter } = at;
  const words = invoiceWords[invoice.language];
  const items: PaperItem[] = [];
  let { yMm } = at;
  const row = (sum: Sum, style: FlowStyle) => {
    const place = { xMm: TOTALS_X_MM + 3, yMm, widthMm: TOTALS_WIDTH_MM - 6 };
    items.push(...setter.flow({ field: 'caption', text: sum.title }, place, style).items);
    const figure = { field: sum.field, text: money(invoice, sum.minor) };
    items.push(
      ...setter.line(
        figure,
        { ...place, xMm: place.xMm + 30, widthMm: place.widthMm - 30 },
        { ...style, minPt: 6, align: 'right' },
      ).items,
    );
  };
  for (const sum of sumsOf(invoice, amounts)) {
    row(sum, { sizePt: 9, bold: sum.bold ?? false });
    yMm += ROW_MM;
  }
  items.push(fill({ xMm: TOTALS_X_MM, yMm: yMm + 0.4, widthMm: TOTALS_WIDTH_MM, heightMm: 9.4 }, INK));
  yMm += 3.6;
  const due = invoice.kind === 'credit-note' ? words.dueBack : words.due;
  row({ field: 'due', title: due, minor: amounts.dueMinor }, { sizePt: 11, bold: true, color: '#ffffff' });
  return { items, heightMm: yMm + 8 - at.yMm };
}

function groupName({ category, rate }: VatGroup, invoice: InvoiceModel): string {
  return category === 'S'
    ? rateInWords(rate, invoice.language)
    : `${rateInWords(0, invoice.language)} (${invoiceWords[invoice.language].categories[category]})`;
}

/** One row a VAT group, as art. 242 nonies A wants the taxes told apart. */
function vatTable(invoice: InvoiceModel, amounts: InvoiceAmounts, at: { yMm: number; setter: Setter }) {
  const { setter } = at;
  const { language, currency } = invoice;
  const words = invoiceWords[language].vatTable;
  const rows = amounts.groups.map((group) => [
    groupName(group, invoice),
    amountInWords(group.basisMinor, currency, language),
    amountInWords(group.vatMinor, currency, language),
  ]);
  const items: PaperItem[] = [];
  let { yMm } = at;
  const draw = (cells: readonly string[], style: FlowStyle) => {
    for (const [index, text] of cells.entries()) {
      const place = { xMm: LEFT_MM + 2 + index * 30, yMm, widthMm: index === 0 ? 34 : 26 };
      const align = index === 0 ? ('left' as const) : ('right' as const);
      items.push(
        ...setter.line({ field: 'groups', text }, { ...place, xMm: place.xMm }, { ...style, minPt: 6, align }).items,
      );
    }
  };
  draw([words.rate, words.basis, words.vat], CAPTION);
  yMm += 4.4;
  for (const cells of rows) {
    items.push(rule({ xMm: LEFT_MM, yMm: yMm - 1.5, widthMm: 88 }, HAIR));
    draw(cells, { sizePt: 8 });
    yMm += 5.1;
  }
  const own = invoice.vatInSellerCurrency;
  if (own) {
    const text = `${invoiceWords[language].vatIn} ${own.currency} : ${moneyInWords(own.minor, own.currency, language)}`;
    items.push(
      ...setter.flow({ field: 'vatInSellerCurrency', text }, { xMm: LEFT_MM + 2, yMm, widthMm: 84 }, { sizePt: 8 })
        .items,
    );
    yMm += 4.8;
  }
  return { items, heightMm: yMm - at.yMm };
}

function payment(invoice: InvoiceModel, at: { yMm: number; setter: Setter }) {
  const { payment: paid, language } = invoice;
  if (!paid) return { items: [], heightMm: 0 };
  const words = invoiceWords[language];
  const when = paid.on ? ` · ${longDate(paid.on, language)}` : '';
  const iban = paid.iban ? `IBAN ${paid.iban.replace(/(.{4})(?=.)/g, '$1 ')}` : '';
  const style = { sizePt: 8 };
  return column(
    [
      { field: 'caption', text: words.payment, style: CAPTION },
      { field: 'payment.means', text: `${words.means[paid.means]}${when}`, style },
      { field: 'payment.reference', text: paid.reference ?? '', style: { ...style, color: MUTED } },
      { field: 'payment.iban', text: iban, style },
      { field: 'payment.bic', text: paid.iban && paid.bic ? `BIC ${paid.bic}` : '', style },
    ],
    { xMm: LEFT_MM + 2, yMm: at.yMm, widthMm: 86 },
    at.setter,
  );
}

/** Taxes and payment left, sums right; never torn between pages. */
function totalsBlock(invoice: InvoiceModel, amounts: InvoiceAmounts, setter: Setter): Block<PaperItem> {
  const set = (yMm: number) => {
    const top = yMm + 5;
    const right = totals(invoice, amounts, { yMm: top, setter });
    const left = vatTable(invoice, amounts, { yMm: top, setter });
    const below = payment(invoice, { yMm: top + left.heightMm + 4, setter });
    const leftMm = left.heightMm + (below.heightMm > 0 ? below.heightMm + 4 : 0);
    return {
      items: [...left.items, ...below.items, ...right.items],
      heightMm: 5 + Math.max(leftMm, right.heightMm) + 4,
    };
  };
  return { kind: 'totals', heightMm: set(0).heightMm, draw: (yMm) => set(yMm).items };
}

/** The sentences of the law, one block each so that they may go over the page. */
function mentionBlocks(invoice: InvoiceModel, amounts: InvoiceAmounts, setter: Setter): Block<PaperItem>[] {
  const mentions = mentionsOf(invoice, amounts.groups);
  if (mentions.length === 0) return [];
  return mentions.map(({ text }, index) => {
    const set = (yMm: number) => {
      const head =
        index === 0 ? [{ field: 'caption', text: invoiceWords[invoice.language].terms, style: CAPTION }] : [];
      const lines = [...head, { field: 'mentions', text, style: { sizePt: 7.5 } }];
      return column(lines, { xMm: LEFT_MM, yMm: yMm + (index === 0 ? 4 : 0.4), widthMm: WIDTH_MM }, setter);
    };
    return { kind: 'mention', heightMm: set(0).heightMm + (index === 0 ? 4 : 0.4), draw: (yMm) => set(yMm).items };
  });
}

/** Taller than this the end of an invoice may be torn: notes can be long. */
const LARGEST_CLOSING_MM = 150;

/** Sums and sentences on one page where they fit on one, so that no page has three lost lines of small print. */
export function closingBlocks(invoice: InvoiceModel, amounts: InvoiceAmounts, setter: Setter): Block<PaperItem>[] {
  const parts = [totalsBlock(invoice, amounts, setter), ...mentionBlocks(invoice, amounts, setter)];
  const heightMm = parts.reduce((sum, part) => sum + part.heightMm, 0);
  if (heightMm > LARGEST_CLOSING_MM) return parts;
  const draw = (yMm: number): PaperItem[] => {
    let at = yMm;
    return parts.flatMap((part) => {
      const items = part.draw(at);
      at += part.heightMm;
      return [...items];
    });
  };
  return [{ kind: 'totals', heightMm, draw }];
}
