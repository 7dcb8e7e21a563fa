import { describe, expect, test } from 'vitest';
import { aParcel, linesOf, only, orderGid, shopifyWorld } from './shopify-world.ts';

describe('a parcel', () => {
  test('of two locations is told once at each', async () => {
    const world = shopifyWorld({ locationOf: (index) => index % 2 });
    const id = world.place();
    const told = await world.channel.ship?.(aParcel(id, linesOf(world, id, [3, 1])));
    const { packages = [] } = world.shop.book.find(id) ?? {};

    expect(told).toEqual({
      outcome: 'done',
      remoteId: packages.map((one) => `gid://shopify/Fulfillment/${one.id}`).join(','),
    });
    expect(packages.map(({ tracking, lines: units }) => [tracking, units.length])).toEqual([
      ['8J0001', 1],
      ['8J0001', 1],
    ]);
  });

  test('of two locations that broke off in between is not taken for told, and is completed', async () => {
    const world = shopifyWorld({ locationOf: (index) => index % 2 });
    const id = world.place();
    const parcel = aParcel(id, linesOf(world, id, [3, 1]));
    let told = 0;
    world.before((asked) => {
      if (asked?.query.includes('fulfillmentCreate') && ++told === 2) world.shop.plan(['unavailable']);
    });
    await expect(world.channel.ship?.(parcel)).rejects.toMatchObject({ code: 'channel.unavailable' });
    const found = await world.channel.findShipment?.(parcel);
    const again = await world.channel.ship?.(parcel);

    expect(found).toBeNull();
    expect(again).toMatchObject({ outcome: 'done' });
    expect(world.shop.book.find(id)?.lines.map(({ shipped }) => shipped)).toEqual([3, 1]);
    expect(world.shop.book.find(id)?.packages).toHaveLength(2);
  });

  test('names every unit: what is not in it stays to be sent', async () => {
    const world = shopifyWorld();
    const id = world.place();
    await world.channel.ship?.(aParcel(id, linesOf(world, id, [1, 0])));

    expect((await only(world, id)).lines.map(({ quantityToPack }) => quantityToPack)).toEqual([2, 1]);
  });

  test('of an order for later opens it first', async () => {
    const world = shopifyWorld({ scheduled: true });
    const id = world.place();
    const before = await only(world, id);
    const told = await world.channel.ship?.(aParcel(id, linesOf(world, id, [3, 1])));

    expect(before.shipState).toBe('waiting');
    expect(told).toMatchObject({ outcome: 'done' });
    expect(world.shop.book.find(id)?.packages).toHaveLength(1);
  });

  test('of more than is left, or of an order on hold, is refused in words', async () => {
    const world = shopifyWorld();
    const [id, held] = [world.place(), world.place()];
    const order = world.shop.book.find(held);
    if (order) world.shop.book.change(order, { kind: 'hold', reason: 'risk' });
    const more = await world.channel.ship?.(aParcel(id, linesOf(world, id, [4, 0])));
    const onHold = await world.channel.ship?.(aParcel(held, linesOf(world, held, [1, 0])));

    expect([more, onHold]).toMatchObject([
      { outcome: 'refused', code: 'more-than-left' },
      { outcome: 'refused', code: 'on-hold' },
    ]);
    expect(world.shop.book.acts()).toEqual([]);
  });

  test('whose carrier is on no list keeps our own link', async () => {
    const world = shopifyWorld();
    const id = world.place();
    const carrier = { code: 'Fast Fox', name: 'Fast Fox' };
    await world.channel.ship?.({ ...aParcel(id, linesOf(world, id, [3, 1])), carrier });
    const { data } = await world.shop
      .fetch(
        new Request('https://x.example/_state'), // what the platform has, from outside
      )
      .then(async (answer) => ({ data: JSON.stringify(await answer.json()) }));

    expect(data).toContain('Fast Fox');
    expect(world.asked.at(-1)?.variables).toMatchObject({
      fulfillment: { trackingInfo: { company: 'Fast Fox', url: 'https://track.example/8J0001' } },
    });
  });
});

describe('the shop', () => {
  test('begins work on an order', async () => {
    const world = shopifyWorld();
    const id = world.place();

    expect(await world.channel.acknowledge?.(orderGid(id))).toMatchObject({ outcome: 'done' });
    expect(world.shop.book.find(id)?.acknowledgedAt).not.toBeNull();
  });

  test('cancels an order by a job, gives no money back, and marks it for whoever does', async () => {
    const world = shopifyWorld();
    const id = world.place();
    const cancel = { externalId: orderGid(id), lines: null, reason: 'no-stock', reference: 'c1' } as const;
    const first = await world.channel.cancel?.(cancel);
    const again = await world.channel.cancel?.(cancel);

    expect([first, again]).toMatchObject([{ outcome: 'done' }, { outcome: 'done' }]);
    expect(world.shop.book.acts().filter(({ kind }) => kind === 'cancel')).toHaveLength(1);
    expect(world.shop.tagsOf(id)).toEqual(['refund-requested']);
    expect(world.asked.map(({ query }) => query).join()).not.toMatch(/refundCreate|refundMethod/);
  });

  test.each(['orderEditBegin', 'orderEditCommit', 'metafieldsSet'])(
    'takes units off a line once, also when nobody answered to %s',
    async (mutation) => {
      const world = shopifyWorld();
      const id = world.place();
      const [externalId, units] = [orderGid(id), linesOf(world, id, [1, 0])];
      const cancel = { externalId, lines: units, reason: 'no-stock', reference: 'c1' } as const;
      let failed = false;
      world.before((asked) => {
        if (failed || !asked?.query.includes(`${mutation}(`)) return;
        failed = true;
        world.shop.plan(['unavailable-after']);
      });
      await expect(world.channel.cancel?.(cancel)).rejects.toMatchObject({ code: 'channel.unavailable' });
      await world.channel.cancel?.(cancel);
      await world.channel.cancel?.(cancel);

      expect(world.shop.book.find(id)?.lines.map(({ cancelled }) => cancelled)).toEqual([1, 0]);
    },
  );

  test('hears of goods that came back, once; without a return that is open it is asked for one', async () => {
    const world = shopifyWorld();
    const id = world.place();
    await world.channel.ship?.(aParcel(id, linesOf(world, id, [3, 1])));
    const back = { externalId: orderGid(id), lines: linesOf(world, id, [2, 0]), reference: 'b1' };
    const early = await world.channel.returnReceived?.(back);
    const [line] = world.shop.book.find(id)?.lines ?? [];
    if (line) world.shop.openReturn(id, [{ lineId: line.id, quantity: 2 }]);
    const first = await world.channel.returnReceived?.(back);
    const again = await world.channel.returnReceived?.(back);

    expect(early).toMatchObject({ outcome: 'refused', code: 'no-open-return' });
    expect([first, again]).toMatchObject([{ outcome: 'done' }, { outcome: 'done' }]);
    expect(world.shop.book.acts().filter(({ kind }) => kind === 'return')).toHaveLength(1);
  });

  test('is asked to refund by a mark on the order', async () => {
    const world = shopifyWorld();
    const id = world.place();
    await world.channel.requestRefund?.({
      externalId: orderGid(id),
      lines: linesOf(world, id, [2, 0]),
      reference: 'r',
    });

    expect(world.shop.tagsOf(id)).toEqual(['refund-requested', 'refund 2 x MUG-1']);
  });
});

describe('stock', () => {
  const wanted = { sku: 'MUG-1', available: 4, before: 9, reference: 's1' };

  test('that somebody changed between our look and our word is not overwritten', async () => {
    const world = shopifyWorld();
    world.place();
    world.shop.book.stock.set('MUG-1', 9);
    world.before((asked) => {
      if (asked?.query.includes('inventorySetQuantities')) world.shop.book.stock.set('MUG-1', 7);
    });

    expect(await world.channel.stock?.([wanted])).toEqual([{ sku: 'MUG-1', outcome: 'stale', now: null }]);
    expect(world.shop.book.stock.get('MUG-1')).toBe(7);
  });

  test('set by a command that nobody answered is set once', async () => {
    const world = shopifyWorld();
    world.place();
    world.shop.book.stock.set('MUG-1', 9);
    let failed = false;
    world.before((asked) => {
      if (failed || !asked?.query.includes('inventorySetQuantities')) return;
      failed = true;
      world.shop.plan(['unavailable-after']);
    });
    await expect(world.channel.stock?.([wanted])).rejects.toMatchObject({ code: 'channel.unavailable' });

    expect(await world.channel.stock?.([wanted])).toEqual([{ sku: 'MUG-1', outcome: 'done' }]);
    expect(world.shop.book.stock.get('MUG-1')).toBe(4);
  });

  test('of a SKU at several locations wants one of them named', async () => {
    const world = shopifyWorld({ locations: 2 });
    world.place();
    const unclear = await world.channel.stock?.([{ ...wanted, before: null }]);
    const named = await world.open({ locationId: '8100000000' }).stock?.([{ ...wanted, before: null }]);

    expect(unclear).toMatchObject([{ outcome: 'refused', text: expect.stringContaining('several locations') }]);
    expect(named).toEqual([{ sku: 'MUG-1', outcome: 'done' }]);
  });
});
