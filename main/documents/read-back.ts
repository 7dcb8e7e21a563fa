import type { MediaSize } from '../../shared/model/media.ts';
import { type DecodedSymbol, type DecodeEffort, type DotBox, decodeSymbols } from './decode.ts';
import type { Box, LinearGeometry, PageReading, SymbolReading } from './document.ts';
import { toThreeDecimals } from './dot-grid.ts';
import { measureBars } from './linear-geometry.ts';
import { hasInkAtEdge, type Raster, type RasterOptions, type RasterPage, rasterPages } from './raster.ts';

/** A page that was read, with the raster it was read from. */
export interface ReadPage extends PageReading {
  readonly raster: Raster;
  readonly sheet: MediaSize;
}

function toBox({ left, top, right, bottom }: DotBox, dotsPerMm: number): Box {
  return {
    xMm: toThreeDecimals(left / dotsPerMm),
    yMm: toThreeDecimals(top / dotsPerMm),
    widthMm: toThreeDecimals((right - left) / dotsPerMm),
    heightMm: toThreeDecimals((bottom - top) / dotsPerMm),
  };
}

function moduleOf(
  { at, columns, symbology }: DecodedSymbol,
  geometry: LinearGeometry | undefined,
  dotsPerMm: number,
): number | null {
  if (geometry) return toThreeDecimals(geometry.moduleMm);
  // MaxiCode's columns are hexagons, each row half a module beside the other.
  if (columns === 0 || symbology.startsWith(']U')) return null;
  // Its corners are found on the outermost dots, the last one included.
  return toThreeDecimals((at.right - at.left - 1) / columns / dotsPerMm);
}

function toReading(raster: Raster, symbol: DecodedSymbol): SymbolReading {
  const bars = /^\][CI]/.test(symbol.symbology) ? measureBars(raster, symbol) : undefined;
  return {
    symbology: symbol.symbology,
    text: symbol.text,
    at: toBox(bars?.at ?? symbol.at, raster.dotsPerMm),
    moduleMm: moduleOf(symbol, bars?.geometry, raster.dotsPerMm),
    geometry: bars?.geometry ?? null,
    correctionLeft: symbol.correctionLeft,
  };
}

async function readPage(page: RasterPage, effort: DecodeEffort): Promise<ReadPage> {
  const symbols = (await decodeSymbols(page.raster, effort)).map((symbol) => toReading(page.raster, symbol));
  const inkAtEdge = hasInkAtEdge(page.raster);
  return { ...page, inkAtEdge, symbols: symbols.sort((a, b) => a.at.yMm - b.at.yMm || a.at.xMm - b.at.xMm) };
}

/** Pages with what was found on them, top to bottom; one raster a page. */
export async function* readPages(
  bytes: Uint8Array,
  options: RasterOptions,
  effort: DecodeEffort = options.format,
): AsyncGenerator<ReadPage> {
  for await (const page of rasterPages(bytes, options)) yield await readPage(page, effort);
}

/** What is told of a page: its raster stays here. */
export function readingOf({ page, widthMm, heightMm, text, symbols, inkAtEdge }: ReadPage): PageReading {
  return { page, widthMm, heightMm, text, symbols, inkAtEdge };
}
