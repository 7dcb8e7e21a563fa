import type { LabelDpi } from '../../shared/model/label.ts';
import type { Box, ExpectedSymbol } from './document.ts';
import { toMm } from './dot-grid.ts';
import type { LinearSpec, MatrixSpec } from './profiles.ts';
import type { EncodedSymbol, LinearPattern, MatrixPattern } from './symbols.ts';

/** One line of text; `yMm` is the top of its capitals. */
export interface TextItem {
  readonly kind: 'text';
  /** Part of the model that the text comes from; `caption` for words of the layout itself. */
  readonly field: string;
  readonly text: string;
  readonly xMm: number;
  readonly yMm: number;
  readonly widthMm: number;
  readonly sizePt: number;
  readonly bold: boolean;
  readonly color: string;
}

export interface FillItem {
  readonly kind: 'fill';
  readonly at: Box;
  readonly color: string;
}

/** A symbol at whole dots: `xDots`, `yDots` is the top left corner of its first module. */
export type SymbolItem =
  | {
      readonly kind: 'bars';
      readonly symbol: EncodedSymbol<LinearPattern>;
      readonly spec: LinearSpec;
      readonly xDots: number;
      readonly yDots: number;
      readonly heightDots: number;
    }
  | {
      readonly kind: 'matrix';
      readonly symbol: EncodedSymbol<MatrixPattern>;
      readonly spec: MatrixSpec;
      readonly xDots: number;
      readonly yDots: number;
    };

/** Hollow words across the page, drawn under everything and left out where a symbol stands. */
export interface SpecimenItem {
  readonly kind: 'specimen';
  readonly words: readonly string[];
  readonly centre: { readonly xMm: number; readonly yMm: number };
  readonly sizePt: number;
  readonly degrees: number;
}

export type PlanItem = TextItem | FillItem | SymbolItem | SpecimenItem;

/** A page as data: what the tests measure and the pen draws. */
export interface PagePlan {
  readonly widthMm: number;
  readonly heightMm: number;
  readonly dpi: LabelDpi;
  readonly items: readonly PlanItem[];
}

function symbolSizeDots(item: SymbolItem, dpi: LabelDpi): { width: number; height: number } {
  const module = item.spec.moduleDots[dpi];
  if (item.kind === 'bars') return { width: item.symbol.pattern.modules * module, height: item.heightDots };
  return { width: item.symbol.pattern.columns * module, height: item.symbol.pattern.rows * module };
}

/** Where the modules stand, without quiet zones. */
export function symbolBox(item: SymbolItem, dpi: LabelDpi): Box {
  const { width, height } = symbolSizeDots(item, dpi);
  return {
    xMm: toMm(item.xDots, dpi),
    yMm: toMm(item.yDots, dpi),
    widthMm: toMm(width, dpi),
    heightMm: toMm(height, dpi),
  };
}

/** The symbol with the white that belongs to it; bars need white left and right only, one module is left above. */
export function quietBox(item: SymbolItem, dpi: LabelDpi): Box {
  const box = symbolBox(item, dpi);
  const module = toMm(item.spec.moduleDots[dpi], dpi);
  const beside = item.spec.quietModules * module;
  const above = item.kind === 'bars' ? module : beside;
  return {
    xMm: box.xMm - beside,
    yMm: box.yMm - above,
    widthMm: box.widthMm + 2 * beside,
    heightMm: box.heightMm + 2 * above,
  };
}

/** What must read back from these pages. */
export function expectedSymbols(pages: readonly PagePlan[]): ExpectedSymbol[] {
  return pages.flatMap(({ items, dpi }, index) =>
    items
      .filter((item) => item.kind === 'bars' || item.kind === 'matrix')
      .map((item) => ({
        page: index + 1,
        symbology: item.symbol.symbology,
        text: item.symbol.text,
        shape: item.symbol.pattern.shape,
        at: symbolBox(item, dpi),
        moduleMm: toMm(item.spec.moduleDots[dpi], dpi),
        quietModules: item.spec.quietModules,
        minHeightMm: item.kind === 'bars' ? item.spec.minHeightMm : 0,
      })),
  );
}
