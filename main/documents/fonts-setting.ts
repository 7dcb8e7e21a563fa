import type { Box } from './document.ts';
import { POINTS_PER_MM } from './dot-grid.ts';
import { type Flowed, type FlowPlace, type FlowStyle, rowsOf } from './flow-text.ts';
import type { Typeface } from './fonts.ts';
import type { FillItem, TextItem } from './page-plan.ts';

export type PaperItem = TextItem | FillItem;

/** Sets running text in one typeface; nothing shrinks and nothing is cut. */
export interface Setter {
  readonly typeface: Typeface;
  widthMm(text: string, sizePt: number, bold?: boolean): number;
  flow(line: { field: string; text: string }, place: FlowPlace, style: FlowStyle): Flowed;
  /** One row that may shrink down to `minPt`, and breaks only below that. */
  line(line: { field: string; text: string }, place: FlowPlace, style: FlowStyle & { minPt: number }): Flowed;
}

const LEADING = 1.34;
const STEP_PT = 0.5;

/** Hard and narrow blanks keep a row together, then are printed as plain ones: they share a glyph, and a search finds them. */
function plainBlanks(text: string): string {
  return text.replace(/[\u00a0\u202f]/g, ' ');
}

export function createSetter(typeface: Typeface): Setter {
  const widthMm = (text: string, sizePt: number, bold = false) =>
    ((bold ? typeface.bold : typeface.regular).widthOf(text) * sizePt) / POINTS_PER_MM;
  const flow: Setter['flow'] = (line, place, style) => {
    const { sizePt, bold = false, color = INK, align = 'left' } = style;
    const rowMm = (sizePt * LEADING) / POINTS_PER_MM;
    const rows = rowsOf(line.text, (text) => widthMm(plainBlanks(text), sizePt, bold) <= place.widthMm);
    const items = rows.map((row, index): TextItem => {
      const text = plainBlanks(row);
      const width = widthMm(text, sizePt, bold);
      const slack = place.widthMm - width;
      const xMm = place.xMm + (align === 'right' ? slack : align === 'centre' ? slack / 2 : 0);
      const yMm = place.yMm + index * rowMm;
      return { kind: 'text', field: line.field, text, xMm, yMm, widthMm: width, sizePt, bold, color };
    });
    return { items, heightMm: rows.length * rowMm };
  };
  const line: Setter['line'] = (text, place, { minPt, ...style }) => {
    let { sizePt } = style;
    while (sizePt > minPt && widthMm(plainBlanks(text.text), sizePt, style.bold) > place.widthMm) sizePt -= STEP_PT;
    return flow(text, place, { ...style, sizePt: Math.max(sizePt, minPt) });
  };
  return { typeface, widthMm, flow, line };
}

/** Ink of all papers: near black, a grey that still prints on a cheap laser, lines and tints. */
export const INK = '#14181f';
export const MUTED = '#5b6470';
export const HAIR = '#cfd5dc';
export const TINT = '#f2f4f7';

export function fill(at: Box, color: string): FillItem {
  return { kind: 'fill', at, color };
}

/** A rule or hairline across. */
export function rule(place: FlowPlace, color: string, heightMm = 0.2): FillItem {
  return fill({ ...place, heightMm }, color);
}
