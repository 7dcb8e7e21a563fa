import { type DecodedSymbol, type DecodeEffort, type DotBox, decodeSymbols } from './decode.ts';
import type { Box, PageReading, ReadBackOptions, SymbolReading } from './document.ts';
import { toThreeDecimals } from './dot-grid.ts';
import { measureBars } from './linear-geometry.ts';
import { type Raster, type RasterPage, rasterPages } from './raster.ts';

/** A page that was read, with the raster it was read from. */
export interface ReadPage extends PageReading {
  readonly raster: Raster;
}

function toBox({ left, top, right, bottom }: DotBox, dotsPerMm: number): Box {
  return {
    xMm: toThreeDecimals(left / dotsPerMm),
    yMm: toThreeDecimals(top / dotsPerMm),
    widthMm: toThreeDecimals((right - left) / dotsPerMm),
    heightMm: toThreeDecimals((bottom - top) / dotsPerMm),
  };
}

function toReading(raster: Raster, symbol: DecodedSymbol): SymbolReading {
  const bars = symbol.symbology.startsWith(']C') ? measureBars(raster, symbol) : undefined;
  return {
    symbology: symbol.symbology,
    text: symbol.text,
    at: toBox(bars?.at ?? symbol.at, raster.dotsPerMm),
    geometry: bars?.geometry ?? null,
    correctionLeft: symbol.correctionLeft,
  };
}

function hasInkAtEdge({ dots, width, height }: Raster): boolean {
  const dark = (x: number, y: number) => (dots[y * width + x] ?? 255) < 128;
  for (let x = 0; x < width; x += 1) if (dark(x, 0) || dark(x, height - 1)) return true;
  for (let y = 0; y < height; y += 1) if (dark(0, y) || dark(width - 1, y)) return true;
  return false;
}

async function readPage(page: RasterPage, effort: DecodeEffort): Promise<ReadPage> {
  const symbols = (await decodeSymbols(page.raster, effort)).map((symbol) => toReading(page.raster, symbol));
  const inkAtEdge = hasInkAtEdge(page.raster);
  return { ...page, inkAtEdge, symbols: symbols.sort((a, b) => a.at.yMm - b.at.yMm || a.at.xMm - b.at.xMm) };
}

/** Pages with what was found on them, top to bottom; one raster a page. */
export async function* readPages(
  bytes: Uint8Array,
  options: ReadBackOptions,
  effort: DecodeEffort = options.format,
): AsyncGenerator<ReadPage> {
  for await (const page of rasterPages(bytes, options)) yield await readPage(page, effort);
}
