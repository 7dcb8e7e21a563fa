import type { LabelMedia, LabelModel } from '../../shared/model/label.ts';
import type { RenderedDocument } from './document.ts';
import { checkCarrierLines } from './label-layouts/carrier-lines.ts';
import { printOf, zonesOf } from './label-layouts/layouts.ts';
import type { LabelSheet } from './label-zones.ts';
import { expectedSymbols, type PagePlan } from './page-plan.ts';
import { drawPdf } from './pdf.ts';
import { makePrintable, type Printable } from './printable.ts';

const mediaSizes: Readonly<Record<LabelMedia, { readonly widthMm: number; readonly heightMm: number }>> = {
  '4x6': { widthMm: 101.6, heightMm: 152.4 },
  '100x150': { widthMm: 100, heightMm: 150 },
};

/** A label laid out as data, and the fields that had to be written with other letters. */
export interface LabelPlan {
  readonly page: PagePlan;
  readonly transliterated: readonly string[];
}

/** The model with texts that its carrier can print; the data of a matrix are no text and stay as they are. */
function printable(source: LabelModel): Printable<LabelModel> {
  const print = printOf(source);
  return makePrintable(source, (text, field) => (field === 'aztec' ? text : print(text, field)));
}

/** Lays a label out without drawing it; pure. Errors as in `renderLabel`. */
export function planLabel(source: LabelModel): LabelPlan {
  checkCarrierLines(source);
  const { model: shown, transliterated } = printable(source);
  const media = mediaSizes[source.media];
  const sheet: LabelSheet = { source, shown, ...media };
  const items = zonesOf(sheet);
  return { page: { ...media, dpi: source.dpi, items }, transliterated };
}

/**
 * Draws a label as PDF: vectors in whole dots of the printer, the same bytes for the same model.
 *
 * Throws `rule` `label.text-too-long`, `label.unprintable-text`, `label.symbol-too-wide`, `label.bad-code`,
 * `label.line-too-long` with the field. Nothing may be printed before `proveLabel` has read it back.
 */
export async function renderLabel(model: LabelModel): Promise<RenderedDocument> {
  const { page, transliterated } = planLabel(model);
  const title = `${model.orderNumber} ${model.kind} ${model.parcelIndex}/${model.parcelCount}`;
  const bytes = await drawPdf([page], { title, date: model.shipDate, language: model.language });
  const { widthMm, heightMm, dpi } = page;
  return { bytes, media: { widthMm, heightMm }, dpi, pages: 1, symbols: expectedSymbols([page]), transliterated };
}
