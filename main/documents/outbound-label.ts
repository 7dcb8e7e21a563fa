import type { LabelOf } from '../../shared/model/label.ts';
import { countryNumber } from './countries.ts';
import type { Box } from './document.ts';
import { fitBlock } from './fit-text.ts';
import { labelWords } from './label-words.ts';
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
  underBars,
} from './label-zones.ts';
import type { PlanItem } from './page-plan.ts';
import { placeBars } from './place-symbol.ts';
import { gs1LogisticBars } from './profiles.ts';
import { gs1Bars } from './symbols.ts';

/** Where the zones meet, in mm from the label's bottom. */
const SSCC_RULE = 41.3;
const ROUTING_RULE = 80.3;
const FACTS_HEIGHT = 9.6;

function routingValue(sheet: LabelSheet): { ai: string; value: string } | undefined {
  const { from, to } = sheet.source;
  const postcode = to.postcode.toUpperCase().replace(/[^0-9A-Z]/g, '');
  if (postcode === '') return undefined;
  if (from.country === to.country) return { ai: '420', value: postcode };
  const country = countryNumber(to.country);
  // A code that ISO has not numbered (XK) cannot be routed by (421); the SSCC alone still identifies the parcel.
  return country === undefined ? undefined : { ai: '421', value: country + postcode };
}

function routingZone(sheet: LabelSheet, routing: { ai: string; value: string }): PlanItem[] {
  const { dpi, language } = sheet.source;
  const bottomMm = sheet.heightMm - SSCC_RULE - 5.3;
  const room = { leftMm: 0, rightMm: sheet.widthMm, bottomMm, dpi, field: 'to.postcode' };
  const symbol = gs1Bars([{ ...routing, variableLength: true }], 'to.postcode');
  const bars = placeBars(symbol, gs1LogisticBars, room);
  const spaced = routing.ai === '421' ? `${routing.value.slice(0, 3)} ${routing.value.slice(3)}` : routing.value;
  const line = { field: 'to.postcode', text: `(${routing.ai}) ${spaced}`, bold: true };
  return [
    bars,
    ...underBars(bars, sheet, line),
    ...caption(labelWords[language].routing, MARGIN_MM, bottomMm + 2.1),
    rule(sheet, sheet.heightMm - ROUTING_RULE),
  ];
}

/** Who sends, with which carrier, parcel of parcels, weight and day: the top of a label. */
export function outboundHeader(sheet: LabelSheet): PlanItem[] {
  const split = sheet.widthMm * 0.52;
  const right: Box = { xMm: split, yMm: MARGIN_MM, widthMm: sheet.widthMm - split - MARGIN_MM, heightMm: 8 };
  const carrier = { field: 'carrier', text: sheet.shown.carrier, bold: true };
  const service = { field: 'service', text: sheet.shown.service, scale: 0.6 };
  return [
    ...senderZone(sheet, { xMm: MARGIN_MM, yMm: MARGIN_MM, widthMm: split - MARGIN_MM - 3, heightMm: 17 }),
    ...fitBlock(sheet.shown.kind === 'return' ? [carrier, service] : [carrier], right, { maxPt: 20, minPt: 6 }),
    ...parcelFacts(sheet, { ...right, yMm: MARGIN_MM + 9.2, heightMm: 8 }),
  ];
}

/** The zones of an outbound label: who sends, how, to whom, facts, postcode bars, SSCC lowest. */
export function outboundZones(sheet: LabelSheet<LabelOf<'gs1-logistic'>>): PlanItem[] {
  const routing = routingValue(sheet);
  const factsBottom = sheet.heightMm - (routing ? ROUTING_RULE : SSCC_RULE);
  const factsTop = factsBottom - FACTS_HEIGHT;
  const { order, tracking, references } = factsOf(sheet, sheet.shown.language);
  const recipient = { xMm: MARGIN_MM, yMm: 31.2, widthMm: innerWidth(sheet), heightMm: factsTop - 32 };
  return [
    ...specimen(sheet, 44),
    ...outboundHeader(sheet),
    ...band(sheet, { field: 'service', text: sheet.shown.service }, { yMm: 20.8, heightMm: 9 }),
    ...recipientZone(sheet, recipient),
    rule(sheet, factsTop),
    ...factColumns([order, tracking, references], {
      xMm: MARGIN_MM,
      yMm: factsTop + 1.4,
      widthMm: innerWidth(sheet),
      heightMm: FACTS_HEIGHT - 1.8,
    }),
    ...(routing ? routingZone(sheet, routing) : []),
    rule(sheet, sheet.heightMm - SSCC_RULE),
    ...ssccZone(sheet),
  ];
}
