import type { Handlers } from '../../shared/contract/handlers.ts';
import { type SaveCarton, saveCarton } from './carton-service.ts';
import { listCartonViews } from './carton-views.ts';

type Deps = Parameters<typeof saveCarton>[0];

/** The cartons of the warehouse. */
export function packingCalls(deps: Deps): Handlers<'packing.cartons-view' | 'packing.save-carton'> {
  return {
    'packing.cartons-view': () => listCartonViews(deps.database, deps.clock()),
    'packing.save-carton': (actor, input: SaveCarton) => saveCarton(deps, actor, input),
  };
}
