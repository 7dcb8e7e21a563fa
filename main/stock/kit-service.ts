import type { UnitOfWork } from '../db/unit-of-work.ts';
import { componentsOf, findByCodes, itemsById } from './catalogue-service.ts';
import { findKitRules } from './item-store.ts';

/** A kit of the catalogue that stands on no order line by itself: one inside the kit that was ordered. */
export interface CatalogueKit {
  readonly sku: string;
  readonly scan: 'one' | 'explode';
  readonly scanPolicy: 'each' | 'case' | 'quantity';
  /** Sets that one scan of the code stands for. */
  readonly perScan: number;
  readonly components: readonly { readonly itemId: string; readonly sku: string; readonly quantity: number }[];
}

/** Kits within kits go no deeper than orders are exploded. */
const DEEPEST_KIT = 5;

/** Step: the kit that one of the scanned codes means, down to single items; undefined when it is none. */
export async function innerKitByCodes(uow: UnitOfWork, codes: readonly string[]): Promise<CatalogueKit | undefined> {
  for (const hit of await findByCodes(uow, codes)) {
    const quantities = await singlesOf(uow, hit.itemId);
    const rules = await findKitRules(uow.tx, hit.itemId);
    if (quantities.size === 0 || !rules) continue;
    const items = await itemsById(uow, [...quantities.keys()]);
    const components = items.map(({ id, sku }) => ({ itemId: id, sku, quantity: quantities.get(id) ?? 0 }));
    return { ...rules, perScan: hit.quantity, components };
  }
  return undefined;
}

/** Single items of a kit with their units, whatever kits lie between. */
async function singlesOf(uow: UnitOfWork, kitItemId: string): Promise<Map<string, number>> {
  const singles = new Map<string, number>();
  let layer = new Map([[kitItemId, 1]]);
  for (let depth = 0; layer.size > 0 && depth <= DEEPEST_KIT; depth += 1) {
    const links = await componentsOf(uow, [...layer.keys()]);
    const next = new Map<string, number>();
    for (const [itemId, units] of layer) {
      const parts = links.filter((link) => link.kitItemId === itemId);
      if (parts.length === 0 && depth > 0) singles.set(itemId, (singles.get(itemId) ?? 0) + units);
      for (const part of parts)
        next.set(part.componentItemId, (next.get(part.componentItemId) ?? 0) + units * part.quantity);
    }
    layer = next;
  }
  return singles;
}
