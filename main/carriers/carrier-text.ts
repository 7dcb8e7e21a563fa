/** Letters that do not come apart into a letter and its accent, and marks that plain text has another one for. */
const SPELLED: Readonly<Record<string, string>> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ð: 'd', þ: 'th', ł: 'l', đ: 'd', ı: 'i', ĳ: 'ij' },
  ...{ Æ: 'AE', Œ: 'OE', Ø: 'O', Ð: 'D', Þ: 'TH', Ł: 'L', Đ: 'D', Ĳ: 'IJ' },
  ...{ '‘': "'", '’': "'", '“': '"', '”': '"', '«': '"', '»': '"', '–': '-', '—': '-', '…': '...', '\u00a0': ' ' },
};

/** A text in ASCII, accents taken off; what has no near letter becomes a blank. For carriers that know no others. */
export function plainText(text: string): string {
  const letters = [...text].map((letter) => SPELLED[letter] ?? letter.normalize('NFKD').replace(/\p{M}+/gu, ''));
  return letters
    .join('')
    .replace(/[^\x20-\x7e]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Kilograms with so many decimals, a begun step in full: what weighs more than declared is billed again. */
export function kilograms(weightMg: number, decimals: number): string {
  const stepMg = 10 ** (6 - decimals);
  return (Math.ceil(weightMg / stepMg) / 10 ** decimals).toFixed(decimals);
}

/** `23/11/2026`, as French services want a day. */
export function frenchDay(day: string): string {
  return day.split('-').reverse().join('/');
}
