import { afterEach, describe, expect, test } from 'vitest';
import { databaseKinds, hasDatabase } from '../../support/databases.ts';
import { openShopWorld, type ShopWorld, toPlace } from '../../support/played-shops.ts';
import { brokenInvariants, stockUp } from '../../support/warehouse.ts';

describe.each(databaseKinds)('a number typed for a label of the platform, on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: ShopWorld;
  afterEach(async () => {
    expect(await brokenInvariants(world)).toEqual([]);
    await world.close();
  });

  const typed = async (name: string, carrier: string) => {
    world = await openShopWorld(kind, [name]);
    await stockUp(world, 3, 20);
    const shop = await world.connect(name);
    const order = world.platform(name).book.place({ ...toPlace(), labelMode: 'platform' });
    world.passTime(10);
    await world.read(shop);
    await world.settled();
    const { orders } = await world.call('orders.list-view', { sort: 'newest', limit: 1 });
    const orderId = orders[0]?.id ?? '';
    const { body } = await world.ask('shops.ship-elsewhere', { orderId, carrier, tracking: 'ZT10000000001' });
    await world.settled();
    const { messages } = await world.call('shops.messages-view', {});
    const { state } = await world.call('orders.order-view', { order: orderId });
    return { code: body.ok ? 'marked' : body.error.code, kind: body.ok ? '' : body.error.kind, messages, state, order };
  };

  test('is refused where the platform numbers it: nothing is marked, nothing waits in vain', async () => {
    const { code, kind: errorKind, messages, state, order } = await typed('tiktok_shop', 'UPS');

    expect([code, errorKind, state]).toEqual(['order.label-of-platform', 'rule', 'allocated']);
    expect([messages, order.packages]).toEqual([[], []]);
  });

  test('is taken where the platform’s own program made the label and wants its number told', async () => {
    const { code, messages, state, order } = await typed('pinduoduo', '中通快递');

    expect([code, state, messages]).toEqual(['marked', 'shipped', []]);
    expect(order.packages.map(({ tracking }) => tracking)).toEqual(['ZT10000000001']);
  });
});
