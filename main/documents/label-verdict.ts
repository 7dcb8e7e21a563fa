import type { MediaSize } from '../../shared/model/media.ts';
import type { LabelProblem, PageReading, SymbolReading } from './document.ts';
import { toThreeDecimals } from './dot-grid.ts';
import { checkTrackingNumber } from './label-tracking.ts';
import { BARS, checkPageSize } from './proof-rules.ts';

/** What a label that somebody else drew is held against. */
export interface Expectation {
  readonly dotsPerMm: number;
  readonly media?: MediaSize;
  /** As printed or scanned; blanks do not matter. */
  readonly tracking?: string;
  /** Further texts that a scanner may send for this very parcel. */
  readonly scanTexts?: readonly string[];
  readonly expectMaxicode?: boolean;
}

/** Bars of Code 128 need ten white modules on either side (ISO/IEC 15417). */
const QUIET_MODULES = 10;
const GRADE_B = 0.5;
/** A module that is further from whole dots than this part of a dot is not on the grid. */
const OFF_GRID = 0.05;
/** Off the grid by less than this share of itself it was drawn on it and scaled; by more, drawn for another grid. */
const SCALED = 0.06;
/** Share of error correction that must be left: a vector drawing spends none, a carrier's picture a little. */
const CORRECTION_LIMIT = 0.5;

function details({ symbology, text }: SymbolReading, facts: Record<string, number | string>) {
  return { symbology, text, ...facts };
}

function isScaled(dots: number): boolean {
  const off = Math.abs(dots - Math.round(dots));
  return off > OFF_GRID && off / Math.round(dots) <= SCALED;
}

function checkBars(symbol: SymbolReading, dotsPerMm: number): LabelProblem[] {
  const { geometry } = symbol;
  if (!geometry) return [{ code: 'proof.symbol-damaged', details: details(symbol, { heightMm: 0 }) }];
  const problems: LabelProblem[] = [];
  const dots = geometry.moduleMm * dotsPerMm;
  const quiet = Math.min(geometry.quietLeftModules, geometry.quietRightModules);
  if (geometry.decodability < BARS.decodabilityLimit) {
    const facts = { grade: geometry.grade, decodability: toThreeDecimals(geometry.decodability) };
    problems.push({ code: 'proof.decodability', details: details(symbol, facts) });
  } else if (geometry.decodability < GRADE_B && isScaled(dots)) {
    problems.push({ code: 'proof.module-width', details: details(symbol, { moduleDots: toThreeDecimals(dots) }) });
  }
  if (Math.abs(geometry.barGain) > BARS.gainLimit)
    problems.push({ code: 'proof.bar-gain', details: details(symbol, { modules: toThreeDecimals(geometry.barGain) }) });
  if (quiet < QUIET_MODULES - 1 / dots) {
    const facts = { modules: toThreeDecimals(quiet), needed: QUIET_MODULES };
    problems.push({ code: 'proof.quiet-zone', details: details(symbol, facts) });
  }
  return problems;
}

function checkSymbol(symbol: SymbolReading, dotsPerMm: number): LabelProblem[] {
  if (symbol.symbology.startsWith(']C')) return checkBars(symbol, dotsPerMm);
  if (symbol.correctionLeft === null || symbol.correctionLeft >= CORRECTION_LIMIT) return [];
  return [{ code: 'proof.symbol-damaged', details: details(symbol, { correctionLeft: symbol.correctionLeft }) }];
}

/** Judges a label by what a decoder sees of it on the dots of the printer; no problems means that it may be printed. */
export function judgeLabel(pages: readonly PageReading[], expectation: Expectation): LabelProblem[] {
  const { media, tracking, dotsPerMm, scanTexts = [], expectMaxicode = false } = expectation;
  const problems: LabelProblem[] = pages.flatMap((page) => [
    ...(media ? checkPageSize(page, media) : []),
    ...(page.inkAtEdge ? [{ code: 'proof.content-cut' as const, details: { page: page.page } }] : []),
    ...page.symbols.flatMap((symbol) => checkSymbol(symbol, dotsPerMm)),
  ]);
  const symbols = pages.flatMap((page) => page.symbols);
  if (symbols.length === 0) problems.push({ code: 'proof.no-symbol', details: { pages: pages.length } });
  else if (tracking !== undefined)
    problems.push(...checkTrackingNumber(symbols, { tracking, scanTexts, expectMaxicode }));
  return problems;
}
