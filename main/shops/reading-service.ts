import type { ShopMessage } from '../../shared/contract/shops.ts';
import { AppError } from '../../shared/errors.ts';
import { type Actor, systemActor } from '../../shared/model/actor.ts';
import type { ChangesAsked, OrderPage } from '../channels/channel-connector.ts';
import { retryConflicts } from '../db/retry-conflicts.ts';
import { runUnitOfWork, type UnitOfWork } from '../db/unit-of-work.ts';
import { lookAgain } from './copies-service.ts';
import { readFrom, waitAfterFaults } from './reading-rules.ts';
import { faultMessage, type OpenedShop, openShop, type ShopsDeps } from './shop-service.ts';
import { endReading, leaseReading, moveCursor, type Shop } from './shop-store.ts';
import { listSources } from './source-store.ts';
import { beginSales, endSales } from './stock-told-store.ts';
import { storePage } from './store-page-service.ts';

/** What a reading did, as `channels sync` prints it. */
export interface ReadSummary {
  readonly read: number;
  readonly new: number;
  readonly changed: number;
  readonly quarantined: number;
  readonly cursor: string | null;
}

export interface ReadOptions {
  /** Reads from here on instead of from the cursor; ISO-8601 UTC. */
  readonly since?: string;
  /** Who holds the reading; another one waits or goes without. */
  readonly owner: string;
}

/** A reading that takes longer renews it with every page. */
const LEASE_MS = 180_000;
/** Orders in one unit of work: benches keep scanning between two of them. */
const BATCH = 250;

/**
 * Command: reads what changed in a shop, page by page. The cursor moves only after every page before it was stored, and
 * what fails in the middle is read again the next time. Returns null while another bench reads it.
 *
 * A fault is kept with the shop, which is then asked again later, and thrown.
 */
export async function readShop(
  deps: ShopsDeps,
  actor: Actor,
  asked: ReadOptions & { readonly shopId: string },
): Promise<ReadSummary | null> {
  const reading = await lease(deps, asked.shopId, asked.owner);
  if (reading === null) return null;
  let opened: OpenedShop | undefined;
  try {
    opened = await openShop(deps, asked.shopId);
    const summary = await readPages(deps, actor, { opened, asked });
    await finish(deps, {
      shop: opened.shop,
      owner: asked.owner,
      pollSeconds: opened.connector.pollSeconds,
      fault: null,
      // What was asked for by hand may begin after a sale.
      reading: asked.since === undefined ? reading : null,
    });
    return summary;
  } catch (error) {
    const known = error instanceof AppError ? error : new AppError('bug', 'channel.reading-failed', {}, error);
    const shop = opened?.shop ?? { id: asked.shopId, faults: 0 };
    const pollSeconds = opened?.connector.pollSeconds ?? 60;
    await finish(deps, { shop, owner: asked.owner, pollSeconds, fault: known, reading: null });
    throw error;
  }
}

/** The id of the reading that begins; null while another bench reads. */
async function lease(deps: ShopsDeps, shopId: string, owner: string): Promise<string | null> {
  return runUnitOfWork(deps, systemActor, async (uow) => {
    uow.unchanged();
    const until = new Date(Date.parse(uow.now) + LEASE_MS).toISOString();
    if (!(await leaseReading(uow.tx, shopId, { owner, now: uow.now, until }))) return null;
    const reading = uow.newId();
    await beginSales(uow.tx, shopId, reading);
    return reading;
  });
}

interface Turn {
  readonly opened: OpenedShop;
  readonly asked: ReadOptions;
}

async function readPages(deps: ShopsDeps, actor: Actor, { opened, asked }: Turn): Promise<ReadSummary> {
  const { shop, connector, channel } = opened;
  const now = deps.clock().toISOString();
  const since = readFrom(shop.cursor, {
    now,
    since: asked.since ?? null,
    overlapSeconds: connector.overlapSeconds,
    days: connector.reachesBackDays,
  });
  const changes: ChangesAsked = { since, unseen: (headers) => unseenOf(deps, shop.id, headers) };
  let summary: ReadSummary = { read: 0, new: 0, changed: 0, quarantined: 0, cursor: shop.cursor };
  for await (const page of inBatches(channel.changes(changes))) {
    summary = add(summary, await takePage(deps, actor, { opened, page, askedAt: now }));
    // A window that was asked for by hand says nothing of what lies before it.
    const upTo = asked.since !== undefined && shop.cursor !== null && asked.since > shop.cursor ? null : page.upTo;
    if (await keepGoing(deps, { shopId: shop.id, owner: asked.owner, upTo })) {
      if (upTo !== null && (summary.cursor === null || upTo > summary.cursor)) summary = { ...summary, cursor: upTo };
    } else throw new AppError('conflict', 'channel.read-elsewhere', { shop: shop.title });
  }
  return add(summary, await lookAgain(deps, actor, opened));
}

/** An order that changes while its shop is read comes once more on a later page. */
function newestOf(orders: OrderPage['orders']): OrderPage['orders'] {
  const newest = new Map<string, OrderPage['orders'][number]>();
  for (const order of orders) {
    const before = newest.get(order.externalId);
    if (!before || (before.updatedAt ?? '') <= (order.updatedAt ?? '')) newest.set(order.externalId, order);
  }
  return [...newest.values()];
}

/** Small pages are stored together; what came before a fault is stored before it is told. */
async function* inBatches(pages: AsyncIterable<OrderPage>): AsyncGenerator<OrderPage> {
  let waiting: { orders: OrderPage['orders'][number][]; quarantined: OrderPage['quarantined'][number][] } | undefined;
  try {
    for await (const page of pages) {
      const { orders, quarantined } = waiting ?? { orders: [], quarantined: [] };
      waiting = { orders: [...orders, ...page.orders], quarantined: [...quarantined, ...page.quarantined] };
      if (page.upTo === null && waiting.orders.length < BATCH) continue;
      const full = { ...waiting, upTo: page.upTo };
      waiting = undefined;
      yield full;
    }
  } catch (error) {
    if (waiting) yield { ...waiting, upTo: null };
    throw error;
  }
  if (waiting) yield { ...waiting, upTo: null };
}

const add = (a: ReadSummary, b: Omit<ReadSummary, 'cursor'>): ReadSummary => ({
  read: a.read + b.read,
  new: a.new + b.new,
  changed: a.changed + b.changed,
  quarantined: a.quarantined + b.quarantined,
  cursor: a.cursor,
});

interface TakenPage {
  readonly opened: OpenedShop;
  readonly page: Omit<OrderPage, 'upTo'>;
  /** When the shop was asked, by our own clock. */
  readonly askedAt?: string;
}

/** Stores one page in short units of work; of an order that stands on it twice only the newest state. */
export async function takePage(
  deps: ShopsDeps,
  actor: Actor,
  { opened, page, askedAt }: TakenPage,
): Promise<Omit<ReadSummary, 'cursor'>> {
  let done = { read: 0, new: 0, changed: 0, quarantined: 0 };
  const context = { ...opened, desk: deps.channels };
  const newest = newestOf(page.orders);
  for (let start = 0; start < Math.max(newest.length, 1); start += BATCH) {
    const orders = newest.slice(start, start + BATCH);
    const quarantined = start === 0 ? page.quarantined : [];
    if (orders.length === 0 && quarantined.length === 0) break;
    const { commandId: _, ...by } = actor; // one reading has many units of work, each harmless when repeated
    const part = { orders, quarantined, ...(askedAt === undefined ? {} : { askedAt }) };
    const stored = await retryConflicts(() => runUnitOfWork(deps, by, (uow) => storePage(uow, context, part)));
    done = {
      read: done.read + orders.length + quarantined.length,
      new: done.new + stored.new,
      changed: done.changed + stored.changed,
      quarantined: done.quarantined + stored.quarantined,
    };
  }
  return done;
}

/** Of the orders that a list names, those that have to be read whole. */
async function unseenOf(
  deps: ShopsDeps,
  shopId: string,
  headers: Parameters<ChangesAsked['unseen']>[0],
): Promise<string[]> {
  const known = new Map(
    (
      await listSources(
        deps.database.read,
        shopId,
        headers.map(({ externalId }) => externalId),
      )
    ).map((source) => [source.externalId, source]),
  );
  return headers
    .filter(({ externalId, updatedAt }) => {
      const source = known.get(externalId);
      if (!source?.settled || source.remoteState === 'missing') return true;
      return updatedAt === null || source.updatedAt === null || source.updatedAt < updatedAt;
    })
    .map(({ externalId }) => externalId);
}

/** Renews the lease and moves the cursor; false when another bench took the reading over. */
async function keepGoing(
  deps: ShopsDeps,
  at: { readonly shopId: string; readonly owner: string; readonly upTo: string | null },
): Promise<boolean> {
  return runUnitOfWork(deps, systemActor, async (uow) => {
    uow.unchanged();
    const until = new Date(Date.parse(uow.now) + LEASE_MS).toISOString();
    if (!(await leaseReading(uow.tx, at.shopId, { owner: at.owner, now: uow.now, until }))) return false;
    if (at.upTo !== null) await moveCursor(uow.tx, at.shopId, { owner: at.owner, cursor: at.upTo });
    return true;
  });
}

async function finish(
  deps: ShopsDeps,
  end: {
    readonly shop: Pick<Shop, 'id' | 'faults'>;
    readonly owner: string;
    readonly pollSeconds: number;
    readonly fault: AppError | null;
    /** One that brought everything that changed before it began; else null. */
    readonly reading: string | null;
  },
): Promise<void> {
  const { shop, owner, pollSeconds, reading } = end;
  const fault: ShopMessage | null = end.fault && faultMessage(end.fault);
  const later = typeof end.fault?.details.retryAfterMs === 'number' ? end.fault.details.retryAfterMs / 1_000 : 0;
  const seconds = fault ? Math.max(later, waitAfterFaults(shop.faults + 1, pollSeconds)) : pollSeconds;
  await runUnitOfWork(deps, systemActor, async (uow) => {
    const nextAt = new Date(Date.parse(uow.now) + seconds * 1_000).toISOString();
    await endReading(uow.tx, shop.id, { owner, at: uow.now, nextAt, fault });
    if (reading !== null) await endSales(uow.tx, shop.id, reading);
    tellState(uow, { shopId: shop.id, before: shop.faults > 0, fault });
    uow.emit('shops.changed', { shopId: shop.id });
  });
}

/** The journal says when a shop begins to fail and when it is well again, not how often it was asked. */
function tellState(uow: UnitOfWork, at: { shopId: string; before: boolean; fault: ShopMessage | null }): void {
  if (at.fault && !at.before) uow.record({ kind: 'shop.failing', subject: at.shopId, data: { code: at.fault.code } });
  else if (!at.fault && at.before) uow.record({ kind: 'shop.well', subject: at.shopId });
  else uow.unchanged();
}
