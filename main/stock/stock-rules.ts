/** What lies in one bin; `walkKey` sorts bins in walking order. */
export interface BinLevel {
  readonly itemId: string;
  readonly locationId: string;
  readonly walkKey: string;
  readonly onHand: number;
  readonly allocated: number;
}

export interface Want {
  readonly lineId: string;
  readonly itemId: string;
  readonly quantity: number;
}

export interface Take extends Want {
  readonly locationId: string;
}

export type AllocationDecision =
  | { readonly outcome: 'allocated'; readonly takes: readonly Take[] }
  | { readonly outcome: 'backordered'; readonly missing: readonly Want[] };

/** Units that nobody has reserved. */
export function available(level: Pick<BinLevel, 'onHand' | 'allocated'>): number {
  return Math.max(0, level.onHand - level.allocated);
}

/**
 * Chooses bins for all wants of one order, or none: an order is reserved whole, so that nothing waits half-picked.
 *
 * One bin that holds enough beats several; among those the first on the walk. Otherwise the fullest bins first.
 */
export function decideAllocation(wants: readonly Want[], levels: readonly BinLevel[]): AllocationDecision {
  const { takes, missing } = takeWhatIsThere(wants, levels);
  return missing.length > 0 ? { outcome: 'backordered', missing } : { outcome: 'allocated', takes };
}

/** Chooses bins for as much of the wants as there is, by the same rule, and tells what no bin holds. */
export function takeWhatIsThere(
  wants: readonly Want[],
  levels: readonly BinLevel[],
): { takes: readonly Take[]; missing: readonly Want[] } {
  const left = new Map(levels.map((level) => [level, available(level)]));
  const takes: Take[] = [];
  const missing: Want[] = [];
  for (const want of wants) {
    const bins = levels.filter((level) => level.itemId === want.itemId && (left.get(level) ?? 0) > 0);
    const chosen = takeFrom(want, bins, left);
    const got = chosen.reduce((sum, take) => sum + take.quantity, 0);
    takes.push(...chosen);
    if (got < want.quantity) missing.push({ ...want, quantity: want.quantity - got });
  }
  return { takes, missing };
}

function takeFrom(want: Want, bins: readonly BinLevel[], left: Map<BinLevel, number>): Take[] {
  const room = (bin: BinLevel): number => left.get(bin) ?? 0;
  const onWalk = [...bins].sort((a, b) => (a.walkKey < b.walkKey ? -1 : 1));
  const enough = onWalk.find((bin) => room(bin) >= want.quantity);
  const order = enough ? [enough] : onWalk.sort((a, b) => room(b) - room(a));
  const takes: Take[] = [];
  let open = want.quantity;
  for (const bin of order) {
    if (open === 0) break;
    const quantity = Math.min(open, room(bin));
    left.set(bin, room(bin) - quantity);
    open -= quantity;
    takes.push({ lineId: want.lineId, itemId: want.itemId, locationId: bin.locationId, quantity });
  }
  return takes;
}

/** Sort key of a bin in walking order: numbers inside aisle, bay and level count as numbers. */
export function walkKey(place: { aisle: string; bay: string; level: string }): string {
  const pad = (part: string): string => part.toUpperCase().replace(/\d+/g, (digits) => digits.padStart(6, '0'));
  return [place.aisle, place.bay, place.level].map(pad).join('/');
}
