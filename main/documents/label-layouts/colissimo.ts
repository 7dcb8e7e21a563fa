import { colissimoBarcode, colissimoSortingBarcode } from '../../../shared/carriers/colissimo.ts';
import type { LabelOf } from '../../../shared/model/label.ts';
import { caption, innerWidth, type LabelSheet, MARGIN_MM, recipientZone, rule } from '../label-zones.ts';
import type { PlanItem } from '../page-plan.ts';
import { colissimoBars, colissimoSortingBars } from '../profiles.ts';
import { headZones } from './common-zones.ts';
import { barsZone, notesLine, shopFacts } from './layout-parts.ts';

/** Tracking over sorting code, as La Poste described its label in 2012; today it approves what its service returns. */
export function colissimoZones(sheet: LabelSheet<LabelOf<'colissimo'>>): PlanItem[] {
  const { number, sortingCode } = sheet.source;
  const widthMm = innerWidth(sheet);
  return [
    ...headZones(sheet),
    ...recipientZone(sheet, { xMm: MARGIN_MM, yMm: 31.2, widthMm, heightMm: 42 }),
    rule(sheet, 75),
    ...shopFacts(sheet, { xMm: MARGIN_MM, yMm: 76.4, widthMm, heightMm: 8 }),
    rule(sheet, 86),
    ...caption('N° DE COLIS', MARGIN_MM, 87.2),
    ...barsZone(sheet, {
      barcode: colissimoBarcode(number),
      field: 'number',
      specs: [colissimoBars],
      topMm: 91.5,
      maxPt: 14,
    }),
    rule(sheet, 118.5),
    ...caption('ACHEMINEMENT', MARGIN_MM, 119.7),
    ...barsZone(sheet, {
      barcode: colissimoSortingBarcode(sortingCode),
      field: 'sortingCode',
      specs: [colissimoSortingBars],
      topMm: 124,
      maxPt: 11,
    }),
    ...notesLine(sheet),
  ];
}
