import { AppError } from '../../shared/errors.ts';
import type { PrintJobState } from '../../shared/model/machines.ts';
import type { Tx } from '../db/unit-of-work.ts';

export interface PrintJob {
  readonly id: string;
  readonly documentId: string;
  readonly stationId: string | null;
  readonly printer: string;
  readonly state: PrintJobState;
  readonly version: number;
}

export async function insertPrintJob(
  tx: Tx,
  job: Omit<PrintJob, 'state' | 'version'> & { reprint: number; reason: string | null; createdAt: string },
): Promise<void> {
  await tx('print_job').insert({
    id: job.id,
    document_id: job.documentId,
    station_id: job.stationId,
    printer: job.printer,
    state: 'queued',
    reprint: job.reprint,
    reason: job.reason,
    created_at: job.createdAt,
    version: 1,
  });
}

export async function listPrintJobs(tx: Tx, ids: readonly string[]): Promise<PrintJob[]> {
  const rows = await tx('print_job')
    .whereIn('id', [...ids])
    .orderBy('id')
    .select('*');
  return rows.map((row) => ({
    id: row.id,
    documentId: row.document_id,
    stationId: row.station_id,
    printer: row.printer,
    state: row.state,
    version: row.version,
  }));
}

export async function savePrintJob(tx: Tx, job: PrintJob, state: PrintJobState): Promise<PrintJob> {
  const changed = await tx('print_job')
    .where({ id: job.id, version: job.version })
    .update({ state, version: job.version + 1 });
  if (changed !== 1) throw new AppError('conflict', 'print.changed-elsewhere', { id: job.id });
  return { ...job, state, version: job.version + 1 };
}

export async function countJobsOf(tx: Tx, documentId: string): Promise<number> {
  const row = await tx('print_job').where({ document_id: documentId }).count({ count: '*' }).first();
  return Number(row?.count ?? 0);
}
