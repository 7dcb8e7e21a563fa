import type { Database } from '../db/database.ts';
import type { SignIn } from './session-store.ts';
import { readSettings } from './settings-store.ts';

/** Minutes without a scan until a bench is locked; 0 never. */
export async function readAutoLock(database: Database): Promise<number> {
  return (await readSettings(database)).settings.autoLockMinutes;
}

/** Open benches at which nobody signed in or did anything since `idleSince`. */
export async function listIdleSignIns(database: Database, idleSince: string): Promise<SignIn[]> {
  const open: SignIn[] = await database
    .read('sign_in')
    .whereNull('locked_at')
    .where('since', '<=', idleSince)
    .select('station_id as stationId', 'operator_id as operatorId', 'since', 'locked_at as lockedAt');
  if (open.length === 0) return [];
  const busy: { stationId: string }[] = await database
    .read('journal')
    .where('at', '>', idleSince)
    .whereIn(
      'station_id',
      open.map((signedIn) => signedIn.stationId),
    )
    .whereNotNull('operator_id')
    .distinct('station_id as stationId');
  return open.filter((signedIn) => !busy.some((bench) => bench.stationId === signedIn.stationId));
}
