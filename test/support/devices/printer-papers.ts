import PDFDocument from 'pdfkit';
import type { DotPage, PageReader, PrintRequest } from '../../../main/devices/printer/printer.ts';
import { pageSizes, rasterPages } from '../../../main/documents/raster.ts';
import type { MediaSize } from '../../../shared/model/media.ts';

/** 4 × 6 in. */
export const label: MediaSize = { widthMm: 101.6, heightMm: 152.4 };
const POINTS_PER_MM = 72 / 25.4;

/** A PDF with one page of each size, a thick frame and words on it. */
export function aPdf(...sizes: readonly MediaSize[]): Promise<Uint8Array> {
  return new Promise((resolve) => {
    const document = new PDFDocument({ autoFirstPage: false });
    const chunks: Buffer[] = [];
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
    for (const { widthMm, heightMm } of sizes.length > 0 ? sizes : [label]) {
      const [width, height] = [widthMm * POINTS_PER_MM, heightMm * POINTS_PER_MM];
      document.addPage({ size: [width, height], margin: 20 });
      document
        .lineWidth(4)
        .rect(10, 10, width - 20, height - 20)
        .stroke();
      document.fontSize(20).text('PARCEL 1 OF 1', 30, 40);
    }
    document.end();
  });
}

/** A paper for a printer with 4 × 6 in labels. */
export async function aPaper(changes: Partial<PrintRequest> = {}): Promise<PrintRequest> {
  const bytes = changes.bytes ?? (await aPdf());
  return { title: 'order-1001-label-1', format: 'pdf', media: label, ...changes, bytes };
}

/** PDF as the station reads it. */
export const pages: PageReader = {
  pageSizes,
  async drawPages(bytes, dpi) {
    const drawn: DotPage[] = [];
    for await (const { raster } of rasterPages(bytes, { dpi, format: 'bilevel' })) drawn.push(raster);
    return drawn;
  },
};
