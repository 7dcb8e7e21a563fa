import type { LabelDpi } from '../../shared/model/label.ts';
import type { MediaSize } from '../../shared/model/media.ts';
import type { PackingSlipModel } from './document.ts';
import { type Block, type FlowStyle, flowText } from './flow-text.ts';
import type { FillItem } from './page-plan.ts';

/** A slip on label media: one column, black on white, as a thermal printer burns it. */
export interface NarrowPage {
  readonly media: MediaSize;
  readonly dpi: LabelDpi;
  readonly xMm: number;
  readonly widthMm: number;
}

/** The model as given, for the codes, and with printable texts, for the words. */
export interface Slip {
  readonly source: PackingSlipModel;
  readonly shown: PackingSlipModel;
}

export const EDGE_MM = 5;
export const CAPTION: FlowStyle = { sizePt: 6.5 };
export const SMALL: FlowStyle = { sizePt: 7.5 };
export const BODY: FlowStyle = { sizePt: 9 };

export function line(xMm: number, yMm: number, size: { widthMm: number; heightMm: number }): FillItem {
  return { kind: 'fill', at: { xMm, yMm, ...size }, color: 'black' };
}

export function gap(heightMm: number): Block {
  return { kind: 'text', heightMm, draw: () => [] };
}

/** Running text that may go on on the next page: each of its lines is a block of its own. */
export function textBlocks(
  text: { field: string; text: string },
  at: { xMm: number; widthMm: number; kind?: string },
  style: FlowStyle,
): Block[] {
  const { items, heightMm } = flowText(text, { xMm: at.xMm, yMm: 0, widthMm: at.widthMm }, style);
  return items.map((item) => ({
    kind: at.kind ?? 'text',
    heightMm: heightMm / items.length,
    draw: (yMm) => [{ ...item, yMm }],
  }));
}

/** A rule across the column, with white above and below. */
export function ruleBlock(page: NarrowPage): Block {
  return {
    kind: 'text',
    heightMm: 4,
    draw: (yMm) => [line(page.xMm, yMm + 1.5, { widthMm: page.widthMm, heightMm: 0.375 })],
  };
}

/** Blocks that must not be torn apart: a heading and what it heads, an article and the boxes to fill in for it. */
export function together(blocks: readonly Block[], kind = 'text'): Block {
  return {
    kind,
    heightMm: blocks.reduce((sum, block) => sum + block.heightMm, 0),
    draw: (yMm) => {
      let at = yMm;
      return blocks.flatMap((block) => {
        const items = block.draw(at);
        at += block.heightMm;
        return items;
      });
    },
  };
}
