import type { Box, ExpectedSymbol, LabelProblem, LabelProblemCode, LinearGeometry, SymbolReading } from './document.ts';

import { toThreeDecimals } from './dot-grid.ts';

/** What bars must keep, whoever drew them. */
export const BARS = {
  /** Share of a module that bars may have grown or shrunk: one dot of four or six is more. */
  gainLimit: 0.1,
  /** Grade C of ISO/IEC 15416. */
  decodabilityLimit: 0.37,
} as const;
const PAGE_TOLERANCE_MM = 0.5;
const PLACE_TOLERANCE_MM = 0.4;
/** Two dots: what rounding page and symbol to the grid may cost. */
const SIZE_TOLERANCE_MM = 0.25;
const MODULE_TOLERANCE = 0.02;
/** The last dot of a quiet zone may be lost to rounding. */
const QUIET_TOLERANCE_DOTS = 1;

function problem(code: LabelProblemCode, symbol: ExpectedSymbol, facts: Record<string, number | string>): LabelProblem {
  return { code, details: { symbology: symbol.symbology, text: symbol.text, ...facts } };
}

export function checkPageSize(
  page: { widthMm: number; heightMm: number },
  media: { widthMm: number; heightMm: number },
): LabelProblem[] {
  const off = Math.max(Math.abs(page.widthMm - media.widthMm), Math.abs(page.heightMm - media.heightMm));
  if (off <= PAGE_TOLERANCE_MM) return [];
  return [
    {
      code: 'proof.page-size',
      details: { widthMm: toThreeDecimals(page.widthMm), heightMm: toThreeDecimals(page.heightMm) },
    },
  ];
}

function overlap(a: Box, b: Box): boolean {
  const wide = Math.min(a.xMm + a.widthMm, b.xMm + b.widthMm) - Math.max(a.xMm, b.xMm);
  const high = Math.min(a.yMm + a.heightMm, b.yMm + b.heightMm) - Math.max(a.yMm, b.yMm);
  return wide > 0.01 && high > 0.01;
}

function withQuiet({ at, quietModules, moduleMm, shape }: ExpectedSymbol): Box {
  const beside = quietModules * moduleMm;
  const above = shape === 'linear' ? moduleMm : beside;
  return {
    xMm: at.xMm - beside,
    yMm: at.yMm - above,
    widthMm: at.widthMm + 2 * beside,
    heightMm: at.heightMm + 2 * above,
  };
}

/** Symbols must keep out of each other's white. */
export function checkOverlap(symbols: readonly ExpectedSymbol[]): LabelProblem[] {
  return symbols.flatMap((symbol, index) =>
    symbols
      .slice(index + 1)
      .filter((other) => other.page === symbol.page && overlap(withQuiet(symbol), withQuiet(other)))
      .map((other) => problem('proof.overlap', symbol, { other: other.text })),
  );
}

/** Quiet zone, height and edges of bars as they came out on the dot grid. */
function checkBars(expected: ExpectedSymbol, geometry: LinearGeometry, dotMm: number): LabelProblem[] {
  const problems: LabelProblem[] = [];
  const { moduleMm, heightMm, decodability, grade, barGain } = geometry;
  const quiet = Math.min(geometry.quietLeftModules, geometry.quietRightModules);
  const quietNeeded = expected.quietModules - (QUIET_TOLERANCE_DOTS * dotMm) / expected.moduleMm;
  if (Math.abs(moduleMm / expected.moduleMm - 1) > MODULE_TOLERANCE) {
    problems.push(problem('proof.module-width', expected, { moduleMm: toThreeDecimals(moduleMm) }));
  }
  if (heightMm < expected.minHeightMm - dotMm) {
    problems.push(problem('proof.bar-height', expected, { heightMm: toThreeDecimals(heightMm) }));
  }
  if (Math.abs(heightMm - expected.at.heightMm) > SIZE_TOLERANCE_MM) {
    problems.push(problem('proof.symbol-damaged', expected, { heightMm: toThreeDecimals(heightMm) }));
  }
  if (Math.abs(barGain) > BARS.gainLimit) {
    problems.push(problem('proof.bar-gain', expected, { modules: toThreeDecimals(barGain) }));
  }
  if (decodability < BARS.decodabilityLimit) {
    problems.push(problem('proof.decodability', expected, { grade, decodability: toThreeDecimals(decodability) }));
  }
  if (quiet < quietNeeded) {
    problems.push(
      problem('proof.quiet-zone', expected, { modules: toThreeDecimals(quiet), needed: expected.quietModules }),
    );
  }
  return problems;
}

/** Size, error correction and white of a matrix symbol. */
function checkMatrix(expected: ExpectedSymbol, found: SymbolReading, quietMm: number): LabelProblem[] {
  const problems: LabelProblem[] = [];
  const scale = found.at.widthMm / expected.at.widthMm;
  if (
    Math.abs(found.at.widthMm - expected.at.widthMm) >
    Math.max(SIZE_TOLERANCE_MM, expected.at.widthMm * MODULE_TOLERANCE)
  ) {
    problems.push(problem('proof.module-width', expected, { moduleMm: toThreeDecimals(expected.moduleMm * scale) }));
  }
  // A vector drawing spends no error correction: whatever was corrected, something lies on the symbol.
  if (found.correctionLeft !== null && found.correctionLeft < 1) {
    problems.push(problem('proof.symbol-damaged', expected, { correctionLeft: found.correctionLeft }));
  }
  if (quietMm < expected.quietModules * expected.moduleMm - SIZE_TOLERANCE_MM) {
    const modules = toThreeDecimals(quietMm / expected.moduleMm);
    problems.push(problem('proof.quiet-zone', expected, { modules, needed: expected.quietModules }));
  }
  return problems;
}

function checkPlace(expected: ExpectedSymbol, found: SymbolReading): LabelProblem[] {
  const [dx, dy] = [found.at.xMm - expected.at.xMm, found.at.yMm - expected.at.yMm];
  if (Math.max(Math.abs(dx), Math.abs(dy)) <= PLACE_TOLERANCE_MM) return [];
  return [problem('proof.symbol-misplaced', expected, { dxMm: toThreeDecimals(dx), dyMm: toThreeDecimals(dy) })];
}

/** What the raster says about white round matrix symbols and the size of one dot. */
export interface Measures {
  readonly dotMm: number;
  whiteAround(at: Box, limitMm: number): number;
}

function checkFound(expected: ExpectedSymbol, found: SymbolReading, measures: Measures): LabelProblem[] {
  const place = checkPlace(expected, found);
  if (expected.shape === 'matrix') {
    const quietMm = measures.whiteAround(found.at, expected.quietModules * expected.moduleMm);
    return [...place, ...checkMatrix(expected, found, quietMm)];
  }
  // Bars that decode but show no whole row are torn in every row.
  if (!found.geometry) return [...place, problem('proof.symbol-damaged', expected, { heightMm: 0 })];
  return [...place, ...checkBars(expected, found.geometry, measures.dotMm)];
}

/**
 * Compares the symbols of one page with what was drawn.
 *
 * A symbol that stands where another was expected is `symbol-wrong`; one that nobody expected is `symbol-unexpected`:
 * a second tracking code on a label sends the parcel astray.
 */
export function checkSymbols(
  expected: readonly ExpectedSymbol[],
  found: readonly SymbolReading[],
  measures: Measures,
): LabelProblem[] {
  const left = new Set(found);
  const take = (match: (reading: SymbolReading) => boolean) => {
    const reading = [...left].find(match);
    if (reading) left.delete(reading);
    return reading;
  };
  const unread: ExpectedSymbol[] = [];
  const problems = expected.flatMap((symbol) => {
    const reading = take(
      ({ symbology, text, at }) => symbology === symbol.symbology && text === symbol.text && overlap(at, symbol.at),
    );
    if (reading) return checkFound(symbol, reading, measures);
    unread.push(symbol);
    return [];
  });
  for (const symbol of unread) {
    const other = take(({ at }) => overlap(at, symbol.at));
    const facts = other ? { foundSymbology: other.symbology, foundText: other.text } : {};
    problems.push(problem(other ? 'proof.symbol-wrong' : 'proof.symbol-missing', symbol, facts));
  }
  for (const { symbology, text } of left)
    problems.push({ code: 'proof.symbol-unexpected', details: { symbology, text } });
  return problems;
}
