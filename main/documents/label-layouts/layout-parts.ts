import type { CarrierBarcode } from '../../../shared/carriers/carrier-number.ts';
import type { LabelModel } from '../../../shared/model/label.ts';
import type { Box } from '../document.ts';
import { toDots, toMm } from '../dot-grid.ts';
import { type BlockStyle, fitLine } from '../fit-text.ts';
import { dateInWords, labelWords } from '../label-words.ts';
import { factColumns, factsOf, innerWidth, type LabelSheet, MARGIN_MM } from '../label-zones.ts';
import { type PlanItem, type SymbolItem, symbolBox } from '../page-plan.ts';
import { placeBars, placeWidestBars } from '../place-symbol.ts';
import type { LinearSpec } from '../profiles.ts';
import { code128Bars, type EncodedSymbol, gs1Bars, itfBars, type LinearPattern } from '../symbols.ts';

/** A line of its own place: text, box and style. */
export interface PlacedLine {
  readonly field: string;
  readonly text: string;
  readonly at: Box;
  readonly style: BlockStyle & { readonly bold?: boolean };
}

export function line({ field, text, at, style }: PlacedLine): PlanItem[] {
  const { bold = false, ...rest } = style;
  return fitLine({ field, text, bold }, at, rest);
}

/** A black bar over the full width of the zones, in whole dots. */
export function thickRule(sheet: LabelSheet, yMm: number, thickMm: number): PlanItem {
  const { dpi } = sheet.source;
  const heightMm = toMm(Math.max(1, toDots(thickMm, dpi)), dpi);
  const at = { xMm: MARGIN_MM, yMm: toMm(toDots(yMm, dpi), dpi), widthMm: innerWidth(sheet), heightMm };
  return { kind: 'fill', at, color: 'black' };
}

/** A black box, such as stands behind white words. */
export function fill(at: Box): PlanItem {
  return { kind: 'fill', at, color: 'black' };
}

export function encodeBars(barcode: CarrierBarcode, field: string): EncodedSymbol<LinearPattern> {
  switch (barcode.kind) {
    case 'gs1-128':
      return gs1Bars(barcode.elements, field);
    case 'itf':
      return itfBars(barcode.text, field);
    case 'code128':
      return code128Bars(barcode.text, field);
  }
}

/** Bars in the middle of the label with the words for people under them. */
export interface BarsZone {
  readonly barcode: CarrierBarcode;
  readonly field: string;
  /** The first that fits with its white is taken. */
  readonly specs: readonly LinearSpec[];
  readonly topMm: number;
  readonly maxPt: number;
}

/** The bars and the line under them; the bars hang from `topMm`. */
export function barsZone(sheet: LabelSheet, zone: BarsZone): PlanItem[] {
  const bars = barsAt(sheet, zone);
  const box = symbolBox(bars, sheet.source.dpi);
  const at = { xMm: MARGIN_MM, yMm: box.yMm + box.heightMm + 0.9, widthMm: innerWidth(sheet), heightMm: 4 };
  const style = { maxPt: zone.maxPt, minPt: 7, align: 'centre' as const, bold: true };
  return [bars, ...line({ field: zone.field, text: zone.barcode.readable, at, style })];
}

export function barsAt(sheet: LabelSheet, zone: BarsZone): SymbolItem & { kind: 'bars' } {
  const { dpi } = sheet.source;
  const [first] = zone.specs;
  const bottomMm = zone.topMm + (first?.minHeightMm ?? 0);
  const room = { leftMm: 0, rightMm: sheet.widthMm, bottomMm, dpi, field: zone.field };
  const symbol = encodeBars(zone.barcode, zone.field);
  return zone.specs.length === 1 && first ? placeBars(symbol, first, room) : placeWidestBars(symbol, zone.specs, room);
}

/** What the shop tells the buyer on a return, in the strip below the bars. */
export function notesLine(sheet: LabelSheet, widthMm: number = innerWidth(sheet)): PlanItem[] {
  const { shown, heightMm } = sheet;
  if (shown.kind !== 'return' || shown.notes.length === 0) return [];
  const at = { xMm: MARGIN_MM, yMm: heightMm - 6.6, widthMm, heightMm: 3 };
  return line({ field: 'notes', text: shown.notes.join(' - '), at, style: { maxPt: 8, minPt: 5 } });
}

/** Order, references and, on a return, its number and last day: what the parcel is to the shop. */
export function shopFacts(sheet: LabelSheet, at: Box): PlanItem[] {
  const { shown } = sheet;
  const words = labelWords[shown.language];
  const { order, references } = factsOf(sheet, shown.language);
  return factColumns([order, ...returnFacts(shown, words), references], at);
}

function returnFacts(shown: LabelModel, words: (typeof labelWords)['en']) {
  if (shown.kind !== 'return') return [];
  return [
    { title: 'RMA', line: { field: 'rma', text: shown.rma }, share: 1.2 },
    {
      title: words.validUntil,
      line: { field: 'expiresOn', text: dateInWords(shown.expiresOn, shown.language) },
      share: 1.2,
    },
  ];
}
