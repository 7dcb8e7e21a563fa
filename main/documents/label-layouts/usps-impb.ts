import { impbBarcode } from '../../../shared/carriers/usps.ts';
import type { LabelOf } from '../../../shared/model/label.ts';
import { addressBlock, plainAddressBlock } from '../address-lines.ts';
import { toDots, toMm } from '../dot-grid.ts';
import { fitBlock } from '../fit-text.ts';
import { dateInWords, weightInWords } from '../label-words.ts';
import { innerWidth, type LabelSheet, MARGIN_MM, specimen } from '../label-zones.ts';
import type { PlanItem } from '../page-plan.ts';
import { placeMatrix } from '../place-symbol.ts';
import { impbBars, impbMatrix } from '../profiles.ts';
import { gs1DataMatrix } from '../symbols.ts';
import { barsZone, fill, line, notesLine, shopFacts, thickRule } from './layout-parts.ts';

type Sheet = LabelSheet<LabelOf<'usps-impb'>>;

/** ZIP+4 stands in the code of a number of 22 only: 34 digits at most. */
function barcodeOf({ number, to }: LabelOf<'usps-impb'>) {
  const zip = to.postcode.replace('-', '');
  return impbBarcode(number, number.length === 22 ? zip : zip.slice(0, 5));
}

/** Service icon, then the postage block in its frame. */
function indicia(sheet: Sheet): PlanItem[] {
  const { icon, postage, shipDate, weightMg, from } = sheet.shown;
  const dot = toMm(2, sheet.source.dpi);
  const glyph = { xMm: MARGIN_MM, yMm: 11.5, widthMm: 21.5, heightMm: 24 };
  const left = { xMm: 27.4, yMm: 13, widthMm: 27, heightMm: 20 };
  const frame = { xMm: 56, yMm: 12.6, widthMm: sheet.widthMm - 56 - MARGIN_MM, heightMm: 21 };
  const inside = { xMm: frame.xMm + 2, yMm: frame.yMm + 2, widthMm: frame.widthMm - 4, heightMm: frame.heightMm - 3 };
  const facts = [
    { field: 'shipDate', text: dateInWords(shipDate, 'en') },
    { field: 'from.postcode', text: `Mailed from ${from.postcode}` },
    { field: 'weightMg', text: weightMg === undefined ? '' : weightInWords(weightMg, 'en') },
  ];
  const edges = [
    { ...frame, heightMm: dot },
    { ...frame, yMm: frame.yMm + frame.heightMm - dot, heightMm: dot },
    { ...frame, widthMm: dot },
    { ...frame, xMm: frame.xMm + frame.widthMm - dot, widthMm: dot },
  ];
  return [
    ...line({ field: 'icon', text: icon, at: glyph, style: { maxPt: 82, minPt: 20, bold: true, align: 'centre' } }),
    fill({ xMm: 25.4, yMm: 10.9, widthMm: dot, heightMm: 25.3 }),
    ...fitBlock(facts, left, { maxPt: 8.5, minPt: 6 }),
    ...edges.map(fill),
    ...fitBlock(
      postage.map((text, index) => ({ field: `postage.${index}`, text, bold: index === 0 })),
      inside,
      { maxPt: 10, minPt: 6, align: 'centre' },
    ),
  ];
}

function banner(sheet: Sheet): PlanItem[] {
  const at = { xMm: MARGIN_MM + 1, yMm: 38.4, widthMm: innerWidth(sheet) - 2, heightMm: 6.6 };
  const text = sheet.shown.service.toUpperCase();
  return line({ field: 'service', text, at, style: { maxPt: 20, minPt: 9, bold: true, align: 'centre' } });
}

/** Route and distribution codes, each in its frame at the right. */
function codes(sheet: Sheet): PlanItem[] {
  return sheet.shown.routeCodes.flatMap((text, index) => {
    const at = { xMm: sheet.widthMm - MARGIN_MM - 24, yMm: 48.6 + index * 8, widthMm: 24, heightMm: 6 };
    return line({ field: `routeCodes.${index}`, text, at, style: { maxPt: 16, minPt: 8, bold: true, align: 'right' } });
  });
}

function addresses(sheet: Sheet): PlanItem[] {
  const { from, to } = sheet.shown;
  const sender = { xMm: 5.4, yMm: 48.6, widthMm: 62, heightMm: 19 };
  const recipient = { xMm: 19.4, yMm: 71, widthMm: sheet.widthMm - 19.4 - MARGIN_MM, heightMm: 23.6 };
  const home = (lines: ReturnType<typeof addressBlock>) => lines.filter(({ field }) => !field.endsWith('.country'));
  const shipTo = { xMm: 5.4, yMm: 71, widthMm: 13, heightMm: 7 };
  const words = [{ field: 'caption', text: 'SHIP TO:', bold: true }];
  return [
    ...fitBlock(home(plainAddressBlock(from, 'from', 'en')), sender, { maxPt: 8, minPt: 6 }),
    ...fitBlock(words, shipTo, { maxPt: 8, minPt: 7 }),
    ...fitBlock(home(addressBlock(to, 'to', 'en')), recipient, { maxPt: 12, minPt: 8 }),
  ];
}

/** The same data as the bars, left of the address and in the lower right corner, as on the labels of USPS' own service. */
function matrices(sheet: Sheet): PlanItem[] {
  const { elements } = barcodeOf(sheet.source);
  const symbol = gs1DataMatrix(elements, 'number');
  const room = { leftMm: MARGIN_MM, rightMm: sheet.widthMm - MARGIN_MM, dpi: sheet.source.dpi, field: 'number' };
  return [
    placeMatrix(symbol, impbMatrix, { ...room, bottomMm: 93.2, align: 'left' }),
    placeMatrix(symbol, impbMatrix, { ...room, bottomMm: sheet.heightMm - 4, align: 'right' }),
  ];
}

/** USPS Publication 199 and the labels of its own service: icon, postage, banner, addresses, IMpb between two bars. */
export function uspsZones(sheet: Sheet): PlanItem[] {
  const widthMm = innerWidth(sheet);
  const head = { xMm: MARGIN_MM, yMm: 3, widthMm, heightMm: 5.5 };
  const words = { xMm: MARGIN_MM, yMm: 98.6, widthMm, heightMm: 4 };
  const { carrier, trackingBanner } = sheet.shown;
  // Whoever handles it in the USA reads English, whatever the shop speaks.
  const english = { ...sheet, shown: { ...sheet.shown, language: 'en' as const } };
  const top = toMm(toDots(105, sheet.source.dpi), sheet.source.dpi);
  return [
    ...specimen(sheet, 60),
    ...line({ field: 'carrier', text: carrier, at: head, style: { maxPt: 12, minPt: 6, bold: true } }),
    thickRule(sheet, 9.9, 1.06),
    ...indicia(sheet),
    thickRule(sheet, 36.2, 0.3),
    ...banner(sheet),
    thickRule(sheet, 46.4, 0.3),
    ...addresses(sheet),
    ...codes(sheet),
    thickRule(sheet, 96.2, 1.06),
    ...line({
      field: 'trackingBanner',
      text: trackingBanner,
      at: words,
      style: { maxPt: 12, minPt: 9, bold: true, align: 'centre' },
    }),
    ...barsZone(sheet, { barcode: barcodeOf(sheet.source), field: 'number', specs: impbBars, topMm: top, maxPt: 13 }),
    thickRule(sheet, 131.1, 1.1),
    ...shopFacts(english, { xMm: MARGIN_MM, yMm: 133.6, widthMm: widthMm - 17, heightMm: 9 }),
    ...notesLine(sheet, widthMm - 17),
    ...matrices(sheet),
  ];
}
