import type { ImportedLevel, ImportedOrder } from '../../shared/model/imported.ts';
import type { DemoItem } from './catalogue.ts';
import type { Random } from './random.ts';

const ZONES: Readonly<Record<string, string>> = { A: 'fragile', B: 'shelf', C: 'upright', D: 'bulky' };
const BAYS = 5;
const LEVELS = 3;
/** SKUs of which the demo has too few: one order in twenty or so must wait. */
const SCARCE = 5;

type Bin = Omit<ImportedLevel, 'sku' | 'onHand'>;

/** The 60 bins: aisles A to D, five bays, three levels. */
export function buildBins(): Bin[] {
  return Object.entries(ZONES).flatMap(([aisle, zone]) =>
    Array.from({ length: BAYS * LEVELS }, (_, index) => {
      const bay = String(Math.floor(index / LEVELS) + 1).padStart(2, '0');
      const level = String((index % LEVELS) + 1);
      return { location: `${aisle}-${bay}-${level}`, zone, aisle, bay, level };
    }),
  );
}

/**
 * What lies in the bins: each item in its aisle, the often-bought ones in two bins, enough for the orders and some
 * more; a few SKUs hold less than was ordered.
 */
export function fillBins(
  catalogue: readonly DemoItem[],
  orders: readonly ImportedOrder[],
  random: Random,
): ImportedLevel[] {
  const singles = catalogue.filter(({ item }) => item.components.length === 0);
  const demand = demandOf(catalogue, orders);
  const scarce = scarceSkus(demand, orders);
  const bins = buildBins();
  const placed = new Map<string, number>();
  return singles.flatMap(({ item, aisle, appeal }) => {
    const own = bins.filter((bin) => bin.aisle === aisle);
    const turn = placed.get(aisle) ?? 0;
    placed.set(aisle, turn + 1);
    const wanted = demand.get(item.sku) ?? 0;
    const total = scarce.has(item.sku) ? Math.floor(wanted / 2) : wanted + random.whole(2, 20);
    const first = appeal > 1 ? Math.ceil(total * 0.6) : total;
    const quantities = [first, total - first].filter((quantity, index) => index === 0 || quantity > 0);
    return quantities.flatMap((onHand, index) => {
      const bin = own[(turn + index * 7) % own.length];
      return bin ? [{ ...bin, sku: item.sku, onHand }] : [];
    });
  });
}

/** Units ordered of each SKU, kits taken apart. */
function demandOf(catalogue: readonly DemoItem[], orders: readonly ImportedOrder[]): Map<string, number> {
  const parts = new Map(catalogue.map(({ item }) => [item.sku, item.components]));
  const demand = new Map<string, number>();
  for (const { sku, quantity } of orders.flatMap((order) => order.lines)) {
    const components = parts.get(sku) ?? [];
    for (const part of components.length > 0 ? components : [{ sku, quantity: 1 }]) {
      demand.set(part.sku, (demand.get(part.sku) ?? 0) + part.quantity * quantity);
    }
  }
  return demand;
}

/** Of the SKUs that three to five orders want, the first ones by name. */
function scarceSkus(demand: ReadonlyMap<string, number>, orders: readonly ImportedOrder[]): ReadonlySet<string> {
  const wanted = [...demand].filter(([sku, units]) => units >= 3 && units <= 5 && !sku.startsWith('KIT-'));
  const ordered = new Set(orders.flatMap((order) => order.lines.map((line) => line.sku)));
  const skus = wanted.map(([sku]) => sku).filter((sku) => ordered.has(sku));
  return new Set(skus.sort().slice(0, SCARCE));
}
