import type { LabelDpi } from '../../shared/model/label.ts';
import type { MediaSize } from '../../shared/model/media.ts';
import { addressBlock, plainAddressBlock } from './address-lines.ts';
import { fitBlock, fitLine } from './fit-text.ts';
import { type Block, dealToPages, flowText } from './flow-text.ts';
import { type PagePlan, type PlanItem, symbolBox } from './page-plan.ts';
import { placeWidestBars } from './place-symbol.ts';
import { stationBars } from './profiles.ts';
import { slipFacts } from './slip-facts.ts';
import { withdrawalForm } from './slip-form.ts';
import { NARROW_HEAD_MM, narrowHead, narrowRow } from './slip-narrow-lines.ts';
import {
  CAPTION,
  EDGE_MM,
  gap,
  line,
  type NarrowPage,
  ruleBlock,
  type Slip,
  SMALL,
  textBlocks,
  together,
} from './slip-narrow-parts.ts';
import { narrowReturns } from './slip-narrow-returns.ts';
import { slipWords } from './slip-words.ts';
import { code128Bars } from './symbols.ts';

const HEAD_MM = 10;
const FOOT_MM = 5;
const ADDRESS_MM = 24;

function titleBar({ shown }: Slip, page: NarrowPage): PlanItem[] {
  const at = { xMm: page.xMm, yMm: EDGE_MM, heightMm: 6 };
  const name = { field: 'company.name', text: shown.company.name, bold: true };
  const title = { field: 'caption', text: slipWords[shown.language].title, bold: true };
  return [
    ...fitLine(name, { ...at, widthMm: page.widthMm * 0.55 }, { maxPt: 11, minPt: 4.5 }),
    ...fitLine(
      title,
      { ...at, xMm: page.xMm + page.widthMm * 0.58, widthMm: page.widthMm * 0.42 },
      { maxPt: 13, minPt: 6, align: 'right' },
    ),
    line(page.xMm, EDGE_MM + 7, { widthMm: page.widthMm, heightMm: 0.5 }),
  ];
}

function footer({ shown }: Slip, page: NarrowPage, number: string): PlanItem[] {
  const words = slipWords[shown.language];
  const at = { xMm: page.xMm, yMm: page.media.heightMm - EDGE_MM - 3, heightMm: 3 };
  const order = { field: 'orderNumber', text: `${words.order} ${shown.orderNumber}` };
  const count = { field: 'caption', text: `${words.page} ${number}` };
  return [
    ...fitLine(order, { ...at, widthMm: page.widthMm * 0.7 }, { maxPt: 7, minPt: 4.5 }),
    ...fitLine(
      count,
      { ...at, xMm: page.xMm + page.widthMm * 0.7, widthMm: page.widthMm * 0.3 },
      { maxPt: 7, minPt: 4.5, align: 'right' },
    ),
  ];
}

function addressesBlock({ shown }: Slip, page: NarrowPage): Block {
  const words = slipWords[shown.language];
  const half = page.widthMm / 2;
  const from = [
    ...plainAddressBlock(shown.company, 'company', shown.language),
    ...[shown.company.email, shown.company.phone, shown.company.website].map((text = '') => ({
      field: 'company.email',
      text,
    })),
  ];
  return {
    kind: 'text',
    heightMm: ADDRESS_MM + 4,
    draw: (yMm) => {
      const to = { xMm: page.xMm, yMm: yMm + 3.5, widthMm: half, heightMm: ADDRESS_MM };
      const sender = { ...to, xMm: page.xMm + half + 3, widthMm: half - 3 };
      return [
        ...flowText({ field: 'caption', text: words.shipTo }, { ...to, yMm }, CAPTION).items,
        ...fitBlock(addressBlock(shown.shipTo, 'shipTo', shown.language), to, { maxPt: 10, minPt: 5 }),
        ...flowText({ field: 'caption', text: words.from }, { ...sender, yMm }, CAPTION).items,
        ...fitBlock(from, sender, { maxPt: 7.5, minPt: 4 }),
      ];
    },
  };
}

function factBlocks({ shown }: Slip, page: NarrowPage): Block[] {
  const colon = shown.language === 'fr' ? '\u00a0: ' : ': ';
  return slipFacts(shown).flatMap(({ title, field, text }) =>
    textBlocks({ field, text: `${title}${colon}${text}` }, page, { ...SMALL, bold: field === 'orderNumber' }),
  );
}

function orderBlock({ source }: Slip, page: NarrowPage): Block {
  return {
    kind: 'text',
    heightMm: 19,
    draw: (yMm) => {
      const { dpi } = page;
      const room = { leftMm: page.xMm - 3, rightMm: page.xMm + page.widthMm + 3, bottomMm: yMm + 14 } as const;
      const symbol = code128Bars(source.orderCode, 'orderCode');
      const bars = placeWidestBars(symbol, stationBars, { ...room, dpi, field: 'orderCode', align: 'left' });
      const box = symbolBox(bars, dpi);
      const under = { xMm: box.xMm, yMm: yMm + 15.2, widthMm: box.widthMm };
      return [
        bars,
        ...flowText({ field: 'orderCode', text: source.orderCode }, under, { ...SMALL, align: 'centre' }).items,
      ];
    },
  };
}

function blocksOf(slip: Slip, page: NarrowPage): Block[] {
  const { source, shown } = slip;
  const { language } = shown;
  const returns =
    source.returns && shown.returns ? { source: source.returns, shown: shown.returns, language } : undefined;
  const rows = shown.lines.flatMap((order, index) =>
    narrowRow(order, `lines.${index}`, { page, language, returns: returns !== undefined }),
  );
  const later = shown.lines.some((order) => order.backOrdered > 0)
    ? [gap(1.5), ...textBlocks({ field: 'caption', text: slipWords[language].later }, page, SMALL)]
    : [];
  // Room for the head that stands above the first row.
  const head: Block = { kind: 'row', heightMm: NARROW_HEAD_MM, draw: (yMm) => narrowHead(page, language, yMm) };
  return [
    addressesBlock(slip, page),
    ruleBlock(page),
    ...factBlocks(slip, page),
    gap(2),
    orderBlock(slip, page),
    gap(2),
    ...(rows.length > 0 ? [together([head, ...rows.slice(0, 1)], 'head')] : []),
    ...rows.slice(1),
    ...later,
    ...(returns ? narrowReturns(returns, page) : []),
    ...formBlocks(slip, page),
  ];
}

/** The heading stays with the first lines of the form. */
function formBlocks({ shown }: Slip, page: NarrowPage): Block[] {
  const form = withdrawalForm(shown, page);
  return form.length === 0 ? [] : [gap(2), together(form.slice(0, 3)), ...form.slice(3)];
}

/** Lays a slip out on label media, as many pages as it takes; pure. Every page is the media, upright. */
export function planNarrowSlip(slip: Slip, media: MediaSize, dpi: LabelDpi): PagePlan[] {
  const page: NarrowPage = { media, dpi, xMm: EDGE_MM, widthMm: media.widthMm - 2 * EDGE_MM };
  const topMm = EDGE_MM + HEAD_MM;
  const bottomMm = media.heightMm - EDGE_MM - FOOT_MM;
  const { language } = slip.shown;
  const dealt = dealToPages(blocksOf(slip, page), { firstTopMm: topMm, nextTopMm: topMm + NARROW_HEAD_MM, bottomMm });
  return dealt.map(({ items, kinds }, index) => ({
    ...media,
    dpi,
    items: [
      ...titleBar(slip, page),
      ...(index > 0 && kinds.has('row') && !kinds.has('head') ? narrowHead(page, language, topMm) : []),
      ...items,
      ...footer(slip, page, `${index + 1}/${dealt.length}`),
    ],
  }));
}
