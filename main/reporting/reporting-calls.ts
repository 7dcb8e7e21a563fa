import type { Handlers } from '../../shared/contract/handlers.ts';
import { readFloor } from './floor-views.ts';
import { type Database, readThroughput } from './throughput-views.ts';

type Names = 'reporting.throughput-view' | 'reporting.floor-view';

/** What a supervisor watches. */
export function reportingCalls(deps: { readonly database: Database; readonly clock: () => Date }): Handlers<Names> {
  return {
    'reporting.throughput-view': (_actor, input) => readThroughput(deps.database, input, deps.clock()),
    'reporting.floor-view': (_actor, input) => readFloor(deps.database, input.zone, deps.clock()),
  };
}
