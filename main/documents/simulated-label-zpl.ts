import { predefinedLength } from '../../shared/barcode/gs1-identifiers.ts';
import type { LabelDpi } from '../../shared/model/label.ts';
import { dotsPerMm, POINTS_PER_MM, toDots } from './dot-grid.ts';
import type { FillItem, SymbolItem, TextItem } from './page-plan.ts';
import type { PlacedSymbol, SimulatedPlan } from './simulated-label-plan.ts';

/** Field data as hexadecimal where ZPL would take a letter for a command. */
function fieldData(text: string): string {
  const escaped = [...text].map((letter) => {
    const code = letter.codePointAt(0) ?? 0;
    return code < 0x20 || '^~_\\'.includes(letter) ? `_${code.toString(16).padStart(2, '0').toUpperCase()}` : letter;
  });
  return `^FH_^FD${escaped.join('')}^FS`;
}

function textField({ text, xMm, yMm, sizePt, color }: TextItem, dpi: LabelDpi): string {
  if (text === '') return '';
  const height = Math.round((sizePt / POINTS_PER_MM) * dotsPerMm(dpi));
  const reverse = color === 'white' ? '^FR' : '';
  return `^FO${toDots(xMm, dpi)},${toDots(yMm, dpi)}${reverse}^A0N,${height},${height}${fieldData(text)}`;
}

function boxField({ at }: FillItem, dpi: LabelDpi): string {
  const [width, height] = [toDots(at.widthMm, dpi), Math.max(1, toDots(at.heightMm, dpi))];
  return `^FO${toDots(at.xMm, dpi)},${toDots(at.yMm, dpi)}^GB${width},${height},${Math.min(width, height)}^FS`;
}

/** The symbol's dots as they are: what carriers send where a printer's own encoder would not do. */
function graphicField(item: SymbolItem & { kind: 'matrix' }, dpi: LabelDpi): string {
  const module = item.spec.moduleDots[dpi];
  const { columns, rows, modules } = item.symbol.pattern;
  const rowBytes = Math.ceil((columns * module) / 8);
  let hex = '';
  for (let row = 0; row < rows; row += 1) {
    const bytes = Buffer.alloc(rowBytes);
    for (let x = 0; x < columns * module; x += 1) {
      if (modules[row * columns + Math.floor(x / module)] === 1)
        bytes[x >> 3] = (bytes[x >> 3] ?? 0) | (0x80 >> (x & 7));
    }
    hex += bytes.toString('hex').toUpperCase().repeat(module);
  }
  const total = rowBytes * rows * module;
  return `^FO${item.xDots},${item.yDots}^GFA,${total},${total},${rowBytes},${hex}^FS`;
}

/** `(420)73108>8(92)…`: the printer ends an element only where it is told to. */
function chained(bracketed: string): string {
  return bracketed.replace(/\(([0-9]{2,4})\)([^(]*)(?=\()/g, (element, ai) =>
    predefinedLength(ai) === undefined ? `${element}>8` : element,
  );
}

function barsField({ source, item }: PlacedSymbol & { item: SymbolItem & { kind: 'bars' } }, dpi: LabelDpi): string {
  const at = `^FO${item.xDots},${item.yDots}^BY${item.spec.moduleDots[dpi]},3`;
  if (source.kind === 'itf') return `${at}^B2N,${item.heightDots},N,N,N${fieldData(source.text)}`;
  // Mode D takes brackets and begins with FNC1, mode A chooses the subset.
  if (source.kind === 'gs1-128') return `${at}^BCN,${item.heightDots},N,N,N,D${fieldData(chained(source.text))}`;
  return `${at}^BCN,${item.heightDots},N,N,N,A${fieldData(source.text)}`;
}

function matrixField(placed: PlacedSymbol & { item: SymbolItem & { kind: 'matrix' } }, dpi: LabelDpi): string {
  const { source, item } = placed;
  const at = `^FO${item.xDots},${item.yDots}`;
  const module = item.spec.moduleDots[dpi];
  switch (source.kind) {
    case 'datamatrix':
      return `${at}^BXN,${module},200${fieldData(source.text)}`;
    default:
      return graphicField(item, dpi);
  }
}

function symbolField({ source, item }: PlacedSymbol, dpi: LabelDpi): string {
  return item.kind === 'bars' ? barsField({ source, item }, dpi) : matrixField({ source, item }, dpi);
}

/** The label in a printer's own language, with the printer's own barcodes where every firmware draws them alike. */
export function simulatedZpl({ page, symbols }: SimulatedPlan): string {
  const { dpi } = page;
  const fields = page.items.flatMap((item) =>
    item.kind === 'text' ? textField(item, dpi) : item.kind === 'fill' ? boxField(item, dpi) : [],
  );
  return [
    '^XA^CI28^LH0,0',
    `^PW${toDots(page.widthMm, dpi)}^LL${toDots(page.heightMm, dpi)}`,
    ...fields.filter((field) => field !== ''),
    ...symbols.map((symbol) => symbolField(symbol, dpi)),
    '^XZ\n',
  ].join('\n');
}
