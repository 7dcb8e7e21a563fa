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

/** A module of a matrix below two dots at 203 dpi is too fine for the head of any label printer. */
const MATRIX_MODULE_MM = 0.246;

function checkMatrix(symbol: SymbolReading, dotsPerMm: number): LabelProblem[] {
  const problems: LabelProblem[] = [];
  if (symbol.moduleMm !== null && symbol.moduleMm < MATRIX_MODULE_MM) {
    const facts = { moduleDots: toThreeDecimals(symbol.moduleMm * dotsPerMm) };
    problems.push({ code: 'proof.module-width', details: details(symbol, facts) });
  }
  if (symbol.correctionLeft !== null && symbol.correctionLeft < CORRECTION_LIMIT)
    problems.push({
      code: 'proof.symbol-damaged',
      details: details(symbol, { correctionLeft: symbol.correctionLeft }),
    });
  return problems;
}

/** How finely the modules of different symbols can be compared. */
const SAME_SCALE = 0.012;
const LEAST_SCALE = 0.015;

/**
 * Symbols of different modules that are all off the dots by one factor: the page was drawn for this printer and scaled.
 *
 * One symbol alone proves nothing: carriers draw for other printers too.
 */
function checkScale(symbols: readonly SymbolReading[], dotsPerMm: number): LabelProblem[] {
  const measured = symbols.flatMap((symbol) => {
    const dots = (symbol.moduleMm ?? 0) * dotsPerMm;
    return dots < 2.5 ? [] : [{ symbol, whole: Math.round(dots), scale: dots / Math.round(dots) }];
  });
  const [first] = measured;
  if (!first || measured.every(({ whole }) => whole === first.whole)) return [];
  const scale = measured.reduce((sum, one) => sum + one.scale, 0) / measured.length;
  const together = measured.every((one) => Math.abs(one.scale - scale) <= SAME_SCALE);
  if (!together || Math.abs(scale - 1) < LEAST_SCALE || Math.abs(scale - 1) > SCALED) return [];
  return [{ code: 'proof.module-width', details: details(first.symbol, { scale: toThreeDecimals(scale) }) }];
}

function checkSymbol(symbol: SymbolReading, dotsPerMm: number): LabelProblem[] {
  if (symbol.symbology.startsWith(']C') || symbol.geometry) return checkBars(symbol, dotsPerMm);
  return checkMatrix(symbol, dotsPerMm);
}

function checkSymbols(symbols: readonly SymbolReading[], dotsPerMm: number): LabelProblem[] {
  const problems = symbols.flatMap((symbol) => checkSymbol(symbol, dotsPerMm));
  return problems.length > 0 ? problems : checkScale(symbols, dotsPerMm);
}

/** Judges a label by what a decoder sees of it on the dots of the printer; no problems means that it may be printed. */
export function judgeLabel(pages: readonly PageReading[], expectation: Expectation): LabelProblem[] {
  const { media, tracking, dotsPerMm, scanTexts = [], expectMaxicode = false } = expectation;
  const problems: LabelProblem[] = pages.flatMap((page) => [
    ...(media ? checkPageSize(page, media) : []),
    ...(page.inkAtEdge ? [{ code: 'proof.content-cut' as const, details: { page: page.page } }] : []),
    ...checkSymbols(page.symbols, dotsPerMm),
  ]);
  const symbols = pages.flatMap((page) => page.symbols);
  if (symbols.length === 0) problems.push({ code: 'proof.no-symbol', details: { pages: pages.length } });
  else if (tracking !== undefined)
    problems.push(...checkTrackingNumber(symbols, { tracking, scanTexts, expectMaxicode }));
  return problems;
}
