/** What widths of bars and spaces tell of a symbol. */
export interface WidthMeasures {
  /** Narrowest element, dots. */
  readonly module: number;
  /** 0 to 1, the worst element or character. */
  readonly decodability: number;
  /** Mean growth of the dark bars in modules; below 0 they are thinned. */
  readonly barGain: number;
}

/** Two digits stand in ten elements: one in the bars, the other in the spaces between them. */
const PAIR_ELEMENTS = 10;
const START_ELEMENTS = 4;
const STOP_ELEMENTS = 3;
const WIDE_OF_FIVE = 2;

/** Whether so many elements may be an Interleaved 2 of 5 with one pair of digits or more. */
export function looksInterleaved(elements: number): boolean {
  const pairs = elements - START_ELEMENTS - STOP_ELEMENTS;
  return pairs >= PAIR_ELEMENTS && pairs % PAIR_ELEMENTS === 0;
}

interface Element {
  readonly width: number;
  readonly wide: boolean;
  readonly dark: boolean;
}

/** The two widest of a digit's five elements are its wide ones. */
function digitOf(widths: readonly number[], dark: boolean): Element[] {
  const byWidth = widths.map((_, index) => index).sort((a, b) => (widths[b] ?? 0) - (widths[a] ?? 0));
  const wide = new Set(byWidth.slice(0, WIDE_OF_FIVE));
  return widths.map((width, index) => ({ width, wide: wide.has(index), dark }));
}

function elementsOf(widths: readonly number[]): Element[] {
  const dark = (index: number) => index % 2 === 0;
  const start = widths.slice(0, START_ELEMENTS).map((width, index) => ({ width, wide: false, dark: dark(index) }));
  const stopAt = widths.length - STOP_ELEMENTS;
  const stop = widths.slice(stopAt).map((width, index) => ({ width, wide: index === 0, dark: dark(index) }));
  const digits: Element[] = [];
  for (let at = START_ELEMENTS; at < stopAt; at += PAIR_ELEMENTS) {
    const pair = widths.slice(at, at + PAIR_ELEMENTS);
    for (const isDark of [true, false])
      digits.push(
        ...digitOf(
          pair.filter((_, index) => dark(index) === isDark),
          isDark,
        ),
      );
  }
  return [...start, ...digits, ...stop];
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * Decodability of ISO/IEC 16390: how far the narrowest wide and the widest narrow element keep from the threshold half
 * way between the two widths, as a share of what they should keep.
 */
export function measureInterleaved(widths: readonly number[]): WidthMeasures {
  const elements = elementsOf(widths);
  const ofKind = (wide: boolean) => elements.filter((element) => element.wide === wide);
  const [narrow, broad] = [ofKind(false), ofKind(true)];
  const [module, wide] = [mean(narrow.map(({ width }) => width)), mean(broad.map(({ width }) => width))];
  const threshold = (module + wide) / 2;
  const nearest = Math.min(
    (Math.min(...broad.map(({ width }) => width)) - threshold) / (wide - threshold),
    (threshold - Math.max(...narrow.map(({ width }) => width))) / (threshold - module),
  );
  const gains = elements.flatMap((one) => (one.dark ? [(one.width - (one.wide ? wide : module)) / module] : []));
  return { module, decodability: Math.max(0, Math.min(1, nearest)), barGain: mean(gains) };
}
