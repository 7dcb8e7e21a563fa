import type { ItemScan } from '../../shared/barcode/scan-result.ts';

export interface PackLine {
  readonly id: string;
  readonly itemId: string | null;
  readonly sku: string;
  readonly picked: number;
  readonly packed: number;
  readonly weightMg: number;
  readonly lotControlled: boolean;
  readonly serialControlled: boolean;
  readonly expiryControlled: boolean;
}

export type PackRefusal =
  | 'pack.wrong-item'
  | 'pack.too-many'
  | 'pack.lot-needed'
  | 'pack.serial-needed'
  | 'pack.expiry-needed'
  | 'pack.expired';

export type PackDecision =
  | { readonly outcome: 'accepted'; readonly lineId: string; readonly quantity: number; readonly unitsLeft: number }
  | { readonly outcome: 'refused'; readonly code: PackRefusal };

/** What the scan told of the units besides their number. */
export type ScannedDetails = Pick<ItemScan, 'lot' | 'serial' | 'expiry'>;

/**
 * Decides what one item scan means for the open parcel; `hits` are the items of this order that the code may mean.
 *
 * A refusal is an outcome, not an error: the shift lead counts wrong-item scans, so it must be saved.
 */
export function decidePackScan(
  lines: readonly PackLine[],
  hits: readonly { itemId: string; quantity: number }[],
  scan: { details: ScannedDetails; today: string },
): PackDecision {
  const own = hits.filter((hit) => lines.some((line) => line.itemId === hit.itemId));
  const hit = own[0];
  if (!hit) return { outcome: 'refused', code: 'pack.wrong-item' };
  const line = lines.find(
    (candidate) => candidate.itemId === hit.itemId && candidate.packed + hit.quantity <= candidate.picked,
  );
  if (!line) return { outcome: 'refused', code: 'pack.too-many' };
  // Every piece has a number of its own, which the code on a case is not.
  if (line.serialControlled && hit.quantity > 1) return { outcome: 'refused', code: 'pack.serial-needed' };
  const fault = decideDetails(line, scan);
  if (fault) return { outcome: 'refused', code: fault };
  return { outcome: 'accepted', lineId: line.id, quantity: hit.quantity, unitsLeft: unitsLeft(lines) - hit.quantity };
}

function decideDetails(line: PackLine, scan: { details: ScannedDetails; today: string }): PackRefusal | undefined {
  const { details, today } = scan;
  if (line.lotControlled && !details.lot) return 'pack.lot-needed';
  if (line.serialControlled && !details.serial) return 'pack.serial-needed';
  if (line.expiryControlled && !details.expiry) return 'pack.expiry-needed';
  if (details.expiry && details.expiry < today) return 'pack.expired';
  return undefined;
}

/** Units in totes that are not in a parcel yet. */
export function unitsLeft(lines: readonly PackLine[]): number {
  return lines.reduce((sum, line) => sum + line.picked - line.packed, 0);
}

/** Weight of what was packed, from the catalogue, in milligrams. */
export function expectedWeightMg(lines: readonly PackLine[]): number {
  return lines.reduce((sum, line) => sum + line.packed * line.weightMg, 0);
}

const TOLERANCE_MG = 15_000;
const TOLERANCE_SHARE = 0.03;
/** Box and filling weigh something; without a known carton this much is allowed above the goods. */
const PACKAGING_MG = 400_000;

/** Whether the catalogue knows the weight of everything that was packed. */
export function weightsKnown(lines: readonly PackLine[]): boolean {
  return lines.every((line) => line.packed === 0 || line.weightMg > 0);
}

/**
 * Whether a stable weight fits the goods: not lighter than they are, not heavier than goods, box and filling.
 *
 * Where the catalogue lacks a weight (`known` false), nobody can say what is too heavy.
 */
export function weightFits(expectedMg: number, weightMg: number, known: boolean): boolean {
  const slack = Math.max(TOLERANCE_MG, expectedMg * TOLERANCE_SHARE);
  return weightMg >= expectedMg - slack && (!known || weightMg <= expectedMg + PACKAGING_MG + slack);
}
