import type { PackDecision, PackLine, PackPart, ScanPolicy } from './packing-rules.ts';

/** A kit that was ordered; its components are lines whose `parentLineId` is `lineId`. */
export interface PackKit {
  readonly lineId: string;
  readonly itemId: string;
  readonly sku: string;
  readonly ordered: number;
  /** `one`: the kit's own code stands for a whole set; `explode`: every component is scanned. */
  readonly scan: 'one' | 'explode';
  readonly scanPolicy: ScanPolicy;
}

/** What one scan of a kit's own code is worth: sets by the code, times the quantity card before it. */
export interface KitScan {
  readonly sets: number;
  readonly card: number | null;
}

interface NeededPart {
  readonly sku: string;
  /** Units of one set. */
  readonly quantity: number;
  readonly lines: readonly PackLine[];
}

/** Decides what the code of a kit means; `kits` are the lines on which this kit was ordered. */
export function decideKit(lines: readonly PackLine[], kits: readonly PackKit[], scan: KitScan): PackDecision {
  let first: PackDecision | undefined;
  for (const kit of kits) {
    const parts = componentsOf(lines, kit).map((line) => ({
      sku: line.sku,
      quantity: perSet(line, kit),
      lines: [line],
    }));
    const decision = decideSet(lines, { ...kit, parts }, scan);
    if (decision.outcome === 'accepted') return decision;
    // A set that lacks something tells more than one that is complete already.
    if (!first || (first.outcome === 'refused' && first.code === 'pack.too-many')) first = decision;
  }
  return first ?? { outcome: 'refused', code: 'pack.wrong-item' };
}

/** A kit inside the kit that was ordered: its components stand on the order, it does not. */
export interface InnerKit {
  readonly scan: PackKit['scan'];
  readonly scanPolicy: ScanPolicy;
  readonly components: readonly { readonly itemId: string; readonly sku: string; readonly quantity: number }[];
}

/** Decides what the code of a kit inside a kit means; only components of kits may make up its set. */
export function decideInnerKit(lines: readonly PackLine[], kit: InnerKit, scan: KitScan): PackDecision {
  const parts = kit.components.map(({ itemId, sku, quantity }) => ({
    sku,
    quantity,
    lines: lines.filter((line) => line.parentLineId !== null && line.itemId === itemId),
  }));
  if (parts.some((part) => part.lines.length === 0)) return { outcome: 'refused', code: 'pack.wrong-item' };
  return decideSet(lines, { ...kit, lineId: null, parts }, scan);
}

interface SetOfParts {
  readonly lineId: string | null;
  readonly scan: PackKit['scan'];
  readonly scanPolicy: ScanPolicy;
  readonly parts: readonly NeededPart[];
}

function decideSet(lines: readonly PackLine[], kit: SetOfParts, scan: KitScan): PackDecision {
  const { parts } = kit;
  const controlled = parts.filter((part) => part.lines.some(isControlled));
  // One code cannot tell the lot or serial number of each component.
  if (kit.scan === 'explode' || controlled.length > 0)
    return { outcome: 'refused', code: 'pack.kit-explode', skus: parts.map((part) => part.sku) };
  if (scan.card !== null && kit.scanPolicy !== 'quantity') return { outcome: 'refused', code: 'pack.quantity-refused' };
  if (scan.sets > 1 && kit.scanPolicy === 'each') return { outcome: 'refused', code: 'pack.each-needed' };
  const sets = scan.sets * (scan.card ?? 1);
  const free = (part: NeededPart): number => part.lines.reduce((sum, line) => sum + line.picked - line.packed, 0);
  if (parts.every((part) => free(part) === 0)) return { outcome: 'refused', code: 'pack.too-many' };
  const packed: PackPart[] = [];
  const missing: string[] = [];
  for (const part of parts) {
    const shares = takeFrom(part, part.quantity * sets, packed);
    if (shares) packed.push(...shares);
    else missing.push(part.sku);
  }
  if (missing.length > 0) return { outcome: 'refused', code: 'pack.kit-incomplete', skus: missing };
  const quantity = packed.reduce((sum, part) => sum + part.quantity, 0);
  const left = lines.reduce((sum, line) => sum + line.picked - line.packed, 0);
  return { outcome: 'accepted', parts: packed, quantity, unitsLeft: left - quantity, kitLineId: kit.lineId };
}

/** Units of one component; another part of the set may have taken from the same lines. */
function takeFrom(part: NeededPart, quantity: number, taken: readonly PackPart[]): PackPart[] | undefined {
  const shares: PackPart[] = [];
  let left = quantity;
  for (const line of part.lines) {
    const gone = taken.reduce((sum, other) => sum + (other.lineId === line.id ? other.quantity : 0), 0);
    const here = Math.min(left, line.picked - line.packed - gone);
    if (here <= 0) continue;
    shares.push({ lineId: line.id, quantity: here });
    left -= here;
  }
  return left === 0 ? shares : undefined;
}

/** The component lines of a kit. */
export function componentsOf<L extends { readonly parentLineId: string | null }>(
  lines: readonly L[],
  kit: Pick<PackKit, 'lineId'>,
): L[] {
  return lines.filter((line) => line.parentLineId === kit.lineId);
}

/** Units of a component in one set. */
export function perSet(line: Pick<PackLine, 'ordered'>, kit: Pick<PackKit, 'ordered'>): number {
  return Math.max(1, Math.round(line.ordered / Math.max(1, kit.ordered)));
}

/** Whether a scan of the kit's own code would be taken now. */
export function setIsComplete(lines: readonly PackLine[], kit: PackKit): boolean {
  return decideKit(lines, [kit], { sets: 1, card: null }).outcome === 'accepted';
}

const isControlled = (line: PackLine): boolean => line.lotControlled || line.serialControlled || line.expiryControlled;
