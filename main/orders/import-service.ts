import type { ImportSummary } from '../../shared/contract/orders.ts';
import type { Actor } from '../../shared/model/actor.ts';
import type { ImportedOrder, Read } from '../../shared/model/imported.ts';
import { retryConflicts } from '../db/retry-conflicts.ts';
import { type Deps, runUnitOfWork } from '../db/unit-of-work.ts';
import {
  addCounts,
  type Finding,
  finishRun,
  LISTED_REJECTIONS,
  noCounts,
  type RunCounts,
  saveBatch,
  startRun,
} from './run-service.ts';
import { takeOrders } from './take-service.ts';

const BATCH = 250;

type Row = Extract<Read<ImportedOrder>, { kind: 'record' }>;

interface Progress {
  counts: RunCounts;
  readonly rejected: { row: number; reason: string }[];
  readonly changes: { number: string; difference: string }[];
}

export interface ImportOptions {
  readonly fileName: string;
  readonly onProgress?: (done: number) => void;
}

/**
 * Takes orders from any source in short units of work, so that benches keep scanning meanwhile and memory stays flat.
 *
 * The same orders again change nothing; a bad row is set aside with its number and reason, the rest goes in.
 */
export async function importOrders(
  deps: Deps,
  actor: Actor,
  source: { rows: AsyncIterable<Read<ImportedOrder>>; options: ImportOptions },
): Promise<ImportSummary> {
  const { commandId: _, ...by } = actor; // a repeated import is harmless by itself, and has many units of work
  const runId = await startRun(deps, by, { kind: 'orders', fileName: source.options.fileName });
  const progress: Progress = { counts: noCounts, rejected: [], changes: [] };
  let batch: Read<ImportedOrder>[] = [];
  let seen = 0;
  const flush = async (): Promise<void> => {
    const rows = batch;
    batch = [];
    if (rows.length > 0) await importBatch(deps, by, { runId, rows, progress });
    source.options.onProgress?.(seen);
  };
  for await (const row of source.rows) {
    batch.push(row);
    seen += 1;
    if (batch.length >= BATCH) await flush();
  }
  await flush();
  await finishRun(deps, by, { runId, counts: progress.counts, kind: 'orders' });
  const { rejected, ...counts } = progress.counts;
  return {
    runId,
    ...counts,
    rejected: progress.rejected,
    rejectedCount: rejected,
    changes: progress.changes,
    skipped: 0,
  };
}

async function importBatch(
  deps: Deps,
  actor: Actor,
  work: { runId: string; rows: readonly Read<ImportedOrder>[]; progress: Progress },
): Promise<void> {
  // Collected anew on each attempt: a unit of work that runs again, because a bench worked on an order, counts once.
  const result = await retryConflicts(() => importRows(deps, actor, work));
  work.progress.counts = addCounts(work.progress.counts, result.counts);
  for (const finding of result.findings) {
    if (finding.kind === 'changed')
      work.progress.changes.push({ number: finding.subject ?? '', difference: finding.detail });
    else if (work.progress.rejected.length < LISTED_REJECTIONS)
      work.progress.rejected.push({ row: finding.row, reason: finding.detail });
  }
}

async function importRows(
  deps: Deps,
  actor: Actor,
  work: { runId: string; rows: readonly Read<ImportedOrder>[]; progress: Progress },
): Promise<{ counts: RunCounts; findings: Finding[] }> {
  return runUnitOfWork(deps, actor, async (uow) => {
    const findings: Finding[] = [];
    const counts = { imported: 0, updated: 0, unchanged: 0, rejected: 0 };
    const reject = (row: number, detail: string, subject: string | null = null): void => {
      counts.rejected += 1;
      findings.push({ kind: 'rejected', row, subject, detail });
    };
    for (const row of work.rows) if (row.kind === 'rejected') reject(row.row, row.reason);
    const records = work.rows.filter((row): row is Row => row.kind === 'record');
    const taken = await takeOrders(
      uow,
      records.map(({ record }) => record),
    );
    for (const [index, { row, record }] of records.entries()) {
      const one = taken[index];
      if (one?.outcome === 'new') counts.imported += 1;
      if (one?.outcome === 'unchanged') counts.unchanged += 1;
      if (one?.outcome === 'rejected') reject(row, one.detail, record.number);
      if (one?.outcome !== 'changed') continue;
      counts.updated += 1;
      findings.push({ kind: 'changed', row, subject: record.number, detail: one.detail });
    }
    await saveBatch(uow, work.runId, { findings, total: addCounts(work.progress.counts, counts) });
    if (counts.imported === 0 && counts.updated === 0) uow.unchanged();
    return { counts, findings };
  });
}
