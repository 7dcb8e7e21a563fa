import { describe, expect, test } from 'vitest';
import { shopifyConnector } from '../../../main/channels/shopify/channel.ts';
import { signShopifyWebhook } from '../../../main/channels/shopify/sign.ts';
import { LASTING_TOKEN } from '../../../main/channels/shopify/simulated-limits.ts';
import { aParcel, linesOf, only, orderGid, type ShopifyWorld, shopifyWorld } from './shopify-world.ts';

const lines = (count: number, quantity = 1) =>
  Array.from({ length: count }, (_, at) => ({ sku: `S-${at}`, title: `Thing ${at}`, quantity, unitPriceMinor: 100 }));

async function readAll({ channel }: ShopifyWorld) {
  const orders = [];
  const unseen = async (headers: readonly { externalId: string }[]) => headers.map(({ externalId }) => externalId);
  for await (const page of channel.changes({ since: '2026-11-23T08:00:00.000Z', unseen })) orders.push(...page.orders);
  return orders;
}

describe('an order with long lists', () => {
  test('of 10,000 lines comes in whole', async () => {
    const world = shopifyWorld({ pace: 1_000 });
    const id = world.place({ lines: lines(10_000) });
    const order = await only(world, id);

    expect(order.lines).toHaveLength(10_000);
    expect(order.lines.reduce((sum, { quantityToPack }) => sum + quantityToPack, 0)).toBe(10_000);
  });

  test('loses neither line 51, nor fulfillment order 11, nor a line of a long parcel', async () => {
    const world = shopifyWorld({ partOf: (index) => Math.floor(index / 20) });
    const id = world.place({ lines: lines(300) });
    const all = linesOf(world, id, Array(300).fill(1));
    for (const [at, line] of all.slice(0, 11).entries())
      await world.channel.ship?.({ ...aParcel(id, [line]), tracking: `T${at}` });
    await world.channel.ship?.({ ...aParcel(id, all.slice(11, 40)), tracking: 'T-long' });
    const order = await only(world, id);

    expect(order.lines).toHaveLength(300);
    expect(order.lines.reduce((sum, { quantityToPack }) => sum + quantityToPack, 0)).toBe(260);
    expect(order.packages).toHaveLength(12);
    expect(order.packages.find(({ tracking }) => tracking === 'T-long')?.lines).toHaveLength(29);
  });
});

describe('one order of which Shopify cannot show a part', () => {
  test('is set aside with its reason; the others come', async () => {
    const world = shopifyWorld();
    const ids = Array.from({ length: 12 }, () => world.place());
    const [, , broken = ''] = ids;
    world.shop.breakOrder(broken);
    world.advance(60_000);
    const { orders, quarantined } = await world.channel.orders(ids.map(orderGid));

    expect(orders.map(({ externalId }) => externalId)).toEqual(ids.filter((id) => id !== broken).map(orderGid));
    expect(quarantined).toEqual([{ id: orderGid(broken), reason: 'Shopify: Internal error' }]);
  });
});

describe('a reading that breaks off', () => {
  test('hands over what it had before it says so', async () => {
    const world = shopifyWorld();
    for (let at = 0; at < 30; at++) world.place();
    world.advance(60_000);
    let details = 0;
    world.before((asked) => {
      if (asked?.query.includes('nodes(ids') && ++details === 3) world.shop.plan(['unavailable']);
    });
    const orders: unknown[] = [];
    const unseen = async (headers: readonly { externalId: string }[]) => headers.map(({ externalId }) => externalId);
    const reading = async () => {
      for await (const page of world.channel.changes({ since: '2026-11-23T08:00:00.000Z', unseen }))
        orders.push(...page.orders);
    };

    await expect(reading()).rejects.toMatchObject({ code: 'channel.unavailable' });
    expect(orders.length).toBeGreaterThan(5);
  });
});

describe('points and tokens', () => {
  test('the lasting token of an older app is enough; a wrong one is named', async () => {
    const world = shopifyWorld();
    const none = { clientId: '', clientSecret: '' };
    const good = await world.open({ ...none, accessToken: LASTING_TOKEN }).check();
    const bad = await world.open({ ...none, accessToken: 'shpat_x' }).check();

    expect(good).toEqual({
      account: 'Packwright Demo',
      messages: [{ level: 'info', code: 'shop.check.ok', text: '' }],
    });
    expect(bad.messages).toMatchObject([{ level: 'error', code: 'shop.check.bad-key' }]);
  });

  test('a PC whose clock is ten minutes fast is told so, and reads on by the time of the shop', async () => {
    const world = shopifyWorld({ skewMs: 600_000 });
    const { messages } = await world.channel.check();
    const upTo: (string | null)[] = [];
    const reading = world.channel.changes({ since: '2026-11-23T08:00:00.000Z', unseen: async () => [] });
    for await (const page of reading) upTo.push(page.upTo);

    expect(messages).toEqual([{ level: 'warning', code: 'shop.check.clock', text: '600' }]);
    expect(upTo).toEqual(['2026-11-23T09:00:00.000Z']);
  });

  test('a key of another shop is named', async () => {
    const world = shopifyWorld();

    expect((await world.open({ shop: 'another' }).check()).messages).toEqual([
      { level: 'error', code: 'shop.check.bad-shop', text: 'packwright-demo.myshopify.com' },
    ]);
  });

  test('a shop of few points is asked at its own pace, and everything comes', async () => {
    const world = shopifyWorld({ points: { maximum: 1_000, restore: 5_000 } });
    for (let at = 0; at < 40; at++) world.place();
    world.advance(60_000);

    expect(await readAll(world)).toHaveLength(40);
  });

  test('whoever has to wait long hears how long', async () => {
    const world = shopifyWorld({ points: { maximum: 200, restore: 1 } });
    world.place();
    world.advance(60_000);

    await expect(readAll(world)).rejects.toMatchObject({
      code: 'channel.throttled',
      details: { retryAfterMs: expect.toSatisfy((ms: number) => ms > 10_000) },
    });
  });

  test('a token that ends is asked for again before it ends', async () => {
    const world = shopifyWorld({ tokenSeconds: 600 });
    world.place();
    await world.channel.check();
    world.advance(500_000);
    await world.channel.check();

    expect(world.shop.requests().filter((one) => one.endsWith('/access_token'))).toHaveLength(2);
    expect(world.shop.requests()).toHaveLength(4);
  });
});

describe('rights', () => {
  test('to personal data that are missing leave an order with a masked address, and the check says so', async () => {
    const world = shopifyWorld({ withholdsPersonalData: true });
    const id = world.place();
    const { messages } = await world.channel.check();

    expect(await only(world, id)).toMatchObject({ addressState: 'masked', address: null });
    expect(messages).toEqual([{ level: 'warning', code: 'shop.check.personal-data-withheld', text: '' }]);
  });

  test('to fulfillment orders that are missing are an error, never an order of which nothing is to be sent', async () => {
    const world = shopifyWorld({ scopes: ['read_orders', 'write_orders'] });
    const id = world.place();
    const { messages } = await world.channel.check();

    await expect(world.channel.orders([orderGid(id)])).rejects.toMatchObject({
      code: 'channel.refused',
      details: { code: 'ACCESS_DENIED' },
    });
    expect(messages[0]).toMatchObject({
      level: 'error',
      code: 'shop.check.missing-right',
      text: 'read_merchant_managed_fulfillment_orders',
    });
  });
});

describe('where an order comes from', () => {
  test('is looked at again while Shopify still gathers it', async () => {
    const world = shopifyWorld();
    const id = world.place({ source: 'pinterest' });
    const early = await only(world, id);
    world.advance(60_000);
    const late = await only(world, id);

    expect(early.attribution).toMatchObject({ channel: 'web', settled: false });
    expect(late.attribution).toMatchObject({ channel: 'pinterest', settled: true });
    expect(late.traces).toMatchObject({
      settled: true,
      campaigns: expect.arrayContaining([{ from: 'utm_source', value: 'pinterest' }]),
    });
  });

  test('of a copy from a marketplace names the order there', async () => {
    const world = shopifyWorld();
    const id = world.place({ copyOf: { marketplace: 'tiktok_shop', id: '576461413038785752' } });

    expect((await only(world, id)).attribution).toMatchObject({
      channel: 'tiktok_shop',
      marketplaceOrderId: '576461413038785752',
    });
  });
});

describe('changes', () => {
  test('within the second in which an order was read are not lost', async () => {
    const world = shopifyWorld();
    const id = world.place();
    const read = await only(world, id);
    world.advance(400);
    const order = world.shop.book.find(id);
    if (order) world.shop.book.change(order, { kind: 'note', note: 'Ring twice' });
    const headers: { externalId: string; updatedAt: string | null }[] = [];
    const unseen = async (listed: typeof headers) => {
      headers.push(...listed);
      return [];
    };
    for await (const _ of world.channel.changes({ since: '2026-11-23T08:00:00.000Z', unseen }));

    expect((read.updatedAt ?? '') < (headers[0]?.updatedAt ?? '')).toBe(true);
  });
});

describe('a webhook', () => {
  const config = { shop: 'a', clientId: 'i', clientSecret: 's' };
  const news = (topic: string, body: string, secret = 's') =>
    shopifyConnector.webhook?.(config, {
      query: {},
      rawBody: Buffer.from(body),
      headers: {
        'x-shopify-topic': topic,
        'x-shopify-webhook-id': 'w1',
        'x-shopify-hmac-sha256': signShopifyWebhook(secret, body),
      },
    });

  test.each([
    ['orders/paid', '{"id":820982911946154508}'],
    ['refunds/create', '{"id":5,"order_id":820982911946154508}'],
    ['fulfillments/create', '{"id":5,"order_id":820982911946154508}'],
    ['returns/approve', '{"id":5,"order":{"id":820982911946154508}}'],
  ])('%s names its order, with an id that no double holds', (topic, body) => {
    expect(news(topic, body)).toEqual({ id: 'w1', externalIds: ['gid://shopify/Order/820982911946154508'] });
  });

  test('of a fulfillment order names none, and one that is damaged neither', () => {
    expect(
      news('fulfillment_orders/placed_on_hold', '{"fulfillment_order":{"id":"gid://shopify/FulfillmentOrder/1"}}'),
    ).toEqual({
      ...{ id: 'w1', externalIds: [] },
    });
    expect(news('orders/paid', '{"id":8209')).toEqual({ id: 'w1', externalIds: [] });
  });

  test('signed with another secret is not believed', () => {
    expect(() => news('orders/paid', '{"id":1}', 'x')).toThrow(
      expect.objectContaining({ kind: 'permission', code: 'channel.bad-signature' }),
    );
  });
});

describe('the form', () => {
  test.each([
    [{ shop: 'my-shop' }, 'my-shop.myshopify.com'],
    [{ shop: 'https://My-Shop.myshopify.com/admin' }, 'my-shop.myshopify.com'],
  ])('%j is the shop %s', (config, key) => {
    expect(shopifyConnector.shopKey(config)).toBe(key);
  });

  test('wants a token, or id and secret', () => {
    const { channel: _, ...world } = shopifyWorld();
    expect(() => world.open({ clientSecret: '' })).toThrow(expect.objectContaining({ code: 'channel.bad-config' }));
  });
});
