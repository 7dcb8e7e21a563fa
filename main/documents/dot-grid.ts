import type { LabelDpi } from '../../shared/model/label.ts';

const MM_PER_INCH = 25.4;
export const POINTS_PER_MM = 72 / MM_PER_INCH;

/** "203 dpi" heads burn exactly 8 dots a millimetre. */
const dotsPerMmOf: Readonly<Record<LabelDpi, number>> = { 203: 8, 300: 300 / MM_PER_INCH };

export function dotsPerMm(dpi: LabelDpi): number {
  return dotsPerMmOf[dpi];
}

/** The nearest whole dot. */
export function toDots(mm: number, dpi: LabelDpi): number {
  return Math.round(mm * dotsPerMm(dpi));
}

/** The first whole dot that is not short of `mm`; the small slack keeps 31.75 mm at 254 dots, not 255. */
export function toDotsUp(mm: number, dpi: LabelDpi): number {
  return Math.ceil(mm * dotsPerMm(dpi) - 1e-6);
}

export function toMm(dots: number, dpi: LabelDpi): number {
  return dots / dotsPerMm(dpi);
}

/** Three decimals, for millimetres whole micrometres: what people and JSON get to see needs no binary dust. */
export function toThreeDecimals(value: number): number {
  return Math.round(value * 1000) / 1000;
}
