import { POINTS_PER_MM } from './dot-grid.ts';
import type { PlanItem, TextItem } from './page-plan.ts';
import { textWidthMm } from './text-width.ts';

export interface FlowStyle {
  readonly sizePt: number;
  readonly bold?: boolean;
  readonly color?: string;
  readonly align?: 'left' | 'right' | 'centre';
}

export interface FlowPlace {
  readonly xMm: number;
  readonly yMm: number;
  readonly widthMm: number;
}

/** Items and the height they take, the lead below the last row included. */
export interface Flowed {
  readonly items: readonly TextItem[];
  readonly heightMm: number;
}

const LEADING = 1.25;

/** A word wider than the column is broken between characters: a serial number must never be cut. */
function breakWord(word: string, fits: (text: string) => boolean): string[] {
  const parts: string[] = [];
  let part = '';
  for (const character of word) {
    if (part !== '' && !fits(part + character)) {
      parts.push(part);
      part = '';
    }
    part += character;
  }
  return [...parts, part];
}

/** The text in rows that fit, broken between words, and inside a word only where it alone is too wide. */
export function rowsOf(text: string, fits: (text: string) => boolean): string[] {
  const rows: string[] = [];
  let row = '';
  for (const word of text.split(' ').flatMap((word) => breakWord(word, fits))) {
    const longer = row === '' ? word : `${row} ${word}`;
    if (fits(longer)) row = longer;
    else {
      if (row !== '') rows.push(row);
      row = word;
    }
  }
  return row === '' ? rows : [...rows, row];
}

/** Sets running text into a column of any length; nothing shrinks and nothing is cut. */
export function flowText(line: { field: string; text: string }, place: FlowPlace, style: FlowStyle): Flowed {
  const { sizePt, bold = false, color = 'black', align = 'left' } = style;
  const rowMm = (sizePt * LEADING) / POINTS_PER_MM;
  const rows = rowsOf(line.text, (text) => textWidthMm(text, sizePt, bold) <= place.widthMm);
  const items = rows.map((text, index): TextItem => {
    const widthMm = textWidthMm(text, sizePt, bold);
    const slack = place.widthMm - widthMm;
    const xMm = place.xMm + (align === 'right' ? slack : align === 'centre' ? slack / 2 : 0);
    return { kind: 'text', field: line.field, text, xMm, yMm: place.yMm + index * rowMm, widthMm, sizePt, bold, color };
  });
  return { items, heightMm: rows.length * rowMm };
}

/** Texts one below another in one column. */
export function flowColumn(
  lines: readonly { field: string; text: string; style: FlowStyle }[],
  place: FlowPlace,
): Flowed {
  const items: TextItem[] = [];
  let yMm = place.yMm;
  for (const { style, ...line } of lines) {
    const flowed = flowText(line, { ...place, yMm }, style);
    items.push(...flowed.items);
    yMm += flowed.heightMm;
  }
  return { items, heightMm: yMm - place.yMm };
}

/** A piece of a document that must not be torn between two pages. */
export interface Block<Item = PlanItem> {
  readonly heightMm: number;
  /** Named by documents that treat their blocks differently, such as rows of a table. */
  readonly kind: string;
  draw(yMm: number): readonly Item[];
}

/** Deals blocks out to pages, in order; `topMm` of the first page may differ from the others'. */
export function dealToPages<Item = PlanItem>(
  blocks: readonly Block<Item>[],
  room: { firstTopMm: number; nextTopMm: number; bottomMm: number },
): { readonly items: readonly Item[]; readonly kinds: ReadonlySet<string> }[] {
  const pages: { items: Item[]; kinds: Set<string> }[] = [{ items: [], kinds: new Set() }];
  let yMm = room.firstTopMm;
  for (const block of blocks) {
    let page = pages.at(-1);
    // A tall head leaves little of the first page: a block that only the next one can hold goes there.
    const nextHolds = pages.length === 1 && room.nextTopMm + block.heightMm <= room.bottomMm;
    if (!page || (yMm + block.heightMm > room.bottomMm && (page.items.length > 0 || nextHolds))) {
      page = { items: [], kinds: new Set() };
      pages.push(page);
      yMm = room.nextTopMm;
    }
    page.items.push(...block.draw(yMm));
    page.kinds.add(block.kind);
    yMm += block.heightMm;
  }
  return pages;
}
