import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { AppError } from '../../shared/errors.ts';
import type { Deps, UnitOfWork } from '../db/unit-of-work.ts';
import { getPin, savePin } from './operator-store.ts';
import { afterWrongPin, minutesBlocked, PIN_TRIES } from './pin-rules.ts';
import { readPinHash } from './stations-views.ts';

/**
 * Node's own cost for scrypt: 16 MiB and some tens of milliseconds on a bench PC.
 *
 * OWASP asks five times as much for passwords; a PIN has so few values that this saves no stolen hash either. What keeps
 * a PIN is the badge before it and the block after five tries, and a bench must open within a second on a slow machine.
 */
const COST = { N: 2 ** 14, r: 8, p: 1, maxmem: 64 * 1024 * 1024 } as const;
const KEY_BYTES = 32;

/** `scrypt$N$r$p$salt$key`, both in base64url: a later change of the cost leaves stored PINs readable. */
export async function hashPin(pin: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(pin, salt, COST);
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** Whether the PIN is the one that was hashed; takes as long for a wrong one. */
export async function verifyPin(pin: string, hash: string): Promise<boolean> {
  const [kind, N, r, p, salt = '', stored = ''] = hash.split('$');
  if (kind !== 'scrypt') return false;
  const expected = Buffer.from(stored, 'base64url');
  const key = await derive(pin, Buffer.from(salt, 'base64url'), { ...COST, N: Number(N), r: Number(r), p: Number(p) });
  return key.length === expected.length && timingSafeEqual(key, expected);
}

type Cost = { readonly N: number; readonly r: number; readonly p: number; readonly maxmem: number };

function derive(pin: string, salt: Buffer, cost: Cost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(pin, salt, KEY_BYTES, cost, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

/** A PIN as it was compared, and the hash it was compared with. */
export interface CheckedPin {
  readonly right: boolean;
  readonly hash: string;
}

/** Compares a PIN before the unit of work begins: the hash must not hold up the other benches. */
export async function checkPin(deps: Deps, operatorId: string, pin: string): Promise<CheckedPin | undefined> {
  const hash = await readPinHash(deps.database, operatorId);
  return hash === undefined ? undefined : { right: await verifyPin(pin, hash), hash };
}

export type PinOutcome =
  | { readonly outcome: 'right' }
  | { readonly outcome: 'wrong'; readonly triesLeft: number }
  | { readonly outcome: 'blocked'; readonly minutes: number };

/** Step: what a compared PIN leads to; wrong ones are counted with the operator, and too many block the badge. */
export async function applyPin(uow: UnitOfWork, operatorId: string, checked: CheckedPin): Promise<PinOutcome> {
  const stored = await getPin(uow.tx, operatorId);
  if (stored.hash !== checked.hash) throw new AppError('conflict', 'operator.changed-elsewhere', { id: operatorId });
  const minutes = minutesBlocked(stored.blockedUntil, uow.now);
  if (minutes > 0) return { outcome: 'blocked', minutes };
  if (checked.right) {
    if (stored.failures > 0 || stored.blockedUntil !== null)
      await savePin(uow.tx, operatorId, { failures: 0, blockedUntil: null });
    return { outcome: 'right' };
  }
  const next = afterWrongPin(stored.failures, uow.now);
  await savePin(uow.tx, operatorId, next);
  uow.record({ kind: 'pin.refused', subject: operatorId, data: { blocked: next.blockedUntil !== null } });
  return next.blockedUntil === null
    ? { outcome: 'wrong', triesLeft: PIN_TRIES - next.failures }
    : { outcome: 'blocked', minutes: minutesBlocked(next.blockedUntil, uow.now) };
}
