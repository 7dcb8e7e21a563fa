import { wanted } from '../orders/orders-rules.ts';

/** One line of an order as money sees it: a kit is one line, its components are none. */
export interface MoneyLine {
  readonly ordered: number;
  readonly cancelled: number;
  readonly price: { readonly unitPriceMinor: number | null; readonly discountMinor: number | null };
}

export interface MoneyFacts {
  readonly currency: string | null;
  readonly totalMinor: number | null;
  readonly shippingMinor: number | null;
  readonly discountMinor: number | null;
}

/** What the buyer paid for postage and what was taken off the whole, on the basis of the prices. */
export type OrderMoney =
  | {
      readonly outcome: 'told';
      readonly currency: string;
      readonly shippingMinor: number;
      readonly discountMinor: number;
    }
  | { readonly outcome: 'no-prices' }
  | {
      readonly outcome: 'sum-differs';
      readonly sumMinor: number;
      readonly totalMinor: number;
      readonly currency: string;
    };

/** What a line costs for so many of its units, after its own discount. */
export function lineMinor(line: MoneyLine, quantity: number): number {
  return (line.price.unitPriceMinor ?? 0) * quantity - lineDiscount(line, quantity);
}

/** The share of so many units in what was taken off their line. */
export function lineDiscount({ ordered, price }: MoneyLine, quantity: number): number {
  const { unitPriceMinor, discountMinor } = price;
  if (!discountMinor || ordered === 0) return 0;
  return Math.min(Math.round((discountMinor * quantity) / ordered), (unitPriceMinor ?? 0) * quantity);
}

/**
 * Postage and discount of an order; what the source left out follows from the total that it gave.
 *
 * `lines` are those still wanted. A sum that fits no total is not invoiced: most likely the prices are without VAT.
 */
export function orderMoney(facts: MoneyFacts, lines: readonly MoneyLine[]): OrderMoney {
  const { currency, totalMinor, shippingMinor, discountMinor } = facts;
  const open = lines.filter((line) => wanted(asQuantities(line)) > 0);
  if (currency === null || open.length === 0 || open.some((line) => line.price.unitPriceMinor === null))
    return { outcome: 'no-prices' };
  const told = {
    outcome: 'told',
    currency,
    shippingMinor: shippingMinor ?? 0,
    discountMinor: discountMinor ?? 0,
  } as const;
  // Where units were cancelled the total is of more than is sent.
  if (totalMinor === null || lines.some((line) => line.cancelled > 0)) return told;
  const goods = open.reduce((sum, line) => sum + lineMinor(line, line.ordered), 0);
  const sumMinor = goods + told.shippingMinor - told.discountMinor;
  const missing = totalMinor - sumMinor;
  if (missing > 0 && shippingMinor === null) return { ...told, shippingMinor: missing };
  if (missing < 0 && discountMinor === null && -missing <= goods) return { ...told, discountMinor: -missing };
  return missing === 0 ? told : { outcome: 'sum-differs', sumMinor, totalMinor, currency };
}

function asQuantities({ ordered, cancelled }: MoneyLine): Parameters<typeof wanted>[0] {
  return { ordered, cancelled, allocated: 0, picked: 0, packed: 0, shipped: 0 };
}
