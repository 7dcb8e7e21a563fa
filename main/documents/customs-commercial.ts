import type { CommercialInvoice } from '../../shared/model/customs.ts';
import { declaredValue, declaredWeight } from '../../shared/model/customs-rules.ts';
import { captioned, type Drawn, kilograms } from './customs-frame.ts';
import { commercialWords } from './customs-words.ts';
import type { RenderedDocument } from './document.ts';
import { type Block, dealToPages, type FlowStyle } from './flow-text.ts';
import { notoSans, type Typeface } from './fonts.ts';
import { makeReadable } from './fonts-letters.ts';
import { copiesOf, drawPaper, type PaperPage } from './fonts-paper.ts';
import { createSetter, fill, HAIR, INK, MUTED, type PaperItem, rule, type Setter, TINT } from './fonts-setting.ts';
import { A4, addressLines, BOTTOM_MM, CAPTION, column, LEFT_MM, NEXT_TOP_MM, WIDTH_MM } from './invoice-head.ts';
import { amountInWords, decimalInWords, longDate, moneyInWords } from './invoice-words.ts';

const TABLE_HEAD_MM = 8;
const columns = [
  { name: 'description', x: 2, width: 62 },
  { name: 'hs', x: 66, width: 22 },
  { name: 'origin', x: 90, width: 14 },
  { name: 'quantity', x: 104, width: 12 },
  { name: 'netWeight', x: 118, width: 16 },
  { name: 'unitValue', x: 136, width: 18 },
  { name: 'value', x: 156, width: 16 },
] as const;
const leftAligned: ReadonlySet<string> = new Set(['description', 'hs', 'origin']);

function letterhead(invoice: CommercialInvoice, setter: Setter): Drawn {
  const place = { xMm: LEFT_MM, yMm: 19, widthMm: WIDTH_MM };
  const { title } = commercialWords[invoice.language];
  const name = { field: 'from.name', text: invoice.from.company ?? invoice.from.name };
  const left = setter.line(name, { ...place, yMm: 21, widthMm: WIDTH_MM * 0.5 }, { sizePt: 13, minPt: 8, bold: true });
  const word = setter.flow({ field: 'caption', text: title }, place, { sizePt: 20, bold: true, align: 'right' });
  const number = setter.flow(
    { field: 'number', text: invoice.number },
    { ...place, yMm: place.yMm + word.heightMm },
    { sizePt: 11, color: MUTED, align: 'right' },
  );
  const accent = fill({ xMm: LEFT_MM, yMm: 13, widthMm: 18, heightMm: 1.2 }, INK);
  return {
    items: [accent, ...left.items, ...word.items, ...number.items],
    heightMm: place.yMm + word.heightMm + number.heightMm,
  };
}

function facts(invoice: CommercialInvoice, yMm: number, setter: Setter): Drawn {
  const { language, trackingNumber, carrier } = invoice;
  const words = commercialWords[language];
  const shipment = [carrier, trackingNumber].filter((part) => part).join(' ');
  const cells = [
    { field: 'date', caption: words.date, text: longDate(invoice.date, language) },
    { field: 'incoterm', caption: words.incoterm, text: `${invoice.incoterm} ${invoice.incotermPlace}` },
    { field: 'reason', caption: words.reason, text: words.reasons[invoice.reason] },
    { field: 'orderNumber', caption: words.order, text: invoice.orderNumber ?? '' },
    { field: 'trackingNumber', caption: words.shipment, text: shipment },
    { field: 'parcels', caption: words.parcels, text: String(invoice.parcels) },
  ].filter(({ text }) => text !== '');
  const inRow = 3;
  const widthMm = (WIDTH_MM - 8) / inRow;
  const rowMm = 10.4;
  const items = cells.flatMap(({ field, caption, text }, index) => {
    const at = { xMm: LEFT_MM + 4 + (index % inRow) * widthMm, yMm: yMm + 3 + Math.floor(index / inRow) * rowMm };
    const head = setter.flow({ field: 'caption', text: caption }, { ...at, widthMm: widthMm - 3 }, CAPTION);
    const below = { ...at, yMm: at.yMm + head.heightMm + 0.4, widthMm: widthMm - 3 };
    return [...head.items, ...setter.line({ field, text }, below, { sizePt: 9, minPt: 6, bold: true }).items];
  });
  const heightMm = Math.ceil(cells.length / inRow) * rowMm + 2;
  return { items: [fill({ xMm: LEFT_MM, yMm, widthMm: WIDTH_MM, heightMm }, TINT), ...items], heightMm };
}

function parties(invoice: CommercialInvoice, yMm: number, setter: Setter): Drawn {
  const { language, from, to, importer, eori, ioss, vatId, recipientTaxId } = invoice;
  const words = commercialWords[language];
  const numbers = [
    eori && `EORI ${eori}`,
    ioss && `IOSS ${ioss}`,
    vatId && `${language === 'fr' ? 'N° TVA' : 'VAT'} ${vatId}`,
  ];
  const sides = [
    { address: from, field: 'from', word: words.exporter, numbers: numbers.filter((part) => part !== undefined) },
    { address: to, field: 'to', word: words.consignee, numbers: recipientTaxId ? [recipientTaxId] : [] },
    ...(importer ? [{ address: importer, field: 'importer', word: words.importer, numbers: [] }] : []),
  ];
  const widthMm = WIDTH_MM / sides.length;
  const small: FlowStyle = { sizePt: 7.5, color: MUTED };
  const drawn = sides.map(({ address, field, word, numbers: own }, index) => {
    const contact = [address.phone, address.email].filter((part) => part).join(' · ');
    const lines = [
      { field: 'caption', text: word, style: CAPTION },
      ...addressLines(address, field, language),
      { field: `${field}.phone`, text: contact, style: small },
      ...own.map((text) => ({ field: `${field}.numbers`, text, style: small })),
    ];
    return column(lines, { xMm: LEFT_MM + index * widthMm, yMm, widthMm: widthMm - 6 }, setter);
  });
  return { items: drawn.flatMap((side) => side.items), heightMm: Math.max(...drawn.map((side) => side.heightMm)) };
}

function tableHead({ language }: CommercialInvoice, yMm: number, setter: Setter): PaperItem[] {
  const words = commercialWords[language].columns;
  const texts = columns.flatMap(({ name, x, width }) => {
    const align = leftAligned.has(name) ? ('left' as const) : ('right' as const);
    const place = { xMm: LEFT_MM + x, yMm: yMm + 2.25, widthMm: width };
    const style = { sizePt: 7.5, minPt: 5.5, bold: true, color: '#ffffff', align };
    return setter.line({ field: 'caption', text: words[name] }, place, style).items;
  });
  return [fill({ xMm: LEFT_MM, yMm, widthMm: WIDTH_MM, heightMm: 6.4 }, INK), ...texts];
}

function rowOf(invoice: CommercialInvoice, index: number, setter: Setter): Block<PaperItem>[] {
  const line = invoice.lines[index];
  if (!line) return [];
  const { language, currency } = invoice;
  const value = amountInWords(line.valueMinor, currency, language);
  const texts: Readonly<Record<(typeof columns)[number]['name'], string>> = {
    description: line.description,
    hs: line.hsCode ?? '',
    origin: line.origin ?? '',
    quantity: decimalInWords(line.quantity, language, { least: 0, most: 0 }),
    netWeight: kilograms(line.netWeightMg, language),
    unitValue: amountInWords(Math.round(line.valueMinor / line.quantity), currency, language),
    value,
  };
  const set = (yMm: number): Drawn => {
    const drawn = columns.map(({ name, x, width }) => {
      const place = { xMm: LEFT_MM + x, yMm: yMm + 1.9, widthMm: width };
      const align = leftAligned.has(name) ? ('left' as const) : ('right' as const);
      return setter.flow({ field: `lines.${index}.${name}`, text: texts[name] }, place, { sizePt: 8.5, align });
    });
    const tallest = Math.max(...drawn.map((cell) => cell.heightMm));
    const under = { xMm: LEFT_MM + 2, yMm: yMm + 1.9 + (drawn[0]?.heightMm ?? 0), widthMm: 62 };
    const sku = setter.flow({ field: `lines.${index}.sku`, text: line.sku ?? '' }, under, { sizePt: 7, color: MUTED });
    const heightMm = Math.max(tallest, (drawn[0]?.heightMm ?? 0) + sku.heightMm) + 3;
    const items = [...drawn.flatMap((cell) => cell.items), ...sku.items];
    return { items: [...items, rule({ xMm: LEFT_MM, yMm: yMm + heightMm, widthMm: WIDTH_MM }, HAIR)], heightMm };
  };
  return [{ kind: 'row', heightMm: set(0).heightMm, draw: (yMm) => set(yMm).items }];
}

function totals(invoice: CommercialInvoice, yMm: number, setter: Setter): Drawn {
  const { language, currency, freightMinor, insuranceMinor } = invoice;
  const words = commercialWords[language];
  const goods = declaredValue(invoice.lines);
  const sums = [
    { field: 'goods', title: words.goods, minor: goods },
    ...(freightMinor > 0 ? [{ field: 'freightMinor', title: words.freight, minor: freightMinor }] : []),
    ...(insuranceMinor > 0 ? [{ field: 'insuranceMinor', title: words.insurance, minor: insuranceMinor }] : []),
  ];
  const items: PaperItem[] = [];
  let at = yMm;
  const row = (title: string, sum: { field: string; minor: number }, style: FlowStyle) => {
    const place = { xMm: LEFT_MM + 103, yMm: at, widthMm: WIDTH_MM - 106 };
    const text = moneyInWords(sum.minor, currency, language);
    items.push(...setter.flow({ field: 'caption', text: title }, place, style).items);
    items.push(...setter.flow({ field: sum.field, text }, place, { ...style, align: 'right' }).items);
  };
  for (const sum of sums) {
    row(sum.title, sum, { sizePt: 9 });
    at += 5.2;
  }
  items.push(fill({ xMm: LEFT_MM + 100, yMm: at + 0.4, widthMm: WIDTH_MM - 100, heightMm: 9.4 }, INK));
  at += 3.6;
  const total = { field: 'total', minor: goods + freightMinor + insuranceMinor };
  row(`${words.total} ${currency}`, total, { sizePt: 11, bold: true, color: '#ffffff' });
  return { items, heightMm: at + 8 - yMm };
}

/** Weights left, sums right, then what the exporter declares and where it signs. */
function closing(invoice: CommercialInvoice, setter: Setter): Block<PaperItem> {
  const { language } = invoice;
  const words = commercialWords[language];
  const set = (yMm: number): Drawn => {
    const right = totals(invoice, yMm + 5, setter);
    const weights = [
      {
        caption: words.netWeight,
        field: 'netWeight',
        text: `${kilograms(declaredWeight(invoice.lines), language)} kg`,
      },
      { caption: words.grossWeight, field: 'grossWeightMg', text: `${kilograms(invoice.grossWeightMg, language)} kg` },
    ].flatMap((fact, index) => {
      const place = { xMm: LEFT_MM + 2 + index * 40, yMm: yMm + 5, widthMm: 38 };
      return captioned(fact, place, { setter, sizePt: 9 }).items;
    });
    const declared = column(
      [
        {
          field: 'caption',
          text: invoice.reason === 'returned' ? words.returned : '',
          style: { sizePt: 9, bold: true },
        },
        { field: 'explanation', text: invoice.explanation ?? '', style: { sizePt: 8.5 } },
        { field: 'caption', text: words.certify, style: { sizePt: 8 } },
        { field: 'caption', text: words.signature, style: CAPTION },
        {
          field: 'signedBy',
          text: `${invoice.signedBy ?? invoice.from.name} · ${longDate(invoice.date, language)}`,
          style: { sizePt: 9, bold: true },
        },
      ],
      { xMm: LEFT_MM + 2, yMm: yMm + 5 + Math.max(right.heightMm, 12) + 6, widthMm: 110 },
      setter,
    );
    const lineMm = yMm + 5 + Math.max(right.heightMm, 12) + 6 + declared.heightMm + 14;
    const line = rule({ xMm: LEFT_MM + 2, yMm: lineMm, widthMm: 70 }, INK);
    return { items: [...right.items, ...weights, ...declared.items, line], heightMm: lineMm - yMm + 2 };
  };
  return { kind: 'closing', heightMm: set(0).heightMm, draw: (yMm) => set(yMm).items };
}

function foot(invoice: CommercialInvoice, page: { at: number; of: number }, setter: Setter): PaperItem[] {
  const { language, from, number } = invoice;
  const words = commercialWords[language];
  const place = { xMm: LEFT_MM, yMm: 282.5, widthMm: WIDTH_MM };
  const text = `${from.company ?? from.name} · ${words.title} ${number}`;
  return [
    rule({ xMm: LEFT_MM, yMm: 280, widthMm: WIDTH_MM }, MUTED, 0.15),
    ...setter.flow({ field: 'number', text }, { ...place, widthMm: WIDTH_MM - 24 }, CAPTION).items,
    ...setter.flow({ field: 'caption', text: `${words.page} ${page.at}/${page.of}` }, place, {
      ...CAPTION,
      align: 'right',
    }).items,
  ];
}

/** Lays a commercial invoice out without drawing it; pure. */
export function planCommercialInvoice(invoice: CommercialInvoice, typeface: Typeface): PaperPage[] {
  const setter = createSetter(typeface);
  const letter = letterhead(invoice, setter);
  const band = facts(invoice, letter.heightMm + 6, setter);
  const both = parties(invoice, letter.heightMm + 6 + band.heightMm + 7, setter);
  const tableMm = letter.heightMm + 6 + band.heightMm + 7 + both.heightMm + 7;
  const blocks = [...invoice.lines.flatMap((_, index) => rowOf(invoice, index, setter)), closing(invoice, setter)];
  const room = { firstTopMm: tableMm + TABLE_HEAD_MM, nextTopMm: NEXT_TOP_MM + TABLE_HEAD_MM, bottomMm: BOTTOM_MM };
  const dealt = dealToPages(blocks, room);
  return dealt.map(({ items, kinds }, index): PaperPage => {
    const words = commercialWords[invoice.language];
    const name = { field: 'number', text: `${words.title} ${invoice.number} (${words.continued})` };
    const next = setter.flow(name, { xMm: LEFT_MM, yMm: 15, widthMm: WIDTH_MM }, { sizePt: 9, bold: true }).items;
    const top = index === 0 ? [...letter.items, ...band.items, ...both.items] : next;
    const head = kinds.has('row') ? tableHead(invoice, index === 0 ? tableMm : NEXT_TOP_MM, setter) : [];
    return { ...A4, items: [...top, ...head, ...items, ...foot(invoice, { at: index + 1, of: dealt.length }, setter)] };
  });
}

/** Draws the invoice that customs wants; throws `rule` `document.unprintable-letters` with the fields. */
export async function renderCommercialInvoice(
  model: CommercialInvoice,
  typeface: Typeface = notoSans(),
): Promise<RenderedDocument> {
  const invoice = makeReadable(model, typeface);
  const pages = copiesOf(planCommercialInvoice(invoice, typeface), invoice.copies);
  const title = `${commercialWords[invoice.language].title} ${invoice.number}`;
  const author = invoice.from.company ?? invoice.from.name;
  const bytes = await drawPaper(pages, { title, author, date: invoice.date, language: invoice.language }, { typeface });
  return { bytes, media: A4, dpi: 300, pages: pages.length, symbols: [], transliterated: [] };
}
