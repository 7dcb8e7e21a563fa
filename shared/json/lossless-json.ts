const LONG_DIGITS = /\d{16}/;
/** A whole text or a whole number, so that digits inside a text are never taken for a number. */
const TOKEN = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * `JSON.parse`, with whole numbers of 16 digits and more as text: a double holds 15 digits, and order ids such as
 * 820982911946154508 would come out rounded, without any error.
 */
export function parseLossless(text: string): unknown {
  if (!LONG_DIGITS.test(text)) return JSON.parse(text);
  return JSON.parse(text.replace(TOKEN, (token) => (/^-?\d{16,}$/.test(token) ? `"${token}"` : token)));
}
