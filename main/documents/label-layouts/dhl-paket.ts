import { dhlItemBarcode, dhlRoutingBarcode } from '../../../shared/carriers/dhl-paket.ts';
import type { LabelOf } from '../../../shared/model/label.ts';
import { caption, factColumns, innerWidth, type LabelSheet, MARGIN_MM, recipientZone, rule } from '../label-zones.ts';
import type { PlanItem } from '../page-plan.ts';
import { dhlItemBars, dhlRoutingBars } from '../profiles.ts';
import { headZones } from './common-zones.ts';
import { barsZone, notesLine, shopFacts } from './layout-parts.ts';

/** Routing over item, both full width and 25 mm high: the order of DHL Paket's own label. */
export function dhlPaketZones(sheet: LabelSheet<LabelOf<'dhl-paket'>>): PlanItem[] {
  const { routing, sscc } = sheet.source;
  const widthMm = innerWidth(sheet);
  const billing = sheet.shown.billingNumber ?? '';
  const split = billing === '' ? widthMm : widthMm * 0.68;
  const facts = { xMm: MARGIN_MM, yMm: 63, widthMm: split, heightMm: 7.4 };
  const account = { title: 'ABRECHNUNGSNR.', line: { field: 'billingNumber', text: billing } };
  return [
    ...headZones(sheet),
    ...recipientZone(sheet, { xMm: MARGIN_MM, yMm: 31.2, widthMm, heightMm: 29.4 }),
    rule(sheet, 61.6),
    ...shopFacts(sheet, facts),
    ...(billing === '' ? [] : factColumns([account], { ...facts, xMm: MARGIN_MM + split, widthMm: widthMm - split })),
    rule(sheet, 71.4),
    ...caption('LEITCODE / ROUTINGCODE', MARGIN_MM, 72.6),
    ...barsZone(sheet, {
      barcode: dhlRoutingBarcode(routing),
      field: 'routing',
      specs: [dhlRoutingBars],
      topMm: 75.9,
      maxPt: 11,
    }),
    rule(sheet, 107),
    ...caption('SENDUNGSNUMMER', MARGIN_MM, 108.2),
    ...barsZone(sheet, { barcode: dhlItemBarcode(sscc), field: 'sscc', specs: [dhlItemBars], topMm: 111.4, maxPt: 12 }),
    ...notesLine(sheet),
  ];
}
