import { AppError } from '../../shared/errors.ts';
import type { Actor } from '../../shared/model/actor.ts';
import { type PrintJobState, printJobMachine } from '../../shared/model/machines.ts';
import { transition } from '../../shared/model/state-machine.ts';
import { type Deps, runUnitOfWork, type UnitOfWork } from '../db/unit-of-work.ts';
import { prints } from '../stations/device-rules.ts';
import { printersOf } from '../stations/device-service.ts';
import { ASKED_FOR, insteadOf, isSuperseded, paperOf, SCREEN } from './printing-rules.ts';
import {
  countJobsOf,
  findPaper,
  findPrintJob,
  hasLaterJob,
  insertLoosePaper,
  insertPrintJob,
  listOpenJobsOfDocument,
  listOpenJobsOfParcel,
  listPrintJobs,
  type NewPrintJob,
  type PrintJob,
  savePrintJob,
} from './printing-store.ts';

export type { Deps } from '../db/unit-of-work.ts';

/** Topic of the message that shows jobs on the simulated printer. */
export const PRINT = 'printing.print';

/** A paper to print; `kind` decides which printer of the bench it comes out of. */
export interface PrintOrder {
  readonly kind: string;
  readonly documentId: string;
  readonly reprint: number;
  readonly reason: string | null;
}

/**
 * Step: a job for each paper, at that printer of the actor's bench that has this kind of paper; on the screen where there
 * is none. Jobs of a printer are taken up by the process whose own bench it stands at, once this is committed.
 */
export async function queuePrints(uow: UnitOfWork, orders: readonly PrintOrder[]): Promise<string[]> {
  const jobIds: string[] = [];
  const shown: string[] = [];
  const { stationId } = uow.actor;
  const printers = await printersOf(uow, stationId);
  for (const { kind, documentId, reprint, reason } of orders) {
    const printer = printerAmong(printers, kind);
    const id = await addJob(uow, { documentId, paperId: null, stationId, printer, reprint, reason });
    jobIds.push(id);
    if (printer === SCREEN) shown.push(id);
  }
  showOnScreen(uow, shown);
  return jobIds;
}

function printerAmong(printers: Awaited<ReturnType<typeof printersOf>>, kind: string): string {
  const paper = paperOf(kind);
  if (paper === undefined) return SCREEN;
  const other = insteadOf[paper] ?? paper;
  const printer = printers.find((one) => prints(one, paper)) ?? printers.find((one) => prints(one, other));
  return printer?.id ?? SCREEN;
}

async function printerOf(uow: UnitOfWork, kind: string): Promise<string> {
  return printerAmong(await printersOf(uow, uow.actor.stationId), kind);
}

type JobToAdd = Pick<NewPrintJob, 'documentId' | 'paperId' | 'stationId' | 'printer' | 'reprint' | 'reason'>;

async function addJob(uow: UnitOfWork, job: JobToAdd): Promise<string> {
  const id = uow.newId();
  await insertPrintJob(uow.tx, { id, ...job, code: null, params: '{}', attempts: 0, createdAt: uow.now });
  uow.emit('printing.changed', { stationId: job.stationId, jobId: id });
  return id;
}

function showOnScreen(uow: UnitOfWork, jobIds: readonly string[]): void {
  const [first] = jobIds;
  if (first !== undefined) uow.enqueue({ topic: PRINT, key: first, payload: { jobIds } });
}

/** Step: how often a document was printed before. */
export function countReprints(uow: UnitOfWork, documentId: string): Promise<number> {
  return countJobsOf(uow.tx, documentId);
}

/** Step: changes a job's state; writes down and tells it. Other states than the machine's throw. */
export async function moveJob(
  uow: UnitOfWork,
  job: PrintJob,
  to: { state: PrintJobState; code?: string | null; params?: Readonly<Record<string, string>>; by?: string },
): Promise<PrintJob> {
  const { state, code = null, params = {}, by } = to;
  const ends = state === 'printed' || state === 'failed';
  const saved = await savePrintJob(uow.tx, job, {
    state: transition(printJobMachine, job.state, state),
    code,
    params: JSON.stringify(params),
    ...(ends ? { endedAt: uow.now } : {}),
  });
  uow.record({
    kind: `print.${state}`,
    subject: job.parcelId ?? job.id,
    data: { job: job.id, paper: job.kind, printer: job.printer, ...(code ? { code } : {}), ...(by ? { by } : {}) },
  });
  tellJob(uow, job, state === 'unknown' || state === 'failed' || job.state === 'unknown');
  return saved;
}

/** Step: a job is another one; the bench that has its parcel in hand hears it where the packer must act. */
export function tellJob(uow: UnitOfWork, job: Pick<PrintJob, 'id' | 'stationId'>, atBench: boolean): void {
  uow.emit('printing.changed', { stationId: job.stationId, jobId: job.id });
  if (atBench && job.stationId) uow.emit('bench.changed', { stationId: job.stationId });
}

/** Shows queued jobs of the simulated printer, which cannot run out of paper. */
export async function printJobs(deps: Deps, jobIds: readonly string[]): Promise<void> {
  await runUnitOfWork(deps, { operatorId: null, stationId: null, role: 'admin' }, async (uow) => {
    const queued = (await listPrintJobs(uow.tx, jobIds)).filter(
      (job) => job.state === 'queued' && job.printer === SCREEN,
    );
    if (queued.length === 0) uow.unchanged();
    for (const job of queued) {
      const submitted = await savePrintJob(uow.tx, job, {
        state: transition(printJobMachine, job.state, 'submitted'),
        submittedAt: uow.now,
        attempts: 1,
      });
      const state = transition(printJobMachine, submitted.state, 'printed');
      await savePrintJob(uow.tx, submitted, { state, endedAt: uow.now });
      uow.record({
        kind: 'document.printed',
        subject: job.documentId ?? job.id,
        data: { job: job.id, printer: job.printer },
      });
      uow.emit('printing.changed', { stationId: job.stationId, jobId: job.id });
    }
    return null;
  });
}

/** Step: a parcel is labelled anew: what still waits in front of a printer for it would come out beside the new papers. */
export async function dropWaiting(uow: UnitOfWork, parcelId: string, kinds: readonly string[]): Promise<void> {
  for (const job of await listOpenJobsOfParcel(uow.tx, parcelId))
    if (job.state === 'queued' && kinds.includes(job.kind)) await supersede(uow, job);
}

/** Step: a job that would be printed too late is not printed. */
export function supersede(uow: UnitOfWork, job: PrintJob): Promise<PrintJob> {
  return moveJob(uow, job, { state: 'failed', code: 'print.superseded' });
}

/**
 * Step: the packer scanned the label on the box, so the parcel's papers came out, whatever the system could tell. A label
 * that still waits for its printer is not wanted any more; other papers still come out when they can.
 */
export async function settleByLabel(uow: UnitOfWork, parcelId: string): Promise<void> {
  for (const job of await listOpenJobsOfParcel(uow.tx, parcelId)) {
    if (job.state !== 'queued') await moveJob(uow, job, { state: 'printed', by: 'label-scan' });
    else if (job.kind === 'label') await supersede(uow, job);
  }
}

/** Step: the packer says whether a paper came out; one that did not is printed once more where that was asked. */
export async function answerPrint(
  uow: UnitOfWork,
  jobId: string,
  answer: { cameOut: boolean; again: boolean },
): Promise<string | null> {
  const job = await jobById(uow, jobId);
  // What is on its way may still come out: printing it again would make two.
  if (job.state !== 'unknown') throw new AppError('rule', 'print.not-asked', { state: job.state });
  if (answer.cameOut) {
    await moveJob(uow, job, { state: 'printed', by: 'packer' });
    return null;
  }
  await moveJob(uow, job, { state: 'failed', code: 'print.did-not-come-out', by: 'packer' });
  return answer.again ? printOnceMore(uow, job) : null;
}

/** Step: the same bytes once more after a job failed, once. Errors: `print.not-failed`, `print.superseded`. */
export async function printAgain(uow: UnitOfWork, jobId: string): Promise<string> {
  const job = await jobById(uow, jobId);
  if (job.state !== 'failed') throw new AppError('rule', 'print.not-failed', { state: job.state });
  if (await hasLaterJob(uow.tx, job)) throw new AppError('rule', 'print.under-way', { id: jobId });
  return printOnceMore(uow, job);
}

async function jobById(uow: UnitOfWork, id: string): Promise<PrintJob> {
  const job = await findPrintJob(uow.tx, id);
  if (!job) throw new AppError('not-found', 'print.unknown-job', { id });
  return job;
}

const DID_NOT_COME_OUT = 'did-not-come-out';

/** Counted like every reprint: nobody can be sure that two labels of one parcel are not about. */
async function printOnceMore(uow: UnitOfWork, job: PrintJob): Promise<string> {
  const paper = await findPaper(uow.tx, job);
  if (!paper || isSuperseded(paper, job.reason)) throw new AppError('rule', 'print.superseded', { id: job.id });
  const again = { reprint: job.reprint + 1, reason: DID_NOT_COME_OUT };
  // A test print goes to the printer that is being tested, everything else to the one that has this paper now.
  const printer = paperOf(job.kind) === undefined ? job.printer : await printerOf(uow, job.kind);
  const { documentId, paperId } = job;
  const stationId = printer === job.printer ? job.stationId : uow.actor.stationId;
  const id = await addJob(uow, { documentId, paperId, stationId, printer, ...again });
  if (printer === SCREEN) showOnScreen(uow, [id]);
  const data = { document: documentId, times: again.reprint, reason: again.reason };
  uow.record(
    job.kind === 'label' && job.parcelId
      ? { kind: 'label.reprinted', subject: job.parcelId, data }
      : { kind: 'print.again', subject: job.parcelId ?? id, data: { job: id, ...data } },
  );
  return id;
}

/** Step: whoever asks for a paper anew is answered by that one copy: what was asked for before is over. */
export async function replaceOpenJobs(uow: UnitOfWork, documentId: string): Promise<void> {
  for (const job of await listOpenJobsOfDocument(uow.tx, documentId)) {
    // The screen shows what is sent to it at once.
    if (job.state === 'queued' && job.printer !== SCREEN) await supersede(uow, job);
    if (job.state === 'unknown') await moveJob(uow, job, { state: 'failed', code: 'print.printed-again' });
  }
}

/** Command: the packer's answer to "did it come out?". Errors: `print.unknown-job`, `print.not-asked`. */
export async function answerJob(
  deps: Deps,
  actor: Actor,
  input: { jobId: string; cameOut: boolean; again: boolean },
): Promise<{ jobId: string | null }> {
  return runUnitOfWork(deps, actor, async (uow) => ({ jobId: await answerPrint(uow, input.jobId, input) }));
}

/** Command: prints the same bytes once more after a job failed. */
export async function printJobAgain(deps: Deps, actor: Actor, jobId: string): Promise<{ jobId: string }> {
  return runUnitOfWork(deps, actor, async (uow) => ({ jobId: await printAgain(uow, jobId) }));
}

/** Command: sends a stored document to this bench's printer. Errors: `document.unknown`, `print.superseded`, `print.under-way`. */
export async function printDocument(deps: Deps, actor: Actor, documentId: string): Promise<{ jobId: string }> {
  return runUnitOfWork(deps, actor, async (uow) => {
    const paper = await findPaper(uow.tx, { documentId, paperId: null });
    if (!paper) throw new AppError('not-found', 'document.unknown', { id: documentId });
    if (isSuperseded(paper, ASKED_FOR)) throw new AppError('rule', 'print.superseded', { id: documentId });
    const waits = (await listOpenJobsOfDocument(uow.tx, documentId)).some(
      (job) => job.state === 'queued' && job.printer !== SCREEN,
    );
    if (waits) throw new AppError('rule', 'print.under-way', { id: documentId });
    await replaceOpenJobs(uow, documentId);
    const reprint = await countReprints(uow, documentId);
    const [jobId = ''] = await queuePrints(uow, [{ kind: paper.kind, documentId, reprint, reason: ASKED_FOR }]);
    uow.record({ kind: 'print.asked', subject: paper.parcelId ?? documentId, data: { job: jobId, paper: paper.kind } });
    return { jobId };
  });
}

/** A paper that no order owns, and where it comes out. */
export interface LoosePrint {
  readonly kind: string;
  readonly bytes: Uint8Array;
  /** The printer that is tested; that of the actor's bench for this kind of paper when it is not given. */
  readonly printer?: { readonly id: string; readonly stationId: string };
}

/** Command: prints a paper that was just drawn; its bytes are kept like those of every paper. */
export async function printLoose(deps: Deps, actor: Actor, loose: LoosePrint): Promise<{ jobId: string }> {
  return runUnitOfWork(deps, actor, async (uow) => ({ jobId: (await queueLoose(uow, loose)).jobId }));
}

/** Step: keeps a paper that no order owns, and has it printed at the actor's bench. */
export async function queueLoose(uow: UnitOfWork, loose: LoosePrint): Promise<{ paperId: string; jobId: string }> {
  const paperId = uow.newId();
  await insertLoosePaper(uow.tx, { id: paperId, kind: loose.kind, bytes: loose.bytes, createdAt: uow.now });
  const printer = loose.printer?.id ?? (await printerOf(uow, loose.kind));
  const stationId = loose.printer?.stationId ?? uow.actor.stationId;
  const jobId = await addJob(uow, { documentId: null, paperId, stationId, printer, reprint: 0, reason: null });
  if (printer === SCREEN) showOnScreen(uow, [jobId]);
  uow.record({ kind: 'print.asked', subject: jobId, data: { job: jobId, paper: loose.kind, printer } });
  return { paperId, jobId };
}
