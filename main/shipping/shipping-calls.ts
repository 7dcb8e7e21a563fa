import type { Handlers } from '../../shared/contract/handlers.ts';
import { voidParcelLabel } from './relabel-service.ts';
import { type Deps, retryLabel } from './shipping-service.ts';

/** Labels and what was printed. */
export function shippingCalls(deps: Deps): Handlers<'shipping.retry-label' | 'shipping.void-label'> {
  return {
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
