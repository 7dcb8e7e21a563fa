import PDFDocument from 'pdfkit';
import { POINTS_PER_MM } from './dot-grid.ts';

export const regularFont = 'Helvetica';
export const boldFont = 'Helvetica-Bold';

/** Height of a capital above the baseline, as a share of the size; pdfkit hangs text from here. */
export const CAP_HEIGHT = 0.718;
/** How far g and y reach below the baseline. */
export const DESCENT = 0.207;

const MEASURE_PT = 1000;
/** A fitting tries the same words at many sizes; a shift prints the same words all day. */
const REMEMBERED = 10_000;

type Measure = (text: string) => number;

function openMeasure(fontName: string): Measure {
  const document = new PDFDocument({ autoFirstPage: false }).font(fontName).fontSize(MEASURE_PT);
  const widths = new Map<string, number>();
  return (text) => {
    const known = widths.get(text);
    if (known !== undefined) return known;
    if (widths.size >= REMEMBERED) widths.clear();
    const width = document.widthOfString(text);
    widths.set(text, width);
    return width;
  };
}

let measures: { readonly regular: Measure; readonly bold: Measure } | undefined;

/** Width of one printed line in mm, with the same metrics and kerning that draw it. */
export function textWidthMm(text: string, sizePt: number, bold: boolean): number {
  measures ??= { regular: openMeasure(regularFont), bold: openMeasure(boldFont) };
  const width = bold ? measures.bold(text) : measures.regular(text);
  return (width / MEASURE_PT) * (sizePt / POINTS_PER_MM);
}
