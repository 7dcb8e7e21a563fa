import { type PDFiumDocument, PDFiumLibrary, type PDFiumPage } from '@hyzyla/pdfium';
import { AppError } from '../../shared/errors.ts';
import type { LabelDpi } from '../../shared/model/label.ts';
import type { MediaSize } from '../../shared/model/media.ts';
import type { Box, ReadBackOptions } from './document.ts';
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

export interface RasterOptions extends ReadBackOptions {
  /** So many times finer than the printer: shows what is on the page, not what comes out. 1 when missing. */
  readonly finer?: number;
}

export interface RasterPage {
  readonly page: number;
  readonly widthMm: number;
  readonly heightMm: number;
  /** The whole sheet of a PDF that shows only a part of it; some printers print the sheet. */
  readonly sheet: MediaSize;
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

function toRaster(grey: Uint8Array, size: { width: number; height: number }, options: RasterOptions): Raster {
  const header = new TextEncoder().encode(`P5 ${size.width} ${size.height} 255\n`);
  const pgm = new Uint8Array(header.length + grey.length);
  pgm.set(header);
  const dots = pgm.subarray(header.length);
  // A thermal head knows burnt and not burnt: half covered dots fall to one side here as they do there.
  if (options.format === 'bilevel') {
    for (let index = 0; index < grey.length; index += 1) dots[index] = (grey[index] ?? 255) < 128 ? 0 : 255;
  } else dots.set(grey);
  return { ...size, dots, pgm, dotsPerMm: dotsPerMm(options.dpi) * (options.finer ?? 1) };
}

interface BoxReader {
  readonly module: {
    readonly wasmExports: { malloc(bytes: number): number; free(at: number): void };
    readonly HEAPF32: Float32Array;
    _FPDFPage_GetMediaBox(page: number, left: number, bottom: number, right: number, top: number): number;
    _FPDFPage_GetRotation(page: number): number;
  };
  readonly pageIdx: number;
}

/** The media box as it is seen; the page's own size where the file names none for this page alone. */
function sheetOf(page: PDFiumPage, seen: MediaSize): MediaSize {
  // The package wraps no page boxes, and its types hide the module that has them.
  const { module, pageIdx } = page as unknown as BoxReader;
  const at = module.wasmExports.malloc(16);
  try {
    if (!module._FPDFPage_GetMediaBox(pageIdx, at, at + 4, at + 8, at + 12)) return seen;
    const [left = 0, bottom = 0, right = 0, top = 0] = module.HEAPF32.subarray(at / 4, at / 4 + 4);
    const [width, height] = [right - left, top - bottom].map((points) =>
      toThreeDecimals(Math.abs(points) / POINTS_PER_MM),
    );
    if (!width || !height) return seen;
    const turned = module._FPDFPage_GetRotation(pageIdx) % 2 === 1;
    return turned ? { widthMm: height, heightMm: width } : { widthMm: width, heightMm: height };
  } finally {
    module.wasmExports.free(at);
  }
}

async function rasterise(document: PDFiumDocument, index: number, options: RasterOptions): Promise<RasterPage> {
  const page = document.getPage(index);
  const { originalWidth, originalHeight } = page.getOriginalSize();
  const [widthMm, heightMm] = [
    toThreeDecimals(originalWidth / POINTS_PER_MM),
    toThreeDecimals(originalHeight / POINTS_PER_MM),
  ];
  const scale = dotsPerMm(options.dpi) * (options.finer ?? 1);
  const size = { width: Math.round(widthMm * scale), height: Math.round(heightMm * scale) };
  const dots = size.width * size.height;
  if (!(dots > 0 && dots <= MAX_DOTS)) throw new AppError('validation', 'document.unreadable', { page: index + 1 });
  // Drawing closes the page, so its text is read first.
  const text = page.getText();
  const sheet = sheetOf(page, { widthMm, heightMm });
  const drawn = await page.render({ ...size, scale: 1, colorSpace: 'Gray', render: 'bitmap' });
  return { page: index + 1, widthMm, heightMm, sheet, text, raster: toRaster(drawn.data, size, options) };
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
export async function* rasterPages(bytes: Uint8Array, options: RasterOptions): AsyncGenerator<RasterPage> {
  const document = await openDocument(bytes, options.dpi);
  try {
    const pages = document.getPageCount();
    if (pages > MAX_PAGES) throw new AppError('validation', 'document.too-many-pages', { pages });
    for (let index = 0; index < pages; index += 1) yield await rasterise(document, index, options);
  } finally {
    document.destroy();
  }
}

/** Something is printed on the outermost dots. */
export function hasInkAtEdge({ dots, width, height }: Pick<Raster, 'dots' | 'width' | 'height'>): boolean {
  const dark = (x: number, y: number) => (dots[y * width + x] ?? 255) < 128;
  for (let x = 0; x < width; x += 1) if (dark(x, 0) || dark(x, height - 1)) return true;
  for (let y = 0; y < height; y += 1) if (dark(0, y) || dark(width - 1, y)) return true;
  return false;
}

/** Width of the white frame round a box, up to `limitMm`. */
export function whiteAround({ dots, width, height, dotsPerMm }: Raster, at: Box, limitMm: number): number {
  const [left, top] = [Math.round(at.xMm * dotsPerMm), Math.round(at.yMm * dotsPerMm)];
  const right = left + Math.round(at.widthMm * dotsPerMm);
  const bottom = top + Math.round(at.heightMm * dotsPerMm);
  const dark = (x: number, y: number) =>
    x < 0 || y < 0 || x >= width || y >= height || (dots[y * width + x] ?? 255) < 128;
  const limit = Math.round(limitMm * dotsPerMm);
  for (let ring = 1; ring <= limit; ring += 1) {
    for (let x = left - ring; x < right + ring; x += 1) {
      if (dark(x, top - ring) || dark(x, bottom + ring - 1)) return (ring - 1) / dotsPerMm;
    }
    for (let y = top - ring; y < bottom + ring; y += 1) {
      if (dark(left - ring, y) || dark(right + ring - 1, y)) return (ring - 1) / dotsPerMm;
    }
  }
  return limitMm;
}
