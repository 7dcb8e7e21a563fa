import { AppError } from '../../shared/errors.ts';
import type {
  Box,
  LabelProblem,
  LabelProof,
  PageReading,
  ReadBackOptions,
  RenderedDocument,
  SymbolReading,
} from './document.ts';
import { checkOverlap, checkPageSize, checkSymbols, type Measures } from './proof-rules.ts';
import type { Raster } from './raster.ts';
import { type ReadPage, readPages } from './read-back.ts';

/** What a proof needs of a document; the rest stays with the caller. */
export type ProofDocument = Pick<RenderedDocument, 'bytes' | 'media' | 'dpi' | 'pages' | 'symbols'>;

export type ProofJob =
  | { readonly kind: 'prove'; readonly document: ProofDocument }
  | { readonly kind: 'read'; readonly bytes: Uint8Array; readonly options: ReadBackOptions };

/** Width of the white frame round a box, up to `limitMm`. */
function whiteAround({ dots, width, height, dotsPerMm }: Raster, at: Box, limitMm: number): number {
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

function measuresOf(raster: Raster): Measures {
  return { dotMm: 1 / raster.dotsPerMm, whiteAround: (at, limitMm) => whiteAround(raster, at, limitMm) };
}

function checkPage(page: ReadPage, document: ProofDocument): LabelProblem[] {
  const expected = document.symbols.filter((symbol) => symbol.page === page.page);
  return [...checkPageSize(page, document.media), ...checkSymbols(expected, page.symbols, measuresOf(page.raster))];
}

/** Reads a drawn document back at the printer's dpi and compares; foreign bytes give a problem, not an error. */
export async function prove(document: ProofDocument): Promise<LabelProof> {
  const problems: LabelProblem[] = [];
  const found: SymbolReading[] = [];
  let pages = 0;
  try {
    for await (const page of readPages(document.bytes, { dpi: document.dpi, format: 'bilevel' }, 'proof')) {
      pages += 1;
      problems.push(...checkPage(page, document));
      found.push(...page.symbols);
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { ok: false, problems: [{ code: 'proof.unreadable-document', details: {} }] };
  }
  if (pages !== document.pages) problems.unshift({ code: 'proof.page-count', details: { pages } });
  problems.push(...checkOverlap(document.symbols));
  return problems.length === 0 ? { ok: true, symbols: found } : { ok: false, problems };
}

/** Every symbol and the text of every page, without an opinion. */
export async function read(bytes: Uint8Array, options: ReadBackOptions): Promise<PageReading[]> {
  const pages: PageReading[] = [];
  for await (const { raster: _, ...page } of readPages(bytes, options)) pages.push(page);
  return pages;
}
