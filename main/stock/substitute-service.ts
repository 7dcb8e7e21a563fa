import type { ImportedItem } from '../../shared/model/imported.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { type Item, listItems, listItemsBySku } from './item-store.ts';
import { available } from './stock-rules.ts';
import { listLevels } from './stock-store.ts';
import { listSubstitutes, replaceSubstitutes } from './substitute-store.ts';

/** Step: items that may be sent instead, at the same price, of which `quantity` units lie free in the bins. */
export async function substitutesFor(uow: UnitOfWork, itemId: string, quantity: number): Promise<Item[]> {
  const allowed = (await listSubstitutes(uow.tx, itemId)).filter((one) => one.priceNeutral);
  if (allowed.length === 0) return [];
  const ids = allowed.map((one) => one.substituteItemId);
  const levels = await listLevels(uow.tx, ids);
  const free = (id: string): number =>
    levels.filter((level) => level.itemId === id).reduce((sum, level) => sum + available(level), 0);
  const enough = ids.filter((id) => free(id) >= quantity);
  return enough.length === 0 ? [] : listItems(uow.tx, enough);
}

type Named = Pick<ImportedItem, 'sku' | 'substitutes'>;

/** Step: ties items to what may replace them; returns the SKUs that the catalogue does not know, by item. */
export async function linkSubstitutes(uow: UnitOfWork, item: Named): Promise<string[]> {
  const named = (item.substitutes ?? []).filter((one) => one.sku !== item.sku);
  const known = await listItemsBySku(uow.tx, [item.sku, ...named.map((one) => one.sku)]);
  const idOf = new Map(known.map((row) => [row.sku, row.id]));
  const itemId = idOf.get(item.sku);
  if (!itemId) return [];
  const links = named.flatMap(({ sku, priceNeutral }) => {
    const substituteItemId = idOf.get(sku);
    return substituteItemId ? [{ substituteItemId, priceNeutral }] : [];
  });
  if (await replaceSubstitutes(uow.tx, itemId, links))
    uow.record({ kind: 'item.substitutes-set', subject: itemId, data: { substitutes: links.length } });
  return named.filter((one) => !idOf.has(one.sku)).map((one) => one.sku);
}
