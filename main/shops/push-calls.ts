import type { Handlers } from '../../shared/contract/handlers.ts';
import type { shopCalls as contract } from '../../shared/contract/shops.ts';
import { tellReturn } from './effect-service.ts';
import { dropMessage, messagesOf, retryMessage } from './messages-service.ts';
import { shipElsewhere } from './ship-elsewhere-service.ts';
import { correctTracking } from './shipment-service.ts';
import type { ShopsDeps } from './shop-service.ts';

type Mine = 'messages-view' | 'retry-message' | 'drop-message' | 'ship-elsewhere' | 'correct-tracking' | 'tell-return';

/** What shops are told, and what of it was given up. */
export function shopPushCalls(deps: ShopsDeps): Handlers<Extract<keyof typeof contract, `shops.${Mine}`>> {
  return {
    'shops.messages-view': (_actor, input) => messagesOf(deps, input),
    'shops.retry-message': async (actor, { id }) => {
      await retryMessage(deps, actor, id);
      return {};
    },
    'shops.drop-message': async (actor, { id }) => {
      await dropMessage(deps, actor, id);
      return {};
    },
    'shops.ship-elsewhere': (actor, { orderId, carrier, tracking, lines }) =>
      shipElsewhere(deps, actor, { orderId, carrier, tracking, ...(lines ? { lines } : {}) }),
    'shops.tell-return': (actor, { orderId, lines, refund }) =>
      tellReturn(deps, actor, { orderId, refund, ...(lines ? { lines } : {}) }),
    'shops.correct-tracking': async (actor, input) => {
      await correctTracking(deps, actor, input);
      return {};
    },
  };
}
