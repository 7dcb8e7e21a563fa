import { z } from 'zod';

/** Width and height of a sheet or label as it is fed, mm. */
export interface MediaSize {
  readonly widthMm: number;
  readonly heightMm: number;
}

const named: Readonly<Record<string, MediaSize>> = {
  a4: { widthMm: 210, heightMm: 297 },
  a5: { widthMm: 148, heightMm: 210 },
  a6: { widthMm: 105, heightMm: 148 },
  letter: { widthMm: 215.9, heightMm: 279.4 },
};

const MM_PER_INCH = 25.4;
const SMALLEST_MM = 10;
const LARGEST_MM = 500;
/** Cutting and the rounding of points stay below this; a wrong roll does not. */
const SAME_WITHIN_MM = 0.8;

/** `4x6in`, `100x150mm`, `4x6` (inches below 20, else mm), `a4`, `a5`, `a6`, `letter`; undefined for anything else. */
export function parseMedia(text: string): MediaSize | undefined {
  const lower = text.trim().toLowerCase();
  if (Object.hasOwn(named, lower)) return named[lower];
  const [, width, height, unit] = /^(\d{1,3}(?:\.\d{1,2})?)x(\d{1,3}(?:\.\d{1,2})?)(in|mm)?$/.exec(lower) ?? [];
  if (width === undefined || height === undefined) return undefined;
  const inches = unit === 'in' || (unit === undefined && Number(width) < 20);
  const scale = inches ? MM_PER_INCH : 1;
  const size = { widthMm: round(Number(width) * scale), heightMm: round(Number(height) * scale) };
  const fits = (mm: number): boolean => mm >= SMALLEST_MM && mm <= LARGEST_MM;
  return fits(size.widthMm) && fits(size.heightMm) ? size : undefined;
}

/** The name of a media as it is stored; `parseMedia` reads it. */
export const Media = z
  .string()
  .max(20)
  .refine((text) => parseMedia(text) !== undefined, 'no size such as 4x6in, 100x150mm or a4');

/** Whether a page fills this media, upright: nothing is scaled or turned on its way to the printer. */
export function isSameMedia(page: MediaSize, media: MediaSize): boolean {
  const same = (one: number, other: number): boolean => Math.abs(one - other) <= SAME_WITHIN_MM;
  return same(page.widthMm, media.widthMm) && same(page.heightMm, media.heightMm);
}

function round(mm: number): number {
  return Math.round(mm * 100) / 100;
}
