import bwipjs from 'bwip-js/node';
import { AppError } from '../../shared/errors.ts';
import type { LabelDpi } from '../../shared/model/label.ts';
import { dotsPerMm } from './dot-grid.ts';
import type { EncodedSymbol, MatrixPattern } from './symbols.ts';

/** ISO/IEC 16023, 4.4: distance of neighbouring modules in a row, of rows, and radii that part light from dark. */
const COLUMN_MM = 0.88;
const ROW_MM = 0.76;
const COLUMNS = 30;
const ROWS = 33;
const RADII_MM = [0.51, 1.18, 1.86, 2.53, 3.2, 3.87] as const;
/** Share of its cell that a hexagon darkens, so that neighbours stay apart on paper. */
const FILL = 0.9;
const MIDDLE = { column: 14.5, row: 16 };

interface Grid {
  readonly perMm: number;
  readonly columns: number;
  readonly rows: number;
  readonly dots: Uint8Array;
}

function fill({ columns, rows, dots }: Grid, isDark: (x: number, y: number) => boolean): void {
  for (let y = 0; y < rows; y += 1)
    for (let x = 0; x < columns; x += 1) if (isDark(x + 0.5, y + 0.5)) dots[y * columns + x] = 1;
}

function drawHexagon(grid: Grid, index: number): void {
  const [row, column] = [Math.floor(index / COLUMNS), index % COLUMNS];
  const centreX = (column + (row % 2 === 0 ? 0.5 : 1)) * COLUMN_MM * grid.perMm;
  const centreY = (row + 0.5) * ROW_MM * grid.perMm;
  const half = (COLUMN_MM / 2) * grid.perMm * FILL;
  const reach = half / Math.cos(Math.PI / 6);
  for (let y = Math.floor(centreY - reach); y <= centreY + reach; y += 1) {
    const away = Math.abs(y + 0.5 - centreY);
    // Two upright sides, and slopes of 30 degrees above and below.
    const wide = away <= reach / 2 ? half : (reach - away) * 2 * Math.cos(Math.PI / 6);
    for (let x = Math.floor(centreX - half); x <= centreX + half; x += 1) {
      if (Math.abs(x + 0.5 - centreX) > wide || y < 0 || x < 0 || y >= grid.rows || x >= grid.columns) continue;
      grid.dots[y * grid.columns + x] = 1;
    }
  }
}

function drawBullseye(grid: Grid): void {
  const centreX = (MIDDLE.column + 0.5) * COLUMN_MM * grid.perMm;
  const centreY = (MIDDLE.row + 0.5) * ROW_MM * grid.perMm;
  fill(grid, (x, y) => {
    const ring = RADII_MM.filter((radius) => Math.hypot(x - centreX, y - centreY) >= radius * grid.perMm).length;
    return ring % 2 === 1;
  });
}

/**
 * A MaxiCode as dots of one printer: its hexagons stand on no grid of whole modules.
 *
 * `text` is a message of mode 2 (US postcodes) or 3; throws `rule` `label.bad-code`.
 */
export function maxiCode(text: string, dpi: LabelDpi, field: string): EncodedSymbol<MatrixPattern> {
  const [, postcode = '', country] = text.split('\x1d');
  const mode = country === '840' && /^[0-9]+$/.test(postcode) ? 2 : 3;
  const modules = modulesOf(text, mode, field);
  const perMm = dotsPerMm(dpi);
  const columns = Math.ceil((COLUMNS + 0.5) * COLUMN_MM * perMm);
  const rows = Math.ceil((ROWS + 0.5) * ROW_MM * perMm);
  const grid: Grid = { perMm, columns, rows, dots: new Uint8Array(columns * rows) };
  for (const module of modules) drawHexagon(grid, module);
  drawBullseye(grid);
  return { symbology: ']U1', text, pattern: { shape: 'matrix', columns, rows, modules: [...grid.dots] } };
}

/** Places of the dark modules, counted row by row. */
function modulesOf(text: string, mode: number, field: string): readonly number[] {
  try {
    // The package's types know no options of one symbology.
    const options = { bcid: 'maxicode', text, mode } as Parameters<typeof bwipjs.raw>[0];
    const raw = bwipjs.raw(options)[0];
    if (raw && 'pixs' in raw) return raw.pixs;
  } catch (cause) {
    throw new AppError('rule', 'label.bad-code', { field }, cause);
  }
  throw new AppError('bug', 'label.encoder-answer', { bcid: 'maxicode' });
}
