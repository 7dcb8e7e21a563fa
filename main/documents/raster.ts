import { type PDFiumDocument, PDFiumLibrary } from '@hyzyla/pdfium';
import { AppError } from '../../shared/errors.ts';
import type { LabelDpi } from '../../shared/model/label.ts';
import type { MediaSize } from '../../shared/model/media.ts';
import type { ReadBackOptions } from './document.ts';
import { dotsPerMm, POINTS_PER_MM, toThreeDecimals } from './dot-grid.ts';
import { isPicture, pictureAsPdf } from './picture-page.ts';

/** A page as the printer burns it: one byte a dot, 0 is black, with a PGM header before it for the decoder. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  /** `width * height` bytes, row by row. */
  readonly dots: Uint8Array;
  /** The same bytes as a PGM file (binary, 8 bit). */
  readonly pgm: Uint8Array;
  readonly dotsPerMm: number;
}

export interface RasterPage {
  readonly page: number;
  readonly widthMm: number;
  readonly heightMm: number;
  readonly text: string;
  readonly raster: Raster;
}

const MAX_PAGES = 200;
/** A3 at 300 dpi has 17 million dots; a page box far beyond would take all memory. */
const MAX_DOTS = 40_000_000;
const SMALLEST = { width: 8, height: 8 };
/** The size of a PDF page is the same at any. */
const SIZE_DPI = 203;

let library: Promise<PDFiumLibrary> | undefined;

/** Once a thread: starting it costs more than a label. */
function openLibrary(): Promise<PDFiumLibrary> {
  library ??= PDFiumLibrary.init();
  return library;
}

async function openDocument(bytes: Uint8Array, dpi: LabelDpi): Promise<PDFiumDocument> {
  const pdfium = await openLibrary();
  try {
    return await pdfium.loadDocument(isPicture(bytes) ? await pictureAsPdf(bytes, dpi) : bytes);
  } catch (cause) {
    throw new AppError('validation', 'document.unreadable', {}, cause);
  }
}

function toRaster(grey: Uint8Array, size: { width: number; height: number }, options: ReadBackOptions): Raster {
  const header = new TextEncoder().encode(`P5 ${size.width} ${size.height} 255\n`);
  const pgm = new Uint8Array(header.length + grey.length);
  pgm.set(header);
  const dots = pgm.subarray(header.length);
  // A thermal head knows burnt and not burnt: half covered dots fall to one side here as they do there.
  if (options.format === 'bilevel') {
    for (let index = 0; index < grey.length; index += 1) dots[index] = (grey[index] ?? 255) < 128 ? 0 : 255;
  } else dots.set(grey);
  return { ...size, dots, pgm, dotsPerMm: dotsPerMm(options.dpi) };
}

async function rasterise(document: PDFiumDocument, index: number, options: ReadBackOptions): Promise<RasterPage> {
  const page = document.getPage(index);
  const { originalWidth, originalHeight } = page.getOriginalSize();
  const [widthMm, heightMm] = [
    toThreeDecimals(originalWidth / POINTS_PER_MM),
    toThreeDecimals(originalHeight / POINTS_PER_MM),
  ];
  const scale = dotsPerMm(options.dpi);
  const size = { width: Math.round(widthMm * scale), height: Math.round(heightMm * scale) };
  const dots = size.width * size.height;
  if (!(dots > 0 && dots <= MAX_DOTS)) throw new AppError('validation', 'document.unreadable', { page: index + 1 });
  // Drawing closes the page, so its text is read first.
  const text = page.getText();
  const drawn = await page.render({ ...size, scale: 1, colorSpace: 'Gray', render: 'bitmap' });
  return { page: index + 1, widthMm, heightMm, text, raster: toRaster(drawn.data, size, options) };
}

/** Width and height of every page as it is seen, mm. Throws like `rasterPages`. */
export async function pageSizes(bytes: Uint8Array): Promise<MediaSize[]> {
  const document = await openDocument(bytes, SIZE_DPI);
  try {
    const pages = document.getPageCount();
    if (pages > MAX_PAGES) throw new AppError('validation', 'document.too-many-pages', { pages });
    const sizes: MediaSize[] = [];
    for (let index = 0; index < pages; index += 1) {
      const page = document.getPage(index);
      const { originalWidth, originalHeight } = page.getOriginalSize();
      // Only drawing closes a page; one that stays open is never given back, however the document ends.
      await page.render({ ...SMALLEST, scale: 1, colorSpace: 'Gray', render: 'bitmap' });
      sizes.push({
        widthMm: toThreeDecimals(originalWidth / POINTS_PER_MM),
        heightMm: toThreeDecimals(originalHeight / POINTS_PER_MM),
      });
    }
    return sizes;
  } finally {
    document.destroy();
  }
}

/**
 * Every page at the printer's resolution, one at a time.
 *
 * A picture (PNG) counts as one page with a dot for each of its pixels.
 * Throws `validation` `document.unreadable` for bytes that are neither, `document.too-many-pages` above 200.
 */
export async function* rasterPages(bytes: Uint8Array, options: ReadBackOptions): AsyncGenerator<RasterPage> {
  const document = await openDocument(bytes, options.dpi);
  try {
    const pages = document.getPageCount();
    if (pages > MAX_PAGES) throw new AppError('validation', 'document.too-many-pages', { pages });
    for (let index = 0; index < pages; index += 1) yield await rasterise(document, index, options);
  } finally {
    document.destroy();
  }
}
