import type { LabelDpi } from '../../shared/model/label.ts';
import type { MediaSize } from '../../shared/model/media.ts';
import type { LabelProblem, SymbolReading } from './document.ts';
import { dotsPerMm, toThreeDecimals } from './dot-grid.ts';
import { dotsAsPdf } from './picture-page.ts';
import type { DotPicture } from './png.ts';
import { pngFacts } from './png-read.ts';
import { hasInkAtEdge, rasterPages } from './raster.ts';

/** A label as dots of its printer. */
export interface DotLabel {
  readonly pdf: Uint8Array;
  readonly problems: readonly LabelProblem[];
  /** Symbols that a thermal head cannot burn as they are. */
  greySymbols(symbols: readonly SymbolReading[]): LabelProblem[];
}

const MM_PER_INCH = 25.4;
const SHEET_TOLERANCE_MM = 0.5;
/** Heads of 203 dpi take pictures of 200: carriers round, and a dot stays a dot. */
const burntDotForDot: Readonly<Record<LabelDpi, readonly number[]>> = { 203: [203.2, 200], 300: [300] };
/** Resolutions at which labels are drawn by mistake, to name the one that it was. */
const knownDpi = [200, 203.2, 300, 600, 150, 96, 72];
/** What programs write that know no resolution is no statement about the label. */
const SCREEN_DPI = 120;
const DPI_TOLERANCE = 0.025;
/** Of the dots of a symbol and its white: noise in a picture is rarer, a smoothed edge is not. */
const GREY_SHARE = 0.005;
const GREY_FROM = 48;
const GREY_TO = 208;

/** A sheet of dots, and where a picture's first dot stands on it. */
interface SheetOfDots extends Size {
  readonly left: number;
  readonly top: number;
}

/** Twice a sheet of 8 by 11 inches at 300 dpi; a few bytes can unpack to far more. */
const MOST_PIXELS = 20_000_000;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Whether so many pixels at this resolution are the media, at most half a millimetre off. */
function fits(size: Size, media: MediaSize, dpi: number): boolean {
  const off = (pixels: number, mm: number) => Math.abs((pixels * MM_PER_INCH) / dpi - mm);
  return off(size.width, media.widthMm) <= SHEET_TOLERANCE_MM && off(size.height, media.heightMm) <= SHEET_TOLERANCE_MM;
}

function checkSize(facts: Size & { dpi: number | null }, media: MediaSize, dpi: LabelDpi): LabelProblem[] {
  const allowed = burntDotForDot[dpi];
  const told = facts.dpi !== null && facts.dpi >= SCREEN_DPI ? facts.dpi : null;
  const pixels = { widthPx: facts.width, heightPx: facts.height };
  const isAllowed = (one: number) => allowed.some((other) => Math.abs(one / other - 1) <= DPI_TOLERANCE);
  const wrong = (drawnFor: number): LabelProblem[] => [
    { code: 'proof.resolution', details: { ...pixels, drawnForDpi: Math.round(drawnFor), dpi } },
  ];
  if (allowed.some((one) => fits(facts, media, one))) return told === null || isAllowed(told) ? [] : wrong(told);
  const other = knownDpi.find((one) => fits(facts, media, one));
  if (other !== undefined) return wrong(other);
  const mm = (count: number) => toThreeDecimals((count * MM_PER_INCH) / (told ?? dpi));
  return [{ code: 'proof.page-size', details: { widthMm: mm(facts.width), heightMm: mm(facts.height), ...pixels } }];
}

/** Dots of the sheet, with the picture in its middle; a picture that is a few dots larger than its media loses them. */
function sheetFor(size: Size, media: MediaSize | undefined, dpi: LabelDpi): SheetOfDots {
  if (!media) return { ...size, left: 0, top: 0 };
  const width = Math.round(media.widthMm * dotsPerMm(dpi));
  const height = Math.round(media.heightMm * dotsPerMm(dpi));
  const middle = (whole: number, part: number) => Math.max(0, Math.floor((whole - part) / 2));
  return { width, height, left: middle(width, size.width), top: middle(height, size.height) };
}

/** Black and white, as the head burns it. */
export function burn({ width, height, dots }: DotPicture): DotPicture {
  return { width, height, dots: dots.map((dot) => (dot < 128 ? 0 : 255)) };
}

/** The picture on its sheet; what stands beyond falls off. */
export function onSheet(picture: DotPicture, { width, height, left, top }: SheetOfDots): DotPicture {
  const dots = new Uint8Array(width * height).fill(255);
  const columns = Math.min(picture.width, width - left);
  for (let y = 0; y < Math.min(picture.height, height - top); y += 1) {
    const from = y * picture.width;
    dots.set(picture.dots.subarray(from, from + columns), (y + top) * width + left);
  }
  return { width, height, dots };
}

/** Whether anything is printed beyond the sheet. */
function isCut(picture: DotPicture, sheet: SheetOfDots): boolean {
  for (let y = 0; y < picture.height; y += 1)
    for (let x = y < sheet.height ? sheet.width : 0; x < picture.width; x += 1)
      if (picture.dots[y * picture.width + x] === 0) return true;
  return false;
}

function greyShare(grey: DotPicture, box: { left: number; top: number; right: number; bottom: number }): number {
  let [found, all] = [0, 0];
  for (let y = Math.max(0, box.top); y < Math.min(grey.height, box.bottom); y += 1) {
    for (let x = Math.max(0, box.left); x < Math.min(grey.width, box.right); x += 1) {
      const dot = grey.dots[y * grey.width + x] ?? 255;
      if (dot > GREY_FROM && dot < GREY_TO) found += 1;
      all += 1;
    }
  }
  return all === 0 ? 0 : found / all;
}

function greyIn(grey: DotPicture, sheet: SheetOfDots, perMm: number) {
  return ({ symbology, text, at }: SymbolReading): LabelProblem[] => {
    const [left, top] = [at.xMm * perMm - sheet.left, at.yMm * perMm - sheet.top].map(Math.round);
    if (left === undefined || top === undefined) return [];
    const box = { left: left - 2, top, right: left + Math.round(at.widthMm * perMm) + 2 };
    const share = greyShare(grey, { ...box, bottom: top + Math.round(at.heightMm * perMm) });
    if (share <= GREY_SHARE) return [];
    return [{ code: 'proof.grey', details: { symbology, text, share: toThreeDecimals(share) } }];
  };
}

async function greyOf(bytes: Uint8Array, dpi: LabelDpi): Promise<DotPicture> {
  for await (const { raster } of rasterPages(bytes, { dpi, format: 'grey' })) return raster;
  throw new Error('a picture has no page');
}

/**
 * A picture on a page of its media, a pixel a dot; undefined for one that is torn.
 *
 * A picture that would have to be scaled is a problem: `proof.resolution` names the printer that it was drawn for.
 */
export async function labelOfPng(
  bytes: Uint8Array,
  media: MediaSize | undefined,
  dpi: LabelDpi,
): Promise<DotLabel | undefined> {
  const facts = pngFacts(bytes);
  if (!facts || facts.width * facts.height > MOST_PIXELS) return undefined;
  const problems: LabelProblem[] = media ? checkSize(facts, media, dpi) : [];
  const grey = await greyOf(bytes, dpi);
  const burnt = burn(grey);
  const sheet = sheetFor(burnt, media, dpi);
  if (hasInkAtEdge(burnt) || isCut(burnt, sheet)) problems.push({ code: 'proof.content-cut', details: { page: 1 } });
  const pdf = await dotsAsPdf(onSheet(burnt, sheet), dpi);
  const check = greyIn(grey, sheet, dotsPerMm(dpi));
  return { pdf, problems, greySymbols: (symbols) => symbols.flatMap(check) };
}
