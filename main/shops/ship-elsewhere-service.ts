import { AppError } from '../../shared/errors.ts';
import type { Actor } from '../../shared/model/actor.ts';
import { retryConflicts } from '../db/retry-conflicts.ts';
import { runUnitOfWork, type UnitOfWork } from '../db/unit-of-work.ts';
import { orderFactsOf } from '../orders/order-facts-service.ts';
import { orderById } from '../orders/orders-service.ts';
import { sendElsewhere } from '../orders/sent-elsewhere-service.ts';
import { rereadOrder } from './reread-service.ts';
import { tellLeft } from './shipment-service.ts';
import type { ShopsDeps } from './shop-service.ts';
import { getShop, type Shop } from './shop-store.ts';
import { findSource, type OrderSource } from './source-store.ts';

/**
 * Platforms that make the label, number it and count the parcel as sent by it. Others that have labels of their own (Taobao,
 * Pinduoduo) make them in their own program and want the number typed.
 */
const NUMBERED_BY_PLATFORM: ReadonlySet<string> = new Set(['tiktok_shop', 'amazon']);

export interface SentElsewhere {
  readonly orderId: string;
  readonly carrier: string;
  readonly tracking: string;
  /** All that is left when missing. */
  readonly lines?: readonly { readonly sku: string; readonly quantity: number }[];
}

/**
 * Command: units of an order left with a label made elsewhere; nothing of them is packed here any more, and the shop hears
 * of the parcel. The order is read again before, as before a label. Null where no shop is told. Errors, all `rule`:
 * `order.label-of-platform` and those of `sendElsewhere`.
 */
export async function shipElsewhere(
  deps: ShopsDeps,
  actor: Actor,
  input: SentElsewhere,
): Promise<{ shipmentId: string | null }> {
  const { orderId, carrier, tracking } = input;
  await rereadOrder(deps, orderId);
  return retryConflicts(() =>
    runUnitOfWork(deps, actor, async (uow) => {
      const source = await findSource(uow.tx, orderId);
      const shop = source?.shopId ? await getShop(uow.tx, source.shopId) : undefined;
      if (source && shop) await refuse(uow, source, shop);
      await sendElsewhere(uow, orderId, { lines: input.lines ?? null, carrier });
      if (!shop?.pushShipments) return { shipmentId: null };
      const label = { carrier, connector: '', service: '', tracking, trackingUrl: null };
      return { shipmentId: await tellLeft(uow, { shopId: shop.id, orderId, parcelId: null, ...label, silent: false }) };
    }),
  );
}

/** What the shop itself says against a typed number. */
async function refuse(uow: UnitOfWork, source: OrderSource, shop: Shop): Promise<void> {
  const { number, state } = await orderById(uow, source.orderId);
  // Its own states say more of one that is over.
  if (['shipped', 'closed'].includes(state)) return;
  if (source.remoteState === 'cancelled') throw new AppError('rule', 'order.cancelled-already', { number });
  const { labelMode } = await orderFactsOf(uow, source.orderId);
  if (labelMode === 'platform' && NUMBERED_BY_PLATFORM.has(shop.connector))
    throw new AppError('rule', 'order.label-of-platform', { number });
}
