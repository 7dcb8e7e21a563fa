/** A lot of one item as the stock knows it. */
export interface KnownLot {
  readonly lot: string;
  /** YYYY-MM-DD, null where nobody told. */
  readonly expiry: string | null;
  /** Recalled: refused at every scan. */
  readonly blocked: boolean;
  /** Units that were counted and not packed since, over all bins. */
  readonly left: number;
  /** Codes of the bins it lies in. */
  readonly locations: readonly string[];
}

/** The merchant's rule for goods that expire soon; `minDays` 0 switches it off. */
export interface ExpiryRule {
  readonly today: string;
  readonly minDays: number;
  readonly rule: 'warn' | 'refuse';
}

export type LotRefusal = 'pack.wrong-lot' | 'pack.lot-blocked' | 'pack.expired' | 'pack.near-expiry';

export type LotDecision =
  | { readonly outcome: 'accepted'; readonly warning: 'pack.expires-soon' | undefined; readonly expiry: string | null }
  | { readonly outcome: 'refused'; readonly code: LotRefusal; readonly expected: readonly string[] };

/** At most so many lots are named as expected. */
const NAMED_LOTS = 3;

/**
 * Decides whether units of this lot may go out. An item of which no lot is known takes any.
 *
 * The code on the goods goes before what the stock says of the lot; where it is silent, the stock's expiry counts.
 */
export function decideLot(
  lots: readonly KnownLot[],
  details: { readonly lot?: string; readonly expiry?: string },
  rule: ExpiryRule,
): LotDecision {
  const known = lots.find((lot) => lot.lot === details.lot);
  const expected = inTurn(lots, rule)
    .slice(0, NAMED_LOTS)
    .map((lot) => lot.lot);
  const refuse = (code: LotRefusal): LotDecision => ({ outcome: 'refused', code, expected });
  if (known?.blocked) return refuse('pack.lot-blocked');
  if (details.lot !== undefined && lots.length > 0 && !known) return refuse('pack.wrong-lot');
  const expiry = details.expiry ?? known?.expiry ?? null;
  if (expiry !== null && expiry < rule.today) return refuse('pack.expired');
  const soon = expiresSoon(expiry, rule);
  if (soon && rule.rule === 'refuse') return refuse('pack.near-expiry');
  return { outcome: 'accepted', warning: soon ? 'pack.expires-soon' : undefined, expiry };
}

/** Lot to take first: of those that may go out, the one that expires first; `location` narrows to one bin. */
export function lotToTake(
  lots: readonly KnownLot[],
  rule: ExpiryRule,
  location?: string,
): { lot: string; expiry: string | null } | null {
  const here = location === undefined ? lots : lots.filter((lot) => lot.locations.includes(location));
  const [first] = inTurn(here, rule);
  return first ? { lot: first.lot, expiry: first.expiry } : null;
}

/** First expired, first out; lots without a date come last. */
function inTurn(lots: readonly KnownLot[], rule: ExpiryRule): KnownLot[] {
  const fit = (lot: KnownLot): boolean =>
    !lot.blocked &&
    lot.left > 0 &&
    (lot.expiry === null || (lot.expiry >= rule.today && !(rule.rule === 'refuse' && expiresSoon(lot.expiry, rule))));
  const key = (lot: KnownLot): string => `${lot.expiry ?? '9999-12-31'} ${lot.lot}`;
  return lots.filter(fit).sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

function expiresSoon(expiry: string | null, rule: ExpiryRule): boolean {
  if (expiry === null || rule.minDays === 0) return false;
  return Date.parse(expiry) - Date.parse(rule.today) < rule.minDays * 86_400_000;
}
