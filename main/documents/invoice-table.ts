import type { InvoiceModel } from '../../shared/model/invoice.ts';
import type { InvoiceAmounts } from '../../shared/model/invoice-rules.ts';
import { fractionDigits } from '../../shared/model/minor-units.ts';
import type { Block, FlowStyle } from './flow-text.ts';
import { fill, HAIR, INK, MUTED, type PaperItem, rule, type Setter } from './fonts-setting.ts';
import { LEFT_MM, WIDTH_MM } from './invoice-head.ts';
import { amountInWords, decimalInWords, invoiceWords, rateInWords } from './invoice-words.ts';

export const TABLE_HEAD_MM = 8;

type Field = 'title' | 'quantity' | 'unitPrice' | 'vat' | 'net';

/** Left edge and width, mm from the table's left. */
const columns: Readonly<Record<Field, { readonly x: number; readonly width: number }>> = {
  title: { x: 2, width: 84 },
  quantity: { x: 88, width: 14 },
  unitPrice: { x: 104, width: 24 },
  vat: { x: 130, width: 16 },
  net: { x: 148, width: 24 },
};
const fields: readonly Field[] = ['title', 'quantity', 'unitPrice', 'vat', 'net'];

const PAD_MM = 1.9;
const BODY = { sizePt: 8.5 } as const;

/** The head of the table, dark so that the eye finds the columns on every page. */
export function tableHead({ language }: InvoiceModel, yMm: number, setter: Setter): PaperItem[] {
  const words = invoiceWords[language].columns;
  const band = fill({ xMm: LEFT_MM, yMm, widthMm: WIDTH_MM, heightMm: 6.4 }, INK);
  const texts = fields.flatMap((name) => {
    const { x, width } = columns[name];
    const style: FlowStyle = { sizePt: 7.5, bold: true, color: '#ffffff', align: name === 'title' ? 'left' : 'right' };
    const place = { xMm: LEFT_MM + x, yMm: yMm + 2.25, widthMm: width };
    return setter.line({ field: 'caption', text: words[name] }, place, { ...style, minPt: 6 }).items;
  });
  return [band, ...texts];
}

interface Cells {
  readonly field: string;
  readonly title: string;
  /** Small lines below the title. */
  readonly details: readonly { readonly field: string; readonly text: string }[];
  readonly figures: Readonly<Record<Exclude<Field, 'title'>, string>>;
}

function drawRow(cells: Cells, yMm: number, setter: Setter): { items: PaperItem[]; heightMm: number } {
  const { x, width } = columns.title;
  const at = { xMm: LEFT_MM + x, yMm: yMm + PAD_MM, widthMm: width };
  const title = setter.flow({ field: `${cells.field}.title`, text: cells.title }, at, BODY);
  const items: PaperItem[] = [...title.items];
  let heightMm = title.heightMm;
  for (const detail of cells.details) {
    const style = { sizePt: 7, color: MUTED };
    const flowed = setter.flow(detail, { ...at, yMm: at.yMm + heightMm }, style);
    items.push(...flowed.items);
    heightMm += flowed.heightMm;
  }
  for (const name of fields) {
    if (name === 'title') continue;
    const column = columns[name];
    const place = { xMm: LEFT_MM + column.x, yMm: yMm + PAD_MM, widthMm: column.width };
    const line = { field: `${cells.field}.${name}`, text: cells.figures[name] };
    items.push(...setter.line(line, place, { ...BODY, minPt: 5.5, align: 'right' }).items);
  }
  heightMm += PAD_MM * 2 - 0.8;
  items.push(rule({ xMm: LEFT_MM, yMm: yMm + heightMm, widthMm: WIDTH_MM }, HAIR));
  return { items, heightMm };
}

function vatInWords({ category, rate }: InvoiceModel['lines'][number]['vat'], invoice: InvoiceModel): string {
  if (category === 'S') return rateInWords(rate, invoice.language);
  return invoiceWords[invoice.language].categories[category];
}

function lineCells(invoice: InvoiceModel, amounts: InvoiceAmounts, index: number): Cells | undefined {
  const line = invoice.lines[index];
  const sums = amounts.lines[index];
  if (!line || !sums) return undefined;
  const { language, currency } = invoice;
  const money = (minor: number) => amountInWords(minor, currency, language);
  const numbers = [line.sku, line.gtin && `EAN ${line.gtin}`].filter((part) => part).join(' · ');
  const reason = [invoiceWords[language].discount, line.discountReason].filter((part) => part).join(' · ');
  const field = `lines.${index}`;
  const details = [
    { field: `${field}.sku`, text: numbers },
    { field: `${field}.note`, text: line.note ?? '' },
    { field: `${field}.discount`, text: sums.discountMinor > 0 ? `${reason} : −${money(sums.discountMinor)}` : '' },
  ];
  return {
    field,
    title: line.title,
    details: details.filter(({ text }) => text !== ''),
    figures: {
      quantity: decimalInWords(line.quantity, language, { least: 0, most: 0 }),
      unitPrice: decimalInWords(Number(sums.unitNet), language, { least: fractionDigits(currency), most: 4 }),
      vat: vatInWords(line.vat, invoice),
      net: money(sums.netMinor),
    },
  };
}

function adjustmentCells(invoice: InvoiceModel, amounts: InvoiceAmounts): Cells[] {
  const { language, currency } = invoice;
  const money = (minor: number | undefined, sign: string) => `${sign}${amountInWords(minor ?? 0, currency, language)}`;
  const cells = (name: 'charges' | 'allowances', sign: string): Cells[] =>
    invoice[name].map(({ reason, vat }, index) => ({
      field: `${name}.${index}`,
      title: reason,
      details: [],
      figures: { quantity: '', unitPrice: '', vat: vatInWords(vat, invoice), net: money(amounts[name][index], sign) },
    }));
  return [...cells('charges', ''), ...cells('allowances', '−')];
}

/** One block a line, then what is added to and taken from the whole. */
export function tableRows(invoice: InvoiceModel, amounts: InvoiceAmounts, setter: Setter): Block<PaperItem>[] {
  const lines = invoice.lines.flatMap((_, index) => lineCells(invoice, amounts, index) ?? []);
  return [...lines, ...adjustmentCells(invoice, amounts)].map((cells) => ({
    kind: 'row',
    heightMm: drawRow(cells, 0, setter).heightMm,
    draw: (yMm) => drawRow(cells, yMm, setter).items,
  }));
}
