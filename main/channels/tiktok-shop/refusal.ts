/**
 * What a code beside 0 means. `token`: another one may help; `key`: app key or signature; `clock`: the time that was
 * signed; `right`: a scope the app lacks; `address`: this PC's address is not on the app's list.
 */
export type TiktokTrouble =
  | 'token'
  | 'key'
  | 'clock'
  | 'right'
  | 'address'
  | 'shop'
  | 'throttled'
  | 'unavailable'
  | 'refused';

const BY_CODE: Readonly<Record<string, TiktokTrouble>> = {
  '101000': 'token',
  '105005': 'right',
  '106001': 'key',
  '106011': 'shop',
  '106013': 'shop',
  '36009002': 'throttled',
  '36009003': 'unavailable',
  '36009007': 'unavailable',
  '36009009': 'refused',
  '36009010': 'refused',
  '36009033': 'address',
  '36009037': 'throttled',
};

/** TikTok puts several things under 36009004 and tells them apart in words only. */
const BY_WORDS: readonly (readonly [RegExp, TiktokTrouble])[] = [
  [/timestamp/i, 'clock'],
  [/access[_-]token/i, 'token'],
  [/app_key|`?sign`?\b|signature/i, 'key'],
  [/identifier|shop_cipher/i, 'shop'],
  [/^(?:invalid|missing|unexpected)\b/i, 'refused'],
];

/** By the platform's list of common errors; null for code 0. */
export function troubleOf(code: string, message: string): TiktokTrouble | null {
  if (code === '0') return null;
  const known = BY_CODE[code];
  if (known) return known;
  if (/^36009\d{3}$/.test(code)) return BY_WORDS.find(([words]) => words.test(message))?.[1] ?? 'throttled';
  if (/^105\d{3}$|^360\d{5}$/.test(code)) return 'token';
  return /^106\d{3}$/.test(code) ? 'key' : 'refused';
}
