import { AppError } from '../../shared/errors.ts';
import type { Tx } from '../db/unit-of-work.ts';

export interface StationRow {
  readonly id: string;
  readonly name: string;
}

export async function insertLaunchToken(tx: Tx, tokenHash: string, expiresAt: string): Promise<void> {
  await tx('launch_token').insert({ token_hash: tokenHash, expires_at: expiresAt, used_at: null });
}

/** Uses a launch token up; throws when it is unknown, used or too old. */
export async function useLaunchToken(tx: Tx, tokenHash: string, now: string): Promise<void> {
  const changed = await tx('launch_token')
    .where({ token_hash: tokenHash, used_at: null })
    .where('expires_at', '>', now)
    .update({ used_at: now });
  if (changed !== 1) throw new AppError('permission', 'session.launch-token-refused');
}

export async function insertSession(
  tx: Tx,
  session: { tokenHash: string; stationId: string; createdAt: string; expiresAt: string },
): Promise<void> {
  await tx('session').insert({
    token_hash: session.tokenHash,
    station_id: session.stationId,
    created_at: session.createdAt,
    expires_at: session.expiresAt,
  });
  await tx('session').where('expires_at', '<', session.createdAt).delete();
  await tx('launch_token').where('expires_at', '<', session.createdAt).delete();
}

export async function findStationByName(tx: Tx, name: string): Promise<StationRow | undefined> {
  return tx<StationRow>('station').where({ name }).first();
}

export async function insertStation(tx: Tx, station: { id: string; name: string; createdAt: string }): Promise<void> {
  await tx('station').insert({ id: station.id, name: station.name, created_at: station.createdAt });
}

export async function setSignIn(
  tx: Tx,
  stationId: string,
  signIn: { operatorId: string; since: string } | undefined,
): Promise<void> {
  await tx('sign_in').where({ station_id: stationId }).delete();
  if (signIn)
    await tx('sign_in').insert({ station_id: stationId, operator_id: signIn.operatorId, since: signIn.since });
}

export interface SignIn {
  readonly stationId: string;
  readonly operatorId: string;
  readonly since: string;
  readonly lockedAt: string | null;
}

/** Who is signed in at a bench, locked or not. */
export async function findSignIn(tx: Tx, stationId: string): Promise<SignIn | undefined> {
  return tx('sign_in')
    .where({ station_id: stationId })
    .first<SignIn | undefined>(
      'station_id as stationId',
      'operator_id as operatorId',
      'since',
      'locked_at as lockedAt',
    );
}

/** Locks a bench as it was looked at; false when somebody signed in anew meanwhile, or it is locked already. */
export async function lockSignIn(tx: Tx, signIn: Pick<SignIn, 'stationId' | 'since'>, now: string): Promise<boolean> {
  const changed = await tx('sign_in')
    .where({ station_id: signIn.stationId, since: signIn.since })
    .whereNull('locked_at')
    .update({ locked_at: now });
  return changed === 1;
}

/** Benches at which an operator is signed in. */
export async function listSignIns(tx: Tx, operatorId: string): Promise<string[]> {
  const rows: { station_id: string }[] = await tx('sign_in').where({ operator_id: operatorId }).select('station_id');
  return rows.map((row) => row.station_id);
}

export async function endSignIns(tx: Tx, operatorId: string): Promise<void> {
  await tx('sign_in').where({ operator_id: operatorId }).delete();
}
