import { grouped } from '../../../shared/carriers/carrier-number.ts';
import { chronopostParcel } from '../../../shared/carriers/geopost.ts';
import type { LabelOf } from '../../../shared/model/label.ts';
import { caption, innerWidth, type LabelSheet, MARGIN_MM, recipientZone, rule } from '../label-zones.ts';
import type { PlanItem } from '../page-plan.ts';
import { geopostBars } from '../profiles.ts';
import { columns, headZones } from './common-zones.ts';
import { routedBarcode } from './geopost-barcode.ts';
import { barsZone, line, notesLine, shopFacts } from './layout-parts.ts';

function sortingRow({ shown, widthMm }: LabelSheet<LabelOf<'chronopost'>>): PlanItem[] {
  const words = shown.sorting.length > 0 ? shown.sorting : [shown.to.postcode];
  const at = { xMm: MARGIN_MM, yMm: 73, widthMm: widthMm - 2 * MARGIN_MM, heightMm: 14 };
  const places = columns(at, words.length);
  return words.flatMap((text, index) =>
    line({
      field: `sorting.${index}`,
      text,
      at: places[index] ?? at,
      style: { maxPt: 36, minPt: 10, bold: true, align: 'centre' },
    }),
  );
}

/** GeoPost's 28 characters with the alphanumeric parcel number; every value beside the address is the service's. */
export function chronopostZones(sheet: LabelSheet<LabelOf<'chronopost'>>): PlanItem[] {
  const { number, geopostSuffix, serviceCode, to } = sheet.source;
  const widthMm = innerWidth(sheet);
  const barcode = routedBarcode(chronopostParcel(number, geopostSuffix), serviceCode, to);
  const shownNumber = { xMm: MARGIN_MM, yMm: 93, widthMm, heightMm: 6 };
  const style = { maxPt: 18, minPt: 10, bold: true, align: 'centre' as const };
  return [
    ...headZones(sheet),
    ...recipientZone(sheet, { xMm: MARGIN_MM, yMm: 31.2, widthMm, heightMm: 38.5 }),
    rule(sheet, 71),
    ...sortingRow(sheet),
    rule(sheet, 89),
    ...caption('N° DE COLIS', MARGIN_MM, 90.2),
    ...line({ field: 'number', text: grouped(number, [2, 3, 3, 3]), at: shownNumber, style }),
    rule(sheet, 101),
    ...shopFacts(sheet, { xMm: MARGIN_MM, yMm: 102.4, widthMm, heightMm: 8 }),
    rule(sheet, 112),
    ...barsZone(sheet, {
      barcode,
      field: 'to.postcode',
      specs: geopostBars,
      topMm: 115,
      maxPt: 11,
    }),
    ...notesLine(sheet),
  ];
}
