import { plainAddressBlock } from './address-lines.ts';
import type { Language, SlipReturns } from './document.ts';
import { toMm } from './dot-grid.ts';
import { type Block, flowText } from './flow-text.ts';
import { type PlanItem, symbolBox } from './page-plan.ts';
import { placeMatrix, placeWidestBars } from './place-symbol.ts';
import { linkMatrix, rmaBars, rmaMatrix } from './profiles.ts';
import { BODY, CAPTION, gap, type NarrowPage, ruleBlock, SMALL, textBlocks, together } from './slip-narrow-parts.ts';
import { returnSteps, slipWords, withdrawalNotice } from './slip-words.ts';
import { code128Bars, dataMatrix, qrCode } from './symbols.ts';

const CODE_MM = 14;
/** Narrow media may leave room for two dots a module only; a scanner at the returns bench reads them. */
const rmaSpecs = [rmaBars, { ...rmaBars, moduleDots: { 203: 2, 300: 3 } }];
const slipMatrix = { ...rmaMatrix, moduleDots: { 203: 6, 300: 8 } };

interface Returns {
  readonly source: SlipReturns;
  readonly shown: SlipReturns;
  readonly language: Language;
}

/** Bars left with the number below, the square code right. */
function rmaBlock({ source, language }: Returns, page: NarrowPage): Block {
  const matrix = dataMatrix(source.rma, 'rma');
  const matrixMm = toMm(
    (matrix.pattern.columns + 2 * slipMatrix.quietModules) * slipMatrix.moduleDots[page.dpi],
    page.dpi,
  );
  const draw = (yMm: number): PlanItem[] => {
    const bottomMm = yMm + 4 + CODE_MM;
    const room = { dpi: page.dpi, field: 'rma', bottomMm } as const;
    const right = page.xMm + page.widthMm;
    const symbol = code128Bars(source.rma, 'rma');
    const bars = placeWidestBars(symbol, rmaSpecs, {
      ...room,
      leftMm: page.xMm - 3,
      rightMm: right - matrixMm - 2,
      align: 'left',
    });
    const box = symbolBox(bars, page.dpi);
    const under = { xMm: box.xMm, yMm: bottomMm + 1.2, widthMm: box.widthMm };
    const hri = flowText({ field: 'rma', text: source.rma }, under, { sizePt: 10, bold: true, align: 'centre' });
    const square = placeMatrix(matrix, slipMatrix, {
      ...room,
      leftMm: right - matrixMm - 1,
      rightMm: right + 1,
      align: 'right',
    });
    const word = flowText({ field: 'caption', text: slipWords[language].returnNumber }, { ...page, yMm }, CAPTION);
    return [...word.items, bars, ...hri.items, square];
  };
  return { kind: 'text', heightMm: 4 + CODE_MM + 1.2 + 5.5, draw };
}

/** The square code of the page where the contract can be withdrawn from, with its words beside it. */
function withdrawalBlock({ source, language }: Returns, page: NarrowPage): Block[] {
  const url = source.withdrawalUrl;
  if (!url) return [];
  const symbol = qrCode(url, 'returns.withdrawalUrl');
  const module = linkMatrix.moduleDots[page.dpi];
  const sizeMm = toMm(symbol.pattern.rows * module, page.dpi);
  const quietMm = toMm(linkMatrix.quietModules * module, page.dpi);
  const wordsAt = { xMm: page.xMm + sizeMm + 2 * quietMm, widthMm: page.widthMm - sizeMm - 2 * quietMm };
  const heightMm = sizeMm + 2 * quietMm;
  return [
    {
      kind: 'text',
      heightMm,
      draw: (yMm) => {
        const room = { leftMm: page.xMm, rightMm: page.xMm + heightMm + 1, bottomMm: yMm + quietMm + sizeMm } as const;
        const code = placeMatrix(symbol, linkMatrix, {
          ...room,
          dpi: page.dpi,
          field: 'returns.withdrawalUrl',
          align: 'left',
        });
        const text = { field: 'caption', text: slipWords[language].withdrawHere };
        return [code, ...flowText(text, { ...wordsAt, yMm: yMm + quietMm }, { ...BODY, bold: true }).items];
      },
    },
  ];
}

/** How to send something back: steps, codes, address, the law; may go on on further pages. */
export function narrowReturns(part: Returns, page: NarrowPage): Block[] {
  const { shown, language } = part;
  const words = slipWords[language];
  const text = (line: string, style = SMALL): Block[] => textBlocks({ field: 'caption', text: line }, page, style);
  const steps = returnSteps(shown, language).map((step, index) =>
    together([...text(`${index + 1}. ${step}`, BODY), gap(0.6)]),
  );
  const address = plainAddressBlock(shown.address, 'returns.address', language)
    .filter((line) => line.text !== '')
    .flatMap((line) => textBlocks(line, page, { ...BODY, bold: line.bold ?? false }));
  const law = withdrawalNotice(shown, language).flatMap((line) => [...text(line), gap(1)]);
  return [
    together([ruleBlock(page), ...text(words.returns, { sizePt: 12, bold: true }), gap(1), ...steps.slice(0, 1)]),
    ...steps.slice(1),
    gap(0.6),
    ...text(words.reasons),
    gap(2.5),
    rmaBlock(part, page),
    gap(2),
    together([...text(words.returnAddress, CAPTION), ...address]),
    gap(2),
    ...withdrawalBlock(part, page),
    gap(1.5),
    ...law,
  ];
}
