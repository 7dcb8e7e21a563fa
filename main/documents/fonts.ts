import { createRequire } from 'node:module';

interface Glyph {
  readonly id: number;
  readonly advanceWidth: number;
  readonly codePoints: readonly number[];
}

/** A run of glyphs as fontkit lays it out, in units of a thousandth of the size. */
interface GlyphRun {
  readonly glyphs: readonly Glyph[];
  readonly positions: readonly object[];
  readonly advanceWidth: number;
}

/** What we use of a font that fontkit opened; the package brings no types. */
interface OpenedFont {
  readonly unitsPerEm: number;
  readonly capHeight: number;
  hasGlyphForCodePoint(codePoint: number): boolean;
  layout(text: string, features?: Readonly<Record<string, boolean>>): GlyphRun;
}

/** One weight of a typeface. */
export interface FontFace {
  /** What pdfkit takes as a font: an opened font, or the name of a built-in one. */
  readonly source: PDFKit.Mixins.PDFFontSource;
  /** Height of a capital above the baseline, as a share of the size. */
  readonly capHeight: number;
  /** Width of one line, as a share of the size. */
  widthOf(text: string): number;
  has(codePoint: number): boolean;
}

export interface Typeface {
  readonly regular: FontFace;
  readonly bold: FontFace;
}

const require = createRequire(import.meta.url);
const files = {
  regular: '@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf',
  bold: '@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf',
} as const;

/** Words of a shift repeat; beyond these the memory is given back. */
const REMEMBERED_RUNS = 20_000;

/**
 * Letters stay one glyph each: `ệ` taken apart into e, dot and hat, or `ffi` joined into one, prints well
 * but pdfkit's text layer then loses the dot, and a search no longer finds the word.
 */
const FEATURES = { ccmp: false, liga: false, clig: false, rlig: false, calt: false, locl: false } as const;

/**
 * The run with glyphs of its own that know their letters.
 *
 * fontkit keeps one object a glyph, and once a subset has drawn `Ó`, the `O` inside it stands there without its
 * letter: the next document's text layer would lose it.
 */
function ownRun(text: string, { glyphs, positions, advanceWidth }: GlyphRun): GlyphRun {
  const letters = [...text].map((letter) => letter.codePointAt(0) ?? 0);
  const oneEach = letters.length === glyphs.length;
  const own = glyphs.map(({ id, advanceWidth, codePoints }, index) => ({
    id,
    advanceWidth,
    codePoints: oneEach ? [letters[index] ?? 0] : codePoints,
  }));
  return { glyphs: own, positions, advanceWidth };
}

function openFile(file: string): OpenedFont {
  // The very copy that draws: pdfkit takes a font that its own fontkit opened.
  const { openSync } = createRequire(require.resolve('pdfkit'))('fontkit');
  const font: OpenedFont = openSync(require.resolve(file));
  // pdfkit scales every run in place; only at 1000 units to the em may one run serve many documents.
  if (font.unitsPerEm !== 1000) throw new Error(`${file} is not drawn on 1000 units`);
  const layout = font.layout.bind(font);
  const runs = new Map<string, GlyphRun>();
  font.layout = (text) => {
    const known = runs.get(text);
    if (known) return known;
    if (runs.size >= REMEMBERED_RUNS) runs.clear();
    const run = ownRun(text, layout(text, FEATURES));
    runs.set(text, run);
    return run;
  };
  return font;
}

/** Words with the blank behind them, as pdfkit lays them out: what is measured is what is drawn. */
const words = /[^ ]* |[^ ]+$/g;

function openFace(file: string): FontFace {
  const font = openFile(file);
  return {
    // pdfkit takes any object with `layout`; its types know only names and bytes.
    source: font as unknown as PDFKit.Mixins.PDFFontSource,
    capHeight: font.capHeight / font.unitsPerEm,
    widthOf: (text) => (text.match(words) ?? []).reduce((sum, word) => sum + font.layout(word).advanceWidth, 0) / 1000,
    has: (codePoint) => font.hasGlyphForCodePoint(codePoint),
  };
}

let opened: Typeface | undefined;

/**
 * Noto Sans (SIL Open Font License): Latin, Greek, Cyrillic, Vietnamese.
 *
 * Opened with the first document and kept, with the glyphs of every word that was ever set; each document
 * embeds only the glyphs it uses.
 */
export function notoSans(): Typeface {
  opened ??= { regular: openFace(files.regular), bold: openFace(files.bold) };
  return opened;
}
