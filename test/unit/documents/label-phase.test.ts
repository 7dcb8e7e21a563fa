import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { createDocuments } from '../../../main/documents/documents.ts';
import { renderLabel } from '../../../main/documents/label.ts';
import { drawSimulatedLabel } from '../../../main/documents/simulated-carrier-label.ts';
import { onSheet } from './carrier-file-support.ts';
import { aCarrierLabel, carrierProfiles } from './label-carrier-builders.ts';
import { aSimulatedLabel, symbolSets } from './simulated-symbol-sets.ts';

const documents = createDocuments();
afterAll(() => documents.close());

const subDot = fc.integer({ min: 0, max: 999 }).map((thousandths) => thousandths / 1000);
const phases = fc.record({ across: subDot, down: subDot, dpi: fc.constantFrom(203 as const, 300 as const) });

/** No driver says where between two dots it begins a page. */
async function readAtPhase(pdf: Uint8Array, phase: { across: number; down: number; dpi: 203 | 300 }) {
  const dotMm = phase.dpi === 203 ? 1 / 8 : 25.4 / 300;
  // A sheet of whole dots, as a driver burns it: nothing is stretched to its edge.
  const sheet = phase.dpi === 203 ? { widthMm: 813 / 8, heightMm: 1219 / 8 } : { widthMm: 101.6, heightMm: 152.4 };
  const at = { ...sheet, xMm: phase.across * dotMm, yMm: -phase.down * dotMm };
  const [page] = await documents.readBack(await onSheet(pdf, at), { dpi: phase.dpi, format: 'bilevel' });
  return page?.symbols ?? [];
}

describe('a label that begins anywhere between two dots', () => {
  test.each(carrierProfiles)('of %s reads whole, its bars of grade B or better', async (profile) => {
    const property = fc.asyncProperty(phases, async (phase) => {
      const { bytes, symbols } = await renderLabel(aCarrierLabel(profile, { dpi: phase.dpi }));
      const read = await readAtPhase(bytes, phase);

      expect(read.map(({ text }) => text).sort()).toEqual(symbols.map(({ text }) => text).sort());
      for (const { geometry } of read) expect(geometry?.grade ?? 'A').toMatch(/[AB]/);
    });
    await fc.assert(property, { numRuns: 6 });
  });

  test('of a simulated carrier does so too', async () => {
    const sets = fc.constantFrom(...Object.values(symbolSets));
    const property = fc.asyncProperty(phases, sets, async (phase, set) => {
      const read = await readAtPhase(await drawSimulatedLabel(aSimulatedLabel(set, { dpi: phase.dpi })), phase);

      expect(read.map(({ symbology, text }) => symbology + text).sort()).toEqual([...set.scans].sort());
      for (const { geometry } of read) expect(geometry?.grade ?? 'A').toMatch(/[AB]/);
    });
    await fc.assert(property, { numRuns: 25 });
  });
});
