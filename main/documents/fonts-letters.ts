import { AppError } from '../../shared/errors.ts';
import type { Typeface } from './fonts.ts';

/** Pictures and invisible marks, in titles above all: they say nothing on a legal paper. */
const dropped =
  /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\p{Cf}\p{Co}\p{Cc}\p{Variation_Selector}]|\u20e3/gu;
/** Signs of trade that Unicode counts among the pictures. */
const kept = /[©®™]/u;

/** One line of text as it is printed: composed letters, one blank between words, no pictures. */
export function cleanText(text: string): string {
  const spaced = text.normalize('NFC').replace(/\s+/gu, ' ');
  return spaced
    .replace(dropped, (character) => (kept.test(character) ? character : ''))
    .replace(/ +/g, ' ')
    .trim();
}

interface UnprintableField {
  readonly field: string;
  readonly characters: string;
}

interface Cleaning {
  readonly typeface: Typeface;
  readonly unprintable: UnprintableField[];
}

function cleanField(text: string, field: string, { typeface, unprintable }: Cleaning): string {
  const clean = cleanText(text);
  const missing = new Set([...clean].filter((character) => !typeface.regular.has(character.codePointAt(0) ?? 0)));
  if (missing.size > 0) unprintable.push({ field, characters: [...missing].join('') });
  else if (clean === '' && text.trim() !== '') unprintable.push({ field, characters: text.trim() });
  return clean;
}

function walk(value: unknown, path: string, cleaning: Cleaning): unknown {
  if (typeof value === 'string') return cleanField(value, path, cleaning);
  if (Array.isArray(value)) return value.map((item, index) => walk(item, `${path}.${index}`, cleaning));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  return Object.fromEntries(entries.map(([key, item]) => [key, walk(item, path ? `${path}.${key}` : key, cleaning)]));
}

/**
 * The model with every text as it will be printed; what is filed as data beside the page is taken from it too.
 *
 * Throws `rule` `document.unprintable-letters` with `fields`, each `{field, characters}`, for letters that the
 * font has not (Chinese, Arabic, Thai): a box in place of a name is worse than no paper.
 */
export function makeReadable<T>(model: T, typeface: Typeface): T {
  const cleaning: Cleaning = { typeface, unprintable: [] };
  const clean = walk(model, '', cleaning) as T; // the walk keeps the shape and changes strings only
  const { unprintable } = cleaning;
  if (unprintable.length > 0) throw new AppError('rule', 'document.unprintable-letters', { fields: unprintable });
  return clean;
}
