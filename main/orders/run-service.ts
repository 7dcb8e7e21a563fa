import type { Actor } from '../../shared/model/actor.ts';
import { type Deps, runUnitOfWork, type UnitOfWork } from '../db/unit-of-work.ts';
import { type Finding, insertFindings, insertRun, type RunCounts, saveRun } from './import-store.ts';

export type { Finding, RunCounts } from './import-store.ts';

export type RunKind = 'orders' | 'items' | 'stock';

/** At most this many rejected rows travel to the screen; all of them are stored with the run. */
export const LISTED_REJECTIONS = 1_000;

/** Adds up what batches did. */
export function addCounts(a: RunCounts, b: RunCounts): RunCounts {
  return {
    imported: a.imported + b.imported,
    updated: a.updated + b.updated,
    unchanged: a.unchanged + b.unchanged,
    rejected: a.rejected + b.rejected,
  };
}

export const noCounts: RunCounts = { imported: 0, updated: 0, unchanged: 0, rejected: 0 };

/** Command: opens an import run, so that a run that broke off is seen as unfinished. */
export async function startRun(deps: Deps, actor: Actor, run: { kind: RunKind; fileName: string }): Promise<string> {
  const runId = deps.newId();
  await runUnitOfWork(deps, actor, async (uow) => {
    await insertRun(uow.tx, { id: runId, at: uow.now, ...run, operatorId: actor.operatorId });
    uow.record({ kind: 'import.started', subject: runId, data: { kind: run.kind } });
  });
  return runId;
}

/** Step: what one batch found, and the run's counts so far. */
export async function saveBatch(
  uow: UnitOfWork,
  runId: string,
  batch: { findings: readonly Finding[]; total: RunCounts },
): Promise<void> {
  await insertFindings(
    uow.tx,
    runId,
    batch.findings.map((finding) => ({ id: uow.newId(), ...finding })),
  );
  await saveRun(uow.tx, runId, batch.total, null);
}

/** Command: closes the run with its counts and has stock allocated for what came in. */
export async function finishRun(
  deps: Deps,
  actor: Actor,
  run: { runId: string; counts: RunCounts; kind: RunKind },
): Promise<void> {
  await runUnitOfWork(deps, actor, async (uow) => {
    await saveRun(uow.tx, run.runId, run.counts, uow.now);
    uow.record({ kind: 'import.finished', subject: run.runId, data: { kind: run.kind, ...run.counts } });
    uow.emit(run.kind === 'orders' ? 'orders.changed' : 'stock.changed', {});
    // Stock that came in, or that a changed order gave back, may be what others wait for.
    const backordered = run.kind !== 'orders' || run.counts.updated > 0;
    uow.enqueue({ topic: 'stock.allocate', key: run.runId, payload: { backordered } });
  });
}
