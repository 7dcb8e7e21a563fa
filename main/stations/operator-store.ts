import type { Role } from '../../shared/model/roles.ts';
import type { Tx } from '../db/unit-of-work.ts';

export interface Operator {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly badge: string;
  readonly language: 'en' | 'fr';
}

interface OperatorRow {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly badge_code: string;
  readonly language: 'en' | 'fr';
  readonly active: number;
}

const fromRow = (row: OperatorRow): Operator => ({
  id: row.id,
  name: row.name,
  role: row.role,
  badge: row.badge_code,
  language: row.language,
});

export async function findOperatorByBadge(tx: Tx, badge: string): Promise<Operator | undefined> {
  const row = await tx<OperatorRow>('operator').where({ badge_code: badge, active: 1 }).first();
  return row && fromRow(row);
}

export async function findOperator(tx: Tx, id: string): Promise<Operator | undefined> {
  const row = await tx<OperatorRow>('operator').where({ id, active: 1 }).first();
  return row && fromRow(row);
}

export async function insertOperator(tx: Tx, operator: Operator): Promise<void> {
  await tx('operator').insert({
    id: operator.id,
    name: operator.name,
    role: operator.role,
    badge_code: operator.badge,
    language: operator.language,
    active: 1,
    version: 1,
  });
}

export async function setOperatorLanguage(tx: Tx, id: string, language: 'en' | 'fr'): Promise<void> {
  await tx('operator').where({ id }).update({ language });
}

export async function countOperators(tx: Tx): Promise<number> {
  const row = await tx('operator').count({ count: '*' }).first();
  return Number(row?.count ?? 0);
}
