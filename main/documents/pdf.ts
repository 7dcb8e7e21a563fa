import PDFDocument from 'pdfkit';
import type { LabelDpi } from '../../shared/model/label.ts';
import { dotsPerMm, POINTS_PER_MM } from './dot-grid.ts';
import {
  type FillItem,
  type PagePlan,
  quietBox,
  type SpecimenItem,
  type SymbolItem,
  type TextItem,
} from './page-plan.ts';
import { boldFont, regularFont } from './text-width.ts';

type Pen = PDFKit.PDFDocument;

export interface PdfInfo {
  readonly title: string;
  /** `YYYY-MM-DD`; fixed by the model, so that the same model gives the same bytes. */
  readonly date: string;
  readonly language: 'en' | 'fr';
}

function points(mm: number): number {
  return Math.round(mm * POINTS_PER_MM * 1e4) / 1e4;
}

function drawText(pen: Pen, item: TextItem): void {
  pen.font(item.bold ? boldFont : regularFont, item.sizePt).fillColor(item.color);
  pen.text(item.text, points(item.xMm), points(item.yMm), { lineBreak: false });
}

function drawFill(pen: Pen, { at, color }: FillItem): void {
  pen.rect(points(at.xMm), points(at.yMm), points(at.widthMm), points(at.heightMm)).fill(color);
}

function drawBars(pen: Pen, item: SymbolItem & { kind: 'bars' }, module: number): void {
  let x = item.xDots;
  for (const [index, width] of item.symbol.pattern.widths.entries()) {
    if (index % 2 === 0) pen.rect(x, item.yDots, width * module, item.heightDots);
    x += width * module;
  }
}

/** Neighbours in a row become one rectangle: no hairlines between them on any renderer, and a smaller file. */
function drawMatrix(pen: Pen, item: SymbolItem & { kind: 'matrix' }, module: number): void {
  const { columns, rows, modules } = item.symbol.pattern;
  for (let row = 0; row < rows; row += 1) {
    let start = -1;
    for (let column = 0; column <= columns; column += 1) {
      const dark = column < columns && modules[row * columns + column] === 1;
      if (dark && start < 0) start = column;
      if (dark || start < 0) continue;
      pen.rect(item.xDots + start * module, item.yDots + row * module, (column - start) * module, module);
      start = -1;
    }
  }
}

function drawSymbol(pen: Pen, item: SymbolItem, dpi: LabelDpi): void {
  const module = item.spec.moduleDots[dpi];
  pen.save().scale(POINTS_PER_MM / dotsPerMm(dpi));
  if (item.kind === 'bars') drawBars(pen, item, module);
  else drawMatrix(pen, item, module);
  pen.fill('black').restore();
}

/** Outlines two dots thick: seen from afar, and the address stays readable through them. */
function drawSpecimen(pen: Pen, item: SpecimenItem, dpi: LabelDpi): void {
  const centre: [number, number] = [points(item.centre.xMm), points(item.centre.yMm)];
  pen.save().rotate(item.degrees, { origin: centre });
  pen.lineWidth((2 * POINTS_PER_MM) / dotsPerMm(dpi)).strokeColor('black');
  let y = centre[1] - item.sizePt * 0.5 * item.words.length;
  for (const [index, words] of item.words.entries()) {
    const size = index === 0 ? item.sizePt : item.sizePt * 0.22;
    pen.font(boldFont, size);
    pen.text(words, centre[0] - pen.widthOfString(words) / 2, y, { lineBreak: false, stroke: true, fill: false });
    y += size;
  }
  pen.restore();
}

function drawPage(pen: Pen, page: PagePlan): void {
  pen.addPage({ size: [points(page.widthMm), points(page.heightMm)], margin: 0 });
  const specimens = page.items.filter((item) => item.kind === 'specimen');
  for (const specimen of specimens) drawSpecimen(pen, specimen, page.dpi);
  for (const item of page.items) {
    if (item.kind === 'text') drawText(pen, item);
    else if (item.kind === 'fill') drawFill(pen, item);
    else if (item.kind !== 'specimen') {
      if (specimens.length > 0) drawFill(pen, { kind: 'fill', at: quietBox(item, page.dpi), color: 'white' });
      drawSymbol(pen, item, page.dpi);
    }
  }
}

/** A document without pages yet whose print dialog offers no scaling. */
export function openPen(info: PdfInfo): Pen {
  const date = new Date(`${info.date}T00:00:00Z`);
  const pen = new PDFDocument({
    autoFirstPage: false,
    displayTitle: true,
    lang: info.language,
    info: { Title: info.title, Creator: 'Packwright', CreationDate: date, ModDate: date },
  });
  // pdfkit has no option for it and its types hide the catalogue: viewers must not offer "fit to page" for bars.
  const { _root } = pen as unknown as { _root: { data: { ViewerPreferences: { data: Record<string, unknown> } } } };
  _root.data.ViewerPreferences.data.PrintScaling = 'None';
  return pen;
}

/** Draws the pages with vectors only; nothing in the file depends on the clock. */
export function drawPdf(pages: readonly PagePlan[], info: PdfInfo): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const pen = openPen(info);
    const chunks: Uint8Array[] = [];
    pen.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    pen.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
    pen.on('error', reject);
    for (const page of pages) drawPage(pen, page);
    pen.end();
  });
}
