import type { DotPage } from '../printer.ts';

/** Counts of one letter: `G` to `Y` are 1 to 19, `g` to `z` 20 to 400 in twenties (ZPL II manual, "Alternative Data Compression Scheme"). */
const ONES = 'GHIJKLMNOPQRSTUVWXY';
const TWENTIES = 'ghijklmnopqrstuvwxyz';
const MOST_OF_ONE_DIGIT = 400 + 19;
const BLACK_BELOW = 128;

/**
 * ZPL that burns exactly these dots: one format a page, one graphic field over the whole of it.
 *
 * `^PW` and `^LL` set what the page takes; where the label begins is left to the printer's own calibration.
 */
export function drawZpl(pages: readonly DotPage[]): Uint8Array {
  return new TextEncoder().encode(pages.map(formatOf).join(''));
}

function formatOf(page: DotPage): string {
  const rowBytes = Math.ceil(page.width / 8);
  const total = rowBytes * page.height;
  const head = `^XA^PW${page.width}^LL${page.height}^LH0,0^PON^PQ1`;
  return `${head}^FO0,0^GFA,${total},${total},${rowBytes},${graphicOf(page, rowBytes)}^FS^XZ\n`;
}

/** Rows as compressed hex: `:` repeats the row above, `,` and `!` fill the rest of a row with white and black. */
function graphicOf({ width, height, dots }: DotPage, rowBytes: number): string {
  const rows: string[] = [];
  let above = '';
  for (let row = 0; row < height; row += 1) {
    const hex = hexOf(dots.subarray(row * width, (row + 1) * width), rowBytes);
    rows.push(hex === above ? ':' : compress(hex));
    above = hex;
  }
  return rows.join('');
}

function hexOf(dots: Uint8Array, rowBytes: number): string {
  const packed = Buffer.alloc(rowBytes);
  for (let x = 0; x < dots.length; x += 1) {
    const black = (dots[x] ?? 255) < BLACK_BELOW;
    if (black) packed[x >> 3] = (packed[x >> 3] ?? 0) | (0x80 >> (x & 7));
  }
  return packed.toString('hex').toUpperCase();
}

function compress(hex: string): string {
  const rest = /(?:0+|F+)$/.exec(hex)?.[0] ?? '';
  const fill = rest === '' ? '' : rest.startsWith('0') ? ',' : '!';
  const body = hex.slice(0, hex.length - rest.length);
  const runs = body.match(/(.)\1*/g) ?? [];
  return runs.map((run) => runOf(run.charAt(0), run.length)).join('') + fill;
}

function runOf(digit: string, length: number): string {
  if (length > MOST_OF_ONE_DIGIT) return runOf(digit, MOST_OF_ONE_DIGIT) + runOf(digit, length - MOST_OF_ONE_DIGIT);
  if (length < 3) return digit.repeat(length);
  return TWENTIES.charAt(Math.floor(length / 20) - 1) + ONES.charAt((length % 20) - 1) + digit;
}
