import { AppError } from '../../shared/errors.ts';
import type { Language, PickListModel, PickListRow, RenderedDocument } from './document.ts';
import { fitLine } from './fit-text.ts';
import { type Block, dealToPages, flowText } from './flow-text.ts';
import { dateInWords } from './label-words.ts';
import { expectedSymbols, type PagePlan, type PlanItem, symbolBox } from './page-plan.ts';
import { drawPdf } from './pdf.ts';
import { placeWidestBars } from './place-symbol.ts';
import { makePrintable } from './printable.ts';
import { stationBars } from './profiles.ts';
import { code128Bars } from './symbols.ts';

const A4 = { widthMm: 210, heightMm: 297 } as const;
const LEFT_MM = 12;
const WIDTH_MM = A4.widthMm - 2 * LEFT_MM;
const NEXT_TOP_MM = 28;
const BOTTOM_MM = 282;
const HEAD_MM = 7;
const ORDER_MM = 5.4;
const FIRST_ORDER_MM = 48;
const DARK = '#1a1a1a';
const GREY = '#555555';

/** Columns of the walk, in mm from the left edge of the text. */
const columns = {
  done: { xMm: LEFT_MM, widthMm: 9 },
  location: { xMm: LEFT_MM + 10, widthMm: 32 },
  quantity: { xMm: LEFT_MM + 43, widthMm: 12 },
  sku: { xMm: LEFT_MM + 58, widthMm: 34 },
  title: { xMm: LEFT_MM + 94, widthMm: 48 },
  target: { xMm: LEFT_MM + 144, widthMm: WIDTH_MM - 144 },
} as const;

type Words = Readonly<
  Record<
    | 'order'
    | 'walk'
    | 'zone'
    | 'printedOn'
    | 'orders'
    | 'unit'
    | 'units'
    | 'noTote'
    | 'scan'
    | 'page'
    | keyof typeof columns,
    string
  >
>;

const words: Readonly<Record<Language, Words>> = {
  en: {
    order: 'Pick list, order',
    walk: 'Pick list, walk',
    zone: 'zone',
    printedOn: 'Printed',
    orders: 'Orders',
    unit: 'unit',
    units: 'units',
    noTote: 'tote: ..........',
    scan: 'Scan this code at a bench to go on with it there.',
    page: 'Page',
    done: '',
    location: 'Bin',
    quantity: 'Qty',
    sku: 'SKU',
    title: 'Item',
    target: 'For',
  },
  fr: {
    order: 'Liste de prélèvement, commande',
    walk: 'Liste de prélèvement, passage',
    zone: 'zone',
    printedOn: 'Imprimée le',
    orders: 'Commandes',
    unit: 'unité',
    units: 'unités',
    noTote: 'bac : ..........',
    scan: 'Scannez ce code à un poste pour y continuer.',
    page: 'Page',
    done: '',
    location: 'Emplacement',
    quantity: 'Qté',
    sku: 'SKU',
    title: 'Article',
    target: 'Pour',
  },
};

interface List {
  readonly source: PickListModel;
  readonly shown: PickListModel;
}

/** A title in a script that the font has not gives way to the SKU. */
function printableRow(row: PickListRow): PickListRow {
  try {
    return makePrintable(row).model;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'label.unprintable-text') throw error;
    return makePrintable({ ...row, title: row.sku }).model;
  }
}

function heading({ shown }: List): PlanItem[] {
  const say = words[shown.language];
  const zone = shown.zone ? `, ${say.zone} ${shown.zone}` : '';
  const title = `${shown.kind === 'run' ? say.walk : say.order} ${shown.name}${zone}`;
  const rule = { xMm: LEFT_MM, yMm: 23, widthMm: WIDTH_MM, heightMm: 0.5 };
  const at = { xMm: LEFT_MM, yMm: 12, widthMm: WIDTH_MM, heightMm: 8 };
  return [
    ...fitLine({ field: 'name', text: title, bold: true }, at, { maxPt: 18, minPt: 8 }),
    { kind: 'fill', at: rule, color: 'black' },
  ];
}

function bars({ source, shown }: List): PlanItem[] {
  const room = {
    leftMm: LEFT_MM + 96,
    rightMm: LEFT_MM + WIDTH_MM + 4,
    bottomMm: 40,
    dpi: 300,
    align: 'right',
  } as const;
  const item = placeWidestBars(code128Bars(source.code, 'code'), stationBars, { ...room, field: 'code' });
  const box = symbolBox(item, 300);
  const under = { xMm: box.xMm, yMm: 41.2, widthMm: box.widthMm };
  const say = { xMm: LEFT_MM, yMm: 33, widthMm: 88 };
  return [
    item,
    ...flowText({ field: 'code', text: source.code }, under, { sizePt: 8, align: 'centre' }).items,
    ...flowText({ field: 'caption', text: words[shown.language].scan }, say, { sizePt: 8.5, color: GREY }).items,
  ];
}

function orderLines({ shown }: List): PlanItem[] {
  const say = words[shown.language];
  const date = `${say.printedOn} ${dateInWords(shown.printedOn, shown.language)}`;
  const top = { xMm: LEFT_MM, yMm: 27.5, widthMm: 88 };
  return [
    ...flowText({ field: 'printedOn', text: date }, top, { sizePt: 9, color: GREY }).items,
    ...shown.orders.flatMap((order, index) => {
      const slot = order.slot === null ? '' : `${order.slot}.  `;
      const text = `${slot}${order.number}   ${order.tote ?? say.noTote}   ${order.units} ${order.units === 1 ? say.unit : say.units}`;
      const column = { xMm: LEFT_MM + (index % 2) * (WIDTH_MM / 2), widthMm: WIDTH_MM / 2 - 4 };
      const place = { ...column, yMm: FIRST_ORDER_MM + Math.floor(index / 2) * ORDER_MM, heightMm: 4.4 };
      return fitLine({ field: `orders.${index}`, text, bold: true }, place, { maxPt: 10, minPt: 5 });
    }),
  ];
}

function tableHead(language: Language, yMm: number): PlanItem[] {
  const at = { xMm: LEFT_MM, yMm, widthMm: WIDTH_MM, heightMm: HEAD_MM - 1 };
  const style = { maxPt: 9, minPt: 5, color: 'white' } as const;
  // Keys of the closed object above.
  const names = Object.keys(columns) as (keyof typeof columns)[];
  return [
    { kind: 'fill', at, color: DARK },
    ...names.flatMap((name) => {
      const text = words[language][name];
      if (text === '') return [];
      return fitLine(
        { field: 'caption', text, bold: true },
        { ...columns[name], yMm: yMm + 1.6, heightMm: 3.6 },
        style,
      );
    }),
  ];
}

/** An empty box to tick. */
function tickBox(yMm: number): PlanItem[] {
  const [side, line, xMm] = [5.5, 0.3, LEFT_MM + 1];
  const sides = [
    { xMm, yMm, widthMm: side, heightMm: line },
    { xMm, yMm: yMm + side - line, widthMm: side, heightMm: line },
    { xMm, yMm, widthMm: line, heightMm: side },
    { xMm: xMm + side - line, yMm, widthMm: line, heightMm: side },
  ];
  return sides.map((at) => ({ kind: 'fill', at, color: DARK }));
}

function rowItems(row: PickListRow, field: string, yMm: number): { items: PlanItem[]; heightMm: number } {
  const top = yMm + 2.2;
  const title = flowText({ field: `${field}.title`, text: row.title }, { ...columns.title, yMm: top }, { sizePt: 9 });
  const sku = flowText({ field: `${field}.sku`, text: row.sku }, { ...columns.sku, yMm: top }, { sizePt: 9 });
  const target = [row.slot === null ? '' : `${row.slot}.`, row.orderNumber, row.tote ?? ''].filter(
    (part) => part !== '',
  );
  const forWhom = flowText(
    { field: `${field}.orderNumber`, text: target.join('  ') },
    { ...columns.target, yMm: top },
    { sizePt: 9 },
  );
  const line = { yMm: top - 0.6, heightMm: 5 };
  const items: PlanItem[] = [
    ...tickBox(yMm + 1),
    ...fitLine(
      { field: `${field}.location`, text: row.location, bold: true },
      { ...columns.location, ...line },
      { maxPt: 13, minPt: 6 },
    ),
    ...fitLine(
      { field: `${field}.quantity`, text: String(row.quantity), bold: true },
      { ...columns.quantity, ...line },
      { maxPt: 13, minPt: 6, align: 'right' },
    ),
    ...sku.items,
    ...title.items,
    ...forWhom.items,
  ];
  return { items, heightMm: Math.max(8, 3.4 + Math.max(sku.heightMm, title.heightMm, forWhom.heightMm)) };
}

function rowBlock(row: PickListRow, index: number): Block {
  const field = `rows.${index}`;
  const { heightMm } = rowItems(row, field, 0);
  return {
    kind: 'row',
    heightMm,
    draw: (yMm) => {
      const rule = { xMm: LEFT_MM, yMm: yMm + heightMm - 0.15, widthMm: WIDTH_MM, heightMm: 0.15 };
      return [...rowItems(row, field, yMm).items, { kind: 'fill', at: rule, color: '#999999' }];
    },
  };
}

/** Lays a pick list out without drawing it; pure. */
export function planPickList(source: PickListModel): { pages: PagePlan[]; transliterated: readonly string[] } {
  const { rows, ...rest } = source;
  const { model, transliterated } = makePrintable(rest);
  const list: List = { source, shown: { ...model, rows: rows.map((row) => printableRow(row)) } };
  const ordersMm = Math.ceil(source.orders.length / 2) * ORDER_MM;
  const firstTopMm = FIRST_ORDER_MM + ordersMm + 2 + HEAD_MM;
  const room = { firstTopMm, nextTopMm: NEXT_TOP_MM + HEAD_MM, bottomMm: BOTTOM_MM };
  const dealt = dealToPages(list.shown.rows.map(rowBlock), room);
  const pages = dealt.map(({ items }, index): PagePlan => {
    const number = `${words[source.language].page} ${index + 1}/${dealt.length}`;
    const foot = { xMm: LEFT_MM, yMm: 287, widthMm: WIDTH_MM };
    return {
      ...A4,
      dpi: 300,
      items: [
        ...heading(list),
        ...(index === 0 ? [...bars(list), ...orderLines(list)] : []),
        ...tableHead(source.language, (index === 0 ? firstTopMm : NEXT_TOP_MM + HEAD_MM) - HEAD_MM),
        ...items,
        ...flowText({ field: 'caption', text: number }, foot, { sizePt: 8, color: GREY, align: 'right' }).items,
      ],
    };
  });
  return { pages, transliterated };
}

/**
 * Draws what a picker needs without a screen: the bins in walking order with a box to tick, and the code that a bench
 * goes on with. Errors as in `Documents`; a title in letters that the font has not gives way to the SKU.
 */
export async function renderPickList(model: PickListModel): Promise<RenderedDocument> {
  const { pages, transliterated } = planPickList(model);
  const bytes = await drawPdf(pages, { title: model.name, date: model.printedOn, language: model.language });
  return { bytes, media: A4, dpi: 300, pages: pages.length, symbols: expectedSymbols(pages), transliterated };
}
