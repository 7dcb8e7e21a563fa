import type { DotPage } from '../../../main/devices/printer/printer.ts';

/**
 * Reads `^GFA` fields back to dots, written from the ZPL II manual alone: hex with repeat counts `G`-`Y` and `g`-`z`, `,`
 * and `!` to fill a row, `:` for the row above.
 */
export function readZpl(bytes: Uint8Array): DotPage[] {
  const text = new TextDecoder('latin1').decode(bytes);
  return [...text.matchAll(/\^XA(.*?)\^XZ/gs)].map(([, format = '']) => {
    const [, width] = /\^PW(\d+)/.exec(format) ?? [];
    const [, height] = /\^LL(\d+)/.exec(format) ?? [];
    const [, total, , rowBytes, data = ''] = /\^GFA,(\d+),(\d+),(\d+),(.*?)\^FS/s.exec(format) ?? [];
    if (Number(total) !== Number(rowBytes) * Number(height)) throw new Error('the sizes of the field disagree');
    const rows = rowsOf(data, Number(rowBytes) * 2);
    if (rows.length !== Number(height)) throw new Error(`${rows.length} rows for ${height}`);
    return { width: Number(width), height: Number(height), dots: dotsOf(rows, Number(width)) };
  });
}

function rowsOf(data: string, digits: number): string[] {
  const rows: string[] = [];
  let row = '';
  let times = 0;
  const end = (): void => {
    rows.push(row);
    row = '';
  };
  for (const mark of data) {
    if (mark === ':') rows.push(rows.at(-1) ?? '0'.repeat(digits));
    else if (mark === ',' || mark === '!') {
      row = row.padEnd(digits, mark === ',' ? '0' : 'F');
      end();
    } else if (mark >= 'G' && mark <= 'Y') times += mark.charCodeAt(0) - 'G'.charCodeAt(0) + 1;
    else if (mark >= 'g' && mark <= 'z') times += 20 * (mark.charCodeAt(0) - 'g'.charCodeAt(0) + 1);
    else {
      row += mark.repeat(times || 1);
      times = 0;
      if (row.length > digits) throw new Error('a row is too long');
      if (row.length === digits) end();
    }
  }
  if (row !== '') throw new Error('half a row is left');
  return rows;
}

function dotsOf(rows: readonly string[], width: number): Uint8Array {
  const dots = new Uint8Array(rows.length * width);
  for (const [y, row] of rows.entries()) {
    const bytes = Buffer.from(row, 'hex');
    for (let x = 0; x < width; x += 1) dots[y * width + x] = ((bytes[x >> 3] ?? 0) >> (7 - (x & 7))) & 1 ? 0 : 255;
  }
  return dots;
}
