import type { ImportedItem, ImportedLevel } from '../../shared/model/imported.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import {
  type Item,
  type ItemCode,
  insertItem,
  listCodes,
  listComponents,
  listHazardousSkus,
  listItems,
  listItemsBySku,
  replaceCodes,
  replaceComponents,
  saveImage,
  updateItem,
} from './item-store.ts';
import { countLot } from './lot-service.ts';
import { walkKey } from './stock-rules.ts';
import {
  ensureLevel,
  findLocationByCode,
  findOnHand,
  findTote,
  insertLocations,
  insertMovements,
  insertTotes,
  listLocations,
  lockTote,
  moveLevel,
} from './stock-store.ts';

export type RowOutcome =
  | { readonly outcome: 'imported' | 'updated' | 'unchanged' }
  | { readonly outcome: 'rejected'; readonly reason: string };

/** Step: takes in one catalogue item; components must be known by then (files may name them later: see the import). */
export async function importItem(uow: UnitOfWork, item: ImportedItem): Promise<RowOutcome> {
  const known = await listItemsBySku(uow.tx, [item.sku, ...item.components.map((part) => part.sku)]);
  const idOf = new Map(known.map((row) => [row.sku, row.id]));
  const itself = { outcome: 'rejected', reason: `${item.sku} would be a component of itself` } as const;
  if (item.components.some((part) => part.sku === item.sku)) return itself;
  const missing = item.components.find((part) => !idOf.has(part.sku));
  if (missing) return { outcome: 'rejected', reason: `component ${missing.sku} is not in the catalogue` };
  const imageHash = item.image ? await saveImage(uow.tx, item.image) : null;
  const existing = idOf.get(item.sku);
  const partIds = item.components.map((part) => idOf.get(part.sku) ?? '');
  if (existing && (await reaches(uow, partIds, existing))) return itself;
  const id = existing ?? uow.newId();
  const written = existing ? await updateItem(uow.tx, id, item, imageHash) : true;
  if (!existing) await insertItem(uow.tx, id, item, imageHash);
  const codes = await replaceCodes(uow.tx, id, item);
  const parts = item.components.map((part) => ({ componentItemId: idOf.get(part.sku) ?? '', quantity: part.quantity }));
  const kit = await replaceComponents(uow.tx, id, parts);
  if (existing && !written && !codes.changed && !kit) return { outcome: 'unchanged' };
  uow.record({
    kind: existing ? 'item.updated' : 'item.imported',
    subject: id,
    data: { sku: item.sku, takenCodes: codes.taken },
  });
  return { outcome: existing ? 'updated' : 'imported' };
}

/** Whether one of these items is a kit that holds `itemId`, however deep. */
async function reaches(uow: UnitOfWork, from: readonly string[], itemId: string): Promise<boolean> {
  const seen = new Set<string>();
  let layer = [...from];
  while (layer.length > 0) {
    for (const id of layer) seen.add(id);
    const parts = (await listComponents(uow.tx, layer)).map((link) => link.componentItemId);
    if (parts.includes(itemId)) return true;
    layer = [...new Set(parts)].filter((id) => !seen.has(id));
  }
  return false;
}

/** Step: sets what lies in bins to what a file says; differences become movements. */
export async function importLevels(uow: UnitOfWork, levels: readonly ImportedLevel[]): Promise<RowOutcome[]> {
  const items = new Map(
    (await listItemsBySku(uow.tx, [...new Set(levels.map((level) => level.sku))])).map((item) => [item.sku, item.id]),
  );
  const places = await ensureLocations(uow, levels);
  const outcomes: RowOutcome[] = [];
  for (const level of levels) {
    const itemId = items.get(level.sku);
    const locationId = places.get(level.location);
    if (!itemId || !locationId) {
      outcomes.push({ outcome: 'rejected', reason: `SKU ${level.sku} is not in the catalogue` });
      continue;
    }
    outcomes.push(await importLevel(uow, { itemId, locationId }, level));
  }
  return outcomes;
}

/** A row that names a lot tells of this lot alone; the bin then holds the sum of its lots. */
async function importLevel(
  uow: UnitOfWork,
  place: { itemId: string; locationId: string },
  level: ImportedLevel,
): Promise<RowOutcome> {
  const { lot, expiry = null, onHand: quantity } = level;
  if (lot === undefined) return setOnHand(uow, place, { onHand: quantity, reason: 'import' });
  const counted = await countLot(uow, { ...place, lot, expiry, quantity });
  const set = await setOnHand(uow, place, { onHand: counted.onHand, reason: 'import' });
  return set.outcome === 'unchanged' && counted.changed ? { outcome: 'updated' } : set;
}

async function ensureLocations(uow: UnitOfWork, levels: readonly ImportedLevel[]): Promise<Map<string, string>> {
  const known = await listLocations(uow.tx, [...new Set(levels.map((level) => level.location))]);
  const ids = new Map(known.map((location) => [location.code, location.id]));
  for (const { location: code, zone, aisle, bay, level } of levels) {
    if (ids.has(code)) continue;
    const id = uow.newId();
    await insertLocations(uow.tx, [{ id, code, zone, aisle, bay, level, walkKey: walkKey({ aisle, bay, level }) }]);
    uow.record({ kind: 'location.added', subject: id, data: { code } });
    ids.set(code, id);
  }
  return ids;
}

/** Step: makes the stored number of a bin equal to `onHand`; reserved units stay reserved. */
export async function setOnHand(
  uow: UnitOfWork,
  place: { itemId: string; locationId: string },
  to: { onHand: number; reason: string },
): Promise<RowOutcome & { difference: number }> {
  const before = await findOnHand(uow.tx, place.itemId, place.locationId);
  const difference = to.onHand - before;
  await ensureLevel(uow.tx, place.itemId, place.locationId);
  if (difference === 0) return { outcome: 'unchanged', difference };
  await moveStock(uow, { ...place, quantity: difference, allocated: 0, reason: to.reason, subject: place.locationId });
  uow.record({
    kind: 'stock.set',
    subject: place.itemId,
    data: { location: place.locationId, from: before, to: to.onHand, reason: to.reason },
  });
  return { outcome: before === 0 ? 'imported' : 'updated', difference };
}

/** Step: one movement in the ledger and its projection, in the same transaction. */
export async function moveStock(
  uow: UnitOfWork,
  move: { itemId: string; locationId: string; quantity: number; allocated: number; reason: string; subject: string },
): Promise<void> {
  const { itemId, locationId, quantity, reason, subject } = move;
  await moveLevel(uow.tx, { itemId, locationId, onHand: quantity, allocated: move.allocated });
  await insertMovements(uow.tx, [
    { id: uow.newId(), at: uow.now, itemId, locationId, quantity, reason, subject, operatorId: uow.actor.operatorId },
  ]);
}

/** Step: adds totes that are not known yet. */
export async function addTotes(uow: UnitOfWork, codes: readonly string[]): Promise<void> {
  await insertTotes(
    uow.tx,
    codes.map((code) => ({ id: uow.newId(), code })),
  );
  uow.record({ kind: 'tote.added', subject: 'totes', data: { count: codes.length } });
}

/** Step: items that one of the scanned codes may mean, in the order of `codes`. */
export async function findByCodes(uow: UnitOfWork, codes: readonly string[]): Promise<ItemCode[]> {
  const found = await listCodes(uow.tx, codes);
  return codes.flatMap((code) => found.filter((hit) => hit.code === code));
}

/** Step: items by SKU. */
export function itemsBySku(uow: UnitOfWork, skus: readonly string[]): Promise<Item[]> {
  return listItemsBySku(uow.tx, skus);
}

/** Step: items by id. */
export function itemsById(uow: UnitOfWork, ids: readonly string[]): Promise<Item[]> {
  return listItems(uow.tx, ids);
}

/** Step: SKUs of those items that are dangerous goods. */
export async function hazardousAmong(uow: UnitOfWork, ids: readonly string[]): Promise<string[]> {
  return ids.length === 0 ? [] : listHazardousSkus(uow.tx, ids);
}

/** Step: components of kits. */
export function componentsOf(uow: UnitOfWork, kitItemIds: readonly string[]): ReturnType<typeof listComponents> {
  return listComponents(uow.tx, kitItemIds);
}

/** Step: a bin by its code. */
export function locationByCode(uow: UnitOfWork, code: string): ReturnType<typeof findLocationByCode> {
  return findLocationByCode(uow.tx, code);
}

/** Step: a tote by its code, for this unit of work alone. */
export function toteToFill(uow: UnitOfWork, code: string): ReturnType<typeof lockTote> {
  return lockTote(uow.tx, code);
}

/** Step: a tote by its code. */
export function toteByCode(uow: UnitOfWork, code: string): ReturnType<typeof findTote> {
  return findTote(uow.tx, code);
}
