import type { LabelProblem } from './document.ts';
import { toThreeDecimals } from './dot-grid.ts';
import { whiteAround } from './raster.ts';
import type { ReadPage } from './read-back.ts';

/**
 * White modules round a matrix that carriers' own labels keep at least; its specification wants more of some (QR four),
 * and readers do with less. Aztec and MaxiCode need none.
 */
const QUIET_MODULES: Readonly<Record<string, number>> = { d: 1, Q: 2 };
/** What finding a corner may be off. */
const TOLERANCE_DOTS = 1;

/** Matrix symbols that something touches. */
export function checkQuietZones({ symbols, raster }: ReadPage): LabelProblem[] {
  return symbols.flatMap((symbol): LabelProblem[] => {
    const needed = QUIET_MODULES[symbol.symbology.charAt(1)];
    if (needed === undefined || symbol.moduleMm === null) return [];
    const white = whiteAround(raster, symbol.at, needed * symbol.moduleMm);
    if (white >= needed * symbol.moduleMm - TOLERANCE_DOTS / raster.dotsPerMm) return [];
    const { symbology, text, moduleMm } = symbol;
    const modules = toThreeDecimals(white / moduleMm);
    return [{ code: 'proof.quiet-zone', details: { symbology, text, modules, needed } }];
  });
}
