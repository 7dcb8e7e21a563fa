import { type DecodedSymbol, type DotBox, decodeSymbols } from './decode.ts';
import type { Box, PageReading, ReadBackOptions, SymbolReading } from './document.ts';
import { measureBars } from './linear-geometry.ts';
import { type Raster, type RasterPage, rasterPages } from './raster.ts';

/** A page that was read, with the raster it was read from. */
export interface ReadPage extends PageReading {
  readonly raster: Raster;
}

function toBox({ left, top, right, bottom }: DotBox, dotsPerMm: number): Box {
  return {
    xMm: left / dotsPerMm,
    yMm: top / dotsPerMm,
    widthMm: (right - left) / dotsPerMm,
    heightMm: (bottom - top) / dotsPerMm,
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

async function readPage(page: RasterPage, format: ReadBackOptions['format']): Promise<ReadPage> {
  const symbols = await decodeSymbols(page.raster, format);
  return { ...page, symbols: symbols.map((symbol) => toReading(page.raster, symbol)) };
}

/** Pages with what was found on them, top to bottom; one raster and one decoding pass a page. */
export async function* readPages(bytes: Uint8Array, options: ReadBackOptions): AsyncGenerator<ReadPage> {
  for await (const page of rasterPages(bytes, options)) {
    const reading = await readPage(page, options.format);
    const symbols = [...reading.symbols].sort((a, b) => a.at.yMm - b.at.yMm || a.at.xMm - b.at.xMm);
    yield { ...reading, symbols };
  }
}
