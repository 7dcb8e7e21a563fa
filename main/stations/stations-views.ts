import { encodeStationCode } from '../../shared/barcode/station-codes.ts';
import type { CallOutput } from '../../shared/contract/index.ts';
import type { Theme } from '../../shared/contract/stations.ts';
import type { Role } from '../../shared/model/roles.ts';
import type { Database } from '../db/database.ts';
import { readDemoFlag, readSettings, type StoredSettings } from './settings-store.ts';

export interface SignedIn {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly language: 'en' | 'fr';
  readonly theme: Theme;
}

interface OperatorRow extends SignedIn {
  readonly badge_code: string;
}

/** Who is signed in at a bench, and whose bench it is while it is locked: then nobody counts as signed in. */
export async function findOccupant(
  database: Database,
  stationId: string,
): Promise<{ operator: SignedIn | null; locked: SignedIn | null }> {
  const row = await database
    .read('sign_in')
    .join('operator', 'operator.id', 'sign_in.operator_id')
    .where({ 'sign_in.station_id': stationId, 'operator.active': 1 })
    .first<(SignedIn & { lockedAt: string | null }) | undefined>(
      'operator.id',
      'operator.name',
      'operator.role',
      'operator.language',
      'operator.theme',
      'sign_in.locked_at as lockedAt',
    );
  if (!row) return { operator: null, locked: null };
  const { lockedAt, ...operator } = row;
  return lockedAt === null ? { operator, locked: null } : { operator: null, locked: operator };
}

/** Who is signed in at a bench that is not locked. */
export async function findSignedIn(database: Database, stationId: string): Promise<SignedIn | undefined> {
  return (await findOccupant(database, stationId)).operator ?? undefined;
}

/** The hash that a PIN is compared with; undefined where the badge alone is enough. */
export async function readPinHash(database: Database, operatorId: string): Promise<string | undefined> {
  const row = await database
    .read('operator')
    .where({ id: operatorId, active: 1 })
    .first<{ pin_hash: string | null } | undefined>('pin_hash');
  return row?.pin_hash ?? undefined;
}

/** Everybody who works or worked here, by name, as the admin's screen shows them. */
export async function listOperatorViews(database: Database): Promise<CallOutput<'stations.operators-view'>> {
  const rows = await database
    .read('operator')
    .orderBy([{ column: 'active', order: 'desc' }, { column: 'name' }, { column: 'id' }])
    .select<
      (OperatorRow & {
        active: number;
        version: number;
        pinHash: string | null;
        pinBlockedUntil: string | null;
      })[]
    >(
      'id',
      'name',
      'role',
      'language',
      'theme',
      'badge_code',
      'active',
      'version',
      'pin_hash as pinHash',
      'pin_blocked_until as pinBlockedUntil',
    );
  return {
    operators: rows.map(({ badge_code, pinHash, active, ...operator }) => ({
      ...operator,
      badge: encodeStationCode('badge', badge_code),
      active: active === 1,
      hasPin: pinHash !== null,
    })),
  };
}

/** One operator's badge, for printing; undefined for somebody who left. */
export async function findBadge(
  database: Database,
  operatorId: string,
): Promise<{ name: string; role: Role; badge: string } | undefined> {
  return database
    .read('operator')
    .where({ id: operatorId, active: 1 })
    .first<{ name: string; role: Role; badge: string } | undefined>('name', 'role', 'badge_code as badge');
}

/** The bench of a session, while the session lives. */
export async function findSessionStation(
  database: Database,
  tokenHash: string,
  now: string,
): Promise<{ id: string; name: string } | undefined> {
  return database
    .read('session')
    .join('station', 'station.id', 'session.station_id')
    .where({ 'session.token_hash': tokenHash })
    .where('session.expires_at', '>', now)
    .first<{ id: string; name: string } | undefined>('station.id', 'station.name');
}

/** Everybody who may work here, by name. */
export async function listOperators(database: Database): Promise<OperatorRow[]> {
  return database
    .read('operator')
    .where({ active: 1 })
    .orderBy('name')
    .select<OperatorRow[]>('id', 'name', 'role', 'language', 'theme', 'badge_code');
}

/** No item and no order yet. */
export async function isEmpty(database: Database): Promise<boolean> {
  const item = await database.read('item').first('id');
  const order = item ?? (await database.read('sales_order').first('id'));
  return order === undefined;
}

/** Every bench with what it is doing. */
export async function listStations(database: Database): Promise<CallOutput<'stations.stations-view'>> {
  const rows = await database
    .read('station')
    .leftJoin('sign_in', 'sign_in.station_id', 'station.id')
    .leftJoin('operator', 'operator.id', 'sign_in.operator_id')
    .leftJoin('bench', 'bench.station_id', 'station.id')
    .leftJoin('sales_order', 'sales_order.id', 'bench.order_id')
    .orderBy('station.name')
    .select<{ id: string; name: string; operator: string | null; mode: string | null; orderNumber: string | null }[]>(
      'station.id',
      'station.name',
      'operator.name as operator',
      'bench.mode',
      'sales_order.number as orderNumber',
    );
  return { stations: rows.map((row) => ({ ...row, mode: row.operator ? (row.mode ?? 'idle') : 'sign-in' })) };
}

/** Codes of totes and bins, in walking order. */
export async function listTotesAndLocations(database: Database): Promise<{ totes: string[]; locations: string[] }> {
  const totes: { code: string }[] = await database.read('tote').orderBy('code').select('code');
  const locations: { code: string }[] = await database.read('location').orderBy('walk_key').select('code');
  return { totes: totes.map((row) => row.code), locations: locations.map((row) => row.code) };
}

/** The settings that every bench shares. */
export function readShared(database: Database): Promise<StoredSettings> {
  return readSettings(database);
}

/** Whether this is the demo warehouse. */
export function readDemo(database: Database): Promise<boolean> {
  return readDemoFlag(database);
}
