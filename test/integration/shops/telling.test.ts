import { beforeEach, describe, expect, test } from 'vitest';
import type { SimulatedPlatform } from '../../../main/channels/channel-simulator.ts';
import { tellBegun } from '../../../main/shops/effect-service.ts';
import { tellStock } from '../../../main/shops/stock-service.ts';
import { databaseKinds, hasDatabase } from '../../support/databases.ts';
import { openShopEachTime, type ShopWorld, toPlace } from '../../support/played-shops.ts';

describe.each(databaseKinds)('a shop that is told on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: ShopWorld;
  let platform: SimulatedPlatform;
  let shop: string;
  openShopEachTime(kind, ['shopify'], (opened) => {
    ({ world, platform, shop } = opened);
  });

  const read = async () => {
    await world.read(shop);
    await world.settled();
  };
  const sentElsewhere = async (number: string, lines?: { sku: string; quantity: number }[]) => {
    const { id } = await world.call('orders.order-view', { order: number });
    await world.call('shops.ship-elsewhere', {
      ...{ orderId: id, carrier: 'UPS', tracking: '1Z999AA10123456784' },
      ...(lines ? { lines } : {}),
    });
    await world.settled();
  };
  const told = () => platform.book.acts().filter(({ kind: act }) => act === 'ship');
  const parked = async () => (await world.call('shops.messages-view', {})).messages;
  const shipments = async () =>
    world.core.database.read('shop_shipment').orderBy('sequence').select('state', 'tracking', 'remote_id');
  /** The shop does not answer when the order is read again, and is there when it is told. */
  const unreadBefore = () => {
    for (let tries = 0; tries < 4; tries += 1) platform.planOn('query Orders(', 'unavailable');
  };
  const laterToday = async () => {
    world.passTime(20);
    world.core.worker.wake();
    await world.settled();
  };

  test('hears of a parcel when its label was scanned back, with carrier, number and lines', async () => {
    const order = platform.book.place(toPlace([{ sku: 'SKU-1', quantity: 2 }]));
    await read();
    const codes = await world.pickNextOrder();
    for (const code of codes) await world.scan(code);
    await world.finishParcel();
    await world.settled();

    const [parcel] = order.packages;
    expect(parcel?.lines.map(({ quantity }) => quantity)).toEqual([2]);
    expect(await shipments()).toMatchObject([{ state: 'told', tracking: parcel?.tracking }]);
    const report = await world.call('shops.reconcile', { id: shop });
    expect([report.differences, report.orders.equal, report.parcels.equal]).toEqual([[], 1, 1]);
  });

  test('is not asked to change anything by its own echo', async () => {
    const order = platform.book.place(toPlace([{ sku: 'SKU-1', quantity: 2 }]));
    await read();
    await sentElsewhere(order.number, [{ sku: 'SKU-1', quantity: 1 }]);
    world.passTime(10);

    await read();

    const { state, lines } = await world.call('orders.order-view', { order: order.number });
    expect([state, lines[0]?.quantityOrdered, lines[0]?.quantityShipped]).toEqual(['allocated', 2, 1]);
  });

  describe.each(['unavailable-after', 'cut-after', 'html-after', 'hang-after'] as const)(
    'whose answer was %s',
    (fault) => {
      test('has the parcel once', async () => {
        const order = platform.book.place(toPlace());
        await read();
        const before = platform.requests().length;
        platform.planOn('fulfillmentCreate', fault);
        await sentElsewhere(order.number);
        await laterToday();
        await laterToday();

        expect(told().length).toBe(1);
        expect(platform.requests().length).toBeGreaterThan(before + 1);
        expect(await shipments()).toMatchObject([{ state: 'told' }]);
        expect(await parked()).toEqual([]);
      });
    },
  );

  test('parks what the platform refuses, with its words, and goes on with the others', async () => {
    const gone = platform.book.place(toPlace());
    const other = platform.book.place(toPlace());
    await read();
    platform.book.change(gone, { kind: 'cancel' });
    unreadBefore();
    await sentElsewhere(gone.number);
    await sentElsewhere(other.number);

    const [message] = await parked();
    expect([message?.topic, message?.subject, message?.reason?.code]).toEqual([
      'channel.ship',
      gone.number,
      'shop.shipment-refused',
    ]);
    expect(told().map(({ orderId }) => orderId)).toEqual([other.id]);
  });

  test('hears of a parcel that it refused while it kept the order back, as soon as it lets the order go', async () => {
    const order = platform.book.place(toPlace());
    await read();
    platform.book.change(order, { kind: 'hold', reason: 'Fraud check' });
    unreadBefore();
    await sentElsewhere(order.number);
    const refused = (await parked()).length;
    await read();
    world.passTime(1);
    platform.book.change(order, { kind: 'release' });
    await read();
    await laterToday();

    expect([refused, (await parked()).length, told().length]).toEqual([1, 0, 1]);
    expect(await shipments()).toMatchObject([{ state: 'told' }]);
  });

  test('waits over a weekend for a shop that is down, and is told then', async () => {
    const order = platform.book.place(toPlace());
    await read();
    platform.plan(Array.from({ length: 400 }, () => 'unavailable' as const));
    const { id } = await world.call('orders.order-view', { order: order.number });
    await world.call('shops.ship-elsewhere', { orderId: id, carrier: 'UPS', tracking: '1Z999AA10123456784' });
    for (let hour = 0; hour < 48; hour += 1) {
      await world.core.worker.drain();
      world.passTime(60);
    }
    const during = [await parked(), told().length];
    platform.unplan();
    await laterToday();

    expect(during).toEqual([[], 0]);
    expect(told().length).toBe(1);
  });

  test('hears once that a supervisor cancelled an order here', async () => {
    const order = platform.book.place(toPlace());
    await read();
    const { id } = await world.call('orders.order-view', { order: order.number });

    await world.call('orders.cancel-order', { orderId: id });
    await world.settled();

    expect(order.state).toBe('cancelled');
    expect(await parked()).toEqual([]);
    expect((await world.call('shops.reconcile', { id: shop })).differences).toEqual([]);
  });

  test('hears once that work on an order has begun', async () => {
    const order = platform.book.place(toPlace());
    await read();
    await world.pickNextOrder();

    expect([await tellBegun(world.core.deps), await tellBegun(world.core.deps)]).toEqual([1, 0]);
    await world.settled();

    expect(order.acknowledgedAt).not.toBeNull();
  });

  describe('with its stock', () => {
    const tell = async (): Promise<number> => {
      const count = await tellStock(world.core.deps);
      await world.settled();
      return count;
    };
    const stockOf = (sku: string) => platform.book.stock.get(sku);
    beforeEach(async () => {
      const { shops } = await world.call('shops.list-view', {});
      const { version = 0, config = {} } = shops[0] ?? {};
      await world.call('shops.save-shop', {
        ...{ id: shop, expectedVersion: version, connector: 'shopify', title: 'shopify', config, secrets: {} },
        ...{ active: false, pushShipments: true, pushStock: true, carriers: [] },
      });
      for (const sku of ['SKU-1', 'SKU-2', 'SKU-3']) platform.book.stock.set(sku, 0);
    });

    test('is told what can be sold: on hand less what is reserved', async () => {
      platform.book.place(toPlace([{ sku: 'SKU-1', quantity: 4 }]));
      await read();

      const first = await tell();

      expect([first, stockOf('SKU-1'), stockOf('SKU-2')]).toEqual([3, 16, 20]);
      expect(await tell()).toBe(0);
    });

    test('does not undo what somebody else changed meanwhile, and tells the right number then', async () => {
      await tell();
      platform.book.stock.set('SKU-2', 7); // sold there, and not read here yet
      platform.book.place(toPlace([{ sku: 'SKU-2', quantity: 13 }]));
      await read();

      await tell();

      expect(stockOf('SKU-2')).toBe(7);
    });
  });

  test('hears of a corrected number after the parcel, never before', async () => {
    const order = platform.book.place(toPlace());
    await read();
    await sentElsewhere(order.number);
    const [row] = await world.core.database.read('shop_shipment').select('id');
    await world.call('shops.correct-tracking', { shipmentId: row.id, carrier: 'UPS', tracking: '1Z999AA10123456795' });
    await world.settled();

    expect(order.packages.map(({ tracking }) => tracking)).toEqual(['1Z999AA10123456795']);
    expect(platform.book.acts().map(({ kind: act }) => act)).toEqual(['ship', 'correct']);
  });
});
