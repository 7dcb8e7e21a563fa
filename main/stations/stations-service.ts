import { systemActor } from '../../shared/model/actor.ts';
import type { Role } from '../../shared/model/roles.ts';
import { type Deps, runUnitOfWork, type UnitOfWork } from '../db/unit-of-work.ts';
import { countOperators, insertOperator } from './operator-store.ts';
import { ensureStation } from './session-service.ts';

export interface NewOperator {
  readonly name: string;
  readonly role: Role;
  readonly badge: string;
  readonly language: 'en' | 'fr';
}

/** Command at start: this PC's own bench, and operators so that somebody can sign in on the first day, unless they are there. */
export async function prepareStation(
  deps: Deps,
  stationName: string,
  firstOperators: () => readonly NewOperator[],
): Promise<{ stationId: string }> {
  return runUnitOfWork(deps, systemActor, async (uow) => {
    const station = await ensureStation(uow, stationName);
    if ((await countOperators(uow.tx)) === 0) await addOperators(uow, firstOperators());
    uow.unchanged();
    return { stationId: station.id };
  });
}

/** Command: notes that a station opened on this data. */
export async function noteStarted(deps: Deps, stationName: string): Promise<void> {
  await runUnitOfWork(deps, systemActor, async (uow) => {
    const station = await ensureStation(uow, stationName);
    uow.record({ kind: 'station.started', subject: station.id });
  });
}

/** Step: adds operators with their badges. */
export async function addOperators(uow: UnitOfWork, operators: readonly NewOperator[]): Promise<void> {
  for (const operator of operators) {
    const id = uow.newId();
    await insertOperator(uow.tx, { id, ...operator });
    uow.record({ kind: 'operator.added', subject: id, data: { role: operator.role } });
  }
}
