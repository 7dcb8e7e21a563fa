import { beforeEach, describe, expect, test } from 'vitest';
import type { NormalisedOrder } from '../../../main/channels/channel.ts';
import type { BookOrder } from '../../../main/channels/channel-order-book.ts';
import type { SimulatedPlatform } from '../../../main/channels/channel-simulator.ts';
import { takePage } from '../../../main/shops/reading-service.ts';
import { openShop } from '../../../main/shops/shop-service.ts';
import { systemActor } from '../../../shared/model/actor.ts';
import { databaseKinds, hasDatabase } from '../../support/databases.ts';
import { openShopEachTime, type ShopWorld, toPlace } from '../../support/played-shops.ts';

describe.each(databaseKinds)('a page of orders as it is taken on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: ShopWorld;
  let platform: SimulatedPlatform;
  let shop: string;
  let order: BookOrder;
  openShopEachTime(kind, ['shopify'], (opened) => {
    ({ world, platform, shop } = opened);
  });
  beforeEach(async () => {
    order = platform.book.place(toPlace([{ sku: 'SKU-1', quantity: 2 }]));
  });

  /** The order as its shop gives it now. */
  const given = async (): Promise<NormalisedOrder> => {
    const { channel } = await openShop(world.core.deps, shop);
    const [found] = (await channel.orders([`gid://shopify/Order/${order.id}`])).orders;
    if (!found) throw new Error('the order was placed');
    return found;
  };
  const take = async (orders: readonly NormalisedOrder[], askedAt = world.core.deps.clock().toISOString()) => {
    const { deps } = world.core;
    const opened = await openShop(deps, shop);
    const done = await takePage(deps, systemActor, { opened, page: { orders, quarantined: [] }, askedAt });
    await world.settled();
    return done;
  };
  const wanted = async () => {
    const { lines } = await world.call('orders.order-view', { order: order.number });
    return lines.map((line) => line.quantityOrdered - line.quantityCancelled).filter((count) => count > 0);
  };

  test.each(['first', 'last'])(
    'keeps the newest of an order that stands on it twice, with the newest %s',
    async (at) => {
      const old = await given();
      await take([old]);
      world.passTime(1);
      platform.book.change(order, { kind: 'quantity', sku: 'SKU-1', quantity: 1 });
      const now = await given();

      const done = await take(at === 'first' ? [now, old] : [old, now]);

      expect([done.read, done.changed, await wanted()]).toEqual([1, 1, [1]]);
    },
  );

  test('takes the later one of two that are equally new', async () => {
    const old = await given();
    await take([old]);
    platform.book.change(order, { kind: 'quantity', sku: 'SKU-1', quantity: 1 });
    const now = { ...(await given()), updatedAt: old.updatedAt };

    await take([old, now]);

    expect(await wanted()).toEqual([1]);
  });

  test('counts no parcel as known that its shop heard of only after it was asked, whatever its clock says', async () => {
    await take([await given()]);
    const askedAt = world.core.deps.clock().toISOString();
    const fast = new Date(Date.parse(askedAt) + 600_000).toISOString();
    const before = { ...(await given()), updatedAt: fast };
    const { id } = await world.call('orders.order-view', { order: order.number });
    await world.call('shops.ship-elsewhere', {
      ...{ orderId: id, carrier: 'UPS', tracking: '1Z999AA10123456784' },
      lines: [{ sku: 'SKU-1', quantity: 1 }],
    });
    await world.settled();

    await take([before], askedAt);

    const { lines } = await world.call('orders.order-view', { order: order.number });
    expect(lines.map((line) => [line.quantityOrdered, line.quantityShipped])).toEqual([[2, 1]]);
  });
});
