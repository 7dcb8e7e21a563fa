import type { ImportedOrder } from '../../shared/model/imported.ts';
import type { Tx } from '../db/unit-of-work.ts';

/** What an order says about money and its delivery, read only where papers or a service are chosen. */
export interface OrderFacts {
  readonly currency: string | null;
  /** Minor units, as all amounts here; null where the source told none. */
  readonly totalMinor: number | null;
  readonly shippingMinor: number | null;
  readonly discountMinor: number | null;
  /** `YYYY-MM-DD`. */
  readonly promisedBy: string | null;
  readonly pickupPoint: string | null;
  readonly labelMode: 'seller' | 'platform';
}

/** What the buyer was charged for one line. */
export interface LinePrice {
  readonly unitPriceMinor: number | null;
  /** Hundredths of a percent; null where the source told none. */
  readonly vatRate: number | null;
  /** Off the whole line as it was ordered. */
  readonly discountMinor: number | null;
}

const COLUMNS = {
  currency: 'currency',
  totalMinor: 'total_minor',
  shippingMinor: 'shipping_minor',
  discountMinor: 'discount_minor',
  promisedBy: 'promised_by',
  pickupPoint: 'pickup_point',
  labelMode: 'label_mode',
} as const satisfies Readonly<Record<keyof OrderFacts, string>>;

/** The facts of a new order as columns. */
export function factsRow(facts: OrderFacts): Readonly<Record<string, string | number | null>> {
  return {
    currency: facts.currency,
    total_minor: facts.totalMinor,
    shipping_minor: facts.shippingMinor,
    discount_minor: facts.discountMinor,
    promised_by: facts.promisedBy,
    pickup_point: facts.pickupPoint,
    label_mode: facts.labelMode,
  };
}

export function priceRow(price: LinePrice): Readonly<Record<string, number | null>> {
  return {
    unit_price_minor: price.unitPriceMinor,
    vat_rate: price.vatRate,
    discount_minor: price.discountMinor,
  };
}

export async function findOrderFacts(tx: Tx, orderId: string): Promise<OrderFacts | undefined> {
  return tx('sales_order').where({ id: orderId }).first<OrderFacts | undefined>(COLUMNS);
}

/** Saves what a source tells now; what it says nothing about stays. */
export async function saveOrderFacts(tx: Tx, orderId: string, incoming: ImportedOrder): Promise<void> {
  const told = Object.entries(COLUMNS).flatMap(([name, column]) => {
    const value = incoming[name as keyof typeof COLUMNS]; // keys of COLUMNS
    return value === undefined || value === null ? [] : [[column, value] as const];
  });
  if (told.length > 0) await tx('sales_order').where({ id: orderId }).update(Object.fromEntries(told));
}

/** Prices of the lines of an order, by the line's id. */
export async function listLinePrices(tx: Tx, orderId: string): Promise<ReadonlyMap<string, LinePrice>> {
  const rows: (LinePrice & { id: string })[] = await tx('order_line').where({ order_id: orderId }).select({
    id: 'id',
    unitPriceMinor: 'unit_price_minor',
    vatRate: 'vat_rate',
    discountMinor: 'discount_minor',
  });
  return new Map(rows.map(({ id, ...price }) => [id, price]));
}

export async function saveLinePrice(tx: Tx, lineId: string, price: Partial<LinePrice>): Promise<void> {
  const told = Object.entries(priceRow({ unitPriceMinor: null, vatRate: null, discountMinor: null, ...price })).filter(
    ([, value]) => value !== null,
  );
  if (told.length > 0) await tx('order_line').where({ id: lineId }).update(Object.fromEntries(told));
}
