import type { DecodedSymbol, DotBox } from './decode.ts';
import type { LinearGeometry } from './document.ts';
import { looksInterleaved, measureInterleaved, type WidthMeasures } from './itf-geometry.ts';
import type { Raster } from './raster.ts';

/** Elements of a Code 128 character (three bars, three spaces), and of the stop character with its last bar. */
const ELEMENTS = 6;
const STOP_ELEMENTS = 7;
const CHARACTER_MODULES = 11;
const STOP_MODULES = 13;
/** Edges of two rows that differ by more belong to different patterns. */
const EDGE_TOLERANCE = 1;
const QUIET_LIMIT = 40;
/** Rows are looked at, in this order of height, for one that is not damaged. */
const ROW_SHARES = [0.5, 0.25, 0.75, 0.1, 0.9];

/** Dark dots along the bars' direction of measure, whichever way the symbol is turned. */
interface Lines {
  readonly count: number;
  readonly length: number;
  dark(line: number, at: number): boolean;
}

function linesOf({ dots, width, height }: Raster, upright: boolean): Lines {
  const darkAt = (x: number, y: number) => (dots[y * width + x] ?? 255) < 128;
  return upright
    ? { count: width, length: height, dark: (line, at) => darkAt(line, at) }
    : { count: height, length: width, dark: (line, at) => darkAt(at, line) };
}

/** Positions where the colour changes between first bar and last; even ones open a bar. Empty without bars. */
function edgesOf(lines: Lines, line: number, from: number, to: number): number[] {
  const edges: number[] = [];
  let dark = false;
  for (let at = from; at < to; at += 1) {
    if (lines.dark(line, at) === dark) continue;
    edges.push(at);
    dark = !dark;
  }
  if (dark) edges.push(to);
  return edges;
}

function sameEdges(first: readonly number[], second: readonly number[]): boolean {
  return (
    first.length === second.length &&
    first.every((edge, index) => Math.abs(edge - (second[index] ?? 0)) <= EDGE_TOLERANCE)
  );
}

/** How one symbology is measured. */
interface BarStyle {
  looksRight(edges: readonly number[]): boolean;
  /** `module` in dots. */
  measure(widths: readonly number[]): WidthMeasures;
}

function looksLikeCode128(edges: readonly number[]): boolean {
  const elements = edges.length - 1;
  return elements >= 3 * ELEMENTS + STOP_ELEMENTS && (elements - STOP_ELEMENTS) % ELEMENTS === 0;
}

function widthsOf(edges: readonly number[]): number[] {
  return edges.slice(1).map((edge, index) => edge - (edges[index] ?? 0));
}

function charactersOf(widths: readonly number[]): number[][] {
  const stopAt = widths.length - STOP_ELEMENTS;
  const characters: number[][] = [];
  for (let at = 0; at < stopAt; at += ELEMENTS) characters.push(widths.slice(at, at + ELEMENTS));
  return [...characters, widths.slice(stopAt)];
}

/**
 * ISO/IEC 15416 decodability of one character, software part: 1 − max|e/X − n| / 0.5 over the distances from an edge
 * to the next edge of the same kind, which ink spread leaves alone.
 */
function decodabilityOf(character: readonly number[]): number {
  const modules = character.length === STOP_ELEMENTS ? STOP_MODULES : CHARACTER_MODULES;
  const module = character.reduce((sum, width) => sum + width, 0) / modules;
  const errors = character.slice(0, -2).map((width, index) => {
    const distance = (width + (character[index + 1] ?? 0)) / module;
    return Math.abs(distance - Math.round(distance));
  });
  return Math.max(0, 1 - Math.max(...errors) / 0.5);
}

/** Mean growth of the bars in modules; similar-edge distances cannot show it, so thinned bars are found here. */
function barGainOf(widths: readonly number[], module: number): number {
  const gains = widths
    .filter((_, index) => index % 2 === 0)
    .map((width) => width / module - Math.round(width / module));
  return gains.reduce((sum, gain) => sum + gain, 0) / gains.length;
}

/** The limits of ISO/IEC 15416 for decodability. */
function gradeOf(decodability: number): LinearGeometry['grade'] {
  if (decodability >= 0.62) return 'A';
  if (decodability >= 0.5) return 'B';
  if (decodability >= 0.37) return 'C';
  return decodability >= 0.25 ? 'D' : 'F';
}

const code128: BarStyle = {
  looksRight: looksLikeCode128,
  measure: (widths) => {
    const modules = ((widths.length - STOP_ELEMENTS) / ELEMENTS) * CHARACTER_MODULES + STOP_MODULES;
    const module = widths.reduce((sum, width) => sum + width, 0) / modules;
    const decodability = Math.min(...charactersOf(widths).map(decodabilityOf));
    return { module, decodability, barGain: barGainOf(widths, module) };
  },
};

const interleaved: BarStyle = {
  looksRight: (edges) => looksInterleaved(edges.length - 1),
  measure: measureInterleaved,
};

function whiteRun(lines: Lines, line: number, walk: { from: number; step: 1 | -1; limit: number }): number {
  let run = 0;
  for (let at = walk.from; run < walk.limit && at >= 0 && at < lines.length; at += walk.step) {
    if (lines.dark(line, at)) break;
    run += 1;
  }
  return run;
}

/** Lines above and below `middle` that show the same edges, without a gap. */
function sameLines(lines: Lines, edges: readonly number[], middle: number): { first: number; last: number } {
  const [from, to] = [edges[0] ?? 0, edges.at(-1) ?? 0];
  const same = (line: number) => sameEdges(edges, edgesOf(lines, line, from - EDGE_TOLERANCE, to + EDGE_TOLERANCE));
  let [first, last] = [middle, middle];
  while (first > 0 && same(first - 1)) first -= 1;
  while (last < lines.count - 1 && same(last + 1)) last += 1;
  return { first, last };
}

interface Found {
  readonly edges: readonly number[];
  readonly first: number;
  readonly last: number;
}

/** The undamaged stretch of bars around the first of a few rows that shows a whole pattern. */
function findBars(
  lines: Lines,
  { along, across }: { along: readonly [number, number]; across: readonly [number, number] },
  style: BarStyle,
): Found | undefined {
  for (const share of ROW_SHARES) {
    const line = Math.min(lines.count - 1, Math.round(across[0] + (across[1] - 1 - across[0]) * share));
    const edges = edgesOf(lines, line, Math.max(0, along[0] - 2), Math.min(lines.length, along[1] + 2));
    if (style.looksRight(edges)) return { edges, ...sameLines(lines, edges, line) };
  }
  return undefined;
}

function smallestQuiet(lines: Lines, found: Found, walk: { from: number; step: 1 | -1; limit: number }): number {
  let smallest = walk.limit;
  for (let line = found.first; line <= found.last; line += 1) {
    smallest = Math.min(smallest, whiteRun(lines, line, { ...walk, limit: smallest }));
  }
  return smallest;
}

function boxOf({ edges, first, last }: Found, upright: boolean): DotBox {
  const [from, to] = [edges[0] ?? 0, edges.at(-1) ?? 0];
  return upright
    ? { left: first, top: from, right: last + 1, bottom: to }
    : { left: from, top: first, right: to, bottom: last + 1 };
}

/** Measures the bars of a Code 128, GS1-128 or Interleaved 2 of 5; undefined where no row shows a whole pattern. */
export function measureBars(
  raster: Raster,
  symbol: DecodedSymbol,
): { geometry: LinearGeometry; at: DotBox } | undefined {
  const lines = linesOf(raster, symbol.upright);
  const { left, top, right, bottom } = symbol.at;
  const [along, across] = symbol.upright
    ? ([
        [top, bottom],
        [left, right],
      ] as const)
    : ([
        [left, right],
        [top, bottom],
      ] as const);
  const style = symbol.symbology.startsWith(']I') ? interleaved : code128;
  const found = findBars(lines, { along, across }, style);
  if (!found) return undefined;
  const { module, decodability, barGain } = style.measure(widthsOf(found.edges));
  const [start, end] = [found.edges[0] ?? 0, found.edges.at(-1) ?? 0];
  const limit = Math.ceil(module * QUIET_LIMIT);
  const geometry: LinearGeometry = {
    moduleMm: module / raster.dotsPerMm,
    heightMm: (found.last - found.first + 1) / raster.dotsPerMm,
    quietLeftModules: smallestQuiet(lines, found, { from: start - 1, step: -1, limit }) / module,
    quietRightModules: smallestQuiet(lines, found, { from: end, step: 1, limit }) / module,
    decodability,
    grade: gradeOf(decodability),
    barGain,
  };
  return { geometry, at: boxOf(found, symbol.upright) };
}
