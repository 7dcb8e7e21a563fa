import { AppError } from '../../shared/errors.ts';
import { dialectOf } from '../db/rows.ts';
import { insertMany, type Tx } from '../db/unit-of-work.ts';
import type { BinLevel } from './stock-rules.ts';

interface LevelRow {
  readonly item_id: string;
  readonly location_id: string;
  readonly walk_key: string;
  readonly on_hand: number;
  readonly allocated: number;
}

const levelFromRow = (row: LevelRow): BinLevel => ({
  itemId: row.item_id,
  locationId: row.location_id,
  walkKey: row.walk_key,
  onHand: row.on_hand,
  allocated: row.allocated,
});

export async function listLevels(tx: Tx, itemIds: readonly string[]): Promise<BinLevel[]> {
  const query = tx('stock_level')
    .join('location', 'location.id', 'stock_level.location_id')
    .whereIn('stock_level.item_id', [...itemIds])
    .where('on_hand', '>', 0)
    .select<LevelRow[]>('stock_level.item_id', 'stock_level.location_id', 'location.walk_key', 'on_hand', 'allocated');
  return (await query).map(levelFromRow);
}

export interface LevelMove {
  readonly itemId: string;
  readonly locationId: string;
  readonly onHand: number;
  readonly allocated: number;
}

/**
 * Adds to a level; refuses to go below zero, whoever else writes at the same time.
 *
 * A new reservation must find free units at the moment of writing: two benches that read the same last one never both get it.
 */
export async function moveLevel(tx: Tx, move: LevelMove): Promise<void> {
  const reserving = move.onHand === 0 && move.allocated > 0;
  const changed = await tx('stock_level')
    .where({ item_id: move.itemId, location_id: move.locationId })
    .whereRaw('on_hand + ? >= 0 and allocated + ? >= 0', [move.onHand, move.allocated])
    .where((room) => {
      if (reserving) room.whereRaw('allocated + ? <= on_hand', [move.allocated]);
    })
    .update({
      on_hand: tx.raw('on_hand + ?', [move.onHand]),
      allocated: tx.raw('allocated + ?', [move.allocated]),
      version: tx.raw('version + 1'),
    });
  if (changed !== 1) {
    throw new AppError('conflict', 'stock.changed-elsewhere', { item: move.itemId, location: move.locationId });
  }
}

export async function ensureLevel(tx: Tx, itemId: string, locationId: string): Promise<void> {
  await tx('stock_level')
    .insert({ item_id: itemId, location_id: locationId, on_hand: 0, allocated: 0, version: 1 })
    .onConflict(['item_id', 'location_id'])
    .ignore();
}

export interface Movement {
  readonly id: string;
  readonly at: string;
  readonly itemId: string;
  readonly locationId: string;
  /** Units in (positive) or out (negative). */
  readonly quantity: number;
  readonly reason: string;
  readonly subject: string;
  readonly operatorId: string | null;
}

export async function insertMovements(tx: Tx, movements: readonly Movement[]): Promise<void> {
  await insertMany(
    tx,
    'stock_movement',
    movements.map((movement) => ({
      id: movement.id,
      at: movement.at,
      item_id: movement.itemId,
      location_id: movement.locationId,
      quantity: movement.quantity,
      reason: movement.reason,
      subject: movement.subject,
      operator_id: movement.operatorId,
    })),
  );
}

/** Movements of these items about these subjects, oldest first. */
export async function listMovementsAbout(
  tx: Tx,
  about: { itemIds: readonly string[]; subjects: readonly string[] },
): Promise<Pick<Movement, 'subject' | 'locationId' | 'quantity' | 'reason'>[]> {
  return tx('stock_movement')
    .whereIn('item_id', [...about.itemIds])
    .whereIn('subject', [...about.subjects])
    .orderBy('id')
    .select('subject', 'location_id as locationId', 'quantity', 'reason');
}

export interface Location {
  readonly id: string;
  readonly code: string;
}

export async function findLocationByCode(tx: Tx, code: string): Promise<Location | undefined> {
  return tx<Location>('location').where({ code }).first('id', 'code');
}

export async function listLocations(tx: Tx, codes: readonly string[]): Promise<Location[]> {
  return tx<Location>('location')
    .whereIn('code', [...codes])
    .select('id', 'code');
}

export interface NewLocation extends Location {
  readonly zone: string;
  readonly aisle: string;
  readonly bay: string;
  readonly level: string;
  readonly walkKey: string;
}

export async function insertLocations(tx: Tx, locations: readonly NewLocation[]): Promise<void> {
  await insertMany(
    tx,
    'location',
    locations.map(({ walkKey, ...location }) => ({ ...location, walk_key: walkKey, version: 1 })),
  );
}

/** Units of an item in a bin, and how many of them are reserved. */
export async function findLevel(
  tx: Tx,
  place: { itemId: string; locationId: string },
): Promise<{ onHand: number; allocated: number } | undefined> {
  return tx('stock_level')
    .where({ item_id: place.itemId, location_id: place.locationId })
    .first<{ onHand: number; allocated: number } | undefined>('on_hand as onHand', 'allocated');
}

export async function findOnHand(tx: Tx, itemId: string, locationId: string): Promise<number> {
  const row = await tx('stock_level')
    .where({ item_id: itemId, location_id: locationId })
    .first<{ on_hand: number } | undefined>('on_hand');
  return row?.on_hand ?? 0;
}

export async function findTote(tx: Tx, code: string): Promise<{ id: string; code: string } | undefined> {
  return tx('tote').where({ code }).first<{ id: string; code: string } | undefined>('id', 'code');
}

/** The tote, held for this transaction: whoever else wants it waits, and then sees what it carries. */
export async function lockTote(tx: Tx, code: string): Promise<{ id: string; code: string } | undefined> {
  const query = tx('tote').where({ code }).first<{ id: string; code: string } | undefined>('id', 'code');
  if (dialectOf(tx) === 'postgres') query.forUpdate();
  return query;
}

export async function insertTotes(tx: Tx, totes: readonly { id: string; code: string }[]): Promise<void> {
  for (const tote of totes) await tx('tote').insert(tote).onConflict('code').ignore();
}
