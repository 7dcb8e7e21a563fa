import { s10Barcode } from '../../../shared/carriers/s10.ts';
import type { LabelOf } from '../../../shared/model/label.ts';
import { innerWidth, type LabelSheet, MARGIN_MM, recipientZone, rule } from '../label-zones.ts';
import type { PlanItem } from '../page-plan.ts';
import { s10Bars } from '../profiles.ts';
import { headZones } from './common-zones.ts';
import { barsZone, line, notesLine, shopFacts } from './layout-parts.ts';

/** A post's parcel: the service indicator in large letters over the bars of the number (UPU S10-12). */
export function s10Zones(sheet: LabelSheet<LabelOf<'upu-s10'>>): PlanItem[] {
  const { number } = sheet.source;
  const { carrier } = sheet.shown;
  const widthMm = innerWidth(sheet);
  const indicator = { xMm: MARGIN_MM + 2, yMm: 101.5, widthMm: 24, heightMm: 12 };
  const post = { xMm: 32, yMm: 101.5, widthMm: sheet.widthMm - 32 - MARGIN_MM, heightMm: 12 };
  return [
    ...headZones(sheet),
    ...recipientZone(sheet, { xMm: MARGIN_MM, yMm: 31.2, widthMm, heightMm: 54 }),
    rule(sheet, 87),
    ...shopFacts(sheet, { xMm: MARGIN_MM, yMm: 88.4, widthMm, heightMm: 8 }),
    rule(sheet, 98),
    ...line({ field: 'number', text: number.slice(0, 2), at: indicator, style: { maxPt: 40, minPt: 20, bold: true } }),
    ...line({ field: 'carrier', text: carrier, at: post, style: { maxPt: 20, minPt: 8, bold: true, align: 'right' } }),
    ...barsZone(sheet, { barcode: s10Barcode(number), field: 'number', specs: [s10Bars], topMm: 118, maxPt: 14 }),
    ...notesLine(sheet),
  ];
}
