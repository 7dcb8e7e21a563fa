import { readTracking } from '../../shared/barcode/tracking-shapes.ts';
import type { MediaSize } from '../../shared/model/media.ts';
import type { LabelProblem, PageReading, SymbolReading } from './document.ts';
import { toThreeDecimals } from './dot-grid.ts';
import { BARS, checkPageSize } from './proof-rules.ts';

/** Why a carrier's label should not be printed: the proof's codes, and those that need no drawing of ours. */
export interface VerdictProblem {
  readonly code:
    | LabelProblem['code']
    | 'proof.no-symbol'
    | 'proof.content-cut'
    | 'proof.tracking-missing'
    | 'proof.tracking-other';
  readonly details: Readonly<Record<string, string | number>>;
}

/** What a label that somebody else drew is held against. */
export interface Expectation {
  readonly dotsPerMm: number;
  readonly media?: MediaSize;
  /** As printed or scanned; blanks do not matter. */
  readonly tracking?: string;
}

/** Bars of Code 128 need ten white modules on either side (ISO/IEC 15417). */
const QUIET_MODULES = 10;
const GRADE_B = 0.5;
/** A module that is further from whole dots than this share of a dot was scaled. */
const OFF_GRID = 0.05;
/** Share of error correction that must be left: a vector drawing spends none, a carrier's picture a little. */
const CORRECTION_LIMIT = 0.5;

function details({ symbology, text }: SymbolReading, facts: Record<string, number | string>) {
  return { symbology, text, ...facts };
}

function checkBars(symbol: SymbolReading, dotsPerMm: number): VerdictProblem[] {
  const { geometry } = symbol;
  if (!geometry) return [{ code: 'proof.symbol-damaged', details: details(symbol, { heightMm: 0 }) }];
  const problems: VerdictProblem[] = [];
  const dots = geometry.moduleMm * dotsPerMm;
  const quiet = Math.min(geometry.quietLeftModules, geometry.quietRightModules);
  if (geometry.decodability < BARS.decodabilityLimit) {
    const facts = { grade: geometry.grade, decodability: toThreeDecimals(geometry.decodability) };
    problems.push({ code: 'proof.decodability', details: details(symbol, facts) });
  } else if (geometry.decodability < GRADE_B && Math.abs(dots - Math.round(dots)) > OFF_GRID) {
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

function checkSymbol(symbol: SymbolReading, dotsPerMm: number): VerdictProblem[] {
  if (symbol.symbology.startsWith(']C')) return checkBars(symbol, dotsPerMm);
  if (symbol.correctionLeft === null || symbol.correctionLeft >= CORRECTION_LIMIT) return [];
  return [{ code: 'proof.symbol-damaged', details: details(symbol, { correctionLeft: symbol.correctionLeft }) }];
}

const compact = (text: string) => text.replace(/[\s().-]/g, '').toUpperCase();

/** Shorter texts stand in too many barcodes by chance. */
const SHORTEST = 8;

function carries({ text }: SymbolReading, expected: string): boolean {
  const wanted = readTracking(compact(expected));
  const own = readTracking(text);
  if (wanted && own && wanted.number === own.number) return true;
  const bare = compact(expected);
  return compact(text) === bare || (bare.length >= SHORTEST && compact(text).includes(bare));
}

/** The number must be there, and no other number of the same carrier's form: the wrong parcel's label. */
function checkTracking(symbols: readonly SymbolReading[], expected: string): VerdictProblem[] {
  const format = readTracking(compact(expected))?.format;
  const others = symbols.filter((symbol) => {
    const own = readTracking(symbol.text);
    return own !== undefined && own.format === format && !carries(symbol, expected);
  });
  const other = others.map(
    (symbol): VerdictProblem => ({ code: 'proof.tracking-other', details: details(symbol, { expected }) }),
  );
  if (symbols.some((symbol) => carries(symbol, expected))) return other;
  return [{ code: 'proof.tracking-missing', details: { expected } }, ...other];
}

/** Judges a label by what a decoder sees of it on the dots of the printer; no problems means that it may be printed. */
export function judgeLabel(pages: readonly PageReading[], expectation: Expectation): VerdictProblem[] {
  const { media, tracking, dotsPerMm } = expectation;
  const problems: VerdictProblem[] = pages.flatMap((page) => [
    ...(media ? checkPageSize(page, media) : []),
    ...(page.inkAtEdge ? [{ code: 'proof.content-cut' as const, details: { page: page.page } }] : []),
    ...page.symbols.flatMap((symbol) => checkSymbol(symbol, dotsPerMm)),
  ]);
  const symbols = pages.flatMap((page) => page.symbols);
  if (symbols.length === 0) problems.push({ code: 'proof.no-symbol', details: { pages: pages.length } });
  else if (tracking !== undefined) problems.push(...checkTracking(symbols, tracking));
  return problems;
}
