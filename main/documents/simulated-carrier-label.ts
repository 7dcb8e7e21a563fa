import type { DrawSimulatedLabel, SimulatedLabel } from '../carriers/carrier-simulator.ts';
import { drawPdf } from './pdf.ts';
import { bilevelPng } from './png.ts';
import { rasterPages } from './raster.ts';
import { planSimulatedLabel } from './simulated-label-plan.ts';
import { simulatedZpl } from './simulated-label-zpl.ts';

/** Any day will do: the same label has to give the same bytes. */
const DATE = '2026-01-01';

async function asPng(pdf: Uint8Array, { dpi }: SimulatedLabel): Promise<Uint8Array> {
  for await (const { raster } of rasterPages(pdf, { dpi, format: 'bilevel' })) {
    return bilevelPng(raster, raster.dotsPerMm);
  }
  throw new Error('a drawn label has no page');
}

/**
 * Draws the label that a simulated carrier sells: one page of the media with SIMULATION across its head, its symbols
 * at whole dots with their quiet zones, the tracking number in words; the same bytes for the same label.
 *
 * Throws `rule` `label.bad-code` for a text that its symbol cannot hold, `label.symbol-too-wide` for too many symbols.
 */
export const drawSimulatedLabel: DrawSimulatedLabel = async (label) => {
  const plan = planSimulatedLabel(label);
  if (label.file === 'zpl') return new TextEncoder().encode(simulatedZpl(plan));
  const title = `SIMULATION ${label.carrier} ${label.trackingNumber}`;
  const pdf = await drawPdf([plan.page], { title, date: DATE, language: 'en' });
  return label.file === 'pdf' ? pdf : asPng(pdf, label);
};
