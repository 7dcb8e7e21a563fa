import type { ItemScan } from '../../shared/barcode/scan-result.ts';
import { decideKit, type PackKit } from './kit-rules.ts';

/** What the item's own rule lets one scan stand for. */
export type ScanPolicy = 'each' | 'case' | 'quantity';

export interface PackLine {
  readonly id: string;
  readonly itemId: string | null;
  /** The kit line that it is a component of. */
  readonly parentLineId: string | null;
  readonly sku: string;
  readonly ordered: number;
  readonly picked: number;
  readonly packed: number;
  readonly weightMg: number;
  readonly lotControlled: boolean;
  readonly serialControlled: boolean;
  readonly expiryControlled: boolean;
  readonly scanPolicy: ScanPolicy;
}

export type PackRefusal =
  | 'pack.wrong-item'
  | 'pack.too-many'
  | 'pack.each-needed'
  | 'pack.quantity-refused'
  | 'pack.kit-explode'
  | 'pack.kit-incomplete'
  | 'pack.lot-needed'
  | 'pack.serial-needed'
  | 'pack.expiry-needed'
  | 'pack.expired';

/** Units of one line that a scan puts into the parcel. */
export interface PackPart {
  readonly lineId: string;
  readonly quantity: number;
}

export type PackDecision =
  | {
      readonly outcome: 'accepted';
      readonly parts: readonly PackPart[];
      readonly quantity: number;
      readonly unitsLeft: number;
      /** The kit line whose set this is. */
      readonly kitLineId: string | null;
    }
  | {
      readonly outcome: 'refused';
      readonly code: PackRefusal;
      /** What is missing of a kit, or has to be scanned instead of it. */
      readonly skus?: readonly string[];
    };

/** What the scan told of the units besides their number. */
export type ScannedDetails = Pick<ItemScan, 'lot' | 'serial' | 'expiry'>;

export interface PackScan {
  readonly details: ScannedDetails;
  readonly today: string;
  /** From the quantity card before it; null where there was none. */
  readonly quantity: number | null;
}

/**
 * Decides what one item scan means for the open parcel; `hits` are the items of this order that the code may mean.
 *
 * A refusal is an outcome, not an error: the shift lead counts wrong-item scans, so it must be saved.
 */
export function decidePackScan(
  order: { readonly lines: readonly PackLine[]; readonly kits: readonly PackKit[] },
  hits: readonly { itemId: string; quantity: number }[],
  scan: PackScan,
): PackDecision {
  const { lines, kits } = order;
  const hit = hits.find(({ itemId }) => [...lines, ...kits].some((known) => known.itemId === itemId));
  if (!hit) return { outcome: 'refused', code: 'pack.wrong-item' };
  const own = lines.filter((line) => line.itemId === hit.itemId);
  const line = own.find((candidate) => candidate.packed < candidate.picked) ?? own[0];
  if (!line) {
    const same = kits.filter((kit) => kit.itemId === hit.itemId);
    return decideKit(lines, same, { sets: hit.quantity, card: scan.quantity });
  }
  const refused = decideCount(line, hit.quantity, scan.quantity);
  if (refused) return { outcome: 'refused', code: refused };
  const quantity = hit.quantity * (scan.quantity ?? 1);
  const parts = shareOut(own, quantity);
  if (!parts) return { outcome: 'refused', code: 'pack.too-many' };
  const fault = decideDetails(line, scan);
  if (fault) return { outcome: 'refused', code: fault };
  return { outcome: 'accepted', parts, quantity, unitsLeft: unitsLeft(lines) - quantity, kitLineId: null };
}

/** Whether one scan and a quantity card may stand for several pieces. */
export function takesQuantityCard(line: Pick<PackLine, 'scanPolicy' | 'serialControlled'>): boolean {
  return line.scanPolicy === 'quantity' && !line.serialControlled;
}

/** Whether the item's rule lets one scan stand for so many; every piece with a number of its own is scanned alone. */
function decideCount(line: PackLine, perScan: number, card: number | null): PackRefusal | undefined {
  if (card !== null && !takesQuantityCard(line)) return 'pack.quantity-refused';
  if (perScan === 1) return undefined;
  if (line.serialControlled) return 'pack.serial-needed';
  return line.scanPolicy === 'each' ? 'pack.each-needed' : undefined;
}

/** Spreads units over lines of the same item, in their order; undefined when they are too many. */
export function shareOut(lines: readonly PackLine[], quantity: number): PackPart[] | undefined {
  const parts: PackPart[] = [];
  let left = quantity;
  for (const line of lines) {
    const here = Math.min(left, line.picked - line.packed);
    if (here > 0) parts.push({ lineId: line.id, quantity: here });
    left -= Math.max(0, here);
  }
  return left === 0 ? parts : undefined;
}

function decideDetails(line: PackLine, scan: PackScan): PackRefusal | undefined {
  const { details, today } = scan;
  if (line.lotControlled && !details.lot) return 'pack.lot-needed';
  if (line.serialControlled && !details.serial) return 'pack.serial-needed';
  if (line.expiryControlled && !details.expiry) return 'pack.expiry-needed';
  if (details.expiry && details.expiry < today) return 'pack.expired';
  return undefined;
}

/** Units in totes that are not in a parcel yet. */
export function unitsLeft(lines: readonly Pick<PackLine, 'picked' | 'packed'>[]): number {
  return lines.reduce((sum, line) => sum + line.picked - line.packed, 0);
}

type Weighed = Pick<PackLine, 'packed' | 'weightMg'>;

/** Weight of what was packed, from the catalogue, in milligrams. */
export function expectedWeightMg(lines: readonly Weighed[]): number {
  return lines.reduce((sum, line) => sum + line.packed * line.weightMg, 0);
}
