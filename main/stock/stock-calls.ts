import type { Handlers } from '../../shared/contract/handlers.ts';
import { countLocation, type Deps } from './levels-service.ts';
import { listItemViews, listLevelViews } from './stock-views.ts';

/** Catalogue and stock. */
export function stockCalls(deps: Deps): Handlers<'stock.items-view' | 'stock.levels-view' | 'stock.count-location'> {
  return {
    'stock.items-view': (_actor, input) => listItemViews(deps.database, input),
    'stock.levels-view': (_actor, input) => listLevelViews(deps.database, input),
    'stock.count-location': (actor, input) => countLocation(deps, actor, input),
  };
}
