import type { OrderPage } from '../channels/channel-connector.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { holdOf, holdOrder, releaseHold } from '../orders/orders-service.ts';
import { resumeHeldLabels } from '../shipping/relabel-service.ts';
import { findSource, saveSources } from './source-store.ts';

const GONE = 'gone-from-channel';
const UNREADABLE = 'unreadable-at-channel';

/**
 * Step: the shop was asked for an order and did not give it: it knows it no more, or what it says of it cannot be read.
 * People look at it before it goes out; whoever lets it go is not asked again until the shop has given it once more.
 */
export async function holdMissing(
  uow: UnitOfWork,
  { orderId, page }: { readonly orderId: string; readonly page: Pick<OrderPage, 'quarantined'> },
): Promise<void> {
  uow.unchanged();
  const source = await findSource(uow.tx, orderId);
  if (!source || source.remoteState === 'missing' || (await holdOf(uow, orderId)) !== undefined) return;
  await saveSources(uow.tx, { fresh: [], known: [{ ...source, remoteState: 'missing', readAt: uow.now }] });
  const [broken] = page.quarantined;
  await holdOrder(uow, orderId, {
    reason: broken ? UNREADABLE : GONE,
    detail: broken ? broken.reason.slice(0, 200) : '',
  });
}

/** Step: the shop gives an order again that it did not give; what it was held for is over. */
export async function endMissing(uow: UnitOfWork, orderId: string): Promise<void> {
  const hold = await holdOf(uow, orderId);
  if (hold?.reason !== GONE && hold?.reason !== UNREADABLE) return;
  await releaseHold(uow, orderId);
  await resumeHeldLabels(uow, orderId);
}
