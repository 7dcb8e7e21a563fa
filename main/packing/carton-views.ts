import { encodeStationCode } from '../../shared/barcode/station-codes.ts';
import type { CallOutput } from '../../shared/contract/index.ts';
import type { Carton } from '../../shared/contract/packing.ts';
import type { Database } from '../db/database.ts';
import { volumeOf } from './carton-arrange-rules.ts';
import { isLow } from './carton-plan-rules.ts';
import { kindOf, listCartons } from './carton-store.ts';

const WEEK_MS = 7 * 24 * 3_600_000;

/** Every kind of carton with its use of the last week; those in use first, the smallest on top. */
export async function listCartonViews(database: Database, now: Date): Promise<CallOutput<'packing.cartons-view'>> {
  const since = new Date(now.getTime() - WEEK_MS).toISOString();
  const used: { id: string; parcels: number | string }[] = await database
    .read('parcel')
    .whereNotNull('carton_id')
    .where('closed_at', '>=', since)
    .groupBy('carton_id')
    .select('carton_id as id')
    .count({ parcels: '*' });
  const cartons = (await listCartons(database.read)).map((stored): Carton => {
    const usedInWeek = Number(used.find((row) => row.id === stored.id)?.parcels ?? 0);
    const scanText = encodeStationCode('carton', stored.code);
    return { ...stored, usedInWeek, scanText, low: isLow(stored.stock, usedInWeek) };
  });
  const room = (carton: Carton): number => volumeOf(kindOf(carton).inner);
  return { cartons: cartons.sort((a, b) => Number(b.active) - Number(a.active) || room(a) - room(b)) };
}

/** Codes and titles of the cartons in use, for the sheet of codes. */
export async function listCartonCodes(database: Database): Promise<{ code: string; title: string }[]> {
  return database.read('carton').where({ active: 1 }).orderBy('code').select('code', 'title');
}
