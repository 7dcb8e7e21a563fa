import type { AcceptedScan } from './scan-result.ts';

/**
 * Texts under which the catalogue may know what was scanned, the likeliest first: GTINs as GTIN-14, restricted numbers
 * with price or weight masked, other codes exactly as they were scanned, and as another keyboard layout may have meant. Empty for codes that are no goods.
 */
export function matchCodes(scan: AcceptedScan): string[] {
  if (scan.kind === 'text') return [scan.text, scan.retyped].filter((code) => code !== undefined);
  if (scan.kind === 'tracking') return [scan.text];
  if (scan.kind !== 'item') return [];
  return [scan.gtin14, scan.alternativeGtin14, scan.restricted?.pattern, scan.text].filter(
    (code) => code !== undefined,
  );
}
