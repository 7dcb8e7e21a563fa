import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { allocateWaiting } from '../../../main/stock/allocation-service.ts';
import { aLevel, anItem, anOrder } from '../../support/builders.ts';
import { databaseKinds, hasDatabase, openWorldOn } from '../../support/databases.ts';
import { binsOf, brokenInvariants, orderOf, stockUp, supervisorOf } from '../../support/warehouse.ts';
import { demoGtin, type World } from '../../support/world.ts';

describe.each(databaseKinds)('stock is reserved on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: World;
  beforeEach(async () => {
    world = await openWorldOn(kind);
  });
  afterEach(async () => {
    expect(await brokenInvariants(world)).toEqual([]);
    await world.close();
  });

  const states = async (...numbers: string[]): Promise<string[]> =>
    Promise.all(numbers.map(async (number) => (await orderOf(world, number)).state));
  const wants = (externalId: string, quantity: number, change: { priority?: number; shipBy?: string } = {}) =>
    anOrder({ externalId, lines: [{ sku: 'SKU-1', quantity }], ...change });
  const comeIn = async (...orders: ReturnType<typeof anOrder>[]): Promise<void> => {
    await world.importOrders(orders);
    await world.settled();
  };

  test('whole or not at all: an order that lacks one line reserves nothing of the others', async () => {
    await stockUp(world, 2, 5);

    await comeIn(
      anOrder({
        externalId: '1',
        lines: [
          { sku: 'SKU-1', quantity: 5 },
          { sku: 'SKU-2', quantity: 6 },
        ],
      }),
    );

    expect((await orderOf(world, '#1')).state).toBe('backordered');
    expect(await binsOf(world, 'SKU-1')).toEqual([{ location: 'A-01-1', onHand: 5, allocated: 0 }]);
  });

  test('the highest priority first, then the earliest ship-by', async () => {
    await stockUp(world, 1, 2);

    await comeIn(
      wants('late', 1, { shipBy: '2026-12-01T00:00:00.000Z' }),
      wants('soon', 1, { shipBy: '2026-11-21T00:00:00.000Z' }),
      wants('first', 1, { priority: 5, shipBy: '2026-12-24T00:00:00.000Z' }),
    );

    expect(await states('#first', '#soon', '#late')).toEqual(['allocated', 'allocated', 'backordered']);
  });

  test('one bin that holds enough is taken before several', async () => {
    await world.importItems([anItem({ sku: 'SKU-1', gtin: demoGtin(1) })]);
    await world.importStock([
      aLevel({ sku: 'SKU-1', location: 'A-01-1', onHand: 2 }),
      aLevel({ sku: 'SKU-1', location: 'A-02-1', onHand: 9 }),
      aLevel({ sku: 'SKU-1', location: 'A-03-1', onHand: 3 }),
    ]);

    await comeIn(wants('1', 3));
    await comeIn(wants('2', 11));

    expect(await binsOf(world, 'SKU-1')).toEqual([
      { location: 'A-01-1', onHand: 2, allocated: 2 },
      { location: 'A-02-1', onHand: 9, allocated: 9 },
      { location: 'A-03-1', onHand: 3, allocated: 3 },
    ]);
  });

  test('an order on hold is passed over until the hold is lifted', async () => {
    await comeIn(wants('1', 3));
    const { id } = await orderOf(world, '#1');
    const desk = await supervisorOf(world);
    await desk.call('orders.set-hold', { orderId: id, reason: 'fraud', detail: '' });
    await stockUp(world, 1, 3);
    await comeIn(wants('2', 1));
    const held = await states('#1', '#2');

    await desk.call('orders.release-hold', { orderId: id });
    await world.importStock([aLevel({ sku: 'SKU-1', location: 'A-01-1', onHand: 4 })]);
    await world.settled();

    expect(held).toEqual(['ready', 'allocated']);
    expect(await states('#1')).toEqual(['allocated']);
  });

  test('stock that came in during a hold is reserved when the hold is lifted', async () => {
    await stockUp(world, 1, 0);
    await comeIn(wants('1', 3));
    const { id, state } = await orderOf(world, '#1');
    const desk = await supervisorOf(world);
    await desk.call('orders.set-hold', { orderId: id, reason: 'address', detail: '' });
    await world.importStock([aLevel({ sku: 'SKU-1', location: 'A-01-1', onHand: 3 })]);
    await world.settled();

    await desk.call('orders.release-hold', { orderId: id });
    await world.settled();

    expect(state).toBe('backordered');
    expect(await states('#1')).toEqual(['allocated']);
  });

  test('lifting a hold that is not there is refused in words', async () => {
    await stockUp(world, 1, 1);
    await comeIn(wants('1', 1));
    const desk = await supervisorOf(world);

    const { body } = await desk.ask('orders.release-hold', { orderId: (await orderOf(world, '#1')).id });

    expect(body).toMatchObject({ ok: false, error: { kind: 'rule', code: 'order.not-on-hold' } });
  });

  test('a packer may hold an order but not lift the hold', async () => {
    await stockUp(world, 1, 1);
    await comeIn(wants('1', 1));
    await world.signIn('packer');
    const { id } = await orderOf(world, '#1');
    await world.call('orders.set-hold', { orderId: id, reason: 'operator', detail: 'torn note' });

    const { body } = await world.ask('orders.release-hold', { orderId: id });

    expect(body).toMatchObject({ ok: false, error: { kind: 'permission', code: 'permission.supervisor-needed' } });
    expect(await orderOf(world, '#1')).toMatchObject({ hold: { reason: 'operator', detail: 'torn note' } });
  });

  test('orders that wait get their stock from a count, the most urgent first', async () => {
    await stockUp(world, 1, 0);
    await comeIn(wants('late', 2), wants('soon', 2, { shipBy: '2026-11-21T00:00:00.000Z' }));
    const before = await states('#soon', '#late');
    const desk = await supervisorOf(world);

    const { difference } = await desk.call('stock.count-location', { sku: 'SKU-1', location: 'A-01-1', counted: 3 });
    await world.settled();

    expect(before).toEqual(['backordered', 'backordered']);
    expect(difference).toBe(3);
    expect(await states('#soon', '#late')).toEqual(['allocated', 'backordered']);
  });

  test('orders that wait get their stock from a file', async () => {
    await stockUp(world, 1, 0);
    await comeIn(wants('1', 2));

    await world.importStock([aLevel({ sku: 'SKU-1', location: 'A-01-1', onHand: 2 })]);
    await world.settled();

    expect(await states('#1')).toEqual(['allocated']);
  });

  test('a hundred orders that wait for something else keep no stock from those behind them', async () => {
    await stockUp(world, 2, 0);
    const sold = Array.from({ length: 120 }, (_, index) =>
      anOrder({ externalId: `sold-${index}`, priority: 9, lines: [{ sku: 'SKU-1' }] }),
    );
    await comeIn(...sold, anOrder({ externalId: 'behind', lines: [{ sku: 'SKU-2' }] }));

    await world.importStock([aLevel({ sku: 'SKU-2', location: 'A-01-2', onHand: 1 })]);
    await world.settled();

    expect(await states('#behind', '#sold-0')).toEqual(['allocated', 'backordered']);
  });

  test('a kit is reserved by its components, down through kits of kits', async () => {
    await stockUp(world, 2, 12);
    await world.importItems([
      anItem({ sku: 'PAIR', components: [{ sku: 'SKU-1', quantity: 2 }] }),
      anItem({
        sku: 'GIFT-BOX',
        components: [
          { sku: 'PAIR', quantity: 2 },
          { sku: 'SKU-2', quantity: 1 },
        ],
      }),
    ]);

    await comeIn(anOrder({ externalId: '1', lines: [{ sku: 'GIFT-BOX', quantity: 3 }] }));

    const order = await orderOf(world, '#1');
    expect(order.state).toBe('allocated');
    expect(order.lines).toMatchObject([
      {
        sku: 'GIFT-BOX',
        quantityOrdered: 3,
        quantityAllocated: 3,
        components: [
          { sku: 'SKU-2', quantityOrdered: 3 },
          { sku: 'SKU-1', quantityOrdered: 12 },
        ],
      },
    ]);
    expect(await binsOf(world, 'SKU-1')).toEqual([{ location: 'A-01-1', onHand: 12, allocated: 12 }]);
  });

  test('a kit that would contain itself is refused, however long the way round', async () => {
    await stockUp(world, 1, 1);
    const kit = (sku: string, part: string) => anItem({ sku, components: [{ sku: part, quantity: 1 }] });
    await world.importItems([kit('A', 'SKU-1')]);
    await world.importItems([kit('B', 'A')]);

    const again = await world.importItems([kit('A', 'B'), kit('C', 'C')]);

    expect(again.rejected).toEqual([
      { row: 2, reason: 'A would be a component of itself' },
      { row: 3, reason: 'C would be a component of itself' },
    ]);
  });

  test('allocating twice at once on one station reserves once', async () => {
    await stockUp(world, 1, 30);
    await world.importOrders(Array.from({ length: 40 }, (_, index) => wants(`${index}`, 1)));

    await Promise.all([
      allocateWaiting(world.core.deps, { backordered: true }),
      allocateWaiting(world.core.deps, { backordered: true }),
    ]);
    await world.settled();

    expect(await binsOf(world, 'SKU-1')).toEqual([{ location: 'A-01-1', onHand: 30, allocated: 30 }]);
  });
});
