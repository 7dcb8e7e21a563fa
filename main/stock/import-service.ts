import type { ImportSummary } from '../../shared/contract/orders.ts';
import type { Actor } from '../../shared/model/actor.ts';
import type { ImportedItem, ImportedLevel, Read } from '../../shared/model/imported.ts';
import { type Deps, runUnitOfWork, type UnitOfWork } from '../db/unit-of-work.ts';
import { recogniseItems } from '../orders/recognise-service.ts';
import {
  addCounts,
  type Finding,
  finishRun,
  LISTED_REJECTIONS,
  noCounts,
  type RunCounts,
  type RunKind,
  saveBatch,
  startRun,
} from '../orders/run-service.ts';
import { importItem, importLevels, type RowOutcome } from './catalogue-service.ts';

const BATCH = 200;

export interface FileImport<T> {
  readonly rows: AsyncIterable<Read<T>>;
  readonly fileName: string;
  readonly onProgress?: (done: number) => void;
}

/** Takes in the catalogue; kits may stand before their components. Orders that waited for an item move on. */
export async function importItems(deps: Deps, actor: Actor, file: FileImport<ImportedItem>): Promise<ImportSummary> {
  const kits: Extract<Read<ImportedItem>, { kind: 'record' }>[] = [];
  async function* singlesThenKits(): AsyncGenerator<Read<ImportedItem>> {
    for await (const row of file.rows) {
      if (row.kind === 'record' && row.record.components.length > 0) kits.push(row);
      else yield row;
    }
    yield* kits;
  }
  const apply = async (uow: UnitOfWork, records: readonly ImportedItem[]): Promise<RowOutcome[]> => {
    const outcomes: RowOutcome[] = [];
    for (const record of records) outcomes.push(await importItem(uow, record));
    return outcomes;
  };
  const summary = await importFile(deps, actor, { kind: 'items', file: { ...file, rows: singlesThenKits() }, apply });
  const { commandId: _, ...by } = actor; // the whole import is answered once, by whoever was asked for it
  await recogniseItems(deps, by);
  return summary;
}

/** Takes in what lies in the bins; unknown bins are made. */
export function importStock(deps: Deps, actor: Actor, file: FileImport<ImportedLevel>): Promise<ImportSummary> {
  return importFile(deps, actor, { kind: 'stock', file, apply: importLevels });
}

interface Work<T> {
  readonly kind: RunKind;
  readonly file: FileImport<T>;
  readonly apply: (uow: UnitOfWork, records: readonly T[]) => Promise<RowOutcome[]>;
}

async function importFile<T>(deps: Deps, actor: Actor, work: Work<T>): Promise<ImportSummary> {
  const { commandId: _, ...by } = actor; // a repeated import changes nothing, and has many units of work
  const runId = await startRun(deps, by, { kind: work.kind, fileName: work.file.fileName });
  let counts = noCounts;
  let seen = 0;
  const rejected: { row: number; reason: string }[] = [];
  const flush = async (rows: readonly Read<T>[]): Promise<void> => {
    const batch = await runUnitOfWork(deps, by, async (uow) => {
      const result = await applyRows(uow, rows, work.apply);
      await saveBatch(uow, runId, { findings: result.findings, total: addCounts(counts, result.counts) });
      if (result.counts.imported + result.counts.updated === 0) uow.unchanged();
      return result;
    });
    counts = addCounts(counts, batch.counts);
    for (const finding of batch.findings)
      if (rejected.length < LISTED_REJECTIONS) rejected.push({ row: finding.row, reason: finding.detail });
    work.file.onProgress?.(seen);
  };
  let open: Read<T>[] = [];
  for await (const row of work.file.rows) {
    seen += 1;
    open.push(row);
    if (open.length < BATCH) continue;
    await flush(open);
    open = [];
  }
  if (open.length > 0) await flush(open);
  await finishRun(deps, by, { runId, counts, kind: work.kind });
  return {
    runId,
    imported: counts.imported,
    updated: counts.updated,
    unchanged: counts.unchanged,
    rejected,
    rejectedCount: counts.rejected,
    changes: [],
    skipped: 0,
  };
}

async function applyRows<T>(
  uow: UnitOfWork,
  rows: readonly Read<T>[],
  apply: Work<T>['apply'],
): Promise<{ counts: RunCounts; findings: Finding[] }> {
  const records = rows.flatMap((row) => (row.kind === 'record' ? [row] : []));
  const outcomes = await apply(
    uow,
    records.map((row) => row.record),
  );
  const findings: Finding[] = rows.flatMap((row) =>
    row.kind === 'rejected' ? [{ kind: 'rejected' as const, row: row.row, subject: null, detail: row.reason }] : [],
  );
  const counts = { imported: 0, updated: 0, unchanged: 0, rejected: findings.length };
  for (const [index, outcome] of outcomes.entries()) {
    counts[outcome.outcome] += 1;
    if (outcome.outcome === 'rejected')
      findings.push({ kind: 'rejected', row: records[index]?.row ?? 0, subject: null, detail: outcome.reason });
  }
  return { counts, findings };
}
