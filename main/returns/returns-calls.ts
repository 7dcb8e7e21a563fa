import type { Handlers } from '../../shared/contract/handlers.ts';
import { cancelReturn, type Deps, requestReturn } from './returns-service.ts';
import { listReturns } from './returns-views.ts';

/** Returns: asked for, cancelled, looked up. */
export function returnsCalls(deps: Deps): Handlers<'returns.list-view' | 'returns.request' | 'returns.cancel'> {
  return {
    'returns.list-view': (_actor, { search, limit }) =>
      listReturns(deps.database, { search, limit }, deps.clock().toISOString()),
    'returns.request': (actor, input) => requestReturn(deps, actor, input),
    'returns.cancel': async (actor, { returnId }) => {
      await cancelReturn(deps, actor, returnId);
      return {};
    },
  };
}
