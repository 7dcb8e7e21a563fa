import { isSameMedia, type MediaSize } from '../model/media.ts';

const MM_PER_POINT = 25.4 / 72;
const sheets: Readonly<Record<string, MediaSize>> = {
  a4: { widthMm: 210, heightMm: 297 },
  a5: { widthMm: 148, heightMm: 210 },
  a6: { widthMm: 105, heightMm: 148 },
  letter: { widthMm: 215.9, heightMm: 279.4 },
};

/**
 * What a media name of a queue measures: `na_index-4x6_4x6in`, `oe_w288h432_4x6in`, `iso_a4_210x297mm` (PWG 5101.1),
 * `w288h432` (points), `A4`; undefined for names that do not say.
 */
export function sizeOfMediaName(name: string): MediaSize | undefined {
  const [, width, height, unit] = /(?:^|_)(\d+(?:\.\d+)?)x(\d+(?:\.\d+)?)(in|mm)$/.exec(name) ?? [];
  if (width !== undefined && height !== undefined) {
    const scale = unit === 'in' ? 25.4 : 1;
    return { widthMm: Number(width) * scale, heightMm: Number(height) * scale };
  }
  const [, wide, high] = /^w(\d+)h(\d+)$/.exec(name) ?? [];
  if (wide !== undefined && high !== undefined)
    return { widthMm: Number(wide) * MM_PER_POINT, heightMm: Number(high) * MM_PER_POINT };
  const lower = name.toLowerCase();
  return Object.hasOwn(sheets, lower) ? sheets[lower] : undefined;
}

/** The name in a list that means this size, if any does. */
export function mediaNameOf(names: readonly string[], media: MediaSize): string | undefined {
  return names.find((name) => {
    if (/^custom_(?:min|max)/.test(name)) return false;
    const size = sizeOfMediaName(name);
    return size !== undefined && isSameMedia(size, media);
  });
}
