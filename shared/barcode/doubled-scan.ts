/**
 * The one code when `text` is the same code twice, one behind the other: a scanner that reaches the station
 * by two ways at once (as keyboard and as serial port) does that. Undefined otherwise.
 */
export function halfOfDoubled(text: string): string | undefined {
  const [first = '', second, ...more] = text.split(/[\t\r\n]+/);
  if (second !== undefined) return first === second && more.length === 0 && first.length >= 4 ? first : undefined;
  const half = text.slice(0, text.length / 2);
  return text.length % 2 === 0 && half.length >= 4 && half + half === text ? half : undefined;
}
