import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '../../shared/errors.ts';
import { type Actor, systemActor } from '../../shared/model/actor.ts';
import type { OrderPage } from '../channels/channel-connector.ts';
import { runUnitOfWork } from '../db/unit-of-work.ts';
import { parcelById } from '../packing/packing-service.ts';
import { holdMissing } from './missing-service.ts';
import { clearAside } from './quarantine-store.ts';
import { type ReadSummary, takePage } from './reading-service.ts';
import { askToRead, openShop, type ShopsDeps } from './shop-service.ts';
import { findSource } from './source-store.ts';

/** Command: reads these orders of a shop now, whatever its cursor; what a webhook or a supervisor asked for. */
export async function readOrders(
  deps: ShopsDeps,
  actor: Actor,
  asked: { readonly shopId: string; readonly externalIds: readonly string[] },
): Promise<Omit<ReadSummary, 'cursor'>> {
  return (await ask(deps, actor, asked)).summary;
}

async function ask(
  deps: ShopsDeps,
  actor: Actor,
  { shopId, externalIds }: { readonly shopId: string; readonly externalIds: readonly string[] },
): Promise<{ summary: Omit<ReadSummary, 'cursor'>; page: Omit<OrderPage, 'upTo'> }> {
  const opened = await openShop(deps, shopId);
  const askedAt = deps.clock().toISOString();
  const page = await opened.channel.orders(externalIds);
  return { summary: await takePage(deps, actor, { opened, page, askedAt }), page };
}

/** Command: an order that was set aside is read once more. */
export async function retryQuarantined(
  deps: ShopsDeps,
  actor: Actor,
  asked: { readonly shopId: string; readonly externalId: string },
): Promise<{ outcome: 'stored' | 'still-broken' | 'gone'; reason: string | null }> {
  const opened = await openShop(deps, asked.shopId);
  const page = await opened.channel.orders([asked.externalId]);
  await takePage(deps, actor, { opened, page });
  const [broken] = page.quarantined;
  if (broken) return { outcome: 'still-broken', reason: broken.reason };
  if (page.orders.length > 0) return { outcome: 'stored', reason: null };
  await runUnitOfWork(deps, actor, async (uow) => {
    await clearAside(uow.tx, asked.shopId, [asked.externalId]);
    uow.record({ kind: 'shop.order-gone', subject: asked.shopId, data: { externalId: asked.externalId } });
    uow.emit('shops.changed', { shopId: asked.shopId });
    return null;
  });
  return { outcome: 'gone', reason: null };
}

/** A hiccup is waited out, a shop that is away or slow is not: work goes on, and the journal says so. */
const TRIES = 4;
const BUDGET_MS = 2_000;
const PAUSE_MS = 100;

/** Command: before a parcel gets its label, its order is read again. */
export async function rereadBeforeLabel(deps: ShopsDeps, parcelId: string): Promise<void> {
  const closed = await runUnitOfWork(deps, systemActor, async (uow) => {
    uow.unchanged();
    const { orderId, state } = await parcelById(uow, parcelId);
    return state === 'closed' ? orderId : undefined;
  });
  if (closed !== undefined) await rereadOrder(deps, closed);
}

/**
 * Command: an order is read again, so that a cancel, a hold or another address of the last minute still counts. A shop that
 * does not answer is asked four times at most, for two seconds; then work goes on. An order that the shop does not give any
 * more is held.
 */
export async function rereadOrder(deps: ShopsDeps, orderId: string): Promise<void> {
  const found = await findSource(deps.database.read, orderId);
  if (!found?.shopId) return;
  const { shopId, externalId } = found;
  const since = performance.now();
  for (let tries = 1; ; tries += 1) {
    try {
      const { page } = await ask(deps, systemActor, { shopId, externalIds: [externalId] });
      if (page.orders.length === 0)
        await runUnitOfWork(deps, systemActor, (uow) => holdMissing(uow, { orderId, page }));
      return;
    } catch (error) {
      if (!(error instanceof AppError) || !['remote', 'device'].includes(error.kind)) throw error;
      if (tries === TRIES || performance.now() - since > BUDGET_MS)
        return goOn(deps, { orderId, shopId, code: error.code });
      await wait(tries * PAUSE_MS);
    }
  }
}

async function goOn(deps: ShopsDeps, at: { orderId: string; shopId: string; code: string }): Promise<void> {
  await runUnitOfWork(deps, systemActor, async (uow) => {
    uow.record({ kind: 'order.not-read-again', subject: at.orderId, data: { code: at.code } });
    await askToRead(uow, at.shopId);
    return null;
  });
}
