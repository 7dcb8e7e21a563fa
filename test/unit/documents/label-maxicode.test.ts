import bwipjs from 'bwip-js/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDocuments } from '../../../main/documents/documents.ts';
import { toDots } from '../../../main/documents/dot-grid.ts';
import { renderLabel } from '../../../main/documents/label.ts';
import { aCarrierLabel } from './label-carrier-builders.ts';
import { burnt, dotOf, type Picture, pngOf, redrawn } from './label-pictures.ts';

const documents = createDocuments();
afterAll(() => documents.close());

const message =
  '[)>\x1e01\x1d96841706672\x1d840\x1d066\x1d1Z31744085\x1dUPSN\x1d0FH344\x1d177\x1d\x1d1/1\x1d1\x1dN\x1d\x1dMUNICH\x1d\x1e\x04';

/** The symbol alone, 26 mm wide. */
async function maxiCode(dpi: 203 | 300): Promise<Picture> {
  const look = { bcid: 'maxicode', text: message, mode: 2, scale: dpi === 203 ? 2 : 3, backgroundcolor: 'FFFFFF' };
  const png = await bwipjs.toBuffer(look);
  const { width, height, dots } = await burnt(png, dpi);
  return { width, height, dots };
}

/** A label with the symbol pasted onto it, as a carrier's picture would have it among words and bars. */
function pasted(label: Picture, symbol: Picture, at: { x: number; y: number }): Picture {
  const white = 8;
  return redrawn(label, (x, y) => {
    const [column, row] = [x - at.x, y - at.y];
    const inside = column >= -white && row >= -white && column < symbol.width + white && row < symbol.height + white;
    return inside ? dotOf(symbol, column, row) : dotOf(label, x, y);
  });
}

describe.each([203, 300] as const)('a MaxiCode among the words and bars of a label at %i dpi', (dpi) => {
  let label: Picture;
  let symbol: Picture;
  beforeAll(async () => {
    label = await burnt((await renderLabel(aCarrierLabel('upu-s10', { dpi }))).bytes, dpi);
    symbol = await maxiCode(dpi);
  });

  test('is found by its bullseye and read with its separators, beside the bars', async () => {
    const at = { x: toDots(41.25, dpi), y: toDots(58.75, dpi) };
    const bytes = pngOf(pasted(label, symbol, at));
    const [page] = await documents.readBack(bytes, { dpi, format: 'bilevel' });

    expect(page?.symbols.map(({ symbology, text }) => symbology + text)).toEqual([`]U1${message}`, ']C0RB473124829GB']);
    expect(Math.abs((page?.symbols[0]?.at.xMm ?? 0) - 41.25)).toBeLessThan(1);
    expect(Math.abs((page?.symbols[0]?.at.yMm ?? 0) - 58.75)).toBeLessThan(1);
  });

  test('is not read through a blot that hides its bullseye, and nothing else is taken for one', async () => {
    const hidden = redrawn(symbol, (x, y) =>
      Math.hypot(x - symbol.width / 2, y - symbol.height / 2) < toDots(3.2, dpi) ? 0 : dotOf(symbol, x, y),
    );
    const bytes = pngOf(pasted(label, hidden, { x: toDots(41.25, dpi), y: toDots(58.75, dpi) }));
    const [page] = await documents.readBack(bytes, { dpi, format: 'bilevel' });

    expect(page?.symbols.map(({ symbology }) => symbology)).toEqual([']C0']);
  });
});
