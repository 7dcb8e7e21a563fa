import type { Language, SlipLine } from './document.ts';
import { type Block, flowText } from './flow-text.ts';
import type { PlanItem } from './page-plan.ts';
import { BODY, line, type NarrowPage, SMALL, textBlocks, together } from './slip-narrow-parts.ts';
import { slipWords } from './slip-words.ts';

const NUMBER_MM = 14;
const GTIN_MM = 22;
const HEAD_STYLE = { sizePt: 6.5, bold: true } as const;
export const NARROW_HEAD_MM = 4.6;

/** Three columns of numbers at the right edge; the article takes what is left. */
function numberColumns(page: NarrowPage): { xMm: number; widthMm: number }[] {
  const right = page.xMm + page.widthMm;
  return [3, 2, 1].map((place) => ({ xMm: right - place * NUMBER_MM, widthMm: NUMBER_MM }));
}

function articleColumn(page: NarrowPage): { xMm: number; widthMm: number } {
  return { xMm: page.xMm, widthMm: page.widthMm - 3 * NUMBER_MM - 2 };
}

function cells(texts: readonly string[], page: NarrowPage, at: { yMm: number; field: string; sizePt: number }) {
  return numberColumns(page).flatMap((column, index) =>
    flowText(
      { field: at.field, text: texts[index] ?? '' },
      { ...column, yMm: at.yMm },
      { sizePt: at.sizePt, bold: true, align: 'right' },
    ).items.map((item): PlanItem => item),
  );
}

/** The head of the table with a line under it: a thermal head burns no grey bar. */
export function narrowHead(page: NarrowPage, language: Language, yMm: number): PlanItem[] {
  const { columns } = slipWords[language];
  const article = flowText({ field: 'caption', text: columns.article }, { ...articleColumn(page), yMm }, HEAD_STYLE);
  const numbers = [columns.ordered, columns.packed, columns.backOrdered];
  return [
    ...article.items,
    ...cells(numbers, page, { yMm, field: 'caption', sizePt: HEAD_STYLE.sizePt }),
    line(page.xMm, yMm + 3.4, { widthMm: page.widthMm, heightMm: 0.25 }),
  ];
}

const [BOX_WIDTH_MM, BOX_HEIGHT_MM, STROKE_MM] = [8.5, 5, 0.25];
const BOX_ROW_MM = BOX_HEIGHT_MM + 1;

function emptyBox(xMm: number, yMm: number): PlanItem[] {
  return [
    line(xMm, yMm, { widthMm: BOX_WIDTH_MM, heightMm: STROKE_MM }),
    line(xMm, yMm + BOX_HEIGHT_MM - STROKE_MM, { widthMm: BOX_WIDTH_MM, heightMm: STROKE_MM }),
    line(xMm, yMm, { widthMm: STROKE_MM, heightMm: BOX_HEIGHT_MM }),
    line(xMm + BOX_WIDTH_MM - STROKE_MM, yMm, { widthMm: STROKE_MM, heightMm: BOX_HEIGHT_MM }),
  ];
}

/** Two boxes to fill in by hand below the numbers, each with its word before it. */
function returnBoxes(page: NarrowPage, language: Language, yMm: number): PlanItem[] {
  const { returned, reason } = slipWords[language].columns;
  const pitch = (3 * NUMBER_MM) / 2;
  return [returned, reason].flatMap((text, index) => {
    const right = page.xMm + page.widthMm - (1 - index) * pitch;
    const boxAt = right - BOX_WIDTH_MM;
    const place = { xMm: right - pitch, yMm: yMm + 1.6, widthMm: pitch - BOX_WIDTH_MM - 1 };
    const word = flowText({ field: 'caption', text }, place, { sizePt: 6.5, align: 'right' });
    return [...word.items, ...emptyBox(boxAt, yMm)];
  });
}

/** One order line; lists of serial numbers go on on the next page where they are long. */
export function narrowRow(
  order: SlipLine,
  field: string,
  at: { page: NarrowPage; language: Language; returns: boolean },
): Block[] {
  const words = slipWords[at.language];
  const column = { ...articleColumn(at.page), kind: 'row' };
  const whole = { xMm: at.page.xMm, widthMm: at.page.widthMm, kind: 'row' };
  const numbers = [order.ordered, order.packed].map(String);
  const later = order.backOrdered > 0 ? String(order.backOrdered) : '';
  // Digits torn in two are no number to compare.
  const beside = column.widthMm >= GTIN_MM;
  const gtin = textBlocks({ field: `${field}.gtin`, text: order.gtin ?? '' }, beside ? column : whole, SMALL);
  const article = together([
    ...textBlocks({ field: `${field}.sku`, text: order.sku }, column, { ...BODY, bold: true }),
    ...(beside ? gtin : []),
  ]);
  const numbersMm = 4.2;
  const head: Block = {
    kind: 'row',
    heightMm: Math.max(article.heightMm, numbersMm + (at.returns ? BOX_ROW_MM : 0)),
    draw: (yMm) => [
      ...article.draw(yMm),
      ...cells([...numbers, later], at.page, { yMm, field, sizePt: BODY.sizePt }),
      ...(at.returns ? returnBoxes(at.page, at.language, yMm + numbersMm) : []),
    ],
  };
  const listed = (name: string, word: string, values: readonly string[]): Block[] =>
    values.length > 0
      ? textBlocks({ field: `${field}.${name}`, text: `${word} ${values.join(', ')}` }, whole, SMALL)
      : [];
  const end: Block = {
    kind: 'row',
    heightMm: 1.9,
    draw: (yMm) => [line(at.page.xMm, yMm + 0.5, { widthMm: at.page.widthMm, heightMm: 0.125 })],
  };
  return [
    head,
    ...(beside ? [] : gtin),
    ...textBlocks({ field: `${field}.title`, text: order.title }, whole, BODY),
    ...listed('replaces', words.replaces, order.replaces ? [order.replaces] : []),
    ...listed('lots', words.lot, order.lots),
    ...listed('serials', words.serial, order.serials),
    end,
  ];
}
