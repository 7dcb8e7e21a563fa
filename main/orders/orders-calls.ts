import type { Handlers } from '../../shared/contract/handlers.ts';
import { cancelOrder } from './cancel-service.ts';
import { liftHold } from './hold-service.ts';
import { listRuns, readOrderPage } from './order-page-views.ts';
import { type Deps, putOnHold } from './orders-service.ts';
import { listOrders } from './orders-views.ts';

type Names =
  | 'orders.list-view'
  | 'orders.order-view'
  | 'orders.import-runs-view'
  | 'orders.set-hold'
  | 'orders.release-hold'
  | 'orders.cancel-order';

/** Orders: lists, one order, holds, cancellation. */
export function ordersCalls(deps: Deps): Handlers<Names> {
  return {
    'orders.list-view': (_actor, input) => listOrders(deps.database, input),
    'orders.order-view': (_actor, input) => readOrderPage(deps.database, input.order),
    'orders.import-runs-view': (_actor, input) => listRuns(deps.database, input.limit),
    'orders.set-hold': async (actor, { orderId, ...hold }) => {
      await putOnHold(deps, actor, { orderId, ...hold });
      return {};
    },
    'orders.release-hold': async (actor, { orderId }) => {
      await liftHold(deps, actor, orderId);
      return {};
    },
    'orders.cancel-order': async (actor, { orderId }) => {
      await cancelOrder(deps, actor, orderId);
      return {};
    },
  };
}
