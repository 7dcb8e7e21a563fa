import type { Theme } from '../../shared/contract/stations.ts';
import { AppError } from '../../shared/errors.ts';
import type { Role } from '../../shared/model/roles.ts';
import { dialectOf } from '../db/rows.ts';
import type { Tx } from '../db/unit-of-work.ts';

export interface Operator {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly badge: string;
  readonly language: 'en' | 'fr';
  readonly theme: Theme;
  readonly active: boolean;
  readonly hasPin: boolean;
  readonly pinBlockedUntil: string | null;
  readonly version: number;
}

interface OperatorRow {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly badge_code: string;
  readonly language: 'en' | 'fr';
  readonly theme: Theme;
  readonly active: number;
  readonly pin_hash: string | null;
  readonly pin_failures: number;
  readonly pin_blocked_until: string | null;
  readonly version: number;
}

/** The hash of the PIN stays behind: whoever compares it asks for it alone. */
const fromRow = (row: OperatorRow): Operator => ({
  id: row.id,
  name: row.name,
  role: row.role,
  badge: row.badge_code,
  language: row.language,
  theme: row.theme,
  active: row.active === 1,
  hasPin: row.pin_hash !== null,
  pinBlockedUntil: row.pin_blocked_until,
  version: row.version,
});

export async function findOperatorByBadge(tx: Tx, badge: string): Promise<Operator | undefined> {
  const row = await tx<OperatorRow>('operator').where({ badge_code: badge, active: 1 }).first();
  return row && fromRow(row);
}

export async function findOperator(tx: Tx, id: string): Promise<Operator | undefined> {
  const row = await tx<OperatorRow>('operator').where({ id, active: 1 }).first();
  return row && fromRow(row);
}

/** Those who left as well. */
export async function getOperator(tx: Tx, id: string): Promise<Operator> {
  const row = await tx<OperatorRow>('operator').where({ id }).first();
  if (!row) throw new AppError('not-found', 'operator.unknown', { id });
  return fromRow(row);
}

export type NewOperatorRow = Pick<Operator, 'id' | 'name' | 'role' | 'badge' | 'language'> & {
  readonly theme?: Theme;
};

export async function insertOperator(tx: Tx, operator: NewOperatorRow): Promise<void> {
  await tx('operator').insert({
    id: operator.id,
    name: operator.name,
    role: operator.role,
    badge_code: operator.badge,
    language: operator.language,
    theme: operator.theme ?? 'system',
    active: 1,
    version: 1,
  });
}

export type OperatorChange = Pick<Operator, 'name' | 'role' | 'badge' | 'language' | 'theme' | 'active'>;

/** Saves only over the version that was read. */
export async function saveOperatorRow(
  tx: Tx,
  operator: Pick<Operator, 'id' | 'version'>,
  change: OperatorChange,
): Promise<number> {
  const { badge, active, ...rest } = change;
  const changed = await tx('operator')
    .where({ id: operator.id, version: operator.version })
    .update({ ...rest, badge_code: badge, active: active ? 1 : 0, version: operator.version + 1 });
  if (changed !== 1) throw new AppError('conflict', 'operator.changed-elsewhere', { id: operator.id });
  return operator.version + 1;
}

export async function setOperatorLanguage(tx: Tx, id: string, language: 'en' | 'fr'): Promise<void> {
  await tx('operator').where({ id }).update({ language });
}

export async function setOperatorTheme(tx: Tx, id: string, theme: Theme): Promise<void> {
  await tx('operator').where({ id }).update({ theme });
}

/** Admins who may still work, without the one named; held for this transaction, so that two admins never retire each other. */
export async function countOtherAdmins(tx: Tx, withoutId: string): Promise<number> {
  const query = tx('operator').where({ role: 'admin', active: 1 }).whereNot({ id: withoutId }).select('id');
  if (dialectOf(tx) === 'postgres') query.forUpdate();
  return (await query).length;
}

export async function countOperators(tx: Tx): Promise<number> {
  const row = await tx('operator').count({ count: '*' }).first();
  return Number(row?.count ?? 0);
}

export interface StoredPin {
  readonly hash: string | null;
  /** Wrong ones since the last right one. */
  readonly failures: number;
  readonly blockedUntil: string | null;
}

export async function getPin(tx: Tx, operatorId: string): Promise<StoredPin> {
  const row = await tx<OperatorRow>('operator')
    .where({ id: operatorId })
    .first<OperatorRow | undefined>('pin_hash', 'pin_failures', 'pin_blocked_until');
  if (!row) throw new AppError('not-found', 'operator.unknown', { id: operatorId });
  return { hash: row.pin_hash, failures: row.pin_failures, blockedUntil: row.pin_blocked_until };
}

export async function savePin(
  tx: Tx,
  operatorId: string,
  pin: Omit<StoredPin, 'hash'> & { readonly hash?: string | null },
): Promise<void> {
  await tx('operator')
    .where({ id: operatorId })
    .update({
      pin_failures: pin.failures,
      pin_blocked_until: pin.blockedUntil,
      ...(pin.hash === undefined ? {} : { pin_hash: pin.hash }),
    });
}
