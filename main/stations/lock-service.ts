import { systemActor } from '../../shared/model/actor.ts';
import { type Deps, runUnitOfWork } from '../db/unit-of-work.ts';
import { listIdleSignIns, readAutoLock } from './lock-views.ts';
import { lockBench } from './session-service.ts';

/**
 * Command: locks every bench at which nobody did anything for as long as the settings say; returns which.
 *
 * The journal tells when somebody last did something, so no scan has to be written down for this, and it holds for every
 * station on the database and after a restart.
 */
export async function lockIdleBenches(deps: Deps): Promise<string[]> {
  const minutes = await readAutoLock(deps.database);
  if (minutes === 0) return [];
  const idleSince = new Date(deps.clock().getTime() - minutes * 60_000).toISOString();
  const idle = await listIdleSignIns(deps.database, idleSince);
  const locked: string[] = [];
  for (const signedIn of idle) {
    const done = await runUnitOfWork(deps, systemActor, async (uow) => {
      uow.unchanged();
      return lockBench(uow, signedIn);
    });
    if (done) locked.push(signedIn.stationId);
  }
  return locked;
}
