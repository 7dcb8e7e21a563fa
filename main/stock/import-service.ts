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
import { linkSubstitutes } from './substitute-service.ts';

const BATCH = 200;

export interface FileImport<T> {
  readonly rows: AsyncIterable<Read<T>>;
  readonly fileName: string;
  readonly onProgress?: (done: number) => void;
}

/** Takes in the catalogue; kits may stand before their components. Orders that waited for an item move on. */
export async function importItems(deps: Deps, actor: Actor, file: FileImport<ImportedItem>): Promise<ImportSummary> {
  const kits: Extract<Read<ImportedItem>, { kind: 'record' }>[] = [];
  const linked: Linked[] = [];
  async function* singlesThenKits(): AsyncGenerator<Read<ImportedItem>> {
    for await (const row of file.rows) {
      const { sku = '', substitutes } = row.kind === 'record' ? row.record : {};
      if (substitutes) linked.push({ row: row.row, sku, substitutes });
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
  const summary = await importFile(deps, actor, {
    kind: 'items',
    file: { ...file, rows: singlesThenKits() },
    apply,
    // Items name each other in any order: all of them must be known first.
    afterwards: (uow, from) => linkAll(uow, linked.slice(from, from + BATCH)),
    late: () => linked.length,
  });
  const { commandId: _, ...by } = actor; // the whole import is answered once, by whoever was asked for it
  await recogniseItems(deps, by);
  return summary;
}

interface Linked {
  readonly row: number;
  readonly sku: string;
  readonly substitutes: NonNullable<ImportedItem['substitutes']>;
}

/** Ties items to what may replace them; a SKU that nobody knows is told with its row, the item itself is in. */
async function linkAll(uow: UnitOfWork, linked: readonly Linked[]): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const item of linked) {
    const unknown = await linkSubstitutes(uow, item);
    if (unknown.length > 0)
      findings.push({
        kind: 'rejected',
        row: item.row,
        subject: item.sku,
        detail: `substitute ${unknown.join(', ')} of ${item.sku} is not in the catalogue`,
      });
  }
  return findings;
}

/** Takes in what lies in the bins; unknown bins are made. */
export function importStock(deps: Deps, actor: Actor, file: FileImport<ImportedLevel>): Promise<ImportSummary> {
  return importFile(deps, actor, { kind: 'stock', file, apply: importLevels });
}

interface Work<T> {
  readonly kind: RunKind;
  readonly file: FileImport<T>;
  readonly apply: (uow: UnitOfWork, records: readonly T[]) => Promise<RowOutcome[]>;
  /** Once every row is in: what is left to do of the records from this one on, in short units of work. */
  readonly afterwards?: (uow: UnitOfWork, from: number) => Promise<Finding[]>;
  /** How many records have something left to do. */
  readonly late?: () => number;
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
  const late = await runAfterwards(deps, by, { runId, counts, work });
  counts = addCounts(counts, { ...noCounts, rejected: late.length });
  for (const { row, detail } of late) rejected.push({ row, reason: detail });
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

async function runAfterwards<T>(
  deps: Deps,
  actor: Actor,
  run: { runId: string; counts: RunCounts; work: Work<T> },
): Promise<Finding[]> {
  const { afterwards, late } = run.work;
  const all: Finding[] = [];
  for (let from = 0; afterwards && late && from < late(); from += BATCH) {
    const found = await runUnitOfWork(deps, actor, async (uow) => {
      const findings = await afterwards(uow, from);
      const rejected = all.length + findings.length;
      if (findings.length > 0)
        await saveBatch(uow, run.runId, { findings, total: addCounts(run.counts, { ...noCounts, rejected }) });
      uow.unchanged();
      return findings;
    });
    all.push(...found);
  }
  return all;
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
