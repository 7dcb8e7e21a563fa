import type { CodesSheetModel, RenderedDocument, SheetCode } from './document.ts';
import { fitLine } from './fit-text.ts';
import { type Block, dealToPages, flowText } from './flow-text.ts';
import { expectedSymbols, type PagePlan, type PlanItem, symbolBox } from './page-plan.ts';
import { drawPdf } from './pdf.ts';
import { placeWidestBars } from './place-symbol.ts';
import { makePrintable } from './printable.ts';
import { stationBars } from './profiles.ts';
import { code128Bars } from './symbols.ts';

const A4 = { widthMm: 210, heightMm: 297 } as const;
const LEFT_MM = 10;
const WIDTH_MM = A4.widthMm - 2 * LEFT_MM;
const COLUMNS = 2;
const CELL_WIDTH_MM = WIDTH_MM / COLUMNS;
const CELL_HEIGHT_MM = 34;
const GROUP_MM = 11;
const TOP_MM = 28;
const BOTTOM_MM = 284;
const GREY = '#555555';

/** Drawn by the calendar of the sheet's content, not of the day: the same codes give the same bytes. */
const SHEET_DATE = '2000-01-01';

/** Hairlines to cut along. */
function frame(xMm: number, yMm: number): PlanItem[] {
  const line = 0.15;
  const sides = [
    { xMm, yMm, widthMm: CELL_WIDTH_MM, heightMm: line },
    { xMm, yMm: yMm + CELL_HEIGHT_MM, widthMm: CELL_WIDTH_MM, heightMm: line },
    { xMm, yMm, widthMm: line, heightMm: CELL_HEIGHT_MM },
    { xMm: xMm + CELL_WIDTH_MM, yMm, widthMm: line, heightMm: CELL_HEIGHT_MM },
  ];
  return sides.map((at) => ({ kind: 'fill', at, color: '#bbbbbb' }));
}

interface Cell {
  readonly code: SheetCode;
  /** As given, for the bars. */
  readonly text: string;
  readonly field: string;
}

function cellItems({ code, text, field }: Cell, xMm: number, yMm: number): PlanItem[] {
  const inner = { xMm: xMm + 3, widthMm: CELL_WIDTH_MM - 6 };
  const room = { leftMm: xMm + 0.5, rightMm: xMm + CELL_WIDTH_MM - 0.5, bottomMm: yMm + 28, dpi: 300, field } as const;
  const bars = placeWidestBars(code128Bars(text, field), stationBars, room);
  const box = symbolBox(bars, 300);
  const title = { field: `${field}.title`, text: code.title, bold: true };
  const meaning = { field: `${field}.meaning`, text: code.meaning };
  return [
    ...frame(xMm, yMm),
    ...fitLine(title, { ...inner, yMm: yMm + 2.6, heightMm: 5 }, { maxPt: 14, minPt: 6, align: 'centre' }),
    ...fitLine(
      meaning,
      { ...inner, yMm: yMm + 8.8, heightMm: 4 },
      { maxPt: 9, minPt: 5, align: 'centre', color: GREY },
    ),
    bars,
    ...flowText(
      { field, text: code.text },
      { ...inner, yMm: box.yMm + box.heightMm + 1.2 },
      { sizePt: 8, align: 'centre' },
    ).items,
  ];
}

function rowBlock(cells: readonly Cell[], group: string | undefined): Block {
  const headMm = group === undefined ? 0 : GROUP_MM;
  return {
    kind: 'row',
    heightMm: headMm + CELL_HEIGHT_MM,
    draw: (yMm) => {
      const title = { xMm: LEFT_MM, yMm: yMm + 4, widthMm: WIDTH_MM, heightMm: 5 };
      const heading =
        group === undefined ? [] : fitLine({ field: 'group', text: group, bold: true }, title, { maxPt: 13, minPt: 7 });
      return [
        ...heading,
        ...cells.flatMap((cell, column) => cellItems(cell, LEFT_MM + column * CELL_WIDTH_MM, yMm + headMm)),
      ];
    },
  };
}

/** Rows of two; a group starts a row of its own and keeps its heading with it. */
function blocksOf(cells: readonly Cell[]): Block[] {
  const groups = [...new Set(cells.map(({ code }) => code.group))];
  return groups.flatMap((group) => {
    const members = cells.filter(({ code }) => code.group === group);
    const rows = Array.from({ length: Math.ceil(members.length / COLUMNS) }, (_, row) =>
      members.slice(row * COLUMNS, (row + 1) * COLUMNS),
    );
    return rows.map((row, index) => rowBlock(row, index === 0 ? group : undefined));
  });
}

/** Lays the sheets out without drawing them; pure. */
function planCodesSheet(source: CodesSheetModel): { pages: PagePlan[]; transliterated: readonly string[] } {
  const { model: shown, transliterated } = makePrintable(source);
  const cells = shown.codes.map((code, index) => ({
    code,
    text: source.codes[index]?.text ?? '',
    field: `codes.${index}`,
  }));
  const dealt = dealToPages(blocksOf(cells), { firstTopMm: TOP_MM, nextTopMm: TOP_MM, bottomMm: BOTTOM_MM });
  const head = { xMm: LEFT_MM, widthMm: WIDTH_MM };
  const pages = dealt.map(({ items }, index): PagePlan => {
    const number = `${shown.pageWord} ${index + 1}/${dealt.length}`;
    return {
      ...A4,
      dpi: 300,
      items: [
        ...fitLine(
          { field: 'heading', text: shown.heading, bold: true },
          { ...head, yMm: 10, heightMm: 8 },
          { maxPt: 20, minPt: 8 },
        ),
        ...fitLine(
          { field: 'subheading', text: shown.subheading },
          { ...head, yMm: 19, heightMm: 4 },
          { maxPt: 9.5, minPt: 5, color: GREY },
        ),
        ...items,
        ...flowText(
          { field: 'caption', text: number },
          { ...head, yMm: 288 },
          { sizePt: 8, color: GREY, align: 'right' },
        ).items,
      ],
    };
  });
  return { pages, transliterated };
}

/** Draws A4 sheets of the codes that the station itself issues, to print, cut and stick. Errors as in `Documents`. */
export async function renderCodesSheet(model: CodesSheetModel): Promise<RenderedDocument> {
  const { pages, transliterated } = planCodesSheet(model);
  const bytes = await drawPdf(pages, { title: model.heading, date: SHEET_DATE, language: 'en' });
  return { bytes, media: A4, dpi: 300, pages: pages.length, symbols: expectedSymbols(pages), transliterated };
}
