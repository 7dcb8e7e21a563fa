import { describe, expect, test } from 'vitest';
import type { SimulatedPlatform } from '../../../main/channels/channel-simulator.ts';
import { databaseKinds, hasDatabase } from '../../support/databases.ts';
import { openShopEachTime, type ShopWorld, toPlace } from '../../support/played-shops.ts';

describe.each(databaseKinds)('a shop that is told of lines as a whole on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: ShopWorld;
  let platform: SimulatedPlatform;
  let shop: string;
  openShopEachTime(kind, ['xiaohongshu'], (opened) => {
    ({ world, platform, shop } = opened);
  });

  const read = async () => {
    world.passTime(30);
    await world.read(shop);
    await world.settled();
  };
  const view = (order: string) => world.call('orders.order-view', { order });
  const sent = async (number: string, tracking: string, lines: { sku: string; quantity: number }[]) => {
    const { id } = await view(number);
    await world.call('shops.ship-elsewhere', { orderId: id, carrier: '中通快递', tracking, lines });
    await world.settled();
  };

  test('does not get a part of a line for more of it, and hears of the line with the parcel that completes it', async () => {
    const order = platform.book.place(
      toPlace([
        { sku: 'SKU-1', quantity: 3 },
        { sku: 'SKU-2', quantity: 1 },
      ]),
    );
    const number = `P${order.id}`;
    await read();
    const before = (await view(number)).lines.map((line) => [line.sku, line.quantityOrdered]);
    await sent(number, 'ZT1', [{ sku: 'SKU-1', quantity: 2 }]);
    world.passTime(10);
    platform.book.change(order, { kind: 'note', note: 'please hurry' });
    await read();
    const between = (await view(number)).lines.map((line) => [line.sku, line.quantityOrdered, line.quantityShipped]);
    await sent(number, 'ZT2', [
      { sku: 'SKU-1', quantity: 1 },
      { sku: 'SKU-2', quantity: 1 },
    ]);

    expect(before).toEqual([
      ['SKU-1', 3],
      ['SKU-2', 1],
    ]);
    expect(between).toEqual([
      ['SKU-1', 3, 2],
      ['SKU-2', 1, 0],
    ]);
    expect(order.packages.map(({ tracking }) => tracking)).toEqual(['ZT2']);
    expect(order.lines.map(({ shipped }) => shipped)).toEqual([3, 1]);
  });
});
