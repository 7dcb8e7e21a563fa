import type { UnitOfWork } from '../db/unit-of-work.ts';
import { componentsOf, itemsById, itemsBySku } from '../stock/catalogue-service.ts';
import type { Component, KnownItem } from './import-rules.ts';

const DEEPEST_KIT = 5;

/** Step: what the catalogue knows of these SKUs; kits with their components down to single items. */
export async function catalogueFor(uow: UnitOfWork, skus: readonly string[]): Promise<Map<string, KnownItem>> {
  const items = await itemsBySku(uow, [...new Set(skus)]);
  const known = new Map<string, KnownItem>();
  const kits = await explode(
    uow,
    items.map((item) => item.id),
    DEEPEST_KIT,
  );
  for (const item of items) known.set(item.sku, { itemId: item.id, components: kits.get(item.id) ?? [] });
  return known;
}

async function explode(uow: UnitOfWork, itemIds: readonly string[], depth: number): Promise<Map<string, Component[]>> {
  const links = itemIds.length > 0 && depth > 0 ? await componentsOf(uow, itemIds) : [];
  const exploded = new Map<string, Component[]>();
  if (links.length === 0) return exploded;
  const parts = new Map(
    (await itemsById(uow, [...new Set(links.map((link) => link.componentItemId))])).map((item) => [item.id, item]),
  );
  const deeper = await explode(uow, [...parts.keys()], depth - 1);
  for (const link of links) {
    const part = parts.get(link.componentItemId);
    if (!part) continue;
    const inner = deeper.get(part.id) ?? [{ itemId: part.id, sku: part.sku, title: part.title, quantity: 1 }];
    const list = exploded.get(link.kitItemId) ?? [];
    list.push(...inner.map((component) => ({ ...component, quantity: component.quantity * link.quantity })));
    exploded.set(link.kitItemId, list);
  }
  return exploded;
}
