import { associationWarnings } from './gs1-associations.ts';
import { singleValue } from './gs1-elements.ts';
import { readTradeData } from './gs1-trade-data.ts';
import { restrictedPattern } from './gtin.ts';
import { type Gs1Element, type ItemScan, type Reading, refuse, type ScanWarning } from './scan-result.ts';

/** Where a trade item's number may stand, the best place first: the item itself, then what a logistic unit holds. */
const ITEM_PLACES = ['01', '03', '8006', '02', '8026'] as const;

/**
 * What checked elements say: an SSCC before an item before mere text.
 *
 * Two different SSCCs or GTINs under one identifier are refused: no one can tell which of them was packed.
 */
export function readElements(elements: readonly Gs1Element[], now: string): Reading {
  const present = new Set(elements.map(({ ai }) => ai));
  if (['00', '01'].some((ai) => present.has(ai) && singleValue(elements, ai) === undefined)) {
    return refuse('gs1.two-items', 'One code names two different items.');
  }
  const trade = readTradeData(elements, now);
  const place = ITEM_PLACES.find((ai) => singleValue(elements, ai) !== undefined);
  const gtin14 = place === undefined ? undefined : singleValue(elements, place)?.slice(0, 14);
  const warnings: ScanWarning[] = [...associationWarnings(elements), ...trade.warnings];
  if (place === '8006' || place === '8026') warnings.push('gs1.piece-of-item');
  const sscc = singleValue(elements, '00');
  if (sscc !== undefined) {
    return { ok: true, kind: 'sscc', sscc, ...(gtin14 === undefined ? {} : { gtin14 }), ...trade.data, warnings };
  }
  if (gtin14 !== undefined) return itemReading(gtin14, { ...trade.data, warnings });
  return { ok: true, kind: 'text', ...trade.data, warnings };
}

type ItemDetails = Omit<ItemScan, 'ok' | 'kind' | 'gtin14' | 'restricted' | 'text' | 'symbology'>;

/** An item by its 14 digits; adds the pattern and the warning of a restricted circulation number. */
export function itemReading(gtin14: string, details: ItemDetails): Reading {
  const pattern = restrictedPattern(gtin14);
  if (pattern === undefined) return { ok: true, kind: 'item', gtin14, ...details };
  const warnings = [...details.warnings, 'gtin.restricted-circulation'] as const;
  return { ok: true, kind: 'item', gtin14, restricted: { pattern }, ...details, warnings };
}
