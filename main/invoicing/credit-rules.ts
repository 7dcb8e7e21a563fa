import type { FactAdjustment, FactLine, InvoiceFacts } from './invoice-facts-rules.ts';

/** What is given back of an invoice. */
export interface CreditWish {
  readonly lines: readonly { readonly lineId: string; readonly quantity: number }[];
  /** The postage of the way out as well. */
  readonly shipping: boolean;
}

export type CreditDecision =
  | { readonly outcome: 'credited'; readonly facts: Pick<InvoiceFacts, 'lines' | 'charges' | 'allowances'> }
  | { readonly outcome: 'refused'; readonly code: 'invoicing.unknown-line' }
  | {
      readonly outcome: 'refused';
      readonly code: 'invoicing.too-many-credited';
      readonly sku: string;
      readonly left: number;
    }
  | { readonly outcome: 'refused'; readonly code: 'invoicing.shipping-credited' };

type Credited = Pick<InvoiceFacts, 'lines' | 'charges'>;

/**
 * What a credit note gives back: never more units than were invoiced, and with the last unit the last cent.
 *
 * Discounts are given back in proportion; postage at most once.
 */
export function decideCredit(invoice: InvoiceFacts, earlier: readonly Credited[], wish: CreditWish): CreditDecision {
  const asked = mergeLines(wish.lines);
  const before = (lineId: string): number =>
    earlier.flatMap(({ lines }) => lines).reduce((sum, line) => sum + (line.lineId === lineId ? line.quantity : 0), 0);
  for (const [lineId, quantity] of asked) {
    const line = invoice.lines.find((one) => one.lineId === lineId);
    if (!line) return { outcome: 'refused', code: 'invoicing.unknown-line' };
    const left = line.quantity - before(lineId);
    if (quantity > left) return { outcome: 'refused', code: 'invoicing.too-many-credited', sku: line.sku, left };
  }
  const shippedBack = earlier.some(({ charges }) => charges.length > 0);
  if (wish.shipping && shippedBack) return { outcome: 'refused', code: 'invoicing.shipping-credited' };
  const lines = invoice.lines.flatMap((line) => {
    const quantity = asked.get(line.lineId) ?? 0;
    if (quantity === 0) return [];
    return [{ ...line, quantity, discountMinor: between(line, before(line.lineId), quantity) }];
  });
  const progress = { invoice, before, asked };
  return {
    outcome: 'credited',
    facts: {
      lines,
      charges: wish.shipping ? invoice.charges : [],
      allowances: invoice.allowances.flatMap((allowance) => shareOf(allowance, progress)),
    },
  };
}

function mergeLines(lines: CreditWish['lines']): Map<string, number> {
  const merged = new Map<string, number>();
  for (const { lineId, quantity } of lines) merged.set(lineId, (merged.get(lineId) ?? 0) + quantity);
  return merged;
}

/** The line's discount that falls on units `from` to `from + quantity`; all shares add up to the whole. */
function between(line: FactLine, from: number, quantity: number): number {
  const upTo = (units: number): number => Math.round((line.discountMinor * units) / line.quantity);
  return upTo(from + quantity) - upTo(from);
}

interface Progress {
  readonly invoice: InvoiceFacts;
  readonly before: (lineId: string) => number;
  readonly asked: ReadonlyMap<string, number>;
}

/** The part of a discount on the whole that falls on the units given back now. */
function shareOf(allowance: FactAdjustment, { invoice, before, asked }: Progress): FactAdjustment[] {
  const group = invoice.lines.filter(
    ({ vat }) => vat.category === allowance.vat.category && vat.rate === allowance.vat.rate,
  );
  const worth = (unitsOf: (line: FactLine) => number): number =>
    group.reduce((sum, line) => sum + line.unitPriceMinor * unitsOf(line) - between(line, 0, unitsOf(line)), 0);
  const whole = worth((line) => line.quantity);
  if (whole === 0) return [];
  const upTo = (minor: number): number => Math.round((allowance.amountMinor * minor) / whole);
  const earlier = worth((line) => before(line.lineId));
  const now = worth((line) => before(line.lineId) + (asked.get(line.lineId) ?? 0));
  const amountMinor = upTo(now) - upTo(earlier);
  return amountMinor === 0 ? [] : [{ ...allowance, amountMinor }];
}
