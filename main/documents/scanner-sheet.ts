import { TEST_CODE } from '../../shared/scanner/test-code.ts';
import type { RenderedDocument, ScannerSheetModel } from './document.ts';
import { fitLine } from './fit-text.ts';
import { flowColumn, flowText } from './flow-text.ts';
import { expectedSymbols, type PagePlan, type PlanItem } from './page-plan.ts';
import { drawPdf } from './pdf.ts';
import { placeBars, placeMatrix } from './place-symbol.ts';
import type { LinearSpec, MatrixSpec } from './profiles.ts';
import { type SheetSection, type SheetWords, scannerSheetWords } from './scanner-sheet-words.ts';
import { testSymbols } from './symbols.ts';

const A4 = { widthMm: 210, heightMm: 297 } as const;
const LEFT_MM = 15;
const WIDTH_MM = A4.widthMm - 2 * LEFT_MM;
const GREY = '#444444';
const LINE = '#bbbbbb';
const NUMBER_MM = 7;
const SET_MM = 78;
/** The same sheet gives the same bytes. */
const SHEET_DATE = '2000-01-01';

/** Wide enough for an old laser at arm's length, and for an imager. */
const bars: LinearSpec = { moduleDots: { 203: 3, 300: 5 }, minHeightMm: 18, quietModules: 10 };
const modules: MatrixSpec = { moduleDots: { 203: 8, 300: 12 }, quietModules: 4 };

interface Drawn {
  readonly items: readonly PlanItem[];
  readonly endMm: number;
}

const rule = (yMm: number): PlanItem => ({
  kind: 'fill',
  at: { xMm: LEFT_MM, yMm, widthMm: WIDTH_MM, heightMm: 0.2 },
  color: LINE,
});

/** A title, a sentence, and a row for each setting: what it must be, and where the manual has it. */
function drawSection(section: SheetSection, topMm: number): Drawn {
  const head = flowColumn(
    [
      { field: 'caption', text: section.title, style: { sizePt: 13, bold: true } },
      { field: 'caption', text: section.lead, style: { sizePt: 10, color: GREY } },
    ],
    { xMm: LEFT_MM, yMm: topMm, widthMm: WIDTH_MM },
  );
  const items: PlanItem[] = [...head.items];
  let yMm = topMm + head.heightMm + 1.2;
  for (const { set, look } of section.steps) {
    const set1 = flowText(
      { field: 'caption', text: set },
      { xMm: LEFT_MM + NUMBER_MM, yMm: yMm + 1.8, widthMm: SET_MM - NUMBER_MM - 4 },
      { sizePt: 10.5, bold: true },
    );
    const look1 = flowText(
      { field: 'caption', text: look },
      { xMm: LEFT_MM + SET_MM, yMm: yMm + 1.8, widthMm: WIDTH_MM - SET_MM },
      { sizePt: 10.5 },
    );
    const tick = { xMm: LEFT_MM + 0.5, yMm: yMm + 1.3, widthMm: 3.6, heightMm: 3.6 };
    items.push(rule(yMm), ...box(tick), ...set1.items, ...look1.items);
    yMm += Math.max(set1.heightMm, look1.heightMm) + 2.2;
  }
  return { items, endMm: yMm };
}

/** A box to tick. */
function box({
  xMm,
  yMm,
  widthMm,
  heightMm,
}: {
  xMm: number;
  yMm: number;
  widthMm: number;
  heightMm: number;
}): PlanItem[] {
  const line = 0.25;
  const sides = [
    { xMm, yMm, widthMm, heightMm: line },
    { xMm, yMm: yMm + heightMm - line, widthMm, heightMm: line },
    { xMm, yMm, widthMm: line, heightMm },
    { xMm: xMm + widthMm - line, yMm, widthMm: line, heightMm },
  ];
  return sides.map((at) => ({ kind: 'fill', at, color: GREY }));
}

/** The three symbols beside each other, each in room of its own so that no scanner reads two at once. */
function drawCheck(words: SheetWords, topMm: number): readonly PlanItem[] {
  const head = flowColumn(
    [
      { field: 'caption', text: words.check.title, style: { sizePt: 13, bold: true } },
      { field: 'caption', text: words.check.lead, style: { sizePt: 10, color: GREY } },
    ],
    { xMm: LEFT_MM, yMm: topMm, widthMm: WIDTH_MM },
  );
  const bottomMm = topMm + head.heightMm + 33;
  const room = (leftMm: number, rightMm: number) =>
    ({ leftMm, rightMm, bottomMm, dpi: 300, field: 'test-code' }) as const;
  const symbols = testSymbols(TEST_CODE);
  const rooms = [room(LEFT_MM, 110), room(112, 152), room(154, 195)] as const;
  const captions = [words.bars, words.matrix, words.qr].flatMap((text, index) => {
    const { leftMm, rightMm } = rooms[index] ?? rooms[0];
    const at = { xMm: leftMm, yMm: bottomMm + 4.5, widthMm: rightMm - leftMm };
    return flowText({ field: 'caption', text }, at, { sizePt: 9, color: GREY, align: 'centre' }).items;
  });
  return [
    ...head.items,
    placeBars(symbols.bars, bars, rooms[0]),
    placeMatrix(symbols.matrix, modules, rooms[1]),
    placeMatrix(symbols.qr, modules, rooms[2]),
    ...captions,
  ];
}

/** Lays the sheet out without drawing it; pure. */
function planScannerSheet(words: SheetWords): PagePlan {
  const heading = fitLine(
    { field: 'caption', text: words.heading, bold: true },
    { xMm: LEFT_MM, yMm: 13, widthMm: WIDTH_MM, heightMm: 9 },
    { maxPt: 22, minPt: 12 },
  );
  const lead = flowText(
    { field: 'caption', text: words.subheading },
    { xMm: LEFT_MM, yMm: 25, widthMm: WIDTH_MM },
    { sizePt: 10.5 },
  );
  const items: PlanItem[] = [...heading, ...lead.items];
  let yMm = 25 + lead.heightMm + 5;
  for (const section of words.sections) {
    const drawn = drawSection(section, yMm);
    items.push(...drawn.items);
    yMm = drawn.endMm + 5;
  }
  return { ...A4, dpi: 300, items: [...items, ...drawCheck(words, yMm)] };
}

/** Draws the A4 sheet by which one family of scanners is set up and checked. */
export async function renderScannerSheet({ family, language }: ScannerSheetModel): Promise<RenderedDocument> {
  const words = scannerSheetWords(family, language);
  const pages = [planScannerSheet(words)];
  const bytes = await drawPdf(pages, { title: words.heading, date: SHEET_DATE, language });
  return { bytes, media: A4, dpi: 300, pages: 1, symbols: expectedSymbols(pages), transliterated: [] };
}
