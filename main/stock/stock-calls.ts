import type { Handlers } from '../../shared/contract/handlers.ts';
import { countLocation, type Deps } from './count-service.ts';
import { listFloorTasks } from './floor-task-views.ts';
import { blockLot } from './lot-service.ts';
import { listLotViews } from './lot-views.ts';
import { listItemViews, listLevelViews } from './stock-views.ts';

type Names =
  | 'stock.items-view'
  | 'stock.levels-view'
  | 'stock.lots-view'
  | 'stock.floor-tasks-view'
  | 'stock.block-lot'
  | 'stock.count-location';

/** Catalogue and stock. */
export function stockCalls(deps: Deps): Handlers<Names> {
  return {
    'stock.items-view': (_actor, input) => listItemViews(deps.database, input),
    'stock.levels-view': (_actor, input) => listLevelViews(deps.database, input),
    'stock.lots-view': (_actor, input) => listLotViews(deps.database, input),
    'stock.floor-tasks-view': () => listFloorTasks(deps.database),
    'stock.block-lot': (actor, input) => blockLot(deps, actor, input),
    'stock.count-location': (actor, input) => countLocation(deps, actor, input),
  };
}
