import type { LabelDpi } from '../../shared/model/label.ts';
import type { MediaSize } from '../../shared/model/media.ts';
import { toDots, toMm } from './dot-grid.ts';
import { flowText } from './flow-text.ts';
import type { FillItem, PlanItem } from './page-plan.ts';

/** A rectangle of whole dots: nothing on a calibration label may fall between two of them. */
export interface Dots {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Share of a dot that every mark stays inside its dots: renderers that blacken any dot which a mark touches, however
 * little, would make one dot two where a coordinate was rounded in the file.
 */
const INSET_DOTS = 0.02;

export function inked(dots: Dots, dpi: LabelDpi): FillItem {
  const at = {
    xMm: toMm(dots.x + INSET_DOTS, dpi),
    yMm: toMm(dots.y + INSET_DOTS, dpi),
    widthMm: toMm(dots.width - 2 * INSET_DOTS, dpi),
    heightMm: toMm(dots.height - 2 * INSET_DOTS, dpi),
  };
  return { kind: 'fill', at, color: 'black' };
}

/** The same mark turned on its side: `x` and `y` change places. */
function turned({ x, y, width, height }: Dots): Dots {
  return { x: y, y: x, width: height, height: width };
}

const LINE_DOTS = 3;
const MARK_EDGE_MM = 3;
const MARK_LENGTH_MM = 6;

/** Angles whose outer edges stand 3 mm from the edges of the media: a shift shows in the difference of two of them. */
export function cornerMarks({ widthMm, heightMm }: MediaSize, dpi: LabelDpi): PlanItem[] {
  const length = toDots(MARK_LENGTH_MM, dpi);
  const near = toDots(MARK_EDGE_MM, dpi);
  const [farX, farY] = [toDots(widthMm - MARK_EDGE_MM, dpi), toDots(heightMm - MARK_EDGE_MM, dpi)];
  const corners = [near, farX].flatMap((x) => [near, farY].map((y) => ({ x, y })));
  return corners.flatMap(({ x, y }) => {
    const [right, bottom] = [x !== near, y !== near];
    const [left, top] = [right ? x - length : x, bottom ? y - length : y];
    const flat = { x: left, y: bottom ? y - LINE_DOTS : y, width: length, height: LINE_DOTS };
    const upright = { x: right ? x - LINE_DOTS : x, y: top, width: LINE_DOTS, height: length };
    return [inked(flat, dpi), inked(upright, dpi)];
  });
}

export interface Rule {
  /** Where the line starts. */
  readonly xMm: number;
  readonly yMm: number;
  /** Whole centimetres. */
  readonly lengthMm: number;
  /** `down` runs along the feed of an upright page. */
  readonly direction: 'down' | 'right';
}

function tickLengthMm(mm: number): number {
  if (mm % 10 === 0) return 4.5;
  return mm % 5 === 0 ? 3.2 : 2;
}

/** As if it ran to the right from 0, 0; ticks stand inside both ends, so that the line alone is the measure. */
function ruleDots(lengthMm: number, dpi: LabelDpi): Dots[] {
  const end = toDots(lengthMm, dpi);
  const line = { x: 0, y: 0, width: end, height: LINE_DOTS };
  const ticks = Array.from({ length: lengthMm + 1 }, (_, mm) => {
    const width = mm % 10 === 0 ? 2 : 1;
    const x = Math.min(Math.max(0, toDots(mm, dpi) - (mm % 10 === 0 ? 1 : 0)), end - width);
    return { x, y: LINE_DOTS, width, height: toDots(tickLengthMm(mm), dpi) - LINE_DOTS };
  });
  return [line, ...ticks];
}

/** Every centimetre its number; the unit stands below the last one where there is no room beside it. */
function ruleNumbers({ xMm, yMm, lengthMm, direction }: Rule): PlanItem[] {
  const numbers = Array.from({ length: lengthMm / 10 + 1 }, (_, index) => index * 10);
  return numbers.flatMap((mm) => {
    const last = mm === lengthMm;
    const style = { sizePt: 7, bold: last } as const;
    const caption = (text: string, at: { xMm: number; yMm: number }, align: 'left' | 'centre') =>
      flowText({ field: 'caption', text }, { ...at, widthMm: 10 }, { ...style, align }).items;
    if (direction === 'right') {
      return caption(last ? `${mm} mm` : String(mm), { xMm: xMm + mm - 5, yMm: yMm + 5.4 }, 'centre');
    }
    const at = { xMm: xMm + 5.2, yMm: yMm + mm - (mm === 0 ? 0 : 1.2) };
    return [...caption(String(mm), at, 'left'), ...(last ? caption('mm', { ...at, yMm: at.yMm + 3 }, 'left') : [])];
  });
}

/** A line of whole centimetres, end to end, with ticks every millimetre. */
export function ruleItems(rule: Rule, dpi: LabelDpi): PlanItem[] {
  const [x, y] = [toDots(rule.xMm, dpi), toDots(rule.yMm, dpi)];
  const marks = ruleDots(rule.lengthMm, dpi)
    .map((dots) => (rule.direction === 'down' ? turned(dots) : dots))
    .map((dots) => inked({ ...dots, x: dots.x + x, y: dots.y + y }, dpi));
  return [...marks, ...ruleNumbers(rule)];
}

const BARS = 8;
export const BAR_WIDTHS = [1, 2, 3, 4] as const;

/** Eight bars of `width` dots with gaps as wide, running down (a picket fence) or to the right (a ladder). */
export function barGroup(
  width: number,
  at: { x: number; y: number; lengthDots: number },
  direction: 'down' | 'right',
): Dots[] {
  return Array.from({ length: BARS }, (_, index) => {
    const offset = index * 2 * width;
    return direction === 'down'
      ? { x: at.x + offset, y: at.y, width, height: at.lengthDots }
      : { x: at.x, y: at.y + offset, width: at.lengthDots, height: width };
  });
}

/** Dots that a group takes across its bars. */
export function groupDots(width: number): number {
  return (2 * BARS - 1) * width;
}

/** Black dots of eight, row by row: a head knows no grey, so the wedge is made of lines and of gaps. */
const wedgeRows = [
  [0],
  [0, 4],
  [0, 2, 4, 6],
  [0, 1, 2, 4, 5, 6],
  [0, 1, 2, 3, 4, 5, 6],
  [0, 1, 2, 3, 4, 5, 6, 7],
] as const;
export const WEDGE_FIELDS = wedgeRows.length;

/** One field of the wedge, `field` 0 is the lightest: lines of one dot first, gaps of one dot last, then black. */
export function wedgeField(field: number, at: { x: number; y: number; widthDots: number; heightDots: number }): Dots[] {
  const rows: readonly number[] = wedgeRows[field] ?? [];
  if (rows.length === 8) return [{ x: at.x, y: at.y, width: at.widthDots, height: at.heightDots }];
  const isDark = (row: number) => rows.includes(row % 8);
  const dots: Dots[] = [];
  for (let row = 0; row < at.heightDots; row += 1) {
    if (!isDark(row) || (row > 0 && isDark(row - 1))) continue;
    let height = 1;
    while (row + height < at.heightDots && isDark(row + height)) height += 1;
    dots.push({ x: at.x, y: at.y + row, width: at.widthDots, height });
  }
  return dots;
}
