import { beforeEach, describe, expect, test } from 'vitest';
import type { BookOrder } from '../../../main/channels/channel-order-book.ts';
import type { SimulatedPlatform } from '../../../main/channels/channel-simulator.ts';
import { databaseKinds, hasDatabase } from '../../support/databases.ts';
import { openShopEachTime, type ShopWorld, toPlace } from '../../support/played-shops.ts';

describe.each(databaseKinds)('two lines that WeChat tells by one id, a gift beside what was bought, on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: ShopWorld;
  let platform: SimulatedPlatform;
  let shop: string;
  let order: BookOrder;
  openShopEachTime(kind, ['wechat_shop'], (opened) => {
    ({ world, platform, shop } = opened);
  });
  beforeEach(async () => {
    order = platform.book.place(
      toPlace([
        { sku: 'SKU-1', quantity: 3 },
        { sku: 'SKU-1', quantity: 2 },
      ]),
    );
    await read();
  });

  async function read(): Promise<void> {
    world.passTime(10);
    await world.read(shop);
    await world.settled();
  }
  const lines = async () => {
    const { orders } = await world.call('orders.list-view', { sort: 'newest', limit: 1 });
    const page = await world.call('orders.order-view', { order: orders[0]?.id ?? '' });
    return page.lines.map((line) => [line.quantityOrdered, line.quantityCancelled, line.quantityShipped]);
  };

  test('stay as they were ordered when a part has left and the shop counts less', async () => {
    const before = await lines();
    const { orders } = await world.call('orders.list-view', { sort: 'newest', limit: 1 });
    await world.call('shops.ship-elsewhere', {
      ...{ orderId: orders[0]?.id ?? '', carrier: 'UPS', tracking: 'ZT10000000001' },
      lines: [{ sku: 'SKU-1', quantity: 1 }],
    });
    await world.settled();
    await read();
    platform.book.change(order, { kind: 'touch' });
    await read();

    expect(before).toEqual([
      [3, 0, 0],
      [2, 0, 0],
    ]);
    expect(order.packages.flatMap((parcel) => parcel.lines.map(({ quantity }) => quantity))).toEqual([1]);
    expect(await lines()).toEqual([
      [3, 0, 1],
      [2, 0, 0],
    ]);
  });
});
