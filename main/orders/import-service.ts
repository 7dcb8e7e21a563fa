import type { ImportSummary } from '../../shared/contract/orders.ts';
import type { Actor } from '../../shared/model/actor.ts';
import type { ImportedOrder, Read } from '../../shared/model/imported.ts';
import { retryConflicts } from '../db/retry-conflicts.ts';
import { type Deps, runUnitOfWork, type UnitOfWork } from '../db/unit-of-work.ts';
import { sharedSettings } from '../stations/settings-service.ts';
import { catalogueFor } from './catalogue-lookup-service.ts';
import { applyChange } from './change-service.ts';
import { setHold } from './hold-store.ts';
import { contentHash } from './import-rules.ts';
import { newOrder } from './new-order-rules.ts';
import { insertOrders, listOrdersByExternalId, type Order } from './orders-store.ts';
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
    const counts = { imported: 0, updated: 0, unchanged: 0, rejected: 0 };
    const findings: Finding[] = [];
    const reject = (row: number, detail: string, subject: string | null = null): void => {
      counts.rejected += 1;
      findings.push({ kind: 'rejected', row, subject, detail });
    };
    const records = work.rows.filter((row): row is Row => row.kind === 'record');
    for (const row of work.rows) if (row.kind === 'rejected') reject(row.row, row.reason);
    const fresh = await splitKnown(uow, records, { counts, findings, reject });
    await insertNew(uow, fresh);
    counts.imported += fresh.length;
    await saveBatch(uow, work.runId, { findings, total: addCounts(work.progress.counts, counts) });
    uow.emit('orders.changed', {});
    if (fresh.length === 0 && counts.updated === 0) uow.unchanged();
    return { counts, findings };
  });
}

interface Tally {
  readonly counts: { updated: number; unchanged: number };
  readonly findings: Finding[];
  readonly reject: (row: number, detail: string, subject?: string | null) => void;
}

/** Handles what is known already and returns what is new. */
async function splitKnown(uow: UnitOfWork, rows: readonly Row[], tally: Tally): Promise<Row[]> {
  const known = await knownOrders(uow, rows);
  const fresh: Row[] = [];
  const seen = new Set<string>();
  for (const row of rows) {
    const key = keyOf(row.record);
    const stored = known.get(key);
    if (row.record.lines.every((line) => line.quantity === 0))
      tally.reject(row.row, `order ${row.record.number}: nothing to ship`, row.record.number);
    else if (seen.has(key))
      tally.reject(row.row, `order ${row.record.number} stands twice in this file`, row.record.number);
    else if (!stored) fresh.push(row);
    else if (stored.contentHash === contentHash(row.record)) tally.counts.unchanged += 1;
    else {
      const detail = await applyChange(uow, stored, row.record);
      tally.counts.updated += 1;
      tally.findings.push({ kind: 'changed', row: row.row, subject: row.record.number, detail });
    }
    seen.add(key);
  }
  return fresh;
}

const keyOf = (order: { channel: string; shop: string; externalId: string }): string =>
  `${order.channel}\u0000${order.shop}\u0000${order.externalId}`;

async function knownOrders(uow: UnitOfWork, rows: readonly Row[]): Promise<Map<string, Order>> {
  const sources = new Map<string, { channel: string; shop: string; externalIds: string[] }>();
  for (const { record } of rows) {
    const source = sources.get(`${record.channel}\u0000${record.shop}`) ?? {
      channel: record.channel,
      shop: record.shop,
      externalIds: [],
    };
    source.externalIds.push(record.externalId);
    sources.set(`${record.channel}\u0000${record.shop}`, source);
  }
  const known = new Map<string, Order>();
  for (const source of sources.values()) {
    for (const order of await listOrdersByExternalId(uow.tx, source)) known.set(keyOf(order), order);
  }
  return known;
}

async function insertNew(uow: UnitOfWork, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return;
  const { handlingHours } = await sharedSettings(uow);
  const catalogue = await catalogueFor(
    uow,
    rows.flatMap(({ record }) => record.lines.map((line) => line.sku)),
  );
  const orders = rows.map(({ record }) => newOrder(uow.newId, record, { catalogue, handlingHours }));
  await insertOrders(uow.tx, orders, uow.now);
  for (const { order } of orders) {
    uow.record({ kind: 'order.imported', subject: order.id, to: order.state, data: { channel: order.channel } });
  }
  for (const [index, row] of rows.entries()) {
    const order = orders[index]?.order;
    if (!order || row.record.paid || row.record.cancelled) continue;
    await setHold(uow.tx, order.id, { reason: 'payment', detail: '', since: uow.now, until: null, by: null });
    uow.record({ kind: 'order.held', subject: order.id, data: { reason: 'payment' } });
  }
}
