import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { aLevel, anItem, anOrder } from '../../support/builders.ts';
import { databaseKinds, hasDatabase, openWorldOn } from '../../support/databases.ts';
import { binsOf, brokenInvariants, orderOf, stockUp, supervisorOf } from '../../support/warehouse.ts';
import { demoGtin, type World } from '../../support/world.ts';

describe.each(databaseKinds)('orders come in on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: World;
  beforeEach(async () => {
    world = await openWorldOn(kind);
  });
  afterEach(() => world.close());

  test('a new order is stored with its lines and gets its stock by itself', async () => {
    await stockUp(world, 2, 10);

    const summary = await world.importOrders([
      anOrder({ externalId: '1', lines: [{ sku: 'SKU-1', quantity: 2 }, { sku: 'SKU-2' }] }),
    ]);
    await world.settled();

    expect(summary).toMatchObject({ imported: 1, updated: 0, unchanged: 0, rejected: [], rejectedCount: 0 });
    const order = await orderOf(world, '#1');
    expect(order.state).toBe('allocated');
    expect(order.lines.map((line) => [line.sku, line.quantityOrdered, line.quantityAllocated])).toEqual([
      ['SKU-1', 2, 2],
      ['SKU-2', 1, 1],
    ]);
    expect(await binsOf(world, 'SKU-1')).toEqual([{ location: 'A-01-1', onHand: 10, allocated: 2 }]);
  });

  test('the same file again changes nothing, not even a version', async () => {
    await stockUp(world, 1, 10);
    const orders = [1, 2, 3].map((number) => anOrder({ externalId: `${number}`, lines: [{ sku: 'SKU-1' }] }));
    await world.importOrders(orders);
    await world.settled();
    const before = await world.core.database.read('sales_order').orderBy('id').select('*');

    const summary = await world.importOrders(orders);
    await world.settled();

    expect(summary).toMatchObject({ imported: 0, updated: 0, unchanged: 3 });
    expect(await world.core.database.read('sales_order').orderBy('id').select('*')).toEqual(before);
  });

  test('an order without anything to ship is set aside with its row and reason, the rest goes in', async () => {
    await stockUp(world, 1, 10);

    const summary = await world.importOrders([
      anOrder({ externalId: '1', lines: [{ sku: 'SKU-1', quantity: 0 }] }),
      anOrder({ externalId: '2', lines: [{ sku: 'SKU-1' }] }),
    ]);

    expect(summary).toMatchObject({
      imported: 1,
      rejected: [{ row: 2, reason: 'order #1: nothing to ship' }],
      rejectedCount: 1,
    });
  });

  test('a line of quantity 0 needs nothing from the catalogue and holds nothing up', async () => {
    await stockUp(world, 1, 10);

    await world.importOrders([
      anOrder({ externalId: '1', lines: [{ sku: 'SKU-1' }, { sku: 'PARCEL-INSURANCE', quantity: 0 }] }),
    ]);
    await world.settled();

    expect((await orderOf(world, '#1')).state).toBe('allocated');
  });

  test('an order that stands twice in one file goes in once; the second is set aside', async () => {
    await stockUp(world, 1, 10);

    const summary = await world.importOrders([
      anOrder({ externalId: '1', lines: [{ sku: 'SKU-1' }] }),
      anOrder({ externalId: '1', lines: [{ sku: 'SKU-1', quantity: 5 }] }),
    ]);

    expect(summary).toMatchObject({
      imported: 1,
      rejected: [{ row: 3, reason: 'order #1 stands twice in this file' }],
    });
    expect((await orderOf(world, '#1')).lines.map((line) => line.quantityOrdered)).toEqual([1]);
  });

  test('a known order that stands twice in one file is changed once; the second is set aside', async () => {
    await stockUp(world, 1, 10);
    await world.importOrders([anOrder({ externalId: '1', lines: [{ sku: 'SKU-1' }] })]);
    await world.settled();

    const summary = await world.importOrders([
      anOrder({ externalId: '1', lines: [{ sku: 'SKU-1', quantity: 2 }] }),
      anOrder({ externalId: '1', lines: [{ sku: 'SKU-1', quantity: 3 }] }),
      anOrder({ externalId: '2', lines: [{ sku: 'SKU-1' }] }),
    ]);

    expect(summary).toMatchObject({
      imported: 1,
      updated: 1,
      rejected: [{ row: 3, reason: 'order #1 stands twice in this file' }],
      changes: [{ number: '#1', difference: 'SKU-1: 1 → 2' }],
    });
  });

  test('one number in two channels is two orders', async () => {
    await stockUp(world, 1, 10);

    const summary = await world.importOrders([
      anOrder({ externalId: '1', channel: 'tiktok', lines: [{ sku: 'SKU-1' }] }),
      anOrder({ externalId: '1', channel: 'instagram', lines: [{ sku: 'SKU-1' }] }),
    ]);

    expect(summary).toMatchObject({ imported: 2, rejected: [] });
  });

  test('an unpaid order is held until its payment comes with a later file', async () => {
    await stockUp(world, 1, 10);
    const order = { externalId: '1', lines: [{ sku: 'SKU-1' }] };
    await world.importOrders([anOrder({ ...order, paid: false })]);
    await world.settled();
    const held = await orderOf(world, '#1');

    const summary = await world.importOrders([anOrder({ ...order, paid: true })]);
    await world.settled();

    expect(held).toMatchObject({ state: 'ready', hold: { reason: 'payment' } });
    expect(summary.changes).toEqual([{ number: '#1', difference: 'paid' }]);
    expect(await orderOf(world, '#1')).toMatchObject({ state: 'allocated', hold: null });
  });

  test('a payment does not lift a hold that somebody set for another reason', async () => {
    await stockUp(world, 1, 10);
    const order = { externalId: '1', lines: [{ sku: 'SKU-1' }] };
    await world.importOrders([anOrder({ ...order, paid: false })]);
    await world.settled();
    const desk = await supervisorOf(world);
    const { id } = await orderOf(world, '#1');
    await desk.call('orders.set-hold', { orderId: id, reason: 'fraud', detail: 'card of another country' });

    await world.importOrders([anOrder({ ...order, paid: true })]);
    await world.settled();

    expect(await orderOf(world, '#1')).toMatchObject({
      state: 'ready',
      hold: { reason: 'fraud', detail: 'card of another country' },
    });
  });

  test('an order that its channel has cancelled already goes in as cancelled and takes no stock', async () => {
    await stockUp(world, 1, 10);

    await world.importOrders([anOrder({ externalId: '1', cancelled: true, paid: false, lines: [{ sku: 'SKU-1' }] })]);
    await world.settled();

    expect(await orderOf(world, '#1')).toMatchObject({ state: 'cancelled', hold: null });
    expect(await binsOf(world, 'SKU-1')).toEqual([{ location: 'A-01-1', onHand: 10, allocated: 0 }]);
  });

  test('an order of an unknown SKU waits as new and moves on by itself when the catalogue learns it', async () => {
    await stockUp(world, 1, 10);
    await world.importOrders([anOrder({ externalId: '1', lines: [{ sku: 'SKU-1' }, { sku: 'LATER' }] })]);
    await world.settled();
    const waiting = await orderOf(world, '#1');

    await world.importItems([anItem({ sku: 'LATER', gtin: demoGtin(500) })]);
    await world.settled();
    const recognised = await orderOf(world, '#1');
    await world.importStock([aLevel({ sku: 'LATER', location: 'B-01-1', onHand: 1 })]);
    await world.settled();

    expect(waiting).toMatchObject({ state: 'new', lines: [{ known: true }, { known: false, sku: 'LATER' }] });
    expect(recognised).toMatchObject({ state: 'backordered', lines: [{ known: true }, { known: true }] });
    expect((await orderOf(world, '#1')).state).toBe('allocated');
    expect(await brokenInvariants(world)).toEqual([]);
  });

  test('an order of an item whose stock lies there already is allocated as soon as the item is known', async () => {
    await world.importOrders([anOrder({ externalId: '1', lines: [{ sku: 'KIT' }] })]);
    await stockUp(world, 1, 10);
    await world.settled();

    await world.importItems([anItem({ sku: 'KIT', components: [{ sku: 'SKU-1', quantity: 2 }] })]);
    await world.settled();

    expect((await orderOf(world, '#1')).state).toBe('allocated');
  });
});
