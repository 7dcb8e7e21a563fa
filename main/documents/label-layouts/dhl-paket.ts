import { dhlItemBarcode, dhlRoutingBarcode } from '../../../shared/carriers/dhl-paket.ts';
import type { LabelOf } from '../../../shared/model/label.ts';
import { caption, innerWidth, type LabelSheet, MARGIN_MM, recipientZone, rule } from '../label-zones.ts';
import type { PlanItem } from '../page-plan.ts';
import { dhlItemBars, dhlRoutingBars } from '../profiles.ts';
import { headZones } from './common-zones.ts';
import { barsZone, line, notesLine, shopFacts } from './layout-parts.ts';

/** Routing over item, both full width and 25 mm high: the order of DHL Paket's own label. */
export function dhlPaketZones(sheet: LabelSheet<LabelOf<'dhl-paket'>>): PlanItem[] {
  const { routing, sscc } = sheet.source;
  const widthMm = innerWidth(sheet);
  const { billingNumber } = sheet.shown;
  const billing = billingNumber === undefined ? '' : `ABRECHNUNGSNR. ${billingNumber}`;
  const beside = { xMm: 50, yMm: 72.2, widthMm: sheet.widthMm - 50 - MARGIN_MM, heightMm: 2.6 };
  return [
    ...headZones(sheet),
    ...recipientZone(sheet, { xMm: MARGIN_MM, yMm: 31.2, widthMm, heightMm: 29.4 }),
    rule(sheet, 61.6),
    ...shopFacts(sheet, { xMm: MARGIN_MM, yMm: 63, widthMm, heightMm: 7.4 }),
    rule(sheet, 71.4),
    ...caption('LEITCODE / ROUTINGCODE', MARGIN_MM, 72.6),
    ...line({ field: 'billingNumber', text: billing, at: beside, style: { maxPt: 7, minPt: 5, align: 'right' } }),
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
