import PDFDocument from 'pdfkit';
import type { LabelDpi } from '../../shared/model/label.ts';
import { dotsPerMm, POINTS_PER_MM } from './dot-grid.ts';
import { openPen } from './pdf.ts';
import { bilevelPng, type DotPicture } from './png.ts';

const PNG = [0x89, 0x50, 0x4e, 0x47];
/** Where the header chunk, always the first, names width and height. */
const SIZE_AT = 16;

/** A PNG, by its first bytes; other picture formats lose dots. */
export function isPicture(bytes: Uint8Array): boolean {
  return bytes.length > SIZE_AT + 8 && PNG.every((byte, index) => bytes[index] === byte);
}

function sizeOf(bytes: Uint8Array): { width: number; height: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset + SIZE_AT, 8);
  return { width: view.getUint32(0), height: view.getUint32(4) };
}

/** A page as large as the printer burns the picture: one pixel is one dot, nothing is scaled. */
export function pictureAsPdf(bytes: Uint8Array, dpi: LabelDpi): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const pen = new PDFDocument({ autoFirstPage: false });
    const chunks: Uint8Array[] = [];
    pen.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    pen.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
    pen.on('error', reject);
    const { width, height } = sizeOf(bytes);
    const dot = POINTS_PER_MM / dotsPerMm(dpi);
    const size: [number, number] = [width * dot, height * dot];
    pen.addPage({ size, margin: 0 });
    pen.image(Buffer.from(bytes), 0, 0, { width: size[0], height: size[1] });
    pen.end();
  });
}

/** Any day will do: the same dots have to give the same bytes. */
const INFO = { title: 'Label', date: '2026-01-01', language: 'en' } as const;

/** A sheet of dots as a page, each a dot of the printer: a picture that fills its page is drawn without resampling. */
export function dotsAsPdf(picture: DotPicture, dpi: LabelDpi): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const pen = openPen(INFO);
    const chunks: Uint8Array[] = [];
    pen.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    pen.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
    pen.on('error', reject);
    const dot = POINTS_PER_MM / dotsPerMm(dpi);
    const [width, height] = [picture.width * dot, picture.height * dot];
    pen.addPage({ size: [width, height], margin: 0 });
    pen.image(Buffer.from(bilevelPng(picture, dotsPerMm(dpi))), 0, 0, { width, height });
    pen.end();
  });
}
