import type { LabelMedia, LabelModel } from '../../shared/model/label.ts';
import type { RenderedDocument } from './document.ts';
import type { LabelSheet } from './label-zones.ts';
import { outboundZones } from './outbound-label.ts';
import { expectedSymbols, type PagePlan } from './page-plan.ts';
import { drawPdf } from './pdf.ts';
import { makePrintable } from './printable.ts';
import { returnZones } from './return-label.ts';

const mediaSizes: Readonly<Record<LabelMedia, { readonly widthMm: number; readonly heightMm: number }>> = {
  '4x6': { widthMm: 101.6, heightMm: 152.4 },
  '100x150': { widthMm: 100, heightMm: 150 },
};

/** A label laid out as data, and the fields that had to be written with other letters. */
export interface LabelPlan {
  readonly page: PagePlan;
  readonly transliterated: readonly string[];
}

/** Lays a label out without drawing it; pure. Errors as in `renderLabel`. */
export function planLabel(source: LabelModel): LabelPlan {
  const { model: shown, transliterated } = makePrintable(source);
  const media = mediaSizes[source.media];
  const sheet: LabelSheet = { source, shown, ...media };
  const items =
    source.kind === 'return' && shown.kind === 'return' ? returnZones(sheet, source, shown) : outboundZones(sheet);
  return { page: { ...media, dpi: source.dpi, items }, transliterated };
}

/**
 * Draws a label as PDF: vectors in whole dots of the printer, the same bytes for the same model.
 *
 * Throws `rule` `label.text-too-long`, `label.unprintable-text`, `label.symbol-too-wide`, `label.bad-code` with
 * the field. Nothing may be printed before `proveLabel` has read it back.
 */
export async function renderLabel(model: LabelModel): Promise<RenderedDocument> {
  const { page, transliterated } = planLabel(model);
  const title = `${model.orderNumber} ${model.kind} ${model.parcelIndex}/${model.parcelCount}`;
  const bytes = await drawPdf([page], { title, date: model.shipDate, language: model.language });
  const { widthMm, heightMm, dpi } = page;
  return { bytes, media: { widthMm, heightMm }, dpi, pages: 1, symbols: expectedSymbols([page]), transliterated };
}
