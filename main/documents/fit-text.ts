import { AppError } from '../../shared/errors.ts';
import type { Box } from './document.ts';
import { POINTS_PER_MM } from './dot-grid.ts';
import type { TextItem } from './page-plan.ts';
import { CAP_HEIGHT, textWidthMm } from './text-width.ts';

export interface BlockLine {
  readonly field: string;
  readonly text: string;
  readonly bold?: boolean;
  /** Size beside the block's own, 1 when missing. */
  readonly scale?: number;
}

export interface BlockStyle {
  readonly maxPt: number;
  readonly minPt: number;
  readonly color?: string;
  readonly align?: 'left' | 'centre' | 'right';
}

/** Distance from line to line beside the size; room for É above and g below. */
const LEADING = 1.17;
const STEP_PT = 0.5;

interface Row extends BlockLine {
  readonly sizePt: number;
  readonly widthMm: number;
}

/** The line in rows no wider than the box, broken between words; undefined when one word alone is too wide. */
function wrap(line: BlockLine, sizePt: number, widthMm: number): Row[] | undefined {
  const bold = line.bold ?? false;
  const whole = textWidthMm(line.text, sizePt, bold);
  if (whole <= widthMm) return [{ ...line, sizePt, widthMm: whole }];
  const rows: Row[] = [];
  let row = '';
  let rowWidth = 0;
  for (const word of line.text.split(' ')) {
    const longer = row === '' ? word : `${row} ${word}`;
    const longerWidth = textWidthMm(longer, sizePt, bold);
    if (longerWidth <= widthMm) {
      [row, rowWidth] = [longer, longerWidth];
      continue;
    }
    const wordWidth = textWidthMm(word, sizePt, bold);
    if (row === '' || wordWidth > widthMm) return undefined;
    rows.push({ ...line, text: row, sizePt, widthMm: rowWidth });
    [row, rowWidth] = [word, wordWidth];
  }
  return [...rows, { ...line, text: row, sizePt, widthMm: rowWidth }];
}

function heightOf(rows: readonly Row[]): number {
  const last = rows.at(-1);
  if (!last) return 0;
  const lines = rows.reduce((sum, row) => sum + row.sizePt * LEADING, 0);
  return (lines - last.sizePt * (LEADING - 0.95)) / POINTS_PER_MM;
}

function wrapAll(lines: readonly BlockLine[], sizePt: number, widthMm: number): Row[] | string {
  const rows: Row[] = [];
  for (const line of lines) {
    const wrapped = wrap(line, sizePt * (line.scale ?? 1), widthMm);
    if (!wrapped) return line.field;
    rows.push(...wrapped);
  }
  return rows;
}

function sizes(style: BlockStyle): number[] {
  const steps = Math.floor((style.maxPt - style.minPt) / STEP_PT + 1e-9);
  return Array.from({ length: steps + 1 }, (_, index) => style.maxPt - index * STEP_PT);
}

function fieldWithMostRows(rows: readonly Row[]): string {
  const counts = new Map<string, number>();
  for (const { field } of rows) counts.set(field, (counts.get(field) ?? 0) + 1);
  return [...counts].reduce((most, entry) => (entry[1] > most[1] ? entry : most), ['', 0])[0];
}

function fitRows(lines: readonly BlockLine[], at: Box, style: BlockStyle): Row[] {
  const candidates = sizes(style);
  // A line on one row at three quarters of the size reads better than a broken one at full size.
  const unbroken = candidates.filter((size) => size >= style.maxPt * 0.75);
  for (const [index, size] of [...unbroken, ...candidates].entries()) {
    const rows = wrapAll(lines, size, at.widthMm);
    if (typeof rows === 'string' || heightOf(rows) > at.heightMm) continue;
    if (index < unbroken.length && rows.length > lines.length) continue;
    return rows;
  }
  const smallest = wrapAll(lines, style.minPt, at.widthMm);
  const field = typeof smallest === 'string' ? smallest : fieldWithMostRows(smallest);
  throw new AppError('rule', 'label.text-too-long', { field });
}

/**
 * Sets lines into a box: shrinks them, then breaks them between words; never cuts.
 *
 * Throws `rule` `label.text-too-long` with the field that does not fit at the smallest size.
 */
export function fitBlock(lines: readonly BlockLine[], at: Box, style: BlockStyle): TextItem[] {
  let yMm = at.yMm;
  return fitRows(
    lines.filter((line) => line.text !== ''),
    at,
    style,
  ).map((row) => {
    const slack = at.widthMm - row.widthMm;
    const xMm = at.xMm + (style.align === 'right' ? slack : style.align === 'centre' ? slack / 2 : 0);
    const item = textItem(row, { xMm, yMm, widthMm: row.widthMm }, style.color ?? 'black');
    yMm += (row.sizePt * LEADING) / POINTS_PER_MM;
    return item;
  });
}

function textItem(row: Row, at: { xMm: number; yMm: number; widthMm: number }, color: string): TextItem {
  const { field, text, sizePt, bold = false } = row;
  return { kind: 'text', field, text, sizePt, bold, color, ...at };
}

/** One line that may shrink but not break, its capitals centred in the height of the box. */
export function fitLine(line: BlockLine, at: Box, style: BlockStyle): TextItem[] {
  if (line.text === '') return [];
  const size = sizes(style).find((pt) => {
    return textWidthMm(line.text, pt, line.bold ?? false) <= at.widthMm;
  });
  if (size === undefined) throw new AppError('rule', 'label.text-too-long', { field: line.field });
  const capMm = (size * CAP_HEIGHT) / POINTS_PER_MM;
  const widthMm = textWidthMm(line.text, size, line.bold ?? false);
  const slack = at.widthMm - widthMm;
  const xMm = at.xMm + (style.align === 'right' ? slack : style.align === 'centre' ? slack / 2 : 0);
  const row: Row = { ...line, sizePt: size, widthMm };
  return [textItem(row, { xMm, yMm: at.yMm + (at.heightMm - capMm) / 2, widthMm }, style.color ?? 'black')];
}
