import { AppError } from '../../shared/errors.ts';
import { plainAddressBlock } from './address-lines.ts';
import type { ManifestModel, ManifestRow, RenderedDocument } from './document.ts';
import { fitLine } from './fit-text.ts';
import { type Block, dealToPages, flowColumn, flowText } from './flow-text.ts';
import { dateInWords, weightInWords } from './label-words.ts';
import { manifestWords } from './manifest-words.ts';
import { expectedSymbols, type PagePlan, type PlanItem, symbolBox } from './page-plan.ts';
import { drawPdf } from './pdf.ts';
import { placeWidestBars } from './place-symbol.ts';
import { makePrintable } from './printable.ts';
import { stationBars } from './profiles.ts';
import { code128Bars } from './symbols.ts';

const A4 = { widthMm: 210, heightMm: 297 } as const;
const LEFT_MM = 12;
const WIDTH_MM = A4.widthMm - 2 * LEFT_MM;
const FIRST_TOP_MM = 78;
const NEXT_TOP_MM = 28;
const BOTTOM_MM = 282;
const HEAD_MM = 7;
const ROW_MM = 6;
const RECEIPT_MM = 44;
const DARK = '#1a1a1a';
const GREY = '#555555';

/** Columns of the list, in mm from the left edge of the paper. */
const columns = {
  line: { xMm: LEFT_MM + 1, widthMm: 9 },
  tracking: { xMm: LEFT_MM + 12, widthMm: 54 },
  order: { xMm: LEFT_MM + 68, widthMm: 34 },
  service: { xMm: LEFT_MM + 104, widthMm: 34 },
  to: { xMm: LEFT_MM + 140, widthMm: 25 },
  weight: { xMm: LEFT_MM + 166, widthMm: WIDTH_MM - 167 },
} as const;

function heading(model: ManifestModel): PlanItem[] {
  const text = `${manifestWords[model.language].title} ${model.number}`;
  const at = { xMm: LEFT_MM, yMm: 12, widthMm: WIDTH_MM, heightMm: 8 };
  return [
    ...fitLine({ field: 'number', text, bold: true }, at, { maxPt: 18, minPt: 8 }),
    { kind: 'fill', at: { xMm: LEFT_MM, yMm: 23, widthMm: WIDTH_MM, heightMm: 0.5 }, color: 'black' },
  ];
}

function bars(model: ManifestModel): PlanItem[] {
  const room = {
    leftMm: LEFT_MM + 96,
    rightMm: LEFT_MM + WIDTH_MM + 4,
    bottomMm: 42,
    dpi: 300,
    align: 'right',
  } as const;
  const item = placeWidestBars(code128Bars(model.number, 'number'), stationBars, { ...room, field: 'number' });
  const box = symbolBox(item, 300);
  const under = { xMm: box.xMm, yMm: 43.2, widthMm: box.widthMm };
  const say = { xMm: LEFT_MM + 96, yMm: 48.5, widthMm: WIDTH_MM - 96 };
  return [
    item,
    ...flowText({ field: 'number', text: model.number }, under, { sizePt: 8, align: 'centre' }).items,
    ...flowText({ field: 'caption', text: manifestWords[model.language].scan }, say, {
      sizePt: 7.5,
      color: GREY,
      align: 'right',
    }).items,
  ];
}

/** Who hands over, to whom, when. */
function parties(model: ManifestModel): PlanItem[] {
  const say = manifestWords[model.language];
  const style = { sizePt: 9.5 };
  const caption = { sizePt: 7.5, color: GREY };
  const shipper = plainAddressBlock(model.shipper, 'shipper', model.language).filter(({ text }) => text !== '');
  const facts = [
    [say.carrier, model.carrier],
    [say.account, model.account],
    [say.shipDate, dateInWords(model.shipDate, model.language)],
  ].filter(([, text]) => text !== '');
  return [
    ...flowColumn(
      [
        { field: 'caption', text: say.shipper, style: caption },
        ...shipper.map(({ field, text, bold = false }) => ({ field, text, style: { ...style, bold } })),
      ],
      { xMm: LEFT_MM, yMm: 28, widthMm: 88 },
    ).items,
    ...facts.flatMap(([name = '', text = ''], index) => {
      const place = { xMm: LEFT_MM + index * 62, yMm: 58, widthMm: 58 };
      return [
        ...flowText({ field: 'caption', text: name }, place, caption).items,
        ...fitLine({ field: 'facts', text, bold: true }, { ...place, yMm: 62, heightMm: 5 }, { maxPt: 12, minPt: 5 }),
      ];
    }),
  ];
}

function tableHead(model: ManifestModel, yMm: number): PlanItem[] {
  // Keys of the closed object above.
  const names = Object.keys(columns) as (keyof typeof columns)[];
  return [
    { kind: 'fill', at: { xMm: LEFT_MM, yMm, widthMm: WIDTH_MM, heightMm: HEAD_MM - 1 }, color: DARK },
    ...names.flatMap((name) =>
      fitLine(
        { field: 'caption', text: manifestWords[model.language].columns[name], bold: true },
        { ...columns[name], yMm: yMm + 1.6, heightMm: 3.6 },
        { maxPt: 9, minPt: 5, color: 'white', align: name === 'weight' ? 'right' : 'left' },
      ),
    ),
  ];
}

function rowBlock(model: ManifestModel, row: ManifestRow, index: number): Block {
  const { heightMm } = rowItems(model, { row, index }, 0);
  return { kind: 'row', heightMm, draw: (yMm) => rowItems(model, { row, index }, yMm).items };
}

/** Nothing is cut: what is wider than its column goes on below. */
function rowItems(
  model: ManifestModel,
  { row, index }: { row: ManifestRow; index: number },
  yMm: number,
): { items: PlanItem[]; heightMm: number } {
  const texts = {
    line: String(index + 1),
    tracking: row.trackingNumber,
    order: row.orderNumber,
    service: row.service,
    to: `${row.country} ${row.postcode}`.trim(),
    weight: row.weightMg === null ? '' : weightInWords(row.weightMg, model.language),
  };
  const names = Object.keys(columns) as (keyof typeof columns)[]; // keys of the closed object above
  const cells = names.map((name) =>
    flowText(
      { field: `rows.${index}.${name}`, text: texts[name] },
      { ...columns[name], yMm: yMm + 1.5 },
      { sizePt: 9, bold: name === 'tracking', align: name === 'weight' ? 'right' : 'left' },
    ),
  );
  const heightMm = Math.max(ROW_MM, 2 + Math.max(...cells.map((cell) => cell.heightMm)));
  const rule = { xMm: LEFT_MM, yMm: yMm + heightMm - 0.15, widthMm: WIDTH_MM, heightMm: 0.15 };
  return {
    items: [...cells.flatMap((cell) => cell.items), { kind: 'fill', at: rule, color: '#999999' }],
    heightMm,
  };
}

/** A service named in letters that the font has not goes without its name; number and order are what counts. */
function printableRow(row: ManifestRow): ManifestRow {
  try {
    return makePrintable(row).model;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'label.unprintable-text') throw error;
    return makePrintable({ ...row, service: '' }).model;
  }
}

/** Sums and the driver's signature, never torn apart. */
function receiptBlock(model: ManifestModel): Block {
  const say = manifestWords[model.language];
  const weightMg = model.rows.reduce((sum, row) => sum + (row.weightMg ?? 0), 0);
  const count = model.rows.length;
  return {
    kind: 'receipt',
    heightMm: RECEIPT_MM,
    draw: (yMm) => [
      ...flowText(
        { field: 'total', text: say.total(count, weightInWords(weightMg, model.language)) },
        { xMm: LEFT_MM, yMm: yMm + 3, widthMm: WIDTH_MM - 1 },
        { sizePt: 11, bold: true, align: 'right' },
      ).items,
      ...flowText(
        { field: 'caption', text: say.receipt(count) },
        { xMm: LEFT_MM, yMm: yMm + 12, widthMm: WIDTH_MM },
        { sizePt: 10 },
      ).items,
      ...[say.driver, say.plate, say.when, say.signature].flatMap((caption, index) =>
        signatureField(caption, { xMm: LEFT_MM + index * (WIDTH_MM / 4), yMm: yMm + 36 }),
      ),
    ],
  };
}

function signatureField(caption: string, at: { xMm: number; yMm: number }): PlanItem[] {
  const widthMm = WIDTH_MM / 4 - 4;
  return [
    { kind: 'fill', at: { ...at, widthMm, heightMm: 0.25 }, color: DARK },
    ...flowText(
      { field: 'caption', text: caption },
      { ...at, yMm: at.yMm + 1.2, widthMm },
      { sizePt: 7.5, color: GREY },
    ).items,
  ];
}

/** Lays a manifest out without drawing it; pure. */
export function planManifest(source: ManifestModel): { pages: PagePlan[]; transliterated: readonly string[] } {
  const { rows, ...rest } = source;
  const { model: head, transliterated } = makePrintable(rest);
  const model = { ...head, rows: rows.map(printableRow) };
  const blocks = [...model.rows.map((row, index) => rowBlock(model, row, index)), receiptBlock(model)];
  const dealt = dealToPages(blocks, {
    firstTopMm: FIRST_TOP_MM,
    nextTopMm: NEXT_TOP_MM + HEAD_MM,
    bottomMm: BOTTOM_MM,
  });
  const pages = dealt.map(({ items, kinds }, index): PagePlan => {
    const number = `${manifestWords[model.language].page} ${index + 1}/${dealt.length}`;
    const foot = { xMm: LEFT_MM, yMm: 287, widthMm: WIDTH_MM };
    const headMm = (index === 0 ? FIRST_TOP_MM : NEXT_TOP_MM + HEAD_MM) - HEAD_MM;
    return {
      ...A4,
      dpi: 300,
      items: [
        ...heading(model),
        ...(index === 0 ? [...bars(model), ...parties(model)] : []),
        ...(kinds.has('row') ? tableHead(model, headMm) : []),
        ...items,
        ...flowText({ field: 'caption', text: number }, foot, { sizePt: 8, color: GREY, align: 'right' }).items,
      ],
    };
  });
  return { pages, transliterated };
}

/**
 * Draws the list of parcels that a carrier's driver signs: one line a parcel, sums, a code by which a bench takes the
 * manifest up again. Errors as in `Documents`.
 */
export async function renderManifest(model: ManifestModel): Promise<RenderedDocument> {
  const { pages, transliterated } = planManifest(model);
  const bytes = await drawPdf(pages, { title: model.number, date: model.shipDate, language: model.language });
  return { bytes, media: A4, dpi: 300, pages: pages.length, symbols: expectedSymbols(pages), transliterated };
}
