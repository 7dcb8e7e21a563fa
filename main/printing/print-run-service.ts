import type { Actor } from '../../shared/model/actor.ts';
import type { PrintJobState } from '../../shared/model/machines.ts';
import { type Deps, runUnitOfWork, type UnitOfWork } from '../db/unit-of-work.ts';
import type { HandOver, PrinterParams, SystemJobState } from '../devices/printer/printer.ts';
import { isSuperseded, MAX_ATTEMPTS, titleOf } from './printing-rules.ts';
import { moveJob, supersede, tellJob } from './printing-service.ts';
import {
  findCarrierZpl,
  findPaper,
  findPrintJob,
  hasLaterJob,
  insertPrintJob,
  listJobsOf,
  listOrphans,
  type PrintJob,
  savePrintJob,
} from './printing-store.ts';

/** A job that was written down as submitted, so that no later life of the station hands it over again. */
export interface SubmittedPaper {
  readonly jobId: string;
  readonly title: string;
  readonly bytes: Uint8Array;
  readonly format: 'pdf' | 'zpl';
}

const desk = (stationId: string): Actor => ({ operatorId: null, stationId, role: 'admin' });

/** A printer of this process's own bench. */
export interface OwnPrinter {
  readonly id: string;
  readonly stationId: string;
  /** What it is sent: pages, or dots and commands. */
  readonly speaks?: 'pdf' | 'zpl';
}

/**
 * Command: the oldest job that waits for a printer becomes `submitted` before a byte of it is sent. Those that would be
 * printed too late fail instead. Undefined when nothing waits.
 */
export async function submitNext(deps: Deps, printer: OwnPrinter): Promise<SubmittedPaper | undefined> {
  return runUnitOfWork(deps, desk(printer.stationId), async (uow) => {
    const waiting = await listJobsOf(uow.tx, printer.id, 'queued');
    if (waiting.length === 0) uow.unchanged();
    for (const job of waiting) {
      const paper = await findPaper(uow.tx, job);
      if (!paper || isSuperseded(paper, job.reason)) {
        await supersede(uow, job);
        continue;
      }
      const attempts = job.attempts + 1;
      const counted = await savePrintJob(uow.tx, job, { attempts, submittedAt: uow.now });
      await moveJob(uow, counted, { state: 'submitted' });
      const own = printer.speaks === 'zpl' && job.documentId !== null;
      const zpl = own ? await findCarrierZpl(uow.tx, job.documentId ?? '') : undefined;
      const format = zpl !== undefined || paper.mediaType !== 'application/pdf' ? 'zpl' : 'pdf';
      return { jobId: job.id, title: titleOf(paper, job.reprint), bytes: zpl ?? paper.bytes, format };
    }
    return undefined;
  });
}

/**
 * Command: what came of handing a job over. A refusal is certain, so a passing one is queued anew as another job, a few
 * times; nothing else is ever sent again by itself.
 */
export async function noteHandOver(deps: Deps, printer: OwnPrinter, done: { jobId: string; answer: HandOver }) {
  await changeJob(deps, printer, { jobId: done.jobId, states: ['submitted', 'unknown'] }, async (uow, job) => {
    const { answer } = done;
    switch (answer.outcome) {
      case 'handed-over':
        if (job.state !== 'submitted') return false;
        await savePrintJob(uow.tx, job, { systemJob: answer.systemJob });
        uow.record({
          kind: 'print.handed-over',
          subject: job.parcelId ?? job.id,
          data: { job: job.id, printer: job.printer, systemJob: answer.systemJob },
        });
        tellJob(uow, job, false);
        return true;
      case 'unknown':
        if (job.state !== 'submitted') return false;
        await moveJob(uow, job, { state: 'unknown', code: answer.code, params: answer.params });
        return true;
      case 'refused':
        await moveJob(uow, job, { state: 'failed', code: answer.code, params: answer.params });
        if (answer.passing) await queueAnew(uow, job, answer);
        return true;
    }
  });
}

async function queueAnew(uow: UnitOfWork, job: PrintJob, why: { code: string; params: PrinterParams }): Promise<void> {
  const { documentId, paperId, stationId, printer, reprint, reason, attempts } = job;
  const paper = await findPaper(uow.tx, job);
  const late = !paper || isSuperseded(paper, reason) || (await hasLaterJob(uow.tx, job));
  if (attempts >= MAX_ATTEMPTS || late) return;
  const id = uow.newId();
  const params = JSON.stringify(why.params);
  await insertPrintJob(uow.tx, {
    ...{ id, documentId, paperId, stationId, printer, reprint, reason, attempts, params },
    code: why.code,
    createdAt: uow.now,
  });
  uow.record({ kind: 'print.queued-anew', subject: job.parcelId ?? id, data: { job: id, after: job.id } });
  uow.emit('printing.changed', { stationId, jobId: id });
}

/** Where the system's word on a job leads; undefined where it says nothing that changes it. */
const settledBy: Readonly<Record<SystemJobState['state'], { state: PrintJobState; code: string | null } | undefined>> =
  {
    printed: { state: 'printed', code: null },
    cancelled: { state: 'failed', code: 'print.cancelled' },
    aborted: { state: 'failed', code: 'print.aborted' },
    waiting: undefined,
    printing: undefined,
    stopped: undefined,
    'not-told': undefined,
  };

/** Command: what the system says of a job that it took; `why` is the printer's fault that holds it back. */
export async function noteSystemState(
  deps: Deps,
  printer: OwnPrinter,
  told: { jobId: string; state: SystemJobState['state']; why: Why | null },
): Promise<void> {
  await changeJob(deps, printer, { jobId: told.jobId, states: ['submitted'] }, async (uow, job) => {
    const settled = settledBy[told.state];
    if (settled) {
      await moveJob(uow, job, settled);
      return true;
    }
    return noteWhy(uow, job, told.state === 'stopped' ? told.why : null);
  });
}

/** Why a job stands as it does: key of a text and its values. */
export interface Why {
  readonly code: string;
  readonly params: PrinterParams;
}

/** Command: jobs wait because their printer is away or needs somebody; null when it is ready again. */
export async function noteWaiting(deps: Deps, printer: OwnPrinter, why: Why | null): Promise<void> {
  await runUnitOfWork(deps, desk(printer.stationId), async (uow) => {
    let changed = false;
    for (const job of await listJobsOf(uow.tx, printer.id, 'queued'))
      changed = (await noteWhy(uow, job, why)) || changed;
    if (!changed) uow.unchanged();
    return null;
  });
}

async function noteWhy(uow: UnitOfWork, job: PrintJob, why: Why | null): Promise<boolean> {
  const params = JSON.stringify(why?.params ?? {});
  if (job.code === (why?.code ?? null) && job.params === params) return false;
  await savePrintJob(uow.tx, job, { code: why?.code ?? null, params });
  uow.record({
    kind: why ? 'print.waiting' : 'print.goes-on',
    subject: job.parcelId ?? job.id,
    data: { job: job.id, printer: job.printer, ...(why ? { code: why.code } : {}) },
  });
  tellJob(uow, job, true);
  return true;
}

/** Command: a job was being handed over when the station ended: only the packer can say what came of it. */
export async function noteRestarted(deps: Deps, printer: OwnPrinter, jobId: string): Promise<void> {
  await changeJob(deps, printer, { jobId, states: ['submitted'] }, async (uow, job) => {
    await moveJob(uow, job, { state: 'unknown', code: 'print.restarted' });
    return true;
  });
}

/** Command: jobs of printers that this bench no longer has: none of them is printed by somebody else by itself. */
export async function settleOrphans(deps: Deps, stationId: string, printers: readonly string[]): Promise<void> {
  await runUnitOfWork(deps, desk(stationId), async (uow) => {
    const orphans = await listOrphans(uow.tx, stationId, printers);
    if (orphans.length === 0) uow.unchanged();
    for (const job of orphans) {
      const state = job.state === 'queued' ? 'failed' : 'unknown';
      await moveJob(uow, job, { state, code: 'print.printer-removed' });
    }
    return null;
  });
}

/** Runs `change` on a job that still stands in one of these states; it tells whether it changed anything. */
async function changeJob(
  deps: Deps,
  printer: OwnPrinter,
  which: { jobId: string; states: readonly PrintJobState[] },
  change: (uow: UnitOfWork, job: PrintJob) => Promise<boolean>,
): Promise<void> {
  await runUnitOfWork(deps, desk(printer.stationId), async (uow) => {
    const job = await findPrintJob(uow.tx, which.jobId);
    // The packer, or the scan of the label, may have been faster.
    const stands = job !== undefined && which.states.includes(job.state);
    if (!stands || !(await change(uow, job))) uow.unchanged();
    return null;
  });
}
