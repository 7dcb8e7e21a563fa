import { AppError } from '../../../shared/errors.ts';
import { printableText } from '../printable.ts';

/** Letters of Windows-1252 that do not come apart into a letter and its accent. */
const spelled: Readonly<Record<string, string>> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ð: 'd', þ: 'th', Æ: 'AE', Œ: 'OE', Ø: 'O', Ð: 'D', Þ: 'TH' },
  ...{ '‘': "'", '’': "'", '‚': ',', '“': '"', '”': '"', '„': '"', '«': '"', '»': '"', '‹': "'", '›': "'" },
  ...{ '–': '-', '—': '-', '·': '-', '•': '-', '…': '...', '€': 'EUR', '£': 'GBP', '×': 'x', '¿': '?', '¡': '!' },
  ...{ '´': "'", '`': "'", '¸': ',', '¨': '"', '¯': '-', '¢': 'c', '¥': 'JPY', '§': 'par.', '©': '(c)', '®': '(R)' },
};

/**
 * A text in ASCII, nearest letters where needed: GeoPost's data and labels know no others.
 *
 * Throws `rule` `label.unprintable-text` with the field and the characters that have none.
 */
export function asciiText(text: string, field: string): string {
  const letters = [...printableText(text, field)].map((character) => {
    const parts = character.normalize('NFKD').replace(/\p{M}+/gu, '');
    return spelled[character] ?? [...parts].map((part) => spelled[part] ?? (part === '⁄' ? '/' : part)).join('');
  });
  const strange = letters.filter((part) => !/^[\x20-\x7e]*$/.test(part));
  if (strange.length > 0) throw new AppError('rule', 'label.unprintable-text', { field, characters: strange.join('') });
  return letters.join('');
}
