import { beforeEach, describe, expect, test } from 'vitest';
import type { BookOrder } from '../../../main/channels/channel-order-book.ts';
import type { SimulatedPlatform } from '../../../main/channels/channel-simulator.ts';
import { databaseKinds, hasDatabase } from '../../support/databases.ts';
import { openShopEachTime, type ShopWorld, toPlace } from '../../support/played-shops.ts';
import { scanOffered } from '../../support/warehouse.ts';

describe.each(databaseKinds)('what a channel changes while a bench packs on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: ShopWorld;
  let platform: SimulatedPlatform;
  let shop: string;
  let order: BookOrder;
  let codes: string[];
  openShopEachTime(kind, ['shopify'], (opened) => {
    ({ world, platform, shop } = opened);
  });
  beforeEach(async () => {
    order = platform.book.place(toPlace([{ sku: 'SKU-1', quantity: 2 }]));
    await read();
    codes = await world.pickNextOrder();
    await world.scan(codes[0] ?? '');
  });

  async function read(): Promise<void> {
    await world.read(shop);
    await world.settled();
  }
  const next = async () => (await world.scan(codes[1] ?? '')).verdict;
  const labels = async (): Promise<string[]> =>
    (await world.core.database.read('label').where({ kind: 'outbound' }).select('state')).map(({ state }) => state);

  test('a cancel stops the bench at its next scan, and says why', async () => {
    platform.book.change(order, { kind: 'cancel' });
    await read();

    const verdict = await next();

    expect([verdict.tone, verdict.code]).toEqual(['bad', 'order.cancelled']);
  });

  test('a hold stops the bench at its next scan, and says why', async () => {
    platform.book.change(order, { kind: 'hold', reason: 'Address is being checked' });
    await read();

    const verdict = await next();

    expect([verdict.tone, verdict.code, verdict.params.reason]).toEqual(['bad', 'order.on-hold', 'channel-hold']);
  });

  test('another address stops the bench at its next scan, and says why', async () => {
    platform.book.change(order, { kind: 'address', address: { street1: '2 quai de l’Exemple' } });
    await read();

    const verdict = await next();

    expect([verdict.code, verdict.params.reason]).toEqual(['order.on-hold', 'changed-by-channel']);
  });

  test('fewer pieces stop the bench at its next scan; put back, the order is packed as the shop wants it', async () => {
    platform.book.change(order, { kind: 'quantity', sku: 'SKU-1', quantity: 1 });
    await read();
    const stopped = await next();
    await world.scan(order.number);
    for (let turn = 0; (await world.view()).mode === 'put-back' && turn < 12; turn++)
      await scanOffered(world, (await world.view()).step === 'put-back-location' ? 'location' : 'item');
    await world.settled();
    const again = await world.pickNextOrder();

    expect(stopped).toMatchObject({ tone: 'bad', code: 'order.starts-again', params: { detail: 'SKU-1: 2 → 1' } });
    expect(again).toHaveLength(1);
  });

  const closeBox = async (): Promise<void> => {
    await world.scan(codes[1] ?? '');
    await world.settled();
  };

  test('a cancel that no reading has seen is seen before the label: none is made', async () => {
    platform.book.change(order, { kind: 'cancel' });

    await closeBox();

    expect(await labels()).not.toContain('bought');
    expect((await world.call('orders.order-view', { order: order.number })).state).toBe('cancelled');
  });

  test('fewer pieces that no reading has seen are seen before the label: none is made, and the box is taken apart', async () => {
    platform.book.change(order, { kind: 'quantity', sku: 'SKU-1', quantity: 1 });

    await closeBox();
    const stopped = await world.scan(codes[0] ?? '');

    expect(await labels()).not.toContain('bought');
    expect(stopped.verdict).toMatchObject({ code: 'order.starts-again', params: { units: 2 } });
    const { state, hold, parcels } = await world.call('orders.order-view', { order: order.number });
    expect([state, hold?.reason, parcels.map((parcel) => parcel.state)]).toEqual(['ready', 'starts-again', ['voided']]);
  });

  test('a hold that no reading has seen keeps the label back, and its end brings it', async () => {
    platform.book.change(order, { kind: 'hold', reason: 'Fraud check' });
    await closeBox();
    const held = await labels();
    platform.book.change(order, { kind: 'release' });

    await read();

    expect(held).toEqual(['failed']);
    expect((await labels()).at(-1)).toBe('bought');
  });

  describe('an order that the shop does not give any more', () => {
    const asGiven = () => {
      for (const name of ['find', 'all']) Reflect.deleteProperty(platform.book, name);
    };
    const held = async () => (await world.call('orders.order-view', { order: order.number })).hold?.reason ?? null;

    test('is held before its label with the reason, until the shop gives it again', async () => {
      Object.assign(platform.book, { find: () => undefined, all: () => [] });
      await closeBox();
      const gone = [await labels(), await held()];
      asGiven();

      await read();

      expect(gone).toEqual([['failed'], 'gone-from-channel']);
      expect([(await labels()).at(-1), await held()]).toEqual(['bought', null]);
    });

    test('is held as well when what the shop says of it cannot be read', async () => {
      const lines = order.lines.splice(0);
      await closeBox();
      const broken = [await labels(), await held()];
      order.lines.push(...lines);

      await read();

      expect(broken).toEqual([['failed'], 'unreadable-at-channel']);
      expect([(await labels()).at(-1), await held()]).toEqual(['bought', null]);
    });

    test('gets its label all the same when a supervisor lets it go', async () => {
      Object.assign(platform.book, { find: () => undefined, all: () => [] });
      await closeBox();
      const { id } = await world.call('orders.order-view', { order: order.number });

      await world.call('orders.release-hold', { orderId: id });
      await world.settled();

      expect([(await labels()).at(-1), await held()]).toEqual(['bought', null]);
    });
  });

  test('a shop that does not answer keeps nobody waiting: the label is made, and the journal says so', async () => {
    platform.plan(Array.from({ length: 50 }, () => 'unavailable' as const));

    await closeBox();

    expect(await labels()).toEqual(['bought']);
    const { timeline } = await world.call('orders.order-view', { order: order.number });
    expect(timeline.map((entry) => entry.kind)).toContain('order.not-read-again');
    platform.unplan();
  });
});
