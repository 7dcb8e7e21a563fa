import { plainAddressBlock } from './address-lines.ts';
import type { Language, SlipReturns } from './document.ts';
import { type Block, type FlowPlace, flowColumn, flowText } from './flow-text.ts';
import { type PlanItem, type SymbolItem, symbolBox } from './page-plan.ts';
import { placeBars, placeMatrix } from './place-symbol.ts';
import { linkMatrix, rmaBars, rmaMatrix } from './profiles.ts';
import { returnSteps, slipWords, withdrawalNotice } from './slip-words.ts';
import { code128Bars, dataMatrix, qrCode } from './symbols.ts';

/** The column with the codes, right of the steps. */
const CODES_MM = 76;
const GAP_MM = 6;
/** Of the codes' column: return address left, withdrawal page right. */
const LEFT_SHARE = 0.45;
const SMALL = { sizePt: 7.5, color: '#333333' } as const;
const CAPTION = { sizePt: 6.5, color: '#555555' } as const;
const BODY = { sizePt: 9 } as const;

/** Returns as given (for the codes) and with printable texts (for the words). */
export interface ReturnsPart {
  readonly source: SlipReturns;
  readonly shown: SlipReturns;
  readonly language: Language;
}

function steps({ shown, language }: ReturnsPart, place: FlowPlace): { items: PlanItem[]; heightMm: number } {
  const words = slipWords[language];
  const heading = flowText({ field: 'caption', text: words.returns }, place, { sizePt: 13, bold: true });
  let yMm = place.yMm + heading.heightMm + 1.5;
  const items: PlanItem[] = [...heading.items];
  for (const [index, text] of returnSteps(shown, language).entries()) {
    const number = flowText({ field: 'caption', text: `${index + 1}` }, { ...place, yMm }, { ...BODY, bold: true });
    const body = flowText({ field: 'caption', text }, { xMm: place.xMm + 5, yMm, widthMm: place.widthMm - 5 }, BODY);
    items.push(...number.items, ...body.items);
    yMm += body.heightMm + 0.8;
  }
  const reasons = flowText({ field: 'caption', text: words.reasons }, { ...place, yMm: yMm + 1 }, SMALL);
  return { items: [...items, ...reasons.items], heightMm: yMm + 1 + reasons.heightMm - place.yMm };
}

function rmaCodes({ source, language }: ReturnsPart, place: FlowPlace): { items: PlanItem[]; heightMm: number } {
  const words = slipWords[language];
  const bottomMm = place.yMm + 18;
  const room = { leftMm: place.xMm, rightMm: place.xMm + place.widthMm, bottomMm, dpi: 300, field: 'rma' } as const;
  const bars = placeBars(code128Bars(source.rma, 'rma'), rmaBars, { ...room, leftMm: room.leftMm - 4, align: 'left' });
  const box = symbolBox(bars, 300);
  const under = { xMm: box.xMm, yMm: bottomMm + 1.2, widthMm: box.widthMm };
  const hri = flowText({ field: 'rma', text: source.rma }, under, { sizePt: 11, bold: true, align: 'centre' });
  return {
    items: [
      ...flowText({ field: 'caption', text: words.returnNumber }, place, CAPTION).items,
      bars,
      ...hri.items,
      placeMatrix(dataMatrix(source.rma, 'rma'), slipMatrix, { ...room, align: 'right' }),
    ],
    heightMm: 18 + 1.2 + hri.heightMm,
  };
}

/** A little smaller than on the label: the slip is read by a camera in the hand. */
const slipMatrix = { ...rmaMatrix, moduleDots: { 203: 6, 300: 8 } };

/** Address on the left, the withdrawal page on the right where there is one. */
function whereTo({ source, shown, language }: ReturnsPart, place: FlowPlace): { items: PlanItem[]; heightMm: number } {
  const words = slipWords[language];
  const address = plainAddressBlock(shown.address, 'returns.address', language)
    .filter(({ text }) => text !== '')
    .map(({ field, text, bold = false }) => ({ field, text, style: { sizePt: 8.5, bold } }));
  const title = { field: 'caption', text: words.returnAddress, style: CAPTION };
  const url = source.withdrawalUrl;
  const left = flowColumn([title, ...address], { ...place, widthMm: url ? place.widthMm * LEFT_SHARE : place.widthMm });
  if (!url) return { items: [...left.items], heightMm: left.heightMm };
  const caption = flowText(
    { field: 'caption', text: words.withdrawHere },
    { xMm: place.xMm + place.widthMm * LEFT_SHARE, yMm: place.yMm, widthMm: place.widthMm * (1 - LEFT_SHARE) },
    { ...SMALL, bold: true, align: 'right' },
  );
  const symbol = qrCode(url, 'returns.withdrawalUrl');
  const sizeMm = (symbol.pattern.rows * linkMatrix.moduleDots[300] * 25.4) / 300;
  const quietMm = (linkMatrix.quietModules * linkMatrix.moduleDots[300] * 25.4) / 300;
  const bottomMm = place.yMm + caption.heightMm + quietMm + sizeMm;
  const room = { leftMm: place.xMm, rightMm: place.xMm + place.widthMm + quietMm, bottomMm } as const;
  const code: SymbolItem = placeMatrix(symbol, linkMatrix, {
    ...room,
    dpi: 300,
    field: 'returns.withdrawalUrl',
    align: 'right',
  });
  const heightMm = Math.max(left.heightMm, bottomMm + quietMm - place.yMm);
  return { items: [...left.items, ...caption.items, code], heightMm };
}

function notice({ shown, language }: ReturnsPart, place: FlowPlace): { items: readonly PlanItem[]; heightMm: number } {
  const lines = withdrawalNotice(shown, language).map((text) => ({ field: 'caption', text, style: SMALL }));
  return flowColumn(lines, place);
}

/** How to send something back: steps left, codes and address right, the law below. */
export function returnsBlock(part: ReturnsPart, page: { xMm: number; widthMm: number }): Block {
  const layout = (yMm: number): { items: PlanItem[]; heightMm: number } => {
    const top = yMm + 8;
    const rightX = page.xMm + page.widthMm - CODES_MM;
    const left = steps(part, { xMm: page.xMm, yMm: top, widthMm: page.widthMm - CODES_MM - GAP_MM });
    const codes = rmaCodes(part, { xMm: rightX, yMm: top, widthMm: CODES_MM });
    const where = whereTo(part, { xMm: rightX, yMm: top + codes.heightMm + 4, widthMm: CODES_MM });
    const columns = Math.max(left.heightMm, codes.heightMm + 4 + where.heightMm);
    const law = notice(part, { xMm: page.xMm, yMm: top + columns + 4, widthMm: page.widthMm });
    const line = { xMm: page.xMm, yMm: yMm + 4, widthMm: page.widthMm, heightMm: 0.3 };
    const items: PlanItem[] = [
      { kind: 'fill', at: line, color: 'black' },
      ...left.items,
      ...codes.items,
      ...where.items,
      ...law.items,
    ];
    return { items, heightMm: 8 + columns + 4 + law.heightMm };
  };
  return { kind: 'returns', heightMm: layout(0).heightMm, draw: (yMm) => layout(yMm).items };
}
