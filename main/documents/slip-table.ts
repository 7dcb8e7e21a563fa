import type { Language, SlipLine } from './document.ts';
import { type Block, flowColumn, flowText } from './flow-text.ts';
import type { PlanItem } from './page-plan.ts';
import { slipWords } from './slip-words.ts';

/** Columns of the table, in mm from the left edge of the text. */
interface Column {
  readonly xMm: number;
  readonly widthMm: number;
}

interface Columns {
  readonly article: Column;
  readonly title: Column;
  readonly ordered: Column;
  readonly packed: Column;
  readonly backOrdered: Column;
  /** Boxes to fill in by hand, where goods may come back. */
  readonly returned: Column | undefined;
  readonly reason: Column | undefined;
}

export interface TablePlace {
  readonly xMm: number;
  readonly widthMm: number;
  readonly withReturns: boolean;
}

const HEAD = { sizePt: 7.5, bold: true, color: 'white' } as const;
const SMALL = { sizePt: 7.5, color: '#444444' } as const;
const BODY = { sizePt: 9 } as const;
const PAD_MM = 1.6;
export const TABLE_HEAD_MM = 6.4;

function columnsOf({ xMm, widthMm, withReturns }: TablePlace): Columns {
  const widths = {
    article: 36,
    ordered: 18,
    packed: 16,
    backOrdered: 17,
    returned: withReturns ? 14 : 0,
    reason: withReturns ? 14 : 0,
  };
  const taken = Object.values(widths).reduce((sum, width) => sum + width, 0);
  let at = xMm;
  const next = (width: number): Column => {
    const column = { xMm: at + PAD_MM, widthMm: width - 2 * PAD_MM };
    at += width;
    return column;
  };
  const article = next(widths.article);
  const title = next(widthMm - taken);
  const [ordered, packed, backOrdered] = [next(widths.ordered), next(widths.packed), next(widths.backOrdered)];
  const [returned, reason] = withReturns ? [next(widths.returned), next(widths.reason)] : [];
  return { article, title, ordered, packed, backOrdered, returned, reason };
}

/** The head of the table, repeated on each page that has rows. */
export function tableHead(place: TablePlace, language: Language, yMm: number): PlanItem[] {
  const words = slipWords[language].columns;
  const columns = columnsOf(place);
  const at = { xMm: place.xMm, yMm, widthMm: place.widthMm, heightMm: TABLE_HEAD_MM - 0.6 };
  const cell = (column: Column | undefined, text: string, align: 'left' | 'right' | 'centre') =>
    column ? flowText({ field: 'caption', text }, { ...column, yMm: yMm + 2 }, { ...HEAD, align }).items : [];
  return [
    { kind: 'fill', at, color: '#1a1a1a' },
    ...cell(columns.article, words.article, 'left'),
    ...cell(columns.title, words.title, 'left'),
    ...cell(columns.ordered, words.ordered, 'right'),
    ...cell(columns.packed, words.packed, 'right'),
    ...cell(columns.backOrdered, words.backOrdered, 'right'),
    ...cell(columns.returned, words.returned, 'centre'),
    ...cell(columns.reason, words.reason, 'centre'),
  ];
}

/** An empty box for a hand-written number. */
function box(column: Column | undefined, yMm: number): PlanItem[] {
  if (!column) return [];
  const [width, height, line] = [8, 5, 0.25];
  const xMm = column.xMm + (column.widthMm - width) / 2;
  const sides = [
    { xMm, yMm, widthMm: width, heightMm: line },
    { xMm, yMm: yMm + height - line, widthMm: width, heightMm: line },
    { xMm, yMm, widthMm: line, heightMm: height },
    { xMm: xMm + width - line, yMm, widthMm: line, heightMm: height },
  ];
  return sides.map((at) => ({ kind: 'fill', at, color: '#1a1a1a' }));
}

function rowItems(line: SlipLine, field: string, at: { place: TablePlace; language: Language; yMm: number }) {
  const words = slipWords[at.language];
  const columns = columnsOf(at.place);
  const top = at.yMm + 2;
  const article = flowColumn(
    [
      { field: `${field}.sku`, text: line.sku, style: { ...BODY, bold: true } },
      { field: `${field}.gtin`, text: line.gtin ?? '', style: SMALL },
    ],
    { ...columns.article, yMm: top },
  );
  const details = [
    { field: `${field}.title`, text: line.title, style: BODY },
    { field: `${field}.replaces`, text: line.replaces ? `${words.replaces} ${line.replaces}` : '', style: SMALL },
    { field: `${field}.lots`, text: line.lots.length > 0 ? `${words.lot} ${line.lots.join(', ')}` : '', style: SMALL },
    {
      field: `${field}.serials`,
      text: line.serials.length > 0 ? `${words.serial} ${line.serials.join(', ')}` : '',
      style: SMALL,
    },
  ];
  const title = flowColumn(details, { ...columns.title, yMm: top });
  const number = (column: Column, value: number, bold: boolean) =>
    flowText({ field, text: String(value) }, { ...column, yMm: top }, { ...BODY, bold, align: 'right' }).items;
  const items: PlanItem[] = [
    ...article.items,
    ...title.items,
    ...number(columns.ordered, line.ordered, false),
    ...number(columns.packed, line.packed, true),
    ...(line.backOrdered > 0 ? number(columns.backOrdered, line.backOrdered, true) : []),
    ...box(columns.returned, at.yMm + 1),
    ...box(columns.reason, at.yMm + 1),
  ];
  return { items, heightMm: Math.max(7, 2 + Math.max(article.heightMm, title.heightMm) + 1) };
}

/** One order line; a hairline below it. */
export function tableRow(line: SlipLine, field: string, at: { place: TablePlace; language: Language }): Block {
  const { heightMm } = rowItems(line, field, { ...at, yMm: 0 });
  return {
    kind: 'row',
    heightMm,
    draw: (yMm) => {
      const rule = { xMm: at.place.xMm, yMm: yMm + heightMm - 0.15, widthMm: at.place.widthMm, heightMm: 0.15 };
      return [...rowItems(line, field, { ...at, yMm }).items, { kind: 'fill', at: rule, color: '#999999' }];
    },
  };
}
