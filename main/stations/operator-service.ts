import { randomBytes } from 'node:crypto';
import type { CallOutput, ParsedInput } from '../../shared/contract/index.ts';
import type { Theme } from '../../shared/contract/stations.ts';
import { AppError } from '../../shared/errors.ts';
import type { Actor } from '../../shared/model/actor.ts';
import { type Deps, runUnitOfWork, type UnitOfWork } from '../db/unit-of-work.ts';
import {
  countOtherAdmins,
  getOperator,
  getPin,
  insertOperator,
  type Operator,
  saveOperatorRow,
  savePin,
  setOperatorTheme,
} from './operator-store.ts';
import { hashPin } from './pin-service.ts';
import { endSignIns, listSignIns } from './session-store.ts';

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Ten random characters: nobody guesses another one's badge. */
export function newBadge(): string {
  return [...randomBytes(10)].map((byte) => CROCKFORD[byte % 32]).join('');
}

type Save = ParsedInput<'stations.save-operator'>;

/** Command: adds somebody, or changes or retires them. Refuses to take the last admin away. */
export async function saveOperator(
  deps: Deps,
  actor: Actor,
  input: Save,
): Promise<CallOutput<'stations.save-operator'>> {
  const badge = newBadge();
  return runUnitOfWork(deps, actor, async (uow) => {
    const { operatorId } = input;
    if (operatorId === undefined) return addOperator(uow, { ...input, badge });
    const before = await getOperator(uow.tx, operatorId);
    if (before.version !== input.expectedVersion)
      throw new AppError('conflict', 'operator.changed-elsewhere', { id: operatorId });
    await keepAnAdmin(uow, before, input);
    const version = await saveOperatorRow(uow.tx, before, {
      name: input.name,
      role: input.role,
      language: input.language,
      theme: input.theme,
      active: input.active,
      badge: input.newBadge ? badge : before.badge,
    });
    uow.record({
      kind: changeKind(before, input),
      subject: operatorId,
      data: { role: input.role, ...(input.newBadge ? { badge: 'replaced' } : {}) },
    });
    await tellBenches(uow, operatorId, input.active);
    return { operatorId, version };
  });
}

function changeKind(before: Operator, input: Save): string {
  if (before.active === input.active) return 'operator.changed';
  return input.active ? 'operator.back' : 'operator.retired';
}

async function addOperator(
  uow: UnitOfWork,
  input: Save & { badge: string },
): Promise<CallOutput<'stations.save-operator'>> {
  const { name, role, badge, language, theme } = input;
  const operatorId = uow.newId();
  await insertOperator(uow.tx, { id: operatorId, name, role, badge, language, theme });
  uow.record({ kind: 'operator.added', subject: operatorId, data: { role } });
  return { operatorId, version: 1 };
}

/** Without an admin nobody could ever make one again. */
async function keepAnAdmin(uow: UnitOfWork, before: Operator, input: Save): Promise<void> {
  const leaves = before.role === 'admin' && before.active && (input.role !== 'admin' || !input.active);
  if (leaves && (await countOtherAdmins(uow.tx, before.id)) === 0)
    throw new AppError('rule', 'operator.last-admin', { name: before.name });
}

/** Whoever left is signed out everywhere; the open parcels stay where they are. */
async function tellBenches(uow: UnitOfWork, operatorId: string, active: boolean): Promise<void> {
  for (const stationId of await listSignIns(uow.tx, operatorId)) uow.emit('stations.session-changed', { stationId });
  if (!active) await endSignIns(uow.tx, operatorId);
}

/** Command: sets the PIN of an operator or takes it away; a blocked badge is free again. */
export async function setPin(
  deps: Deps,
  actor: Actor,
  input: { operatorId: string; pin: string | null },
): Promise<void> {
  // Before the unit of work: hashing takes its time, and every repeat would draw another salt.
  const hash = input.pin === null ? null : await hashPin(input.pin);
  await runUnitOfWork(deps, actor, async (uow) => {
    await getPin(uow.tx, input.operatorId);
    await savePin(uow.tx, input.operatorId, { hash, failures: 0, blockedUntil: null });
    uow.record({ kind: hash === null ? 'pin.cleared' : 'pin.set', subject: input.operatorId });
    return null;
  });
}

/** Command: the colours of whoever is signed in, on every bench. */
export async function setTheme(deps: Deps, actor: Actor, theme: Theme): Promise<void> {
  const { operatorId, stationId } = actor;
  if (!operatorId) throw new AppError('permission', 'badge.needed');
  await runUnitOfWork(deps, actor, async (uow) => {
    await setOperatorTheme(uow.tx, operatorId, theme);
    uow.record({ kind: 'operator.theme-changed', subject: operatorId, data: { theme } });
    if (stationId) uow.emit('stations.session-changed', { stationId });
    return null;
  });
}
