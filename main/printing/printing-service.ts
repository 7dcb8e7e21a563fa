import { printJobMachine } from '../../shared/model/machines.ts';
import { transition } from '../../shared/model/state-machine.ts';
import { type Deps, runUnitOfWork, type UnitOfWork } from '../db/unit-of-work.ts';
import { countJobsOf, insertPrintJob, listPrintJobs, savePrintJob } from './printing-store.ts';

/** Topic of the message that hands jobs to a printer. */
export const PRINT = 'printing.print';

/** Step: a job for the printer of this bench. */
export async function queuePrint(
  uow: UnitOfWork,
  job: { documentId: string; reprint: number; reason: string | null },
): Promise<string> {
  const id = uow.newId();
  await insertPrintJob(uow.tx, {
    id,
    documentId: job.documentId,
    stationId: uow.actor.stationId,
    printer: 'screen',
    reprint: job.reprint,
    reason: job.reason,
    createdAt: uow.now,
  });
  return id;
}

/** Step: how often a document was printed before. */
export function countReprints(uow: UnitOfWork, documentId: string): Promise<number> {
  return countJobsOf(uow.tx, documentId);
}

/** Hands queued jobs to the printer; after that nothing is sent again by itself. */
export async function printJobs(deps: Deps, jobIds: readonly string[]): Promise<void> {
  await runUnitOfWork(deps, { operatorId: null, stationId: null, role: 'admin' }, async (uow) => {
    const queued = (await listPrintJobs(uow.tx, jobIds)).filter((job) => job.state === 'queued');
    if (queued.length === 0) uow.unchanged();
    for (const job of queued) {
      // The screen is a printer that cannot run out of paper: what is submitted to it is shown at once.
      const submitted = await savePrintJob(uow.tx, job, transition(printJobMachine, job.state, 'submitted'));
      await savePrintJob(uow.tx, submitted, transition(printJobMachine, submitted.state, 'printed'));
      uow.record({ kind: 'document.printed', subject: job.documentId, data: { job: job.id, printer: job.printer } });
      uow.emit('printing.changed', { stationId: job.stationId, jobId: job.id });
    }
    return null;
  });
}
