import { AppError } from '../../shared/errors.ts';
import { isSameMedia, type MediaSize } from '../../shared/model/media.ts';
import { addressBlock, plainAddressBlock } from './address-lines.ts';
import type { PackingSlipModel, RenderedDocument, SlipLine } from './document.ts';
import { fitBlock, fitLine } from './fit-text.ts';
import { type Block, dealToPages, flowColumn, flowText } from './flow-text.ts';
import { expectedSymbols, type PagePlan, type PlanItem, symbolBox } from './page-plan.ts';
import { drawPdf } from './pdf.ts';
import { placeWidestBars } from './place-symbol.ts';
import { makePrintable } from './printable.ts';
import { stationBars } from './profiles.ts';
import { slipFacts } from './slip-facts.ts';
import { withdrawalForm } from './slip-form.ts';
import { planNarrowSlip } from './slip-narrow.ts';
import { gap, type Slip, together } from './slip-narrow-parts.ts';
import { returnsBlock } from './slip-returns.ts';
import { TABLE_HEAD_MM, type TablePlace, tableHead, tableRow } from './slip-table.ts';
import { slipWords } from './slip-words.ts';
import { code128Bars } from './symbols.ts';

const A4 = { widthMm: 210, heightMm: 297 } as const;
const LEFT_MM = 14;
const WIDTH_MM = A4.widthMm - 2 * LEFT_MM;
const FIRST_TABLE_MM = 96;
const NEXT_TABLE_MM = 30;
const BOTTOM_MM = 280;
const CAPTION = { sizePt: 6.5, color: '#555555' } as const;

/** A title in a script that the font has not (a Chinese one) must not stop the parcel: the SKU names the article. */
function printableLine(line: SlipLine): SlipLine {
  try {
    return makePrintable(line).model;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'label.unprintable-text') throw error;
    return makePrintable({ ...line, title: line.sku }).model;
  }
}

function titleBar({ shown }: Slip): PlanItem[] {
  const at = { xMm: LEFT_MM, yMm: 13, widthMm: WIDTH_MM, heightMm: 9 };
  const name = { field: 'company.name', text: shown.company.name, bold: true };
  const title = { field: 'caption', text: slipWords[shown.language].title, bold: true };
  const rule = { xMm: LEFT_MM, yMm: 24, widthMm: WIDTH_MM, heightMm: 0.6 };
  return [
    ...fitLine(name, { ...at, widthMm: WIDTH_MM * 0.6 }, { maxPt: 16, minPt: 7 }),
    ...fitLine(title, at, { maxPt: 20, minPt: 12, align: 'right' }),
    { kind: 'fill', at: rule, color: 'black' },
  ];
}

function addresses({ shown }: Slip): PlanItem[] {
  const words = slipWords[shown.language];
  const half = WIDTH_MM / 2;
  const from = { xMm: LEFT_MM, yMm: 31, widthMm: half - 8, heightMm: 27 };
  const to = { ...from, xMm: LEFT_MM + half };
  const contact = [shown.company.email, shown.company.phone, shown.company.website].filter((text) => text).join(' · ');
  const sender = [
    ...plainAddressBlock(shown.company, 'company', shown.language),
    { field: 'company.email', text: contact },
  ];
  return [
    ...flowText({ field: 'caption', text: words.from }, { ...from, yMm: 27.5 }, CAPTION).items,
    ...fitBlock(sender, from, { maxPt: 9, minPt: 5.5 }),
    ...flowText({ field: 'caption', text: words.shipTo }, { ...to, yMm: 27.5 }, CAPTION).items,
    ...fitBlock(addressBlock(shown.shipTo, 'shipTo', shown.language), to, { maxPt: 11, minPt: 6 }),
  ];
}

function facts(slip: Slip): PlanItem[] {
  let yMm = 62;
  return slipFacts(slip.shown).flatMap(({ title, field, text }) => {
    const caption = flowText(
      { field: 'caption', text: title },
      { xMm: LEFT_MM, yMm, widthMm: 26 },
      { sizePt: 9, color: '#555555' },
    );
    const at = { xMm: LEFT_MM + 26, yMm, widthMm: WIDTH_MM / 2 - 30, heightMm: field === 'parcels' ? 7 : 4.4 };
    const value = fitBlock([{ field, text, bold: true }], at, { maxPt: 9, minPt: 5 });
    yMm += 4.8;
    return [...caption.items, ...value];
  });
}

function orderBars({ source }: Slip): PlanItem[] {
  const room = { leftMm: LEFT_MM + WIDTH_MM / 2 - 8, rightMm: LEFT_MM + WIDTH_MM + 4, bottomMm: 76 } as const;
  const symbol = code128Bars(source.orderCode, 'orderCode');
  const bars = placeWidestBars(symbol, stationBars, { ...room, dpi: 300, field: 'orderCode', align: 'right' });
  const box = symbolBox(bars, 300);
  const under = { xMm: box.xMm, yMm: 77.4, widthMm: box.widthMm };
  return [
    bars,
    ...flowText({ field: 'orderCode', text: source.orderCode }, under, { sizePt: 9, align: 'centre' }).items,
  ];
}

function continuation({ shown }: Slip): PlanItem[] {
  const { order } = slipWords[shown.language];
  const text = `${order} ${shown.orderNumber}`;
  return [
    ...fitLine(
      { field: 'orderNumber', text },
      { xMm: LEFT_MM, yMm: 24.8, widthMm: WIDTH_MM, heightMm: 4 },
      { maxPt: 9, minPt: 5 },
    ),
  ];
}

function footer({ shown }: Slip, page: number, pages: number): PlanItem[] {
  const words = slipWords[shown.language];
  const place = { xMm: LEFT_MM, yMm: 286, widthMm: WIDTH_MM };
  return [
    ...flowText({ field: 'caption', text: `${words.page} ${page}/${pages}` }, place, {
      ...CAPTION,
      sizePt: 8,
      align: 'right',
    }).items,
    ...fitLine(
      { field: 'company.name', text: `${shown.company.name} · ${words.order} ${shown.orderNumber}` },
      { ...place, yMm: 285.4, widthMm: WIDTH_MM * 0.7, heightMm: 3.2 },
      { maxPt: 8, minPt: 4.5, color: '#555555' },
    ),
  ];
}

function blocksOf(slip: Slip, place: TablePlace): Block[] {
  const { source, shown } = slip;
  const { language } = shown;
  const words = slipWords[language];
  const rows = shown.lines.map((line, index) => tableRow(line, `lines.${index}`, { place, language }));
  const later = shown.lines.some((line) => line.backOrdered > 0)
    ? [{ field: 'caption', text: words.later, style: { sizePt: 8, color: '#333333' } }]
    : [];
  const at = (yMm: number) => flowColumn(later, { xMm: LEFT_MM, yMm: yMm + 3, widthMm: WIDTH_MM });
  const note: Block = { kind: 'note', heightMm: 3 + at(0).heightMm, draw: (yMm) => at(yMm).items };
  const returns =
    source.returns && shown.returns
      ? [returnsBlock({ source: source.returns, shown: shown.returns, language }, { xMm: LEFT_MM, widthMm: WIDTH_MM })]
      : [];
  const column = { xMm: LEFT_MM, widthMm: WIDTH_MM };
  const form = withdrawalForm(shown, column);
  const whole = form.length > 0 ? [together([gap(4), ...form], 'returns')] : [];
  return [...rows, ...(later.length > 0 ? [note] : []), ...returns, ...whole];
}

/** On less than this no address and no code of a slip has room. */
const SMALLEST = { widthMm: 70, heightMm: 100 } as const;

function mediaOf({ media }: PackingSlipModel): MediaSize {
  if (!media || media.widthMm < SMALLEST.widthMm || media.heightMm < SMALLEST.heightMm) return A4;
  return isSameMedia(media, A4) ? A4 : media;
}

/** Lays a slip out without drawing it; pure. A4 has a layout of its own, every other media gets one column. */
export function planPackingSlip(source: PackingSlipModel): { pages: PagePlan[]; transliterated: readonly string[] } {
  const { lines, ...rest } = source;
  const { model, transliterated } = makePrintable(rest);
  const slip: Slip = { source, shown: { ...model, lines: lines.map((line) => printableLine(line)) } };
  const media = mediaOf(source);
  const pages = media === A4 ? planOnA4(slip) : planNarrowSlip(slip, media, source.dpi ?? 203);
  return { pages, transliterated };
}

function planOnA4(slip: Slip): PagePlan[] {
  const { source } = slip;
  const place: TablePlace = { xMm: LEFT_MM, widthMm: WIDTH_MM, withReturns: source.returns !== undefined };
  const room = { firstTopMm: FIRST_TABLE_MM, nextTopMm: NEXT_TABLE_MM + TABLE_HEAD_MM, bottomMm: BOTTOM_MM };
  const dealt = dealToPages(blocksOf(slip, place), room);
  return dealt.map(({ items, kinds }, index): PagePlan => {
    const first = index === 0;
    const top = first ? [...addresses(slip), ...facts(slip), ...orderBars(slip)] : continuation(slip);
    const headMm = (first ? FIRST_TABLE_MM : NEXT_TABLE_MM + TABLE_HEAD_MM) - TABLE_HEAD_MM;
    const head = kinds.has('row') ? tableHead(place, source.language, headMm) : [];
    return {
      ...A4,
      dpi: 300,
      items: [...titleBar(slip), ...top, ...head, ...items, ...footer(slip, index + 1, dealt.length)],
    };
  });
}

/**
 * Draws the paper that lies in the box, without prices: it may be a gift.
 *
 * Errors as in `Documents`; a description in letters that the font has not gives way to the SKU.
 */
export async function renderPackingSlip(model: PackingSlipModel): Promise<RenderedDocument> {
  const { pages, transliterated } = planPackingSlip(model);
  const title = `${slipWords[model.language].title} ${model.orderNumber}`;
  const bytes = await drawPdf(pages, { title, date: model.packedOn, language: model.language });
  const media = mediaOf(model);
  const dpi = pages[0]?.dpi ?? 300;
  return { bytes, media, dpi, pages: pages.length, symbols: expectedSymbols(pages), transliterated };
}
