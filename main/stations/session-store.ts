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
