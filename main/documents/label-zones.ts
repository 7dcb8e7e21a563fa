import type { LabelModel, LabelOf } from '../../shared/model/label.ts';
import { addressBlock, plainAddressBlock } from './address-lines.ts';
import type { Box, Language } from './document.ts';
import { toDots, toMm } from './dot-grid.ts';
import { type BlockLine, fitBlock, fitLine } from './fit-text.ts';
import { dateInWords, labelWords, specimenWords, weightInWords } from './label-words.ts';
import { type PlanItem, type SymbolItem, symbolBox } from './page-plan.ts';
import { placeBars } from './place-symbol.ts';
import { gs1LogisticBars } from './profiles.ts';
import { gs1Bars } from './symbols.ts';

/** White that no printer cuts off. */
export const MARGIN_MM = 3;
const CAPTION_PT = 5.5;

/** What every zone of one label needs to know. */
export interface LabelSheet<M extends LabelModel = LabelModel> {
  /** The model as given: barcodes carry its texts unchanged. */
  readonly source: M;
  /** The same with printable texts. */
  readonly shown: M;
  readonly widthMm: number;
  readonly heightMm: number;
}

export function innerWidth(sheet: LabelSheet): number {
  return sheet.widthMm - 2 * MARGIN_MM;
}

/** A horizontal line over the full width, at least two dots thick. */
export function rule(sheet: LabelSheet, yMm: number): PlanItem {
  const { dpi } = sheet.source;
  const thick = Math.max(2, toDots(0.4, dpi));
  const at = {
    xMm: MARGIN_MM,
    yMm: toMm(toDots(yMm, dpi), dpi),
    widthMm: innerWidth(sheet),
    heightMm: toMm(thick, dpi),
  };
  return { kind: 'fill', at, color: 'black' };
}

export function caption(text: string, xMm: number, yMm: number): PlanItem[] {
  return fitBlock(
    [{ field: 'caption', text }],
    { xMm, yMm, widthMm: 60, heightMm: 3 },
    { maxPt: CAPTION_PT, minPt: 5 },
  );
}

/** White words on black, as wide as the label. */
export function band(sheet: LabelSheet, line: BlockLine, at: { yMm: number; heightMm: number }): PlanItem[] {
  const box = { xMm: MARGIN_MM, yMm: at.yMm, widthMm: innerWidth(sheet), heightMm: at.heightMm };
  const inside = { ...box, xMm: box.xMm + 2.5, widthMm: box.widthMm - 5 };
  const style = { maxPt: 18, minPt: 8, color: 'white', align: 'centre' } as const;
  return [{ kind: 'fill', at: box, color: 'black' }, ...fitLine({ ...line, bold: true }, inside, style)];
}

export function senderZone(sheet: LabelSheet, at: Box): PlanItem[] {
  const { from, language } = sheet.shown;
  const box = { ...at, yMm: at.yMm + 3, heightMm: at.heightMm - 3 };
  return [
    ...caption(labelWords[language].from, at.xMm, at.yMm),
    ...fitBlock(plainAddressBlock(from, 'from', language), box, { maxPt: 8, minPt: 5.5 }),
  ];
}

/** Little corners that guide the eye and the carrier's cameras to the address. */
function corners(at: Box): PlanItem[] {
  const [long, thick] = [3, 0.5];
  const right = at.xMm + at.widthMm;
  const bottom = at.yMm + at.heightMm;
  return [at.xMm, right].flatMap((xMm) =>
    [at.yMm, bottom].flatMap((yMm): PlanItem[] => {
      const [x, y] = [xMm === right ? right - long : xMm, yMm === bottom ? bottom - long : yMm];
      const flat = { xMm: x, yMm: yMm === bottom ? bottom - thick : yMm, widthMm: long, heightMm: thick };
      const upright = { xMm: xMm === right ? right - thick : xMm, yMm: y, widthMm: thick, heightMm: long };
      return [
        { kind: 'fill', at: flat, color: 'black' },
        { kind: 'fill', at: upright, color: 'black' },
      ];
    }),
  );
}

/** Country and postcode large enough to sort by from two metres. */
function sortingColumn(sheet: LabelSheet, at: Box): PlanItem[] {
  const { to } = sheet.shown;
  const country = { ...at, heightMm: at.heightMm * 0.62 };
  const postcode = { ...at, yMm: at.yMm + country.heightMm, heightMm: at.heightMm - country.heightMm };
  const style = { minPt: 6, align: 'centre' } as const;
  return [
    ...fitLine({ field: 'to.country', text: to.country, bold: true }, country, { ...style, maxPt: 44 }),
    ...fitLine({ field: 'to.postcode', text: to.postcode, bold: true }, postcode, { ...style, maxPt: 17 }),
  ];
}

export function recipientZone(sheet: LabelSheet, at: Box): PlanItem[] {
  const { to, language } = sheet.shown;
  const words = labelWords[language];
  const column = 25;
  const framed = { ...at, yMm: at.yMm + 3.2, widthMm: at.widthMm - column - 2, heightMm: at.heightMm - 4 };
  const inside = {
    xMm: framed.xMm + 2.5,
    yMm: framed.yMm + 1.6,
    widthMm: framed.widthMm - 5,
    heightMm: framed.heightMm - 3.2,
  };
  const phone = to.phone ? [{ field: 'to.phone', text: `${words.phone} ${to.phone}`, scale: 0.75 }] : [];
  return [
    ...caption(words.to, at.xMm, at.yMm),
    ...corners(framed),
    ...fitBlock([...addressBlock(to, 'to', language), ...phone], inside, { maxPt: 13, minPt: 6 }),
    ...sortingColumn(sheet, { ...framed, xMm: at.xMm + at.widthMm - column, widthMm: column }),
  ];
}

/** A caption over a bold value; `share` is the column's width beside the others', 1 when missing. */
interface Fact {
  readonly title: string;
  readonly line: BlockLine;
  readonly share?: number;
}

/** Titled facts side by side; a fact without a value leaves no gap. */
export function factColumns(facts: readonly Fact[], at: Box): PlanItem[] {
  const shown = facts.filter(({ line }) => line.text !== '');
  const unit = at.widthMm / shown.reduce((sum, { share = 1 }) => sum + share, 0);
  let xMm = at.xMm;
  return shown.flatMap(({ title, line, share = 1 }) => {
    const value = { xMm, yMm: at.yMm + 3, widthMm: unit * share - 2, heightMm: at.heightMm - 3 };
    const items = [
      ...caption(title, xMm, at.yMm),
      ...fitBlock([{ ...line, bold: true }], value, { maxPt: 10, minPt: 5 }),
    ];
    xMm += unit * share;
    return items;
  });
}

export function parcelFacts({ shown }: LabelSheet, at: Box): PlanItem[] {
  const { language, parcelIndex, parcelCount, weightMg, shipDate } = shown;
  const words = labelWords[language];
  const weight = weightMg === undefined ? '' : weightInWords(weightMg, language);
  return factColumns(
    [
      { title: words.parcel, line: { field: 'parcelIndex', text: `${parcelIndex}/${parcelCount}` }, share: 0.8 },
      { title: words.weight, line: { field: 'weightMg', text: weight } },
      { title: words.shipped, line: { field: 'shipDate', text: dateInWords(shipDate, language) }, share: 1.3 },
    ],
    at,
  );
}

/** Words under bars: the element string with its AI in brackets, as GS1 wants it. */
export function underBars(bars: SymbolItem, sheet: LabelSheet, line: BlockLine): PlanItem[] {
  const box = symbolBox(bars, sheet.source.dpi);
  const at = { xMm: MARGIN_MM, yMm: box.yMm + box.heightMm + 0.8, widthMm: innerWidth(sheet), heightMm: 4 };
  return fitLine(line, at, { maxPt: 12, minPt: 7, align: 'centre' });
}

/** `(00) 1 0614141 234567890 8`: extension digit, company and serial as one, check digit. */
function readableSscc(sscc: string): string {
  return `(00) ${sscc.slice(0, 1)} ${sscc.slice(1, 8)} ${sscc.slice(8, 17)} ${sscc.slice(17)}`;
}

/** The lowest symbol of the label, by GS1's rule. */
export function ssccZone(sheet: LabelSheet<LabelOf<'gs1-logistic'>>): PlanItem[] {
  const { sscc, dpi } = sheet.source;
  const bottomMm = sheet.heightMm - MARGIN_MM - 4.8;
  const room = { leftMm: 0, rightMm: sheet.widthMm, bottomMm, dpi, field: 'sscc' };
  const symbol = gs1Bars([{ ai: '00', value: sscc, variableLength: false }], 'sscc');
  const bars = placeBars(symbol, gs1LogisticBars, room);
  const line = { field: 'sscc', text: readableSscc(sscc), bold: true };
  return [bars, ...underBars(bars, sheet, line), ...caption('SSCC', MARGIN_MM, bottomMm + 2.1)];
}

export function specimen(sheet: LabelSheet, centreYMm: number): PlanItem[] {
  if (sheet.source.approved) return [];
  const centre = { xMm: sheet.widthMm / 2, yMm: centreYMm };
  return [{ kind: 'specimen', words: specimenWords, centre, sizePt: 46, degrees: -22 }];
}

export function factsOf({ shown }: LabelSheet, language: Language) {
  const words = labelWords[language];
  return {
    order: { title: words.order, line: { field: 'orderNumber', text: shown.orderNumber } },
    tracking: { title: words.tracking, line: { field: 'trackingNumber', text: shown.trackingNumber ?? '' } },
    references: { title: words.references, line: { field: 'references', text: shown.references.join(' · ') } },
  };
}
