import type { Handlers } from '../../shared/contract/handlers.ts';
import type { ShippingDeps } from './account-service.ts';
import { askAfterLabel, settleByHand } from './lookup-service.ts';
import { readProblems } from './problems-views.ts';
import { voidParcelLabel } from './relabel-service.ts';
import { retryLabel } from './shipping-service.ts';

type Names =
  | 'shipping.retry-label'
  | 'shipping.void-label'
  | 'shipping.settle-label'
  | 'shipping.look-up-label'
  | 'shipping.problems-view';

/** Labels and what became of them. */
export function shippingCalls(deps: ShippingDeps): Handlers<Names> {
  return {
    'shipping.retry-label': async (actor, { parcelId }) => {
      await retryLabel(deps, actor, parcelId);
      return {};
    },
    'shipping.void-label': async (actor, { parcelId }) => {
      await voidParcelLabel(deps, actor, parcelId);
      return {};
    },
    'shipping.settle-label': async (actor, input) => {
      await settleByHand(deps, actor, input);
      return {};
    },
    'shipping.look-up-label': async (actor, { labelId }) => {
      await askAfterLabel(deps, actor, labelId);
      return {};
    },
    'shipping.problems-view': (_actor, { limit }) => readProblems(deps.database, limit),
  };
}
