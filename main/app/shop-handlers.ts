import { randomUUID } from 'node:crypto';
import type { Handlers } from '../../shared/contract/handlers.ts';
import type { shopCalls as contract } from '../../shared/contract/shops.ts';
import { eraseBuyer } from '../orders/erasure-service.ts';
import { shopPushCalls } from '../shops/push-calls.ts';
import { shopCalls, shopList } from '../shops/shop-calls.ts';
import type { Core } from './core.ts';
import type { DropFolder } from './drop-folder.ts';

/** Shops, with what only this PC knows: its watched folder. */
export function shopHandlers(core: Core, drop: DropFolder): Handlers<keyof typeof contract> {
  return {
    ...shopPushCalls(core.deps),
    ...shopCalls(core.deps, `${core.stationName}:${randomUUID()}`),
    'shops.list-view': async () => ({ shops: await shopList(core.deps), dropFolder: drop.state() }),
    'shops.erase-buyer': async (actor, { email, phone, orderId }) => {
      const buyer = { ...(email ? { email } : {}), ...(phone ? { phone } : {}), ...(orderId ? { orderId } : {}) };
      const { orders, kept } = await eraseBuyer(core.deps, actor, buyer);
      return { orders, kept: [...kept] };
    },
    'shops.set-drop-folder': async (_actor, { folder }) => {
      await drop.use(folder);
      return {};
    },
  };
}
