import { describe, expect, test } from 'vitest';
import type { BookChange, BookOrder } from '../../../main/channels/channel-order-book.ts';
import type { SimulatedPlatform } from '../../../main/channels/channel-simulator.ts';
import { exportOrders } from '../../../main/reporting/export-views.ts';
import { tellStock } from '../../../main/shops/stock-service.ts';
import { anItem } from '../../support/builders.ts';
import { databaseKinds, hasDatabase } from '../../support/databases.ts';
import { openShopEachTime, type ShopWorld, toPlace } from '../../support/played-shops.ts';
import { binsOf, journalKinds } from '../../support/warehouse.ts';
import { demoGtin } from '../../support/world.ts';

describe.each(databaseKinds)('an order that left with a label made elsewhere, on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: ShopWorld;
  let platform: SimulatedPlatform;
  let shop: string;
  openShopEachTime(kind, ['shopify'], (opened) => {
    ({ world, platform, shop } = opened);
  });

  const read = async () => {
    world.passTime(10);
    await world.read(shop);
    await world.settled();
  };
  const placed = async (...lines: { sku: string; quantity: number }[]): Promise<BookOrder> => {
    const order = platform.book.place(toPlace(lines));
    await read();
    return order;
  };
  const view = (order: BookOrder) => world.call('orders.order-view', { order: order.number });
  const mark = async (order: BookOrder, lines?: { sku: string; quantity: number }[]) => {
    const tracking = `1Z999AA101234567${platform.book.acts().length}4`;
    const sent = { orderId: (await view(order)).id, carrier: 'UPS', tracking, ...(lines ? { lines } : {}) };
    const answer = await world.ask('shops.ship-elsewhere', sent);
    await world.settled();
    return answer.body.ok ? 'marked' : answer.body.error.code;
  };
  /** Ordered, cancelled, shipped, and of these sent from elsewhere. */
  const unitsOf = async (order: BookOrder) =>
    (await view(order)).lines.map((line) => [
      line.quantityOrdered,
      line.quantityCancelled,
      line.quantityShipped,
      line.quantitySentElsewhere,
    ]);
  const bins = async (sku: string) => (await binsOf(world, sku)).map(({ onHand, allocated }) => [onHand, allocated]);
  const packRest = async () => {
    for (const code of await world.pickNextOrder()) await world.scan(code);
    await world.finishParcel();
    await world.settled();
  };
  const change = (order: BookOrder, what: BookChange) => platform.book.change(order, what);

  test('counts as shipped and not as cancelled, and its goods are out of their bins', async () => {
    const order = await placed({ sku: 'SKU-1', quantity: 2 }, { sku: 'SKU-2', quantity: 1 });
    const before = await bins('SKU-1');

    const answer = await mark(order);

    expect([answer, before]).toEqual(['marked', [[20, 2]]]);
    expect(await unitsOf(order)).toEqual([
      [2, 0, 2, 2],
      [1, 0, 1, 1],
    ]);
    expect([await bins('SKU-1'), await bins('SKU-2')]).toEqual([[[18, 0]], [[19, 0]]]);
    const { state, unitCount, source } = await view(order);
    expect([state, unitCount, source?.shipments.map((parcel) => parcel.state)]).toEqual(['shipped', 3, ['told']]);
    const moved = await world.core.database.read('stock_movement').where({ reason: 'sent-elsewhere' }).sum('quantity');
    expect(Number(Object.values(moved[0] ?? {})[0])).toBe(-3);
  });

  test('is exported as it is', async () => {
    const order = await placed({ sku: 'SKU-1', quantity: 3 });
    await mark(order, [{ sku: 'SKU-1', quantity: 2 }]);

    const exported = [];
    for await (const one of exportOrders(world.core.database)) exported.push(one);

    expect(exported).toMatchObject([
      { lines: [{ quantityOrdered: 3, quantityCancelled: 0, quantityShipped: 2, quantitySentElsewhere: 2 }] },
    ]);
  });

  test('takes the components of a kit with it, and the rest of the kits is packed here', async () => {
    const components = [
      { sku: 'SKU-1', quantity: 2 },
      { sku: 'SKU-2', quantity: 1 },
    ];
    await world.importItems([anItem({ sku: 'SET', gtin: demoGtin(9), title: 'Set', components })]);
    const order = await placed({ sku: 'SET', quantity: 3 });
    await mark(order, [{ sku: 'SET', quantity: 1 }]);
    const between = [await unitsOf(order), await bins('SKU-1'), await bins('SKU-2')];
    await packRest();
    await read();

    expect(between).toEqual([[[3, 0, 1, 1]], [[18, 4]], [[19, 2]]]);
    expect([await unitsOf(order), (await view(order)).state]).toEqual([[[3, 0, 3, 1]], 'shipped']);
    expect(order.packages.map(({ lines }) => lines.map(({ quantity }) => quantity))).toEqual([[1], [2]]);
  });

  test('changes nothing when its shop tells of it again', async () => {
    const order = await placed({ sku: 'SKU-1', quantity: 2 });
    await mark(order);
    await read();
    change(order, { kind: 'touch' });

    await read();

    // Delivery may read otherwise now; no unit does, and nothing is cancelled.
    const said = (await view(order)).timeline.map(({ data }) => data.difference).filter(Boolean);
    expect(said.filter((difference) => difference !== 'details changed')).toEqual([]);
    expect([await unitsOf(order), await bins('SKU-1')]).toEqual([[[2, 0, 2, 2]], [[18, 0]]]);
    expect((await world.call('shops.reconcile', { id: shop })).differences).toEqual([]);
  });

  test('in part: the rest is packed here, and the shop hears of every unit once', async () => {
    const order = await placed({ sku: 'SKU-1', quantity: 3 }, { sku: 'SKU-2', quantity: 2 });
    await mark(order, [{ sku: 'SKU-1', quantity: 1 }]);
    await read();
    const between = [await unitsOf(order), await bins('SKU-1'), (await view(order)).state];
    await packRest();
    await read();
    change(order, { kind: 'touch' });
    await read();

    expect(between).toEqual([
      [
        [3, 0, 1, 1],
        [2, 0, 0, 0],
      ],
      [[19, 2]],
      'allocated',
    ]);
    expect(order.packages.map(({ lines }) => lines.map(({ quantity }) => quantity))).toEqual([[1], [2, 2]]);
    expect(await unitsOf(order)).toEqual([
      [3, 0, 3, 1],
      [2, 0, 2, 0],
    ]);
    expect([(await view(order)).state, await bins('SKU-1')]).toEqual(['shipped', [[17, 0]]]);
    expect((await world.call('shops.reconcile', { id: shop })).differences).toEqual([]);
  });

  test('in part: what the shop takes back of the rest is not packed, and the part stays shipped', async () => {
    const order = await placed({ sku: 'SKU-1', quantity: 3 });
    await mark(order, [{ sku: 'SKU-1', quantity: 1 }]);
    change(order, { kind: 'quantity', sku: 'SKU-1', quantity: 2 });
    await read();
    const fewer = await unitsOf(order);
    const reserved = await bins('SKU-1');
    change(order, { kind: 'quantity', sku: 'SKU-1', quantity: 1 });
    await read();

    expect([fewer, reserved]).toEqual([
      [
        [3, 2, 1, 1],
        [1, 0, 0, 0],
      ],
      [[19, 1]],
    ]);
    const { state, lines } = await view(order);
    const left = lines.map((line) => line.quantityOrdered - line.quantityCancelled - line.quantityShipped);
    expect([state, left, await bins('SKU-1')]).toEqual(['shipped', [0, 0], [[19, 0]]]);
  });

  test('in part, with the rest cancelled in the shop: it is shipped, not cancelled', async () => {
    const order = await placed({ sku: 'SKU-1', quantity: 2 });
    await mark(order, [{ sku: 'SKU-1', quantity: 1 }]);

    await world.call('orders.cancel-order', { orderId: (await view(order)).id });
    await world.settled();

    expect([(await view(order)).state, await unitsOf(order)]).toEqual(['shipped', [[2, 1, 1, 1]]]);
  });

  test('never lay here: it is shipped, and nothing is written of stock', async () => {
    const order = await placed({ sku: 'SKU-9', quantity: 2 });

    const answer = await mark(order);

    expect([answer, (await view(order)).state, await unitsOf(order)]).toEqual(['marked', 'shipped', [[2, 0, 2, 2]]]);
  });

  test('can be sold no more: its shop is told so', async () => {
    const { shops } = await world.call('shops.list-view', {});
    const { version = 0, config = {} } = shops[0] ?? {};
    await world.call('shops.save-shop', {
      ...{ id: shop, expectedVersion: version, connector: 'shopify', title: 'shopify', config, secrets: {} },
      ...{ active: false, pushShipments: true, pushStock: true, carriers: [] },
    });
    for (const sku of ['SKU-1', 'SKU-2', 'SKU-3']) platform.book.stock.set(sku, 20);
    await mark(await placed({ sku: 'SKU-1', quantity: 5 }));

    await tellStock(world.core.deps);
    await world.settled();

    expect(platform.book.stock.get('SKU-1')).toBe(15);
  });

  test('stays as it is where the shop is told nothing and goes on counting it', async () => {
    const { shops } = await world.call('shops.list-view', {});
    const { version = 0, config = {} } = shops[0] ?? {};
    await world.call('shops.save-shop', {
      ...{ id: shop, expectedVersion: version, connector: 'shopify', title: 'shopify', config, secrets: {} },
      ...{ active: false, pushShipments: false, pushStock: false, carriers: [] },
    });
    const order = await placed({ sku: 'SKU-1', quantity: 3 });
    await mark(order, [{ sku: 'SKU-1', quantity: 1 }]);
    change(order, { kind: 'touch' });

    await read();

    expect([await unitsOf(order), await bins('SKU-1')]).toEqual([[[3, 0, 1, 1]], [[19, 2]]]);
  });

  describe('is refused, and nothing is marked,', () => {
    test.each([
      ['cancelled', { kind: 'cancel' }, 'order.cancelled-already'],
      ['kept back', { kind: 'hold', reason: 'Fraud check' }, 'order.kept-back'],
    ] as const)('when the shop says that it is %s, before any reading saw it', async (_, what, code) => {
      const order = await placed({ sku: 'SKU-1', quantity: 2 });
      change(order, what);

      const answer = await mark(order);

      expect(answer).toBe(code);
      expect((await world.call('shops.messages-view', {})).messages).toEqual([]);
      expect((await view(order)).lines.map((line) => line.quantityShipped)).toEqual([0]);
      expect((await bins('SKU-1')).map(([onHand]) => onHand)).toEqual([20]);
    });

    test('while hands are on it, until it is left with nothing picked', async () => {
      const order = await placed({ sku: 'SKU-1', quantity: 2 });
      await world.command('NEXT');
      const inHands = await mark(order);
      await world.command('CANCEL');

      const left = await mark(order);

      expect([inHands, left, (await view(order)).state]).toEqual(['order.in-hands', 'marked', 'shipped']);
    });

    test('once pieces of it are picked', async () => {
      const order = await placed({ sku: 'SKU-1', quantity: 2 });
      await world.pickNextOrder();

      expect(await mark(order)).toBe('order.in-hands');
    });
  });

  test('goes on where its shop cannot be reached, and the journal says so', async () => {
    const order = await placed({ sku: 'SKU-1', quantity: 1 });
    for (let tries = 0; tries < 4; tries += 1) platform.planOn('query Orders(', 'unavailable');

    const answer = await mark(order);

    expect(answer).toBe('marked');
    expect(await journalKinds(world, (await view(order)).id)).toContain('order.not-read-again');
  });
});
