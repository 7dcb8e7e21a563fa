import { AppError } from '../../shared/errors.ts';
import { examineLabelFile } from './carrier-file.ts';
import type {
  LabelExamination,
  LabelFile,
  LabelProblem,
  LabelProof,
  PageReading,
  ReadBackOptions,
  RenderedDocument,
  SymbolReading,
} from './document.ts';
import { checkOverlap, checkPageSize, checkSymbols, type Measures } from './proof-rules.ts';
import { type Raster, whiteAround } from './raster.ts';
import { type ReadPage, readingOf, readPages } from './read-back.ts';

/** What a proof needs of a document; the rest stays with the caller. */
export type ProofDocument = Pick<RenderedDocument, 'bytes' | 'media' | 'dpi' | 'pages' | 'symbols'>;

export type ProofJob =
  | { readonly kind: 'prove'; readonly document: ProofDocument }
  | { readonly kind: 'read'; readonly bytes: Uint8Array; readonly options: ReadBackOptions }
  | { readonly kind: 'examine'; readonly file: LabelFile };

function measuresOf(raster: Raster): Measures {
  return { dotMm: 1 / raster.dotsPerMm, whiteAround: (at, limitMm) => whiteAround(raster, at, limitMm) };
}

function checkPage(page: ReadPage, document: ProofDocument): LabelProblem[] {
  const expected = document.symbols.filter((symbol) => symbol.page === page.page);
  return [...checkPageSize(page, document.media), ...checkSymbols(expected, page.symbols, measuresOf(page.raster))];
}

/** Reads a drawn document back at the printer's dpi and compares; foreign bytes give a problem, not an error. */
async function prove(document: ProofDocument): Promise<LabelProof> {
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
async function read(bytes: Uint8Array, options: ReadBackOptions): Promise<PageReading[]> {
  const pages: PageReading[] = [];
  for await (const page of readPages(bytes, options)) pages.push(readingOf(page));
  return pages;
}

/** What a job gives back. */
export type ProofResult =
  | { readonly kind: 'prove'; readonly proof: LabelProof }
  | { readonly kind: 'read'; readonly pages: PageReading[] }
  | { readonly kind: 'examine'; readonly examination: LabelExamination };

export async function runProofJob(job: ProofJob): Promise<ProofResult> {
  switch (job.kind) {
    case 'prove':
      return { kind: job.kind, proof: await prove(job.document) };
    case 'read':
      return { kind: job.kind, pages: await read(job.bytes, job.options) };
    case 'examine':
      return { kind: job.kind, examination: await examineLabelFile(job.file) };
  }
}
