import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SimulatedTiktok } from '../../../main/channels/tiktok-shop/simulated.ts';
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
  const sent = async (name: string, lines?: Parameters<typeof toPlace>[0]): Promise<string> => {
    world.platform(name).book.place(toPlace(lines));
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

  test('are paid back where the buyer sends back another unit of the line than the first', async () => {
    const orderId = await sent('tiktok_shop', [{ sku: 'SKU-1', quantity: 2 }]);
    const tiktok = world.platform('tiktok_shop') as SimulatedTiktok;
    tiktok.openReturn(tiktok.book.all()[0]?.id ?? '', 1);

    await world.call('shops.tell-return', { orderId, lines: [{ sku: 'SKU-1', quantity: 1 }], refund: true });
    await world.settled();
    expect(await messages()).toEqual([['channel.request-refund', 'sent']]);
    expect(tiktok.book.acts().filter(({ kind: act }) => act === 'refund')).toHaveLength(1);
  });

  test('are spread over the lines of their SKU, and never more than were sent', async () => {
    const orderId = await sent('shopify', [
      { sku: 'SKU-1', quantity: 1 },
      { sku: 'SKU-1', quantity: 2 },
    ]);
    const lines = (quantity: number, sku = 'SKU-1') => ({ orderId, lines: [{ sku, quantity }] });

    await expect(world.call('shops.tell-return', lines(4))).rejects.toThrow(/more-than-sent/);
    await expect(world.call('shops.tell-return', lines(1, 'SKU-2'))).rejects.toThrow(/unknown-sku/);
    expect(await messages()).toEqual([]);
    await world.call('shops.tell-return', lines(2));
    const [message] = await world.core.database.read('outbox').where({ topic: 'channel.return-received' });
    expect(JSON.parse(message.payload).lines.map(({ quantity }: { quantity: number }) => quantity)).toEqual([1, 1]);
    const { timeline } = await world.call('orders.order-view', { order: orderId });
    expect(timeline).toContainEqual(expect.objectContaining({ kind: 'return.to-tell', data: { units: '2 × SKU-1' } }));
  });

  test('are nothing while nothing was sent', async () => {
    world.platform('shopify').book.place(toPlace());
    await world.read(await world.connect('shopify'));
    await world.settled();
    const { orders } = await world.call('orders.list-view', {});

    await expect(world.call('shops.tell-return', { orderId: orders[0]?.id ?? '' })).rejects.toThrow(/nothing-sent/);
  });

  test('are entered on the pages of a platform that takes neither, which is said', async () => {
    const orderId = await sent('woocommerce');

    await expect(world.call('shops.tell-return', { orderId, refund: true })).rejects.toThrow(/takes-no-return/);
    expect(await messages()).toEqual([]);
  });
});
