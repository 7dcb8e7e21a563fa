import type { CallOutput } from '../../shared/contract/index.ts';
import type { PrintJobView } from '../../shared/contract/printing.ts';
import type { Database } from '../db/database.ts';
import type { SystemJob } from './printing-rules.ts';

const jobs = (database: Database) =>
  database
    .read('print_job')
    .leftJoin('document', 'document.id', 'print_job.document_id')
    .leftJoin('loose_paper', 'loose_paper.id', 'print_job.paper_id')
    .leftJoin('sales_order', 'sales_order.id', 'document.order_id')
    .select(
      'print_job.id',
      database.read.raw('coalesce(print_job.document_id, print_job.paper_id) as "documentId"'),
      database.read.raw('coalesce(document.kind, loose_paper.kind) as kind'),
      database.read.raw(`coalesce(number, '') as "orderNumber"`),
      'print_job.station_id as stationId',
      'print_job.printer',
      'print_job.state',
      'print_job.code',
      'print_job.params',
      'system_job as systemJob',
      'reprint',
      'print_job.created_at as createdAt',
    );

type Row = Omit<PrintJobView, 'params'> & { readonly params: string; readonly stationId: string | null };

/** One job for a screen or the command line, with the bench that asked for it. */
export type ListedJob = PrintJobView & { readonly stationId: string | null };

const toJob = (row: Row): ListedJob => ({ ...row, params: JSON.parse(row.params) });

const OPEN = ['queued', 'submitted', 'unknown'];

/** The latest print jobs of one bench, newest first, and those that are not over. */
export async function listPrintJobs(
  database: Database,
  of: { now: Date; stationId: string; limit: number },
): Promise<CallOutput<'printing.jobs-view'>> {
  const latest: Row[] = await jobs(database)
    .where({ 'print_job.station_id': of.stationId })
    .orderBy([
      { column: 'print_job.created_at', order: 'desc' },
      { column: 'print_job.id', order: 'desc' },
    ])
    .limit(of.limit);
  return { jobs: latest.map(toJob), open: await listOpenJobs(database, of) };
}

const SHOWN_OPEN = 50;
/** A job that failed longer ago has been dealt with in another way. */
const FAILED_WITHIN_MS = 24 * 3_600_000;

/**
 * What is not over, newest first: waiting, submitted, in question, or failed today and not printed again. What would have
 * come out too late, or whose parcel carries its label by now, is over.
 */
export async function listOpenJobs(database: Database, of: { now: Date; stationId?: string }): Promise<ListedJob[]> {
  const later = (key: 'document_id' | 'paper_id') =>
    database
      .read('print_job as later')
      .whereRaw(`later.${key} = print_job.${key}`)
      .whereRaw('(later.created_at, later.id) > (print_job.created_at, print_job.id)')
      .select(database.read.raw('1'));
  const since = new Date(of.now.getTime() - FAILED_WITHIN_MS).toISOString();
  const rows: Row[] = await jobs(database)
    .leftJoin('parcel', 'parcel.id', 'document.parcel_id')
    .where(of.stationId === undefined ? {} : { 'print_job.station_id': of.stationId })
    .whereIn('print_job.state', [...OPEN, 'failed'])
    .where((open) =>
      open
        .whereNot({ 'print_job.state': 'failed' })
        .orWhere((failed) =>
          failed
            .where('print_job.created_at', '>=', since)
            .whereNotIn('print_job.code', ['print.superseded', 'print.printed-again'])
            .whereNull('parcel.label_confirmed_at')
            .whereNotExists(later('document_id'))
            .whereNotExists(later('paper_id')),
        ),
    )
    .orderBy([
      { column: 'print_job.created_at', order: 'desc' },
      { column: 'print_job.id', order: 'desc' },
    ])
    .limit(SHOWN_OPEN);
  return rows.map(toJob);
}

/** Jobs that one printer has to print or has been given, oldest first. */
export async function listJobsAtPrinter(database: Database, printer: string): Promise<SystemJob[]> {
  return database
    .read('print_job')
    .where({ printer })
    .whereIn('state', ['queued', 'submitted'])
    .orderBy(['created_at', 'id'])
    .select('id', 'state', 'system_job as systemJob', 'code');
}
