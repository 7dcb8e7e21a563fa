import PDFDocument from 'pdfkit';
import type { Language } from './document.ts';
import { POINTS_PER_MM } from './dot-grid.ts';
import type { Typeface } from './fonts.ts';
import type { PaperItem } from './fonts-setting.ts';

export interface PaperPage {
  readonly widthMm: number;
  readonly heightMm: number;
  readonly items: readonly PaperItem[];
}

/** A file that lies inside a PDF/A-3, with its part in the document. */
export interface Attachment {
  readonly name: string;
  readonly type: 'text/xml';
  readonly relationship: 'Alternative' | 'Data';
  readonly description: string;
  readonly bytes: Uint8Array;
  /** RDF that tells readers about it, put into the document's XMP. */
  readonly xmp: string;
}

export interface PaperInfo {
  readonly title: string;
  readonly author: string;
  /** `YYYY-MM-DD`; fixed by the model, so that the same model gives the same bytes. */
  readonly date: string;
  readonly language: Language;
}

/** All pages once, then once more. */
export function copiesOf(pages: readonly PaperPage[], copies: number): PaperPage[] {
  return Array.from({ length: copies }, () => pages).flat();
}

type Pen = PDFKit.PDFDocument;

function points(mm: number): number {
  return Math.round(mm * POINTS_PER_MM * 1e4) / 1e4;
}

function drawItem(pen: Pen, item: PaperItem, typeface: Typeface): void {
  if (item.kind === 'fill') {
    const { xMm, yMm, widthMm, heightMm } = item.at;
    pen.rect(points(xMm), points(yMm), points(widthMm), points(heightMm)).fill(item.color);
    return;
  }
  const face = item.bold ? typeface.bold : typeface.regular;
  const baseline = points(item.yMm) + face.capHeight * item.sizePt;
  pen.font(item.bold ? 'bold' : 'regular', item.sizePt).fillColor(item.color);
  pen.text(item.text, points(item.xMm), baseline, { lineBreak: false, baseline: 'alphabetic' });
}

/** pdfkit writes these into the XMP as they are: a sign of markup would make it unreadable. */
function withoutMarkup(text: string): string {
  return text.replace(/[&<>]/g, ' ').replace(/ +/g, ' ').trim();
}

function openPen({ title, author, date, language }: PaperInfo, typeface: Typeface): Pen {
  const pen = new PDFDocument({
    // Archivable for the ten years that books are kept: fonts inside, colours defined, metadata as XMP.
    subset: 'PDF/A-3b',
    pdfVersion: '1.7',
    autoFirstPage: false,
    displayTitle: true,
    lang: language === 'fr' ? 'fr-FR' : 'en-GB',
    // No standard font is opened, since PDF/A allows none that lies outside the file.
    font: '',
    info: {
      Title: withoutMarkup(title),
      Author: withoutMarkup(author),
      Creator: 'Packwright',
      Producer: 'Packwright',
      CreationDate: new Date(`${date}T00:00:00Z`),
    },
  });
  pen.registerFont('regular', typeface.regular.source);
  pen.registerFont('bold', typeface.bold.source);
  return pen;
}

function attach(pen: Pen, attachment: Attachment, date: string): void {
  const { name, type, relationship, description, bytes, xmp } = attachment;
  const at = new Date(`${date}T00:00:00Z`);
  const options = { name, type, relationship, description, creationDate: at, modifiedDate: at };
  pen.file(Buffer.from(bytes), options);
  pen.appendXML(xmp);
}

/** Draws pages as PDF/A-3b in an embedded typeface; nothing in the file depends on the clock. */
export function drawPaper(
  pages: readonly PaperPage[],
  info: PaperInfo,
  { typeface, attachment }: { readonly typeface: Typeface; readonly attachment?: Attachment },
): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const pen = openPen(info, typeface);
    const chunks: Uint8Array[] = [];
    pen.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    pen.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
    pen.on('error', reject);
    for (const { widthMm, heightMm, items } of pages) {
      pen.addPage({ size: [points(widthMm), points(heightMm)], margin: 0 });
      for (const item of items) drawItem(pen, item, typeface);
    }
    if (attachment) attach(pen, attachment, info.date);
    pen.end();
  });
}
