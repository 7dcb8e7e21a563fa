import type { Handlers } from '../../shared/contract/handlers.ts';
import { AppError } from '../../shared/errors.ts';
import type { Actor } from '../../shared/model/actor.ts';
import { answerJob, printDocument, printJobAgain, printLoose } from './printing-service.ts';
import { listPrintJobs } from './printing-views.ts';
import { type TestPrintDeps, testPrint } from './test-print-service.ts';

/** What the calls need from outside the feature. */
export interface PrintingContext {
  /** Draws a paper that is kept nowhere: a pick list. */
  draw(name: string, actor: Actor): Promise<Uint8Array>;
}

type Names =
  | 'printing.jobs-view'
  | 'printing.answer'
  | 'printing.print-again'
  | 'printing.print-document'
  | 'devices.test-print';

/** Papers on their way out of the printers. */
export function printingCalls(deps: TestPrintDeps, context: PrintingContext): Handlers<Names> {
  return {
    'printing.jobs-view': (actor, { limit }) =>
      listPrintJobs(deps.database, { now: deps.clock(), stationId: stationOf(actor), limit }),
    'printing.answer': (actor, input) => answerJob(deps, actor, input),
    'printing.print-again': (actor, { jobId }) => printJobAgain(deps, actor, jobId),
    'printing.print-document': async (actor, { documentId }) => {
      stationOf(actor);
      if (!documentId.startsWith('pick-list-')) return printDocument(deps, actor, documentId);
      return printLoose(deps, actor, { kind: 'pick-list', bytes: await context.draw(documentId, actor) });
    },
    'devices.test-print': (actor, { deviceId }) => testPrint(deps, actor, deviceId),
  };
}

function stationOf(actor: Actor): string {
  if (!actor.stationId) throw new AppError('permission', 'session.missing');
  return actor.stationId;
}
