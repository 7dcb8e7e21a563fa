import { createHash } from 'node:crypto';
import { AppError } from '../../shared/errors.ts';
import type { PrintJobState } from '../../shared/model/machines.ts';
import type { Tx } from '../db/unit-of-work.ts';
import type { PaperFacts } from './printing-rules.ts';

/** One paper for one printer, with what it is. */
export interface PrintJob {
  readonly id: string;
  readonly documentId: string | null;
  /** Of a paper that no order owns. */
  readonly paperId: string | null;
  readonly stationId: string | null;
  /** Id of the device; `screen` is the simulated one. */
  readonly printer: string;
  readonly state: PrintJobState;
  readonly reprint: number;
  readonly reason: string | null;
  readonly systemJob: string | null;
  readonly code: string | null;
  readonly params: string;
  readonly attempts: number;
  readonly version: number;
  readonly kind: string;
  readonly parcelId: string | null;
}

export interface NewPrintJob {
  readonly id: string;
  readonly documentId: string | null;
  readonly paperId: string | null;
  readonly stationId: string | null;
  readonly printer: string;
  readonly reprint: number;
  readonly reason: string | null;
  readonly code: string | null;
  readonly params: string;
  readonly attempts: number;
  readonly createdAt: string;
}

export async function insertPrintJob(tx: Tx, job: NewPrintJob): Promise<void> {
  await tx('print_job').insert({
    id: job.id,
    document_id: job.documentId,
    paper_id: job.paperId,
    station_id: job.stationId,
    printer: job.printer,
    state: 'queued',
    reprint: job.reprint,
    reason: job.reason,
    code: job.code,
    params: job.params,
    attempts: job.attempts,
    created_at: job.createdAt,
    version: 1,
  });
}

const jobs = (tx: Tx) =>
  tx('print_job')
    .leftJoin('document', 'document.id', 'print_job.document_id')
    .leftJoin('loose_paper', 'loose_paper.id', 'print_job.paper_id')
    .orderBy(['print_job.created_at', 'print_job.id'])
    // The packer's scan and the printer's word may come at the same instant: neither is refused, one waits.
    .forUpdate('print_job')
    .select<PrintJob[]>(
      'print_job.id',
      'print_job.document_id as documentId',
      'print_job.paper_id as paperId',
      'print_job.station_id as stationId',
      'print_job.printer',
      'print_job.state',
      'print_job.reprint',
      'print_job.reason',
      'print_job.system_job as systemJob',
      'print_job.code',
      'print_job.params',
      'print_job.attempts',
      'print_job.version',
      tx.raw('coalesce(document.kind, loose_paper.kind) as kind'),
      'document.parcel_id as parcelId',
    );

export async function listPrintJobs(tx: Tx, ids: readonly string[]): Promise<PrintJob[]> {
  return jobs(tx).whereIn('print_job.id', [...ids]);
}

export async function findPrintJob(tx: Tx, id: string): Promise<PrintJob | undefined> {
  const [found] = await jobs(tx).where({ 'print_job.id': id });
  return found;
}

/** Jobs of one printer in the order in which they were asked for. */
export async function listJobsOf(tx: Tx, printer: string, state: PrintJobState): Promise<PrintJob[]> {
  return jobs(tx).where({ 'print_job.printer': printer, 'print_job.state': state });
}

const OPEN: readonly PrintJobState[] = ['queued', 'submitted', 'unknown'];

export async function listOpenJobsOfParcel(tx: Tx, parcelId: string): Promise<PrintJob[]> {
  return jobs(tx)
    .where({ 'document.parcel_id': parcelId })
    .whereIn('print_job.state', [...OPEN]);
}

export async function listOpenJobsOfDocument(tx: Tx, documentId: string): Promise<PrintJob[]> {
  return jobs(tx)
    .where({ 'print_job.document_id': documentId })
    .whereIn('print_job.state', [...OPEN]);
}

/** Jobs of a bench that wait for a printer which it no longer has. */
export async function listOrphans(tx: Tx, stationId: string, printers: readonly string[]): Promise<PrintJob[]> {
  return jobs(tx)
    .where({ 'print_job.station_id': stationId })
    .whereIn('print_job.state', ['queued', 'submitted'])
    .whereNotIn('print_job.printer', ['screen', ...printers]);
}

/** Whether this paper was asked for once more after the job. */
export async function hasLaterJob(tx: Tx, job: PrintJob): Promise<boolean> {
  const [newest] = await tx('print_job')
    .where(job.documentId === null ? { paper_id: job.paperId } : { document_id: job.documentId })
    .orderBy([
      { column: 'created_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(1)
    .select('id');
  return newest !== undefined && newest.id !== job.id;
}

export interface JobChange {
  readonly state?: PrintJobState;
  readonly systemJob?: string | null;
  readonly code?: string | null;
  readonly params?: string;
  readonly attempts?: number;
  readonly submittedAt?: string;
  readonly endedAt?: string;
}

/** Saves what changed unless somebody else did meanwhile. Error: `print.changed-elsewhere`. */
export async function savePrintJob(tx: Tx, job: PrintJob, change: JobChange): Promise<PrintJob> {
  const next = { ...job, ...change, version: job.version + 1 };
  const changed = await tx('print_job')
    .where({ id: job.id, version: job.version })
    .update({
      state: next.state,
      system_job: next.systemJob,
      code: next.code,
      params: next.params,
      attempts: next.attempts,
      version: next.version,
      ...(change.submittedAt === undefined ? {} : { submitted_at: change.submittedAt }),
      ...(change.endedAt === undefined ? {} : { ended_at: change.endedAt }),
    });
  if (changed !== 1) throw new AppError('conflict', 'print.changed-elsewhere', { id: job.id });
  return next;
}

export async function countJobsOf(tx: Tx, documentId: string): Promise<number> {
  const row = await tx('print_job').where({ document_id: documentId }).count({ count: '*' }).first();
  return Number(row?.count ?? 0);
}

export interface LoosePaper {
  readonly id: string;
  readonly kind: string;
  readonly bytes: Uint8Array;
  readonly createdAt: string;
}

export async function insertLoosePaper(tx: Tx, paper: LoosePaper): Promise<void> {
  await tx('loose_paper').insert({
    id: paper.id,
    kind: paper.kind,
    media_type: 'application/pdf',
    sha256: createHash('sha256').update(paper.bytes).digest('hex'),
    bytes: Buffer.from(paper.bytes),
    created_at: paper.createdAt,
  });
}

/** What is printed and what has become of it since; undefined when its bytes are gone. */
export async function findPaper(tx: Tx, job: Pick<PrintJob, 'documentId' | 'paperId'>): Promise<Paper | undefined> {
  if (job.documentId === null) {
    const loose = await tx('loose_paper')
      .where({ id: job.paperId })
      .first<LoosePaperRow | undefined>('kind', 'media_type as mediaType', 'bytes');
    return loose && { ...loose, ...nobodysPaper };
  }
  return tx('document')
    .leftJoin('sales_order', 'sales_order.id', 'document.order_id')
    .leftJoin('parcel', 'parcel.id', 'document.parcel_id')
    .leftJoin('label', 'label.document_id', 'document.id')
    .where({ 'document.id': job.documentId })
    .first<Paper | undefined>(
      'document.kind',
      'document.media_type as mediaType',
      'document.bytes',
      'document.parcel_id as parcelId',
      'number as orderNumber',
      'parcel.sequence as parcel',
      'parcel.state as parcelState',
      'parcel.label_confirmed_at as confirmedAt',
      'label.state as labelState',
    );
}

/** The ZPL that the carrier gave for the label that was drawn on a document; undefined where it gave another form. */
export async function findCarrierZpl(tx: Tx, documentId: string): Promise<Uint8Array | undefined> {
  const row = await tx('document')
    .join('label', 'label.id', 'document.label_id')
    .where({
      'label.document_id': documentId,
      'document.kind': 'label-original',
      'document.media_type': 'application/zpl',
    })
    .first<{ bytes: Uint8Array } | undefined>('document.bytes');
  return row?.bytes;
}

interface LoosePaperRow {
  readonly kind: PaperFacts['kind'];
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

export interface Paper extends LoosePaperRow, PaperFacts {
  readonly parcelId: string | null;
  readonly orderNumber: string | null;
  /** Which of the order's parcels it belongs to. */
  readonly parcel: number | null;
}

const nobodysPaper = {
  parcelId: null,
  orderNumber: null,
  parcel: null,
  parcelState: null,
  confirmedAt: null,
  labelState: null,
};
