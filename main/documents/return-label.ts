import type { LabelOf, ReturnLabelModel } from '../../shared/model/label.ts';
import type { Box } from './document.ts';
import { fitBlock, fitLine } from './fit-text.ts';
import { dateInWords, labelWords, prepaidBanner } from './label-words.ts';
import {
  band,
  caption,
  factColumns,
  factsOf,
  innerWidth,
  type LabelSheet,
  MARGIN_MM,
  parcelFacts,
  recipientZone,
  rule,
  senderZone,
  specimen,
  ssccZone,
} from './label-zones.ts';
import { type PlanItem, symbolBox } from './page-plan.ts';
import { placeBars, placeMatrix } from './place-symbol.ts';
import { rmaBars, rmaMatrix } from './profiles.ts';
import { code128Bars, dataMatrix } from './symbols.ts';

const SSCC_RULE = 41.3;
const RMA_RULE = 66;
const FACTS_HEIGHT = 9.6;

/** The returns bench scans either: bars with a laser, the matrix with a camera. */
function rmaZone(sheet: LabelSheet, model: ReturnLabelModel): PlanItem[] {
  const { dpi, rma, language } = model;
  const bottomMm = sheet.heightMm - SSCC_RULE - 5.3;
  const room = { leftMm: MARGIN_MM, rightMm: sheet.widthMm - MARGIN_MM, bottomMm, dpi, field: 'rma' };
  const bars = placeBars(code128Bars(rma, 'rma'), rmaBars, { ...room, align: 'left' });
  const box = symbolBox(bars, dpi);
  const hri = { xMm: box.xMm, yMm: bottomMm + 0.8, widthMm: box.widthMm, heightMm: 4 };
  return [
    ...caption(labelWords[language].rma, MARGIN_MM, sheet.heightMm - RMA_RULE + 1.4),
    bars,
    ...fitLine({ field: 'rma', text: rma, bold: true }, hri, { maxPt: 12, minPt: 8, align: 'centre' }),
    placeMatrix(dataMatrix(rma, 'rma'), rmaMatrix, { ...room, bottomMm: bottomMm + 2, align: 'right' }),
  ];
}

/** Until when the carrier takes it: the buyer's first question. */
function expiry({ language, expiresOn }: ReturnLabelModel, at: Box): PlanItem[] {
  const date = { field: 'expiresOn', text: dateInWords(expiresOn, language), bold: true };
  return [
    ...caption(labelWords[language].validUntil, at.xMm, at.yMm),
    ...fitLine(date, { ...at, yMm: at.yMm + 3, heightMm: 5.5 }, { maxPt: 16, minPt: 8 }),
  ];
}

function header(sheet: LabelSheet, shown: ReturnLabelModel): PlanItem[] {
  const split = sheet.widthMm * 0.58;
  const left = { xMm: MARGIN_MM, yMm: 14.4, widthMm: split - MARGIN_MM - 3, heightMm: 9.5 };
  const right = { xMm: split, yMm: 14.4, widthMm: sheet.widthMm - split - MARGIN_MM, heightMm: 9 };
  const who = [
    { field: 'carrier', text: shown.carrier, bold: true, scale: 1.4 },
    { field: 'service', text: shown.service },
  ];
  return [...fitBlock(who, left, { maxPt: 10.5, minPt: 6 }), ...expiry(shown, right)];
}

function senderRow(sheet: LabelSheet, shown: ReturnLabelModel): PlanItem[] {
  const split = sheet.widthMm * 0.52;
  const right = { xMm: split, yMm: 26, widthMm: sheet.widthMm - split - MARGIN_MM, heightMm: 8 };
  const notes = shown.notes.map((text, index) => ({ field: `notes.${index}`, text }));
  return [
    ...senderZone(sheet, { xMm: MARGIN_MM, yMm: 26, widthMm: split - MARGIN_MM - 3, heightMm: 17 }),
    ...parcelFacts(sheet, right),
    ...fitBlock(notes, { ...right, yMm: 35, heightMm: 8 }, { maxPt: 7, minPt: 5 }),
  ];
}

/** The zones of a prepaid return label: the banner first, RMA twice, SSCC lowest. */
export function returnZones(
  sheet: LabelSheet<LabelOf<'gs1-logistic'>>,
  source: ReturnLabelModel,
  shown: ReturnLabelModel,
): PlanItem[] {
  const factsTop = sheet.heightMm - RMA_RULE - FACTS_HEIGHT;
  const { order, tracking, references } = factsOf(sheet, shown.language);
  const recipient = { xMm: MARGIN_MM, yMm: 46, widthMm: innerWidth(sheet), heightMm: factsTop - 46.8 };
  return [
    ...specimen(sheet, 48),
    ...band(sheet, { field: 'caption', text: prepaidBanner }, { yMm: MARGIN_MM, heightMm: 10 }),
    ...header(sheet, shown),
    rule(sheet, 24.6),
    ...senderRow(sheet, shown),
    rule(sheet, 44.6),
    ...recipientZone(sheet, recipient),
    rule(sheet, factsTop),
    ...factColumns([order, tracking, references], {
      xMm: MARGIN_MM,
      yMm: factsTop + 1.4,
      widthMm: innerWidth(sheet),
      heightMm: FACTS_HEIGHT - 1.8,
    }),
    rule(sheet, sheet.heightMm - RMA_RULE),
    ...rmaZone(sheet, source),
    rule(sheet, sheet.heightMm - SSCC_RULE),
    ...ssccZone(sheet),
  ];
}
