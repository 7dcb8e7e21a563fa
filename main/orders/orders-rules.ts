import type { ImportedOrder } from '../../shared/model/imported.ts';
import type { OrderState, ParcelState } from '../../shared/model/machines.ts';
import { addressText } from './import-rules.ts';

/** Quantities of one line are the truth about how far an order has come; all are units. */
export interface LineQuantities {
  readonly ordered: number;
  readonly cancelled: number;
  readonly allocated: number;
  readonly picked: number;
  readonly packed: number;
  readonly shipped: number;
}

/** Units still wanted of a line. */
export function wanted(line: LineQuantities): number {
  return line.ordered - line.cancelled;
}

/** shipped ≤ packed ≤ picked ≤ allocated ≤ ordered − cancelled, and nothing negative. */
export function quantitiesAreSound(line: LineQuantities): boolean {
  const chain = [0, line.shipped, line.packed, line.picked, line.allocated, wanted(line)];
  return chain.every((value, index) => index === 0 || value >= (chain[index - 1] ?? 0));
}

/** What else than numbers tells how far an order is. */
export interface OrderMarks {
  /** A picker holds it. */
  readonly claimed: boolean;
  /** What is there ships now, the rest follows: each part goes from *allocated* to *shipped* by itself. */
  readonly split: boolean;
}

/**
 * State that follows from leaf lines and parcels, for an order between *allocated* and *shipped*.
 *
 * Undefined where the numbers alone do not decide (before allocation, after shipping). Of a split order only the part
 * that has stock and has not left counts; without one it waits for stock again.
 */
export function deriveOrderState(
  lines: readonly LineQuantities[],
  parcels: readonly ParcelState[],
  marks: OrderMarks,
): OrderState | undefined {
  const sum = (pick: (line: LineQuantities) => number): number => lines.reduce((total, line) => total + pick(line), 0);
  const need = sum(wanted);
  const shipped = sum((line) => line.shipped);
  const allocated = sum((line) => line.allocated);
  if (need === 0 || (allocated < need && !marks.split)) return undefined;
  if (shipped === need) return 'shipped';
  if (allocated === shipped) return 'backordered';
  const packed = sum((line) => line.packed);
  // Parcels of earlier parts stand labelled; those of this one are unfinished or hold units that have not left.
  const standing = parcels.filter((state) => state !== 'voided');
  const unfinished = standing.some((state) => state === 'open' || state === 'closed');
  if (packed > shipped && packed === allocated && !unfinished && standing.length > 0) return 'packed';
  if (unfinished || (packed > shipped && standing.length > 0)) return 'packing';
  const picked = sum((line) => line.picked);
  if (picked === allocated) return 'picked';
  return marks.claimed || picked > shipped ? 'picking' : 'allocated';
}

/** Whether hands have taken goods for an order; a change of it is then theirs to undo. */
export function isTouched(lines: readonly Pick<LineQuantities, 'picked'>[]): boolean {
  return lines.some((line) => line.picked > 0);
}

/** Instant of the promised latest hand-over when the channel gives none. */
export function shipByFor(placedAt: string, handlingHours: number): string {
  return new Date(Date.parse(placedAt) + handlingHours * 3_600_000).toISOString();
}

/** The stored side of a comparison. */
export interface KnownOrder {
  readonly lines: readonly {
    readonly key: string;
    readonly sku: string;
    readonly ordered: number;
    readonly cancelled: number;
  }[];
  /** By `addressText`. */
  readonly address: string;
  readonly shipBy: string;
  readonly cancelled: boolean;
  readonly paid: boolean;
}

export interface OrderDifference {
  readonly lines: readonly string[];
  readonly address: boolean;
  readonly shipBy: boolean;
  readonly cancelled: boolean;
  readonly nowPaid: boolean;
}

/** Key that ties a line to itself across two imports of the same order. */
export function lineKey(line: { externalLineId: string | null; sku: string }): string {
  return line.externalLineId ?? `sku:${line.sku}`;
}

interface Sum {
  readonly sku: string;
  readonly quantity: number;
}

/** Units by key; a line that was cancelled to nothing gives way to the one that took its place. */
function sumUp(lines: readonly { key: string; sku: string; quantity: number }[]): Map<string, Sum> {
  const sums = new Map<string, Sum>();
  for (const { key, sku, quantity } of lines) {
    const other = sums.get(key);
    if (!other || other.quantity === 0) sums.set(key, { sku, quantity });
    else if (quantity > 0) sums.set(key, { sku: other.sku, quantity: other.quantity + quantity });
  }
  return sums;
}

/**
 * Lines of a changed order without the units that left with a label made elsewhere, which its channel counts among them:
 * what is to be packed here. Each unit is taken off once, whichever of several lines of one key it was of.
 */
export function leftHere(
  incoming: ImportedOrder['lines'],
  gone: readonly { readonly key: string; readonly units: number }[],
): ImportedOrder['lines'] {
  const left = new Map<string, number>();
  for (const { key, units } of gone) left.set(key, (left.get(key) ?? 0) + units);
  return incoming.map((line) => {
    const key = lineKey(line);
    const units = Math.min(line.quantity, left.get(key) ?? 0);
    left.set(key, (left.get(key) ?? 0) - units);
    return { ...line, quantity: line.quantity - units };
  });
}

/** What a changed order changes, in words that hold no personal data (the address only says that it changed). */
export function decideDifference(known: KnownOrder, incoming: ImportedOrder, shipBy: string): OrderDifference {
  const before = sumUp(known.lines.map((line) => ({ ...line, quantity: line.ordered - line.cancelled })));
  const after = sumUp(incoming.lines.map((line) => ({ ...line, key: lineKey(line) })));
  const lines: string[] = [];
  for (const [key, { sku, quantity }] of after) {
    const old = before.get(key) ?? { sku, quantity: 0 };
    if (quantity !== old.quantity || sku !== old.sku)
      lines.push(`${old.sku}: ${old.quantity} → ${sku === old.sku ? '' : `${sku} `}${quantity}`);
  }
  for (const [key, gone] of before)
    if (!after.has(key) && gone.quantity > 0) lines.push(`${gone.sku}: ${gone.quantity} → 0`);
  return {
    lines,
    address: known.address !== addressText(incoming.address),
    shipBy: known.shipBy !== shipBy,
    cancelled: incoming.cancelled && !known.cancelled,
    nowPaid: incoming.paid && !known.paid,
  };
}

/** One line of text for summaries and the timeline. */
export function describeDifference(difference: OrderDifference): string {
  const parts = [...difference.lines];
  if (difference.address) parts.push('address changed');
  if (difference.shipBy) parts.push('ship-by changed');
  if (difference.nowPaid) parts.push('paid');
  if (difference.cancelled) parts.push('cancelled');
  return parts.length > 0 ? parts.join('; ') : 'details changed';
}

export type ChangeDecision = 'apply' | 'start-again' | 'hold' | 'cancel' | 'too-late';

/**
 * Whether a change from the channel may still be applied. Once hands are on it (`touched`: goods were taken), other lines
 * mean that what was taken goes back and the order begins anew, unless a part `hasLeft`: then, and for another address,
 * people must look. A cancel needs nobody's eyes: what was picked goes back.
 */
export function decideChange(
  state: OrderState,
  difference: OrderDifference,
  { touched = false, hasLeft = false } = {},
): ChangeDecision {
  if (['shipped', 'closed', 'cancelled'].includes(state)) return 'too-late';
  const early = ['new', 'ready', 'backordered', 'allocated'].includes(state) && !touched;
  if (difference.cancelled && !early) return 'cancel';
  if (early) return 'apply';
  if (difference.lines.length > 0 && !hasLeft) return 'start-again';
  return difference.lines.length > 0 || difference.address ? 'hold' : 'apply';
}
