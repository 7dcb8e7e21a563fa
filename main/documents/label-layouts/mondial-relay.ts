import { mondialRelayBarcode } from '../../../shared/carriers/mondial-relay.ts';
import type { LabelOf } from '../../../shared/model/label.ts';
import type { Box } from '../document.ts';
import { caption, innerWidth, type LabelSheet, MARGIN_MM, recipientZone, rule } from '../label-zones.ts';
import type { PlanItem } from '../page-plan.ts';
import { mondialRelayBars } from '../profiles.ts';
import { columns, headZones } from './common-zones.ts';
import { barsZone, fill, line, notesLine, shopFacts } from './layout-parts.ts';

interface Cell {
  readonly title: string;
  readonly field: string;
  readonly text: string;
}

function cell({ title, field, text }: Cell, at: Box): PlanItem[] {
  const inside = { ...at, yMm: at.yMm + 3, heightMm: at.heightMm - 3 };
  return [
    ...caption(title, at.xMm, at.yMm),
    ...line({ field, text, at: inside, style: { maxPt: 24, minPt: 8, bold: true } }),
  ];
}

/** What the sorting staff read from afar: agency white on black, then group, shuttle and run. */
function sortingRow(sheet: LabelSheet<LabelOf<'mondial-relay'>>): PlanItem[] {
  const { agency, group, shuttle, run, mode } = sheet.shown;
  const box = { xMm: MARGIN_MM, yMm: 72.5, widthMm: 36, heightMm: 18 };
  const inside = { xMm: box.xMm + 2, yMm: box.yMm + 1, widthMm: box.widthMm - 4, heightMm: box.heightMm - 2 };
  const cells: Cell[] = [
    { title: 'MODE', field: 'mode', text: mode },
    ...(group ? [{ title: 'GROUPE', field: 'group', text: group }] : []),
    ...(shuttle ? [{ title: 'NAVETTE', field: 'shuttle', text: shuttle }] : []),
    { title: 'TOURNÉE', field: 'run', text: run },
  ];
  const right = sheet.widthMm - MARGIN_MM;
  const at = { xMm: 42, yMm: 73.5, widthMm: right - 42, heightMm: 14 };
  const places = columns(at, cells.length);
  return [
    fill(box),
    ...line({
      field: 'agency',
      text: agency,
      at: inside,
      style: { maxPt: 44, minPt: 14, bold: true, align: 'centre', color: 'white' },
    }),
    ...cells.flatMap((one, index) => cell(one, places[index] ?? at)),
  ];
}

function pickupRow({ shown, widthMm }: LabelSheet<LabelOf<'mondial-relay'>>): PlanItem[] {
  if (!shown.pickupPoint) return [];
  const { number, name } = shown.pickupPoint;
  const at = { xMm: MARGIN_MM, yMm: 96.6, widthMm: widthMm - 2 * MARGIN_MM, heightMm: 5.5 };
  return [
    ...caption('POINT RELAIS', MARGIN_MM, 94),
    ...line({ field: 'pickupPoint.name', text: `${number} - ${name}`, at, style: { maxPt: 14, minPt: 7, bold: true } }),
  ];
}

/** One code of 26 digits only: further barcodes would have to be declared to the carrier. */
export function mondialRelayZones(sheet: LabelSheet<LabelOf<'mondial-relay'>>): PlanItem[] {
  const widthMm = innerWidth(sheet);
  return [
    ...headZones(sheet),
    ...recipientZone(sheet, { xMm: MARGIN_MM, yMm: 31.2, widthMm, heightMm: 38.5 }),
    rule(sheet, 71),
    ...sortingRow(sheet),
    rule(sheet, 92),
    ...pickupRow(sheet),
    rule(sheet, 103.5),
    ...shopFacts(sheet, { xMm: MARGIN_MM, yMm: 104.9, widthMm, heightMm: 8 }),
    rule(sheet, 114),
    ...barsZone(sheet, {
      barcode: mondialRelayBarcode(sheet.source.number),
      field: 'number',
      specs: [mondialRelayBars],
      topMm: 119,
      maxPt: 12,
    }),
    ...notesLine(sheet),
  ];
}
