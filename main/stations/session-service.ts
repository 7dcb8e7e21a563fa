import { createHash, randomBytes } from 'node:crypto';
import { AppError } from '../../shared/errors.ts';
import { type Actor, systemActor } from '../../shared/model/actor.ts';
import { type Deps, runUnitOfWork, type UnitOfWork } from '../db/unit-of-work.ts';
import { findOperator, findOperatorByBadge, type Operator, setOperatorLanguage } from './operator-store.ts';
import { minutesBlocked } from './pin-rules.ts';
import {
  findSignIn,
  findStationByName,
  insertLaunchToken,
  insertSession,
  insertStation,
  lockSignIn,
  type SignIn,
  type StationRow,
  setSignIn,
  useLaunchToken,
} from './session-store.ts';
import { getSettings } from './settings-store.ts';

const LAUNCH_TOKEN_MINUTES = 10;
const SESSION_HOURS = 24 * 14;

/** Only hashes of tokens are stored: a copy of the database opens nothing. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** 32 random bytes, base64url. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** Makes a one-time token that opens one session within ten minutes. */
export async function createLaunchToken(deps: Deps): Promise<string> {
  const token = newToken();
  const expiresAt = new Date(deps.clock().getTime() + LAUNCH_TOKEN_MINUTES * 60_000).toISOString();
  await runUnitOfWork(deps, systemActor, async (uow) => {
    await insertLaunchToken(uow.tx, hashToken(token), expiresAt);
    uow.record({ kind: 'session.launch-token-made', subject: 'station' });
    return null;
  });
  return token;
}

/** Exchanges a launch token for a session at `stationName`, which is made when it is new. */
export async function openSession(
  deps: Deps,
  launchToken: string,
  stationName: string,
): Promise<{ sessionToken: string; station: StationRow }> {
  const sessionToken = newToken();
  const expiresAt = new Date(deps.clock().getTime() + SESSION_HOURS * 3_600_000).toISOString();
  const station = await runUnitOfWork(deps, systemActor, async (uow) => {
    await useLaunchToken(uow.tx, hashToken(launchToken), uow.now);
    const found = await ensureStation(uow, stationName);
    await insertSession(uow.tx, {
      tokenHash: hashToken(sessionToken),
      stationId: found.id,
      createdAt: uow.now,
      expiresAt,
    });
    uow.record({ kind: 'session.opened', subject: found.id });
    return found;
  });
  return { sessionToken, station };
}

/** Step: finds the bench by name or makes it. */
export async function ensureStation(uow: UnitOfWork, name: string): Promise<StationRow> {
  const found = await findStationByName(uow.tx, name);
  if (found) return found;
  const station = { id: uow.newId(), name };
  await insertStation(uow.tx, { ...station, createdAt: uow.now });
  uow.record({ kind: 'station.added', subject: station.id });
  return station;
}

export type SignInOutcome =
  | { readonly outcome: 'signed-in'; readonly operator: Operator }
  | { readonly outcome: 'pin-needed'; readonly operator: Operator }
  | { readonly outcome: 'blocked'; readonly minutes: number }
  | { readonly outcome: 'unknown' };

/** Step: a scanned badge signs its operator in at this bench, or asks for the PIN where they have one. */
export async function signInByBadge(uow: UnitOfWork, stationId: string, badge: string): Promise<SignInOutcome> {
  const read = await readBadge(uow, stationId, badge);
  if (read.outcome !== 'known') return read;
  return beginSignIn(uow, stationId, read.operator);
}

/** Step: whose badge was scanned; one that was retired, or refused after wrong PINs, is nobody's. */
export async function readBadge(
  uow: UnitOfWork,
  stationId: string,
  badge: string,
): Promise<{ outcome: 'known'; operator: Operator } | Extract<SignInOutcome, { outcome: 'blocked' | 'unknown' }>> {
  const operator = await findOperatorByBadge(uow.tx, badge);
  if (!operator) {
    uow.record({ kind: 'badge.refused', subject: stationId });
    return { outcome: 'unknown' };
  }
  const minutes = minutesBlocked(operator.pinBlockedUntil, uow.now);
  if (minutes === 0) return { outcome: 'known', operator };
  uow.record({ kind: 'badge.refused', subject: stationId, data: { operator: operator.id } });
  return { outcome: 'blocked', minutes };
}

/** Whoever stands at their own open bench needs no PIN again; before anybody else's PIN the bench is locked. */
async function beginSignIn(uow: UnitOfWork, stationId: string, operator: Operator): Promise<SignInOutcome> {
  const before = operator.hasPin ? await findSignIn(uow.tx, stationId) : undefined;
  const own = before?.operatorId === operator.id && before.lockedAt === null;
  if (!operator.hasPin || own) {
    await signIn(uow, stationId, operator);
    return { outcome: 'signed-in', operator };
  }
  if (before) await lockBench(uow, before);
  uow.record({ kind: 'pin.asked', subject: operator.id, data: { station: stationId } });
  return { outcome: 'pin-needed', operator };
}

/** Step: the bench asks for a badge again; what lies on it stays. False when somebody signed in meanwhile. */
export async function lockBench(uow: UnitOfWork, signedIn: SignIn): Promise<boolean> {
  const { stationId } = signedIn;
  if (!(await lockSignIn(uow.tx, signedIn, uow.now))) return false;
  uow.record({ kind: 'bench.locked', subject: stationId, data: { operator: signedIn.operatorId } });
  uow.emit('stations.session-changed', { stationId });
  uow.emit('bench.changed', { stationId });
  return true;
}

/** Step: signs in whose PIN was right. */
export async function signInById(uow: UnitOfWork, stationId: string, operatorId: string): Promise<Operator> {
  const operator = await findOperator(uow.tx, operatorId);
  if (!operator) throw new AppError('not-found', 'badge.unknown');
  await signIn(uow, stationId, operator);
  return operator;
}

async function signIn(uow: UnitOfWork, stationId: string, operator: Operator): Promise<void> {
  await setSignIn(uow.tx, stationId, { operatorId: operator.id, since: uow.now });
  uow.record({ kind: 'operator.signed-in', subject: operator.id, data: { station: stationId } });
  uow.emit('stations.session-changed', { stationId });
}

/** Step: signs out whoever works here. */
export async function signOut(uow: UnitOfWork, stationId: string): Promise<void> {
  await setSignIn(uow.tx, stationId, undefined);
  uow.record({ kind: 'operator.signed-out', subject: uow.actor.operatorId ?? stationId, data: { station: stationId } });
  uow.emit('stations.session-changed', { stationId });
}

/** Step: the next language of the operator, English or French. */
export async function switchLanguage(
  uow: UnitOfWork,
  operator: { id: string; language: 'en' | 'fr' },
): Promise<'en' | 'fr'> {
  const language = operator.language === 'en' ? 'fr' : 'en';
  await setOperatorLanguage(uow.tx, operator.id, language);
  uow.record({ kind: 'operator.language-changed', subject: operator.id, data: { language } });
  if (uow.actor.stationId) uow.emit('stations.session-changed', { stationId: uow.actor.stationId });
  return language;
}

/** Command: signs in by a tapped name, where the settings allow it; `pinNeeded` tells that the PIN has to come first. */
export async function signInByName(
  deps: Deps,
  actor: Actor,
  operatorId: string,
): Promise<{ operator: Operator; pinNeeded: boolean }> {
  const { stationId } = actor;
  if (!stationId) throw new AppError('permission', 'session.missing');
  return runUnitOfWork(deps, actor, async (uow) => {
    const { settings } = await getSettings(uow.tx);
    if (settings.signIn !== 'tap') throw new AppError('permission', 'badge.needed');
    const operator = await findOperator(uow.tx, operatorId);
    if (!operator) throw new AppError('not-found', 'badge.unknown');
    const minutes = minutesBlocked(operator.pinBlockedUntil, uow.now);
    if (minutes > 0) throw new AppError('permission', 'pin.blocked', { minutes });
    const { outcome } = await beginSignIn(uow, stationId, operator);
    return { operator, pinNeeded: outcome === 'pin-needed' };
  });
}

/** Command: signs out. */
export async function signOutHere(deps: Deps, actor: Actor): Promise<void> {
  const { stationId } = actor;
  if (!stationId) throw new AppError('permission', 'session.missing');
  await runUnitOfWork(deps, actor, (uow) => signOut(uow, stationId));
}

export type { Deps } from '../db/unit-of-work.ts';
