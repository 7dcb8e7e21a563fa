import { AppError } from '../../shared/errors.ts';
import type { Address } from '../../shared/model/address.ts';
import type { LabelDpi, LabelMedia } from '../../shared/model/label.ts';
import type { SimulatedLabel } from '../carriers/carrier-simulator.ts';
import { addressBlock, plainAddressBlock } from './address-lines.ts';
import { dotsPerMm, POINTS_PER_MM, toDots, toMm } from './dot-grid.ts';
import { fitLine } from './fit-text.ts';
import type { PagePlan, PlanItem, SymbolItem, TextItem } from './page-plan.ts';
import { symbolBox } from './page-plan.ts';
import { placeMatrix, placeWidestBars } from './place-symbol.ts';
import { printableText } from './printable.ts';
import { barSpecs, type DrawableSymbol, encodeSimulated, type SimulatedSymbol } from './simulated-symbols.ts';
import { textWidthMm } from './text-width.ts';

type LinearSymbol = DrawableSymbol & { readonly shape: 'linear' };
type MatrixSymbol = DrawableSymbol & { readonly shape: 'matrix' };

/** A symbol where it stands, with what it says. */
export interface PlacedSymbol {
  readonly source: SimulatedSymbol;
  readonly item: SymbolItem;
}

export interface SimulatedPlan {
  readonly page: PagePlan;
  readonly symbols: readonly PlacedSymbol[];
}

const sizes: Readonly<Record<LabelMedia, { readonly widthMm: number; readonly heightMm: number }>> = {
  '4x6': { widthMm: 101.6, heightMm: 152.4 },
  '100x150': { widthMm: 100, heightMm: 150 },
};
const MARGIN_MM = 3;
/** Where the frame begins, and how far in nothing but the frame stands. */
const FRAME_MM = 0.75;
const CLEAR_MM = 1.5;
/** About 0.4 mm. */
const FRAME_DOTS: Readonly<Record<LabelDpi, number>> = { 203: 3, 300: 4 };
const SYMBOLS_FROM_MM = 48;
const WORDS_MM = 5;
const TALL_BARS_MM = 24;
const BARS_MM = 13;
const LEAST_BARS_MM = 6;
const GAP_MM = 1.5;

/** Letters that the printer has not are printed as question marks: no simulation fails over a name. */
function shown(text: string): string {
  try {
    return printableText(text, 'text');
  } catch {
    return text.replace(/[^\x20-\x7e]/g, '?');
  }
}

/** One line that is cut where it does not fit, as carriers do it. */
function line(
  text: string,
  at: { xMm: number; yMm: number; widthMm: number; sizePt: number; bold?: boolean },
): TextItem {
  const bold = at.bold ?? false;
  let cut = shown(text);
  while (cut !== '' && textWidthMm(cut, at.sizePt, bold) > at.widthMm) cut = cut.slice(0, -1);
  const { xMm, yMm, sizePt } = at;
  return { kind: 'text', field: 'text', text: cut, xMm, yMm, sizePt, bold, color: 'black', widthMm: at.widthMm };
}

function addressLines(address: Address, at: { xMm: number; yMm: number; widthMm: number; sizePt: number }): TextItem[] {
  const step = (at.sizePt * 1.25) / POINTS_PER_MM;
  const lines = at.sizePt < 8 ? plainAddressBlock(address, 'address', 'en') : addressBlock(address, 'address', 'en');
  return lines
    .filter(({ text }) => text !== '')
    .map(({ text, bold = false }, index) => line(text, { ...at, yMm: at.yMm + index * step, bold }));
}

function fill(at: { xMm: number; yMm: number; widthMm: number; heightMm: number }): PlanItem {
  return { kind: 'fill', at, color: 'black' };
}

function head({ carrier, service, from, to }: SimulatedLabel, widthMm: number): PlanItem[] {
  const inner = widthMm - 2 * MARGIN_MM;
  const band = { xMm: MARGIN_MM, yMm: MARGIN_MM, widthMm: inner, heightMm: 11 };
  const words = { field: 'caption', text: 'SIMULATION', bold: true };
  const column = inner * 0.42;
  return [
    fill(band),
    ...fitLine(words, band, { maxPt: 28, minPt: 8, color: 'white', align: 'centre' }),
    line(`${carrier} · ${service}`, { xMm: MARGIN_MM, yMm: 16, widthMm: inner, sizePt: 12, bold: true }),
    fill({ xMm: MARGIN_MM, yMm: 21.5, widthMm: inner, heightMm: 0.5 }),
    ...addressLines(from, { xMm: MARGIN_MM, yMm: 23.5, widthMm: column - 2, sizePt: 7 }),
    ...addressLines(to, { xMm: MARGIN_MM + column, yMm: 23.5, widthMm: inner - column, sizePt: 9 }),
    fill({ xMm: MARGIN_MM, yMm: 46.5, widthMm: inner, heightMm: 0.5 }),
  ];
}

/** A line all round, as many carriers have it: a page that is a millimetre off loses a side of it. */
function frame(dpi: LabelDpi, widthMm: number, heightMm: number): PlanItem[] {
  const from = toDots(FRAME_MM, dpi);
  const [right, bottom] = [widthMm, heightMm].map((mm) => Math.floor(mm * dotsPerMm(dpi)) - from);
  const thick = FRAME_DOTS[dpi];
  const mm = (dots: number): number => toMm(dots, dpi);
  const side = ([x, y]: readonly [number, number], width: number, height: number): PlanItem =>
    fill({ xMm: mm(x), yMm: mm(y), widthMm: mm(width), heightMm: mm(height) });
  if (right === undefined || bottom === undefined) return [];
  return [
    side([from, from], right - from, thick),
    side([from, bottom - thick], right - from, thick),
    side([from, from], thick, bottom - from),
    side([right - thick, from], thick, bottom - from),
  ];
}

interface Sheet {
  readonly label: SimulatedLabel;
  readonly widthMm: number;
  readonly heightMm: number;
}

/** Matrix symbols side by side, in as many rows as they need; tells where the last row ends. */
function placeMatrices(symbols: readonly MatrixSymbol[], { label, widthMm }: Sheet) {
  const placed: PlacedSymbol[] = [];
  let [leftMm, topMm, bottomMm] = [MARGIN_MM, SYMBOLS_FROM_MM, SYMBOLS_FROM_MM];
  for (const { source, encoded, spec } of symbols) {
    const module = toMm(spec.moduleDots[label.dpi], label.dpi);
    const quiet = spec.quietModules * module;
    const wide = encoded.pattern.columns * module + 2 * quiet;
    const high = encoded.pattern.rows * module + 2 * quiet;
    if (leftMm > MARGIN_MM && leftMm + wide > widthMm - MARGIN_MM) [leftMm, topMm] = [MARGIN_MM, bottomMm];
    const room = { leftMm, rightMm: widthMm - MARGIN_MM, bottomMm: topMm + high - quiet, dpi: label.dpi };
    const item = placeMatrix(encoded, spec, { ...room, field: source.kind, align: 'left' });
    placed.push({ source, item });
    leftMm += wide + 1;
    bottomMm = Math.max(bottomMm, topMm + high);
  }
  return { placed, bottomMm };
}

/** Bars from the bottom up, the tracking number lowest and tallest. */
function placeLinears(
  symbols: readonly LinearSymbol[],
  { label, widthMm, heightMm }: Sheet,
  topMm: number,
): PlacedSymbol[] {
  const wanted = symbols.map((_, index) => (index === 0 ? TALL_BARS_MM : BARS_MM));
  const room = heightMm - MARGIN_MM - topMm - symbols.length * (WORDS_MM + GAP_MM);
  const share = Math.min(1, room / wanted.reduce((sum, height) => sum + height, 0));
  let bottomMm = heightMm - MARGIN_MM - WORDS_MM;
  return symbols.map(({ source, encoded }, index) => {
    const height = (wanted[index] ?? BARS_MM) * share;
    if (height < LEAST_BARS_MM) throw new AppError('rule', 'label.symbol-too-wide', { field: source.kind });
    const at = { leftMm: CLEAR_MM, rightMm: widthMm - CLEAR_MM, bottomMm, dpi: label.dpi, field: source.kind };
    const item = placeWidestBars(encoded, barSpecs(height), at);
    bottomMm -= height + WORDS_MM + GAP_MM;
    return { source, item };
  });
}

/** The words under bars: the tracking number under the first symbol, its own text under any other. */
function wordsUnder({ source, item }: PlacedSymbol, { label, widthMm }: Sheet): PlanItem[] {
  const box = symbolBox(item, label.dpi);
  const text = source === label.symbols[0] ? label.trackingNumber : source.text;
  const sizePt = source === label.symbols[0] ? 11 : 8;
  const yMm = toMm(toDots(box.yMm + box.heightMm + 1, label.dpi), label.dpi);
  return [line(text, { xMm: box.xMm, yMm, widthMm: widthMm - box.xMm - MARGIN_MM, sizePt, bold: true })];
}

/** Lays a simulated carrier's label out; throws `rule` `label.bad-code` or `label.symbol-too-wide`. */
export function planSimulatedLabel(label: SimulatedLabel): SimulatedPlan {
  const sheet: Sheet = { label, ...sizes[label.media] };
  const drawable = label.symbols.map((symbol) => encodeSimulated(symbol, label.dpi, symbol.kind));
  const matrices = placeMatrices(
    drawable.filter((symbol) => symbol.shape === 'matrix'),
    sheet,
  );
  const linears = placeLinears(
    drawable.filter((symbol) => symbol.shape === 'linear'),
    sheet,
    matrices.bottomMm,
  );
  const symbols = [...matrices.placed, ...linears];
  const items: PlanItem[] = [
    ...frame(label.dpi, sheet.widthMm, sheet.heightMm),
    ...head(label, sheet.widthMm),
    ...linears.flatMap((placed) => wordsUnder(placed, sheet)),
    ...(linears.length === 0 ? trackingLine(sheet) : []),
    ...symbols.map(({ item }) => item),
  ];
  const { widthMm, heightMm } = sheet;
  return { page: { widthMm, heightMm, dpi: label.dpi, items }, symbols };
}

function trackingLine({ label, widthMm, heightMm }: Sheet): PlanItem[] {
  const at = { xMm: MARGIN_MM, yMm: heightMm - MARGIN_MM - WORDS_MM, widthMm: widthMm - 2 * MARGIN_MM };
  return [line(label.trackingNumber, { ...at, sizePt: 11, bold: true })];
}
