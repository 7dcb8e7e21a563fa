import type { Handlers } from '../../shared/contract/handlers.ts';
import { AppError } from '../../shared/errors.ts';
import type { Deps } from '../db/unit-of-work.ts';
import { listPrintJobs } from './printing-views.ts';

/** Papers on their way out of the printers. */
export function printingCalls(deps: Deps): Handlers<'printing.jobs-view'> {
  return {
    'printing.jobs-view': (actor, { limit }) => {
      if (!actor.stationId) throw new AppError('permission', 'session.missing');
      return listPrintJobs(deps.database, actor.stationId, limit);
    },
  };
}
