import { readableDpdParcel } from '../../../shared/carriers/geopost.ts';
import type { LabelOf } from '../../../shared/model/label.ts';
import { addressBlock, plainAddressBlock } from '../address-lines.ts';
import { fitBlock } from '../fit-text.ts';
import { labelWords, prepaidBanner, weightInWords } from '../label-words.ts';
import { caption, factColumns, type LabelSheet, MARGIN_MM, rule, specimen } from '../label-zones.ts';
import { type PlanItem, symbolBox } from '../page-plan.ts';
import { placeMatrix } from '../place-symbol.ts';
import { geopostAztec, geopostBars } from '../profiles.ts';
import { aztecCode } from '../symbols.ts';
import { textWidthMm } from '../text-width.ts';
import { asciiText } from './ascii-text.ts';
import { routedBarcode } from './geopost-barcode.ts';
import { barsZone, fill, line, notesLine, shopFacts, thickRule } from './layout-parts.ts';

type Sheet = LabelSheet<LabelOf<'dpd'>>;

/** The right column of the middle zone, where the Aztec code stands. */
const COLUMN_MM = 40;

function head(sheet: Sheet): PlanItem[] {
  const { carrier, from, language, depot } = sheet.shown;
  const lines = plainAddressBlock(from, 'from', language);
  const logo = { xMm: MARGIN_MM, yMm: MARGIN_MM, widthMm: 26, heightMm: 12 };
  const sender = { xMm: 31, yMm: MARGIN_MM, widthMm: 38, heightMm: 12.6 };
  const station = { xMm: 71, yMm: MARGIN_MM, widthMm: sheet.widthMm - 71 - MARGIN_MM, heightMm: 12.6 };
  const depotLines = depot.map((text, index) => ({ field: `depot.${index}`, text }));
  return [
    ...fitBlock([{ field: 'carrier', text: carrier, bold: true }], logo, { maxPt: 26, minPt: 7 }),
    ...fitBlock(lines, sender, { maxPt: 6.5, minPt: 5 }),
    ...fitBlock(depotLines, station, { maxPt: 6.5, minPt: 5 }),
  ];
}

function recipient({ shown, widthMm }: Sheet): PlanItem[] {
  const { to, language, service, parcelIndex, parcelCount, weightMg } = shown;
  const words = labelWords[language];
  const left = { xMm: MARGIN_MM, yMm: 18, widthMm: widthMm - COLUMN_MM - MARGIN_MM - 3, heightMm: 25.2 };
  const right = { xMm: widthMm - COLUMN_MM, yMm: 18.2, widthMm: COLUMN_MM - MARGIN_MM, heightMm: 8 };
  const phone = to.phone ? [{ field: 'to.phone', text: `${words.phone} ${to.phone}`, scale: 0.75 }] : [];
  const facts = [
    { title: words.parcel, line: { field: 'parcelIndex', text: `${parcelIndex}/${parcelCount}` } },
    {
      title: words.weight,
      line: { field: 'weightMg', text: weightMg === undefined ? '' : weightInWords(weightMg, language) },
      share: 1.6,
    },
  ];
  return [
    ...fitBlock([...addressBlock(to, 'to', language), ...phone], left, { maxPt: 12, minPt: 6 }),
    ...factColumns(facts, right),
    ...fitBlock(
      [{ field: 'service', text: service, bold: true }],
      { ...right, yMm: 28, heightMm: 15 },
      { maxPt: 16, minPt: 7 },
    ),
  ];
}

/** References and info at the left, the Aztec code at the right where DPD's service gave its data. */
function middle(sheet: Sheet): PlanItem[] {
  const { aztec, dpi } = sheet.source;
  const { info, to, language, references } = sheet.shown;
  const left = { xMm: MARGIN_MM, yMm: 45.6, widthMm: sheet.widthMm - COLUMN_MM - MARGIN_MM - 3, heightMm: 8 };
  const banner = sheet.shown.kind === 'return' ? prepaidBanner : '';
  const notes = [
    { field: 'caption', text: banner, bold: true },
    ...references.map((text, index) => ({ field: `references.${index}`, text })),
    { field: 'info', text: info ?? '' },
  ];
  const mail = to.phone ? [] : [{ field: 'to.email', text: to.email ?? '' }];
  const column = {
    leftMm: sheet.widthMm - COLUMN_MM,
    rightMm: sheet.widthMm - MARGIN_MM,
    bottomMm: 0,
    dpi,
    field: 'aztec',
  };
  const facts = shopFacts({ ...sheet, shown: { ...sheet.shown, references: [] } }, left);
  const text = [
    ...facts,
    ...caption(labelWords[language].references, left.xMm, 55),
    ...fitBlock([...notes, ...mail], { ...left, yMm: 58, heightMm: 20 }, { maxPt: 9, minPt: 6 }),
  ];
  if (aztec === undefined) return text;
  const placed = placeMatrix(aztecCode(aztec, 'aztec'), geopostAztec, column);
  const { heightMm } = symbolBox(placed, dpi);
  const bottomMm = 61.9 + heightMm / 2;
  return [...text, placeMatrix(placed.symbol, geopostAztec, { ...column, bottomMm })];
}

/** `1077 4000 2483 83 2`: the depot bold, the check character behind. */
function parcelLine(sheet: Sheet): PlanItem[] {
  const readable = readableDpdParcel(sheet.source.parcelNumber);
  const [depot, rest] = [readable.slice(0, 4), readable.slice(5)];
  const at = { xMm: MARGIN_MM, yMm: 81, widthMm: 60, heightMm: 6 };
  const bold = line({ field: 'parcelNumber', text: depot, at, style: { maxPt: 20, minPt: 12, bold: true } });
  const xMm = MARGIN_MM + textWidthMm(depot, 20, true) + 2;
  const service = { xMm: 72, yMm: 81, widthMm: sheet.widthMm - 72 - MARGIN_MM, heightMm: 6 };
  const code = sheet.shown.serviceCode;
  return [
    ...bold,
    ...line({
      field: 'parcelNumber',
      text: rest,
      at: { ...at, xMm, widthMm: 70 - xMm },
      style: { maxPt: 20, minPt: 10 },
    }),
    ...line({
      field: 'serviceCode',
      text: code,
      at: service,
      style: { maxPt: 20, minPt: 10, bold: true, align: 'right' },
    }),
  ];
}

/** The routing line and the inverse sorting field, then service, country and postcode in words. */
function routing(sheet: Sheet): PlanItem[] {
  const { routing: way, serviceCode, to, stamp } = sheet.shown;
  const box = { xMm: sheet.widthMm - MARGIN_MM - 30, yMm: 91, widthMm: 30, heightMm: 12 };
  const left = { xMm: MARGIN_MM, yMm: 91, widthMm: box.xMm - MARGIN_MM - 2, heightMm: 12 };
  const inside = { ...box, xMm: box.xMm + 1.5, widthMm: box.widthMm - 3 };
  const inWords = `${serviceCode}-${to.country}-${to.postcode}`;
  const lower = { xMm: MARGIN_MM, yMm: 104.2, widthMm: 50, heightMm: 4.2 };
  const right = { ...lower, xMm: 55, widthMm: sheet.widthMm - 55 - MARGIN_MM };
  return [
    ...line({ field: 'routing.line', text: way.line, at: left, style: { maxPt: 34, minPt: 12, bold: true } }),
    fill(box),
    ...line({
      field: 'routing.sort',
      text: way.sort,
      at: inside,
      style: { maxPt: 34, minPt: 12, bold: true, color: 'white', align: 'centre' },
    }),
    ...line({ field: 'to.postcode', text: inWords, at: lower, style: { maxPt: 12, minPt: 7 } }),
    ...line({ field: 'stamp', text: stamp ?? '', at: right, style: { maxPt: 6.5, minPt: 5, align: 'right' } }),
  ];
}

/** The layout's own words too: no letter of the label is beyond ASCII. */
function inAscii(items: readonly PlanItem[]): PlanItem[] {
  return items.map((item) => (item.kind === 'text' ? { ...item, text: asciiText(item.text, item.field) } : item));
}

/** DPD label specification 2.4, zones as on its own labels: routing and barcode lowest, three rules over the bars. */
export function dpdZones(sheet: Sheet): PlanItem[] {
  const { parcelNumber, serviceCode, to } = sheet.source;
  const barcode = routedBarcode(parcelNumber, serviceCode, to);
  return inAscii([
    ...specimen(sheet, 50),
    ...head(sheet),
    rule(sheet, 16.5),
    ...recipient(sheet),
    rule(sheet, 44),
    ...middle(sheet),
    rule(sheet, 79.5),
    ...parcelLine(sheet),
    rule(sheet, 89),
    ...routing(sheet),
    ...[110, 111.2, 112.4].map((yMm) => thickRule(sheet, yMm, 0.5)),
    ...barsZone(sheet, { barcode, field: 'to.postcode', specs: geopostBars, topMm: 114, maxPt: 11 }),
    ...notesLine(sheet),
  ]);
}
