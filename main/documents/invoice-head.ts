import type { Address } from '../../shared/model/address.ts';
import type { InvoiceModel } from '../../shared/model/invoice.ts';
import { addressBlock } from './address-lines.ts';
import type { Language } from './document.ts';
import type { FlowPlace, FlowStyle } from './flow-text.ts';
import { fill, INK, MUTED, type PaperItem, rule, type Setter, TINT } from './fonts-setting.ts';
import { sellerIdentity, spaced } from './invoice-mentions.ts';
import { invoiceWords, longDate } from './invoice-words.ts';

export const A4 = { widthMm: 210, heightMm: 297 } as const;
export const LEFT_MM = 18;
export const WIDTH_MM = A4.widthMm - 2 * LEFT_MM;
/** Nothing but the foot stands below. */
export const BOTTOM_MM = 274;
/** Where the table's head stands on every page but the first. */
export const NEXT_TOP_MM = 30;

export const CAPTION: FlowStyle = { sizePt: 6.5, color: MUTED };

/** One column of lines, each with its own style; nothing for an empty text. */
interface Column {
  readonly items: PaperItem[];
  readonly heightMm: number;
}

interface ColumnLine {
  readonly field: string;
  readonly text: string;
  readonly style: FlowStyle;
}

export function column(lines: readonly ColumnLine[], place: FlowPlace, setter: Setter): Column {
  const items: PaperItem[] = [];
  let yMm = place.yMm;
  for (const { style, ...line } of lines) {
    if (line.text === '') continue;
    const flowed = setter.flow(line, { ...place, yMm }, style);
    items.push(...flowed.items);
    yMm += flowed.heightMm + (style === CAPTION ? 0.9 : 0);
  }
  return { items, heightMm: yMm - place.yMm };
}

const title = ({ kind, language }: InvoiceModel): string => invoiceWords[language].titles[kind];

/** An address with its company first, since that is whom the law knows. */
export function addressLines(address: Address, field: string, language: Language): ColumnLine[] {
  const lines = addressBlock(address, field, language).filter(({ text }) => text !== '');
  const company = lines.filter((line) => line.field === `${field}.company`);
  const rest = lines.filter((line) => line.field !== `${field}.company`);
  return [...company, ...rest].map(({ field, text }, index) => ({
    field,
    text,
    style: index === 0 ? { sizePt: 9.5, bold: true } : { sizePt: 8.5 },
  }));
}

/** Who writes and what it is: name and address left, the word and the number right. */
function letterhead(invoice: InvoiceModel, setter: Setter): Column {
  const { seller, language } = invoice;
  const half = WIDTH_MM * 0.55;
  const contact = [seller.phone, seller.email, seller.website].filter((part) => part).join(' · ');
  const [name, ...address] = addressLines(seller, 'seller', language);
  const left = column(
    [
      ...(name ? [{ ...name, style: { sizePt: 13, bold: true } }] : []),
      ...address.map((line) => ({ ...line, style: { sizePt: 8, color: MUTED } })),
      { field: 'seller.email', text: contact, style: { sizePt: 8, color: MUTED } },
    ],
    { xMm: LEFT_MM, yMm: 20, widthMm: half },
    setter,
  );
  const at = { xMm: LEFT_MM + half + 6, yMm: 20, widthMm: WIDTH_MM - half - 6 };
  const word = setter.flow({ field: 'caption', text: title(invoice) }, at, { sizePt: 22, bold: true, align: 'right' });
  const number = setter.line(
    { field: 'number', text: invoice.number },
    { ...at, yMm: at.yMm + word.heightMm },
    { sizePt: 11, minPt: 7, color: MUTED, align: 'right' },
  );
  const accent = fill({ xMm: LEFT_MM, yMm: 13, widthMm: 18, heightMm: 1.2 }, INK);
  return {
    items: [accent, ...left.items, ...word.items, ...number.items],
    heightMm: 20 + Math.max(left.heightMm, word.heightMm + number.heightMm),
  };
}

function factsOf({ language, ...invoice }: InvoiceModel): { field: string; caption: string; text: string }[] {
  const words = invoiceWords[language];
  const day = (date: string | undefined) => (date === undefined ? '' : longDate(date, language));
  const order = [invoice.orderNumber, invoice.orderedOn && `${words.orderOf} ${day(invoice.orderedOn)}`];
  const { corrects } = invoice;
  return [
    { field: 'issuedOn', caption: words.issuedOn, text: day(invoice.issuedOn) },
    { field: 'suppliedOn', caption: words.suppliedOn, text: day(invoice.suppliedOn) },
    { field: 'dueOn', caption: words.dueOn, text: day(invoice.dueOn) },
    {
      field: 'corrects.number',
      caption: words.corrects,
      text: corrects ? `${corrects.number} ${words.orderOf} ${day(corrects.issuedOn)}` : '',
    },
    { field: 'orderNumber', caption: words.order, text: order.filter((part) => part).join(' ') },
  ].filter(({ text }) => text !== '');
}

/** A number with its date is longer than a date alone. */
const shareOf = (field: string): number => (field === 'orderNumber' || field === 'corrects.number' ? 1.5 : 1);

/** Dates and numbers side by side on a tinted band. */
function facts(invoice: InvoiceModel, yMm: number, setter: Setter): Column {
  const cells = factsOf(invoice);
  const shares = cells.reduce((sum, { field }) => sum + shareOf(field), 0);
  let xMm = LEFT_MM + 4;
  const set = cells.map(({ field, caption, text }) => {
    const widthMm = ((WIDTH_MM - 8) * shareOf(field)) / shares;
    const at = { xMm, yMm: yMm + 3.2, widthMm: widthMm - 3 };
    xMm += widthMm;
    const head = setter.flow({ field: 'caption', text: caption }, at, CAPTION);
    const below = { ...at, yMm: at.yMm + head.heightMm + 0.6 };
    const body = setter.line({ field, text }, below, { sizePt: 9, minPt: 7.5, bold: true });
    return { items: [...head.items, ...body.items], heightMm: head.heightMm + body.heightMm };
  });
  const heightMm = Math.max(...set.map((cell) => cell.heightMm)) + 6;
  const band = fill({ xMm: LEFT_MM, yMm, widthMm: WIDTH_MM, heightMm }, TINT);
  return { items: [band, ...set.flatMap((cell) => cell.items)], heightMm };
}

function registerLines({ buyer, language }: InvoiceModel): ColumnLine[] {
  const style = { sizePt: 7.5, color: MUTED };
  const number = buyer.siret ? `SIRET ${spaced(buyer.siret)}` : buyer.siren ? `SIREN ${spaced(buyer.siren)}` : '';
  const vat = buyer.vatId ? `${invoiceWords[language].vatNumber} ${buyer.vatId}` : '';
  return [
    { field: 'buyer.siren', text: number, style },
    { field: 'buyer.vatId', text: vat, style },
  ];
}

function parties(invoice: InvoiceModel, yMm: number, setter: Setter): Column {
  const { buyer, deliverTo, language } = invoice;
  const words = invoiceWords[language];
  const half = WIDTH_MM / 2;
  const caption = (text: string): ColumnLine => ({ field: 'caption', text, style: CAPTION });
  const bill = [caption(words.billTo), ...addressLines(buyer, 'buyer', language), ...registerLines(invoice)];
  const ship = [
    caption(words.shipTo),
    ...(deliverTo
      ? addressLines(deliverTo, 'deliverTo', language)
      : [{ field: 'caption', text: words.sameAddress, style: { sizePt: 8.5, color: MUTED } }]),
  ];
  const left = column(bill, { xMm: LEFT_MM, yMm, widthMm: half - 8 }, setter);
  const right = column(ship, { xMm: LEFT_MM + half, yMm, widthMm: half }, setter);
  return { items: [...left.items, ...right.items], heightMm: Math.max(left.heightMm, right.heightMm) };
}

/** Everything above the table of the first page; `heightMm` is where the table may begin. */
export function firstHead(invoice: InvoiceModel, setter: Setter): Column {
  const letter = letterhead(invoice, setter);
  const band = facts(invoice, letter.heightMm + 7, setter);
  const partiesMm = letter.heightMm + 7 + band.heightMm + 8;
  const both = parties(invoice, partiesMm, setter);
  return { items: [...letter.items, ...band.items, ...both.items], heightMm: partiesMm + both.heightMm + 8 };
}

/** The short head of every further page. */
export function nextHead(invoice: InvoiceModel, setter: Setter): PaperItem[] {
  const words = invoiceWords[invoice.language];
  const place = { xMm: LEFT_MM, yMm: 15, widthMm: WIDTH_MM };
  const name = { field: 'seller.name', text: invoice.seller.company ?? invoice.seller.name };
  const what = { field: 'number', text: `${title(invoice)} ${invoice.number} (${words.continued})` };
  return [
    ...setter.line(name, { ...place, widthMm: WIDTH_MM / 2 - 4 }, { sizePt: 9, minPt: 6, bold: true }).items,
    ...setter.line(
      what,
      { ...place, xMm: LEFT_MM + WIDTH_MM / 2, widthMm: WIDTH_MM / 2 },
      { sizePt: 9, minPt: 6, color: MUTED, align: 'right' },
    ).items,
    rule({ xMm: LEFT_MM, yMm: 22, widthMm: WIDTH_MM }, INK, 0.4),
  ];
}

/** Who sells, in the words of the law, and the page's number. */
export function foot(invoice: InvoiceModel, page: { at: number; of: number }, setter: Setter): PaperItem[] {
  const words = invoiceWords[invoice.language];
  const place = { xMm: LEFT_MM, yMm: 282.5, widthMm: WIDTH_MM };
  const identity = { field: 'seller.siren', text: sellerIdentity(invoice) };
  const number = { field: 'caption', text: `${words.page} ${page.at}/${page.of}` };
  return [
    rule({ xMm: LEFT_MM, yMm: 280, widthMm: WIDTH_MM }, MUTED, 0.15),
    ...setter.flow(identity, { ...place, widthMm: WIDTH_MM - 24 }, CAPTION).items,
    ...setter.flow(number, place, { ...CAPTION, align: 'right' }).items,
  ];
}
