import { AppError } from '../../shared/errors.ts';
import type { Actor } from '../../shared/model/actor.ts';
import type { NormalisedOrder } from '../channels/channel.ts';
import { retryConflicts } from '../db/retry-conflicts.ts';
import { runUnitOfWork, type UnitOfWork } from '../db/unit-of-work.ts';
import { findFileTwins } from '../orders/file-twin-service.ts';
import { clearAside, listAside, setAside } from './quarantine-store.ts';
import type { OpenedShop, ShopsDeps } from './shop-service.ts';
import { listShops } from './shop-store.ts';
import { findCopy, findOriginal, insertLink, listLinks, listUnsettled } from './source-store.ts';
import { type ShopContext, storePage } from './store-page-service.ts';

/** Begins the reason of a copy that is kept until its original is here. */
const WAITS = 'waits for the same order from ';
/** A marketplace that is read directly gives the order itself within so long, or not at all. */
const WAIT_MS = 15 * 60_000;
/** Traces that are not there after a day will not come. */
const SETTLES_MS = 24 * 3_600_000;

/**
 * Step: of the orders of a page those that are this shop's own to pack. One that another shop gave already, because an app
 * copied it from a marketplace or a file brought it before, is linked to that one instead of being packed twice; a copy
 * whose marketplace is connected too waits a while for its original, which alone can be told of the parcel.
 */
export async function splitCopies(
  uow: UnitOfWork,
  context: ShopContext,
  page: {
    readonly orders: readonly NormalisedOrder[];
    readonly isKnown: (externalId: string) => boolean;
    readonly adopt: ReadonlySet<string>;
  },
): Promise<NormalisedOrder[]> {
  const unknown = page.orders.filter(({ externalId }) => !page.isKnown(externalId));
  if (unknown.length === 0) return [...page.orders];
  const ids = unknown.map(({ externalId }) => externalId);
  const gone = new Set((await listLinks(uow.tx, context.shop.id, ids)).map(({ externalId }) => externalId));
  const copies = await findCopy(uow.tx, context.connector.name, ids);
  const twins = await findFileTwins(uow, context.connector.channel, unknown);
  for (const order of unknown) {
    if (gone.has(order.externalId)) continue;
    const twin = copies.get(order.externalId) ?? twins.get(order.externalId);
    const settled = twin
      ? await link(uow, context, { order, orderId: twin })
      : await keepCopy(uow, context, { order, ...page });
    if (settled) gone.add(order.externalId);
  }
  return page.orders.filter(({ externalId }) => !gone.has(externalId));
}

async function link(
  uow: UnitOfWork,
  { shop }: ShopContext,
  { order, orderId }: { readonly order: NormalisedOrder; readonly orderId: string },
): Promise<true> {
  const { externalId, externalNumber: number } = order;
  await insertLink(uow.tx, { shopId: shop.id, externalId, number, orderId }, uow.now);
  await clearAside(uow.tx, shop.id, [externalId]);
  uow.record({ kind: 'order.linked', subject: orderId, data: { shop: shop.id, externalId } });
  return true;
}

/** A copy from a marketplace: linked to its original, or kept until that is here. False: it is an order of its own. */
async function keepCopy(
  uow: UnitOfWork,
  context: ShopContext,
  { order, adopt }: { readonly order: NormalisedOrder; readonly adopt: ReadonlySet<string> },
): Promise<boolean> {
  const { marketplaceOrderId: id, channel } = order.attribution;
  if (id === null || adopt.has(order.externalId)) return false;
  const source = context.desk.connectors.find(({ name }) => name === channel);
  if (!source || source.name === context.connector.name) return false;
  const original = await findOriginal(uow.tx, { connector: source.name, externalId: id });
  if (original !== undefined) return link(uow, context, { order, orderId: original });
  const isRead = (await listShops(uow.tx)).some(({ connector, active }) => connector === source.name && active);
  if (!isRead) return false;
  const reason = `${WAITS}${source.title}`;
  await setAside(uow.tx, { shopId: context.shop.id, externalId: order.externalId, reason }, uow.now);
  return true;
}

/**
 * Looks again at what a reading left open: copies that wait for their original, of which one that waited long enough is
 * packed as an order of its own, and orders of which the platform did not know yet where they come from.
 */
export async function lookAgain(
  deps: ShopsDeps,
  actor: Actor,
  opened: OpenedShop,
): Promise<{ read: number; new: number; changed: number; quarantined: number }> {
  const waiting = await listAside(deps.database.read, opened.shop.id, WAITS);
  const none = { read: 0, new: 0, changed: 0, quarantined: 0 };
  const young = new Date(deps.clock().getTime() - SETTLES_MS).toISOString();
  const unsettled = await listUnsettled(deps.database.read, opened.shop.id, young);
  const ids = [...waiting.map(({ externalId }) => externalId), ...unsettled];
  if (ids.length === 0) return none;
  const page = await opened.channel.orders(ids);
  const before = new Date(deps.clock().getTime() - WAIT_MS).toISOString();
  const adopt = new Set(waiting.filter(({ firstAt }) => firstAt < before).map(({ externalId }) => externalId));
  const { commandId: _, ...by } = actor;
  try {
    const stored = await retryConflicts(() =>
      runUnitOfWork(deps, by, (uow) => storePage(uow, { ...opened, desk: deps.channels }, { ...page, adopt })),
    );
    return { ...stored, read: 0 };
  } catch (error) {
    if (error instanceof AppError && error.kind === 'remote') return none;
    throw error;
  }
}
