import { type Attribution, type AttributionRule, attribute, keptTraces } from '../../shared/model/attribution.ts';
import type { ImportedOrder } from '../../shared/model/imported.ts';
import type { OrderState } from '../../shared/model/machines.ts';
import type { NormalisedOrder } from '../channels/channel.ts';
import type { ChannelConnector } from '../channels/channel-connector.ts';
import type { ChannelDesk } from '../channels/channel-desk.ts';
import type { UnitOfWork } from '../db/unit-of-work.ts';
import { type ChannelOrder, channelOrders } from '../orders/channel-lines-service.ts';
import { type Taken, takeOrders } from '../orders/take-service.ts';
import { retryParked } from '../sync/outbox-desk.ts';
import { splitCopies } from './copies-service.ts';
import { type KnownUnits, remoteStateOf, toImported } from './imported-order-service.ts';
import { endMissing } from './missing-service.ts';
import { clearAside, setAside } from './quarantine-store.ts';
import { listRules } from './rule-store.ts';
import { labelledUnits, SHIP } from './shipment-service.ts';
import { listTold, type ToldParcels } from './shipment-state-store.ts';
import type { ShipmentLine } from './shipment-store.ts';
import type { Shop } from './shop-store.ts';
import { listSources, type OrderSource, saveSources } from './source-store.ts';

export interface ShopContext {
  readonly shop: Shop;
  readonly connector: ChannelConnector;
  readonly desk: ChannelDesk;
}

export interface PageToStore {
  readonly orders: readonly NormalisedOrder[];
  readonly quarantined: readonly { readonly id: string | null; readonly reason: string }[];
  /** Copies that waited long enough for their original. */
  readonly adopt?: ReadonlySet<string>;
  /** When the shop was asked for this, by our own clock; what it had heard by then is in it. */
  readonly askedAt?: string;
}

/** An order as it stands after a page was stored; `null` where it was not taken. */
export interface StoredPage {
  readonly new: number;
  readonly changed: number;
  readonly quarantined: number;
}

/**
 * Step: stores what one page of a shop says: orders, where they come from, what was set aside. What is older than what is
 * stored is ignored; the same page again changes nothing.
 */
export async function storePage(uow: UnitOfWork, context: ShopContext, page: PageToStore): Promise<StoredPage> {
  const { shop } = context;
  const ids = page.orders.map(({ externalId }) => externalId);
  const sources = new Map((await listSources(uow.tx, shop.id, ids)).map((source) => [source.externalId, source]));
  const news = page.orders.filter((order) => !isStale(order, sources.get(order.externalId)));
  const own = await splitCopies(uow, context, {
    orders: news,
    isKnown: (id) => sources.has(id),
    adopt: page.adopt ?? new Set(),
  });
  const taken = await take(uow, context, { orders: own, sources, askedAt: page.askedAt ?? '' });
  await keepSources(uow, context, { taken, sources });
  await keepAside(uow, shop.id, { page, done: taken.map(({ order }) => order.externalId) });
  const count = (outcome: Taken['outcome']): number => taken.filter(({ one }) => one?.outcome === outcome).length;
  const stored = { new: count('new'), changed: count('changed'), quarantined: page.quarantined.length };
  if (stored.new + stored.changed > 0)
    uow.enqueue({ topic: 'stock.allocate', key: shop.id, payload: { backordered: stored.changed > 0 } });
  else if (page.quarantined.length > 0) uow.record({ kind: 'shop.order-set-aside', subject: shop.id });
  else uow.unchanged();
  return stored;
}

const isStale = (order: NormalisedOrder, known: OrderSource | undefined): boolean =>
  known?.updatedAt != null && order.updatedAt !== null && order.updatedAt < known.updatedAt;

interface TakenOrder {
  readonly order: NormalisedOrder;
  readonly one: Taken | undefined;
}

/** States of an order of which nothing lies in a box. */
const UNTOUCHED: readonly OrderState[] = ['new', 'ready', 'backordered', 'allocated', 'cancelled'];

interface Asked {
  readonly orders: readonly NormalisedOrder[];
  readonly sources: ReadonlyMap<string, OrderSource>;
  readonly askedAt: string;
}

async function take(
  uow: UnitOfWork,
  { shop, connector }: ShopContext,
  { orders, sources, askedAt }: Asked,
): Promise<TakenOrder[]> {
  const externalIds = orders.map(({ externalId }) => externalId);
  const { channel } = connector;
  const known = await channelOrders(uow, { channel, shop: shop.key, externalIds });
  const told = await listTold(
    uow.tx,
    [...known.values()].map(({ orderId }) => orderId),
  );
  const imports: (ImportedOrder | null)[] = [];
  for (const order of orders) {
    const ours = known.get(order.externalId);
    const boxed = ours && order.labelMode === 'platform' && !UNTOUCHED.includes(ours.state);
    const labelled = boxed ? await labelledUnits(uow, ours.orderId) : [];
    const sent = { told: told.get(ours?.orderId ?? ''), askedAt, source: sources.get(order.externalId), labelled };
    const units = ours && knownUnits(ours, order, sent);
    imports.push(toImported(order, { channel, key: shop.key }, units));
  }
  const wanted = imports.filter((record): record is ImportedOrder => record !== null);
  const answers = await takeOrders(uow, wanted);
  return orders.map((order, index) => {
    const record = imports[index];
    return { order, one: record ? answers[wanted.indexOf(record)] : undefined };
  });
}

/**
 * Our units of an order: what has left is what parcels took, of which the shop hears one by one, before the last of them
 * has left the bench; `labelled` is what a platform counts as sent because it made the label.
 *
 * The platform had heard of them when it was asked later, by our own clock, and gives a state of the order that is newer, by
 * its own, than the one stored: lists lag behind. Its clock and ours are never compared.
 */
function knownUnits(
  ours: ChannelOrder,
  order: NormalisedOrder,
  sent: {
    readonly told: ToldParcels | undefined;
    readonly askedAt: string;
    readonly source: OrderSource | undefined;
    readonly labelled: readonly ShipmentLine[];
  },
): KnownUnits {
  const { told, labelled, askedAt, source } = sent;
  const labelledBy = (key: string): number =>
    labelled
      .filter(({ externalLineIds: [first = ''] }) => key.split(',').includes(first))
      .reduce((sum, { quantity }) => sum + quantity, 0);
  const toldOf = (key: string): number => {
    const ids = key.split(',');
    const units = (told?.units ?? []).filter(({ lineId }) => ids.includes(lineId));
    return units.reduce((sum, { quantity }) => sum + quantity, 0);
  };
  const isNewer = order.updatedAt !== null && source?.updatedAt != null && source.updatedAt < order.updatedAt;
  const heard = told !== undefined && !told.waiting && (told.toldAt ?? '') < askedAt && isNewer;
  const lines = ours.lines.map((line) => ({
    ...line,
    shipped: Math.max(line.shipped, toldOf(line.key), labelledBy(line.key)),
  }));
  // What left while the shop was to be told nothing it never heard of from here.
  const allTold = heard && told?.toldAt !== null && ours.lines.every(({ key, shipped }) => toldOf(key) >= shipped);
  return { state: ours.state, lines, allTold };
}

async function keepSources(
  uow: UnitOfWork,
  { shop }: ShopContext,
  { taken, sources }: { readonly taken: readonly TakenOrder[]; readonly sources: ReadonlyMap<string, OrderSource> },
): Promise<void> {
  const rules = await listRules(uow.tx);
  const fresh: OrderSource[] = [];
  const known: OrderSource[] = [];
  for (const { order, one } of taken) {
    if (!one || one.outcome === 'rejected') continue;
    const before = sources.get(order.externalId);
    const now = sourceOf(order, { orderId: one.orderId, shopId: shop.id, readAt: uow.now, rules });
    if (!before) fresh.push(now);
    else if (differs(before, now)) known.push(now);
    if (before?.remoteState === 'missing') await endMissing(uow, one.orderId);
    // A platform takes no parcel of an order that it keeps back: what it refused meanwhile is told again.
    if (before?.remoteState === 'held' && now.remoteState !== 'held')
      await retryParked(uow, { topic: SHIP, key: one.orderId });
  }
  await saveSources(uow.tx, { fresh, known });
}

const differs = (before: OrderSource, now: OrderSource): boolean =>
  JSON.stringify({ ...before, readAt: '' }) !== JSON.stringify({ ...now, readAt: '' });

function sourceOf(
  order: NormalisedOrder,
  at: { orderId: string; shopId: string; readAt: string; rules: readonly AttributionRule[] },
): OrderSource {
  const { attribution, evidence, settled, marketplaceOrderId } = judged(order, at.rules);
  return {
    ...{ orderId: at.orderId, shopId: at.shopId, externalId: order.externalId },
    updatedAt: order.updatedAt,
    readAt: at.readAt,
    remoteState: remoteStateOf(order),
    addressState: order.address === null && order.addressState === 'clear' ? 'pending' : order.addressState,
    addressToken: order.addressToken,
    ...{ attribution, evidence, settled, marketplaceOrderId },
    traces: order.traces && keptTraces(order.traces),
  };
}

/** The shipper's own rules go before the built-in table. */
function judged(
  order: NormalisedOrder,
  rules: readonly AttributionRule[],
): Pick<OrderSource, 'attribution' | 'evidence' | 'settled' | 'marketplaceOrderId'> {
  const found: Attribution = rules.length > 0 && order.traces ? attribute(order.traces, rules) : order.attribution;
  const { channel: attribution, evidence, settled, marketplaceOrderId } = found;
  return { attribution, evidence, settled, marketplaceOrderId };
}

async function keepAside(
  uow: UnitOfWork,
  shopId: string,
  { page, done }: { readonly page: PageToStore; readonly done: readonly string[] },
): Promise<void> {
  for (const { id, reason } of page.quarantined)
    await setAside(
      uow.tx,
      { shopId, externalId: (id ?? `? ${reason}`).slice(0, 200), reason: reason.slice(0, 500) },
      uow.now,
    );
  await clearAside(uow.tx, shopId, done);
}
