import type { Handlers } from '../../shared/contract/handlers.ts';
import { AppError } from '../../shared/errors.ts';
import { voidParcelLabel } from './relabel-service.ts';
import { type Deps, retryLabel } from './shipping-service.ts';
import { listPrints } from './shipping-views.ts';

/** Labels and what was printed. */
export function shippingCalls(
  deps: Deps,
): Handlers<'shipping.prints-view' | 'shipping.retry-label' | 'shipping.void-label'> {
  return {
    'shipping.prints-view': (actor, input) => {
      if (!actor.stationId) throw new AppError('permission', 'session.missing');
      return listPrints(deps.database, actor.stationId, input.limit);
    },
    'shipping.retry-label': async (actor, { parcelId }) => {
      await retryLabel(deps, actor, parcelId);
      return {};
    },
    'shipping.void-label': async (actor, { parcelId }) => {
      await voidParcelLabel(deps, actor, parcelId);
      return {};
    },
  };
}
