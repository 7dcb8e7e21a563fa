import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { databaseKinds, hasDatabase } from '../../support/databases.ts';
import { openShopWorld, type ShopWorld, toPlace } from '../../support/played-shops.ts';
import { brokenInvariants, stockUp } from '../../support/warehouse.ts';

describe.each(databaseKinds)('goods that came back on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: ShopWorld;
  beforeEach(async () => {
    world = await openShopWorld(kind, ['shopify', 'tiktok_shop', 'woocommerce']);
    await stockUp(world, 3, 20);
  });
  afterEach(async () => {
    expect(await brokenInvariants(world)).toEqual([]);
    await world.close();
  });

  /** An order of this shop that has left; gives its id. */
  const sent = async (name: string): Promise<string> => {
    world.platform(name).book.place(toPlace());
    await world.read(await world.connect(name));
    await world.settled();
    const { orders } = await world.call('orders.list-view', { sort: 'newest', limit: 1 });
    const id = orders[0]?.id ?? '';
    await world.call('shops.ship-elsewhere', { orderId: id, carrier: 'UPS', tracking: '1Z999AA10123456784' });
    await world.settled();
    return id;
  };
  const messages = async () =>
    (await world.core.database.read('outbox').whereIn('topic', ['channel.return-received', 'channel.request-refund']))
      .map(({ topic, state }) => [topic, state])
      .sort();

  test('are told to Shopify, which takes a return that it opened, and a wish to pay back', async () => {
    const orderId = await sent('shopify');

    expect(await world.call('shops.tell-return', { orderId, refund: true })).toEqual({ returned: true, refund: true });
    await world.settled();
    const { messages: parked } = await world.call('shops.messages-view', {});
    expect(parked.map(({ topic }) => topic)).toEqual(['channel.return-received']);
    expect(await messages()).toContainEqual(['channel.request-refund', 'sent']);
  });

  test('are told to TikTok as far as it takes it: the refund', async () => {
    const orderId = await sent('tiktok_shop');

    expect(await world.call('shops.tell-return', { orderId, refund: true })).toEqual({ returned: false, refund: true });
    await expect(world.call('shops.tell-return', { orderId, refund: false })).rejects.toThrow(/takes-no-return/);
  });

  test('are entered on the pages of a platform that takes neither, which is said', async () => {
    const orderId = await sent('woocommerce');

    await expect(world.call('shops.tell-return', { orderId, refund: true })).rejects.toThrow(/takes-no-return/);
    expect(await messages()).toEqual([]);
  });
});
