import { AppError } from '../../shared/errors.ts';

/** Characters of Windows-1252 above Latin-1: with ASCII and Latin-1 they are all that the built-in fonts print. */
const winAnsiExtras = new Set('€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ');

/** Pictures and invisible marks that carry no address: dropped (a name such as "Marie 🌸"). */
const dropped =
  /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\p{Cf}\p{Variation_Selector}]|\u20e3/u;

/** Lower case only. Cyrillic after ICAO Doc 9303, Greek after ELOT 743, the rest by shape. */
const nearest: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ ł: 'l', đ: 'd', ħ: 'h', ı: 'i', ĸ: 'k', ŋ: 'n', ŧ: 't', ſ: 's', ə: 'e', ȷ: 'j', ẞ: 'SS', ŀ: 'l' },
    ...{
      '‐': '-',
      '‑': '-',
      '‒': '-',
      '―': '-',
      '−': '-',
      '′': "'",
      '″': '"',
      '⁄': '/',
      ʼ: "'",
      ʻ: "'",
      '、': ',',
      '。': '.',
    },
    ...{ а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', е: 'e', ж: 'zh', з: 'z', и: 'i', к: 'k', л: 'l', м: 'm', н: 'n' },
    ...{ о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'shch' },
    ...{ ъ: 'ie', ы: 'y', ь: '', э: 'e', ю: 'iu', я: 'ia', є: 'ie', і: 'i', ґ: 'g', ђ: 'd', ј: 'j', љ: 'lj' },
    ...{ њ: 'nj', ћ: 'c', џ: 'dz' },
    ...{ α: 'a', β: 'v', γ: 'g', δ: 'd', ε: 'e', ζ: 'z', η: 'i', θ: 'th', ι: 'i', κ: 'k', λ: 'l', μ: 'm', ν: 'n' },
    ...{ ξ: 'x', ο: 'o', π: 'p', ρ: 'r', σ: 's', ς: 's', τ: 't', υ: 'y', φ: 'f', χ: 'ch', ψ: 'ps', ω: 'o' },
  }),
);

function fontHas(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return (
    (code >= 0x20 && code <= 0x7e) || (code > 0xa0 && code <= 0xff && code !== 0xad) || winAnsiExtras.has(character)
  );
}

function matchCase(replacement: string, original: string, shouting: boolean): string {
  if (original === original.toLowerCase()) return replacement;
  return shouting ? replacement.toUpperCase() : replacement.charAt(0).toUpperCase() + replacement.slice(1);
}

/** The nearest letters that the font has, or undefined for a script that has none (Chinese, Arabic). */
function nearestLetters(character: string, shouting: boolean): string | undefined {
  const base = character.normalize('NFKD').replace(/\p{M}+/gu, '');
  const letters = [...base].map((part) => {
    if (fontHas(part)) return part;
    const found = nearest.get(part) ?? nearest.get(part.toLowerCase());
    return found === undefined ? undefined : matchCase(found, part, shouting);
  });
  return letters.every((part) => part !== undefined) ? letters.join('') : undefined;
}

/**
 * Turns any text into one that the built-in fonts print right, nearest letters where needed.
 *
 * Line breaks and runs of blanks become one blank. Throws `rule` `label.unprintable-text` with the field and the
 * characters that have no nearest letters, or when nothing of the text is left.
 */
export function printableText(text: string, field: string): string {
  const clean = text.normalize('NFC').replace(/\s+/gu, ' ').replace(/ου/g, 'ou').trim();
  const shouting = clean === clean.toUpperCase();
  const unprintable = new Set<string>();
  let printed = '';
  for (const character of clean) {
    if (fontHas(character)) printed += character;
    else if (!dropped.test(character)) {
      const letters = nearestLetters(character, shouting);
      if (letters === undefined) unprintable.add(character);
      printed += letters ?? '';
    }
  }
  printed = printed.replace(/ +/g, ' ').trim();
  if (unprintable.size > 0 || (printed === '' && clean !== '')) {
    const characters = unprintable.size > 0 ? [...unprintable].join('') : clean;
    throw new AppError('rule', 'label.unprintable-text', { field, characters });
  }
  return printed;
}

/** A model with every text printable, and the fields that had to change. */
export interface Printable<T> {
  readonly model: T;
  readonly transliterated: readonly string[];
}

/** Writes a text with the letters that are there; throws `label.unprintable-text` with the field. */
export type Print = (text: string, field: string) => string;

interface Walk {
  readonly print: Print;
  readonly changed: string[];
}

function walk(value: unknown, path: string, to: Walk): unknown {
  if (typeof value === 'string') {
    const printed = to.print(value, path);
    if (printed !== value.normalize('NFC').replace(/\s+/gu, ' ').trim()) to.changed.push(path);
    return printed;
  }
  if (Array.isArray(value)) return value.map((item, index) => walk(item, `${path}.${index}`, to));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, walk(item, path === '' ? key : `${path}.${key}`, to)]),
  );
}

/** Applies `print` to every text of a plain-data model; fields are named by their path (`to.name`). */
export function makePrintable<T>(model: T, print: Print = printableText): Printable<T> {
  const transliterated: string[] = [];
  // The walk keeps the shape of plain data and changes strings only, so the type stays.
  return { model: walk(model, '', { print, changed: transliterated }) as T, transliterated };
}
