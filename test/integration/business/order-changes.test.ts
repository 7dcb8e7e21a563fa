import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { endHolds } from '../../../main/orders/hold-service.ts';
import type { ImportedOrder } from '../../../shared/model/imported.ts';
import { aLevel, anItem, anOrder } from '../../support/builders.ts';
import { databaseKinds, hasDatabase, openWorldOn } from '../../support/databases.ts';
import {
  binsOf,
  brokenInvariants,
  offered,
  orderOf,
  scanOffered,
  stockUp,
  supervisorOf,
} from '../../support/warehouse.ts';
import { demoGtin, type World } from '../../support/world.ts';

const two = { externalId: '1', lines: [{ sku: 'SKU-1', quantity: 2 }, { sku: 'SKU-2' }] };

describe.each(databaseKinds)('an order that its channel changes on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: World;
  beforeEach(async () => {
    world = await openWorldOn(kind);
    await stockUp(world, 3, 10);
    await world.importOrders([anOrder(two)]);
    await world.settled();
  });
  afterEach(async () => {
    expect(await brokenInvariants(world)).toEqual([]);
    await world.close();
  });

  const comesAgain = async (change: Partial<ImportedOrder>) => {
    const summary = await world.importOrders([{ ...anOrder(two), ...change }]);
    await world.settled();
    return summary;
  };
  const openLines = async () =>
    (await orderOf(world, '#1')).lines
      .filter((line) => line.quantityOrdered > line.quantityCancelled)
      .map((line) => [line.sku, line.quantityOrdered, line.quantityAllocated]);

  describe('before picking', () => {
    test('takes new quantities and lines, reserves anew and says what changed', async () => {
      const { lines } = anOrder({
        externalId: '1',
        lines: [
          { sku: 'SKU-1', quantity: 3 },
          { sku: 'SKU-3', quantity: 2 },
        ],
      });

      const summary = await comesAgain({ lines });

      expect(summary).toMatchObject({
        updated: 1,
        changes: [{ number: '#1', difference: 'SKU-1: 2 → 3; SKU-3: 0 → 2; SKU-2: 1 → 0' }],
      });
      expect((await orderOf(world, '#1')).state).toBe('allocated');
      expect(await openLines()).toEqual([
        ['SKU-1', 3, 3],
        ['SKU-3', 2, 2],
      ]);
      expect(await binsOf(world, 'SKU-2')).toEqual([{ location: 'A-01-2', onHand: 10, allocated: 0 }]);
    });

    test('the same file once more after a change is unchanged', async () => {
      const lines = anOrder({ externalId: '1', lines: [{ sku: 'SKU-1', quantity: 3 }] }).lines;
      await comesAgain({ lines });

      expect(await comesAgain({ lines })).toMatchObject({ updated: 0, unchanged: 1 });
      expect(await comesAgain({})).toMatchObject({
        changes: [{ difference: 'SKU-1: 3 → 2; SKU-2: 0 → 1' }],
      });
      expect(await openLines()).toEqual([
        ['SKU-1', 2, 2],
        ['SKU-2', 1, 1],
      ]);
    });

    test('asking for more than there is makes it wait, and gives back what it had', async () => {
      const lines = anOrder({ externalId: '1', lines: [{ sku: 'SKU-1', quantity: 11 }, { sku: 'SKU-2' }] }).lines;

      await comesAgain({ lines });

      expect((await orderOf(world, '#1')).state).toBe('backordered');
      expect(await binsOf(world, 'SKU-2')).toEqual([{ location: 'A-01-2', onHand: 10, allocated: 0 }]);
    });

    test('what it gives back goes to the next order that waits for it', async () => {
      await world.importOrders([anOrder({ externalId: '2', lines: [{ sku: 'SKU-1', quantity: 9 }] })]);
      await world.settled();
      const waiting = await orderOf(world, '#2');

      await comesAgain({ lines: anOrder({ externalId: '1', lines: [{ sku: 'SKU-1' }, { sku: 'SKU-2' }] }).lines });

      expect(waiting.state).toBe('backordered');
      expect((await orderOf(world, '#2')).state).toBe('allocated');
    });

    test('takes a new address, and its words hold nothing of it', async () => {
      const address = { ...anOrder(two).address, street1: '8 quai Neuf', city: 'Lyon', postcode: '69002' };

      const summary = await comesAgain({ address });

      expect(summary.changes).toEqual([{ number: '#1', difference: 'address changed' }]);
      expect(await orderOf(world, '#1')).toMatchObject({ state: 'allocated', address: { street1: '8 quai Neuf' } });
    });

    test('the same address with its fields in another order is no change of address', async () => {
      const { name, street1, postcode, city, country } = anOrder(two).address;

      const summary = await comesAgain({ address: { country, city, postcode, street1, name }, priority: 2 });

      expect(summary.changes).toEqual([{ number: '#1', difference: 'details changed' }]);
    });

    test('takes a new ship-by, priority, gift flag, note and way of shipping', async () => {
      const summary = await comesAgain({
        shipBy: '2026-11-21T12:00:00.000Z',
        priority: 7,
        gift: true,
        note: 'Ring twice',
        shippingMethod: 'Express',
      });

      expect(summary.changes).toEqual([{ number: '#1', difference: 'ship-by changed' }]);
      expect(await orderOf(world, '#1')).toMatchObject({
        state: 'allocated',
        shipBy: '2026-11-21T12:00:00.000Z',
        priority: 7,
        gift: true,
        note: 'Ring twice',
        shippingMethod: 'Express',
      });
    });

    test('the same SKU on two lines is compared by its sum', async () => {
      const lines = anOrder({
        externalId: '1',
        lines: [{ sku: 'SKU-1' }, { sku: 'SKU-1' }, { sku: 'SKU-2' }],
      }).lines;
      await comesAgain({ lines });

      const summary = await comesAgain({ lines, priority: 3 });

      expect(summary.changes).toEqual([{ number: '#1', difference: 'details changed' }]);
    });

    test('a line whose SKU nobody knows makes it wait for the catalogue instead of going out without it', async () => {
      const lines = anOrder({ externalId: '1', lines: [{ sku: 'SKU-1' }, { sku: 'LATER' }] }).lines;
      await comesAgain({ lines });
      const waiting = await orderOf(world, '#1');

      await world.importItems([anItem({ sku: 'LATER', gtin: demoGtin(77) })]);
      await world.importStock([aLevel({ sku: 'LATER', location: 'B-01-1', onHand: 5 })]);
      await world.settled();

      expect(waiting.state).toBe('new');
      expect((await orderOf(world, '#1')).state).toBe('allocated');
      expect(await openLines()).toEqual([
        ['SKU-1', 1, 1],
        ['LATER', 1, 1],
      ]);
    });

    test('an order that waits for an unknown SKU moves on when the channel takes that line out', async () => {
      const lines = anOrder({ externalId: '2', lines: [{ sku: 'SKU-1' }, { sku: 'NEVER' }] }).lines;
      await world.importOrders([anOrder({ externalId: '2', lines })]);

      await world.importOrders([anOrder({ externalId: '2', lines: [{ sku: 'SKU-1' }] })]);
      await world.settled();

      expect((await orderOf(world, '#2')).state).toBe('allocated');
    });

    test('a cancel gives its stock to the order that waits for it', async () => {
      await world.importOrders([anOrder({ externalId: '2', lines: [{ sku: 'SKU-1', quantity: 10 }] })]);
      await world.settled();

      const summary = await comesAgain({ cancelled: true });

      expect(summary.changes).toEqual([{ number: '#1', difference: 'cancelled' }]);
      expect((await orderOf(world, '#1')).state).toBe('cancelled');
      expect((await orderOf(world, '#2')).state).toBe('allocated');
    });

    test('a cancel of an unpaid order leaves no hold behind', async () => {
      const unpaid = anOrder({ externalId: '3', paid: false, lines: [{ sku: 'SKU-1' }] });
      await world.importOrders([unpaid]);

      await world.importOrders([{ ...unpaid, cancelled: true }]);

      expect(await orderOf(world, '#3')).toMatchObject({ state: 'cancelled', hold: null });
    });

    test('a cancelled order that comes alive again is told and stays cancelled', async () => {
      await comesAgain({ cancelled: true });

      const summary = await comesAgain({});

      expect(summary.changes[0]?.difference).toMatch(/not applied: the order is cancelled/);
      expect((await orderOf(world, '#1')).state).toBe('cancelled');
    });

    test('a cancel at the desk gives its stock to the order that waits for it', async () => {
      await world.importOrders([anOrder({ externalId: '2', lines: [{ sku: 'SKU-1', quantity: 10 }] })]);
      await world.settled();
      const desk = await supervisorOf(world);

      await desk.call('orders.cancel-order', { orderId: (await orderOf(world, '#1')).id });
      await world.settled();

      expect((await orderOf(world, '#1')).state).toBe('cancelled');
      expect((await orderOf(world, '#2')).state).toBe('allocated');
    });
  });

  describe('while it is picked', () => {
    beforeEach(async () => {
      await world.signIn();
      const { view } = await world.command('NEXT');
      await world.scan(offered(view, 'tote'));
    });

    test('another address: it is held with the difference, and the next scan stops on it', async () => {
      const reason = 'changed-by-channel';
      const summary = await comesAgain({ address: { ...anOrder(two).address, city: 'Lyon' } });
      const { verdict } = await world.scan(offered(await world.view(), 'location'));

      const params = { number: '#1', reason, detail: 'address changed' };
      expect(summary.changes).toEqual([
        { number: '#1', difference: 'address changed (on hold: the order is picking)' },
      ]);
      expect(verdict).toMatchObject({ tone: 'bad', code: 'order.on-hold', params });
      expect(await orderOf(world, '#1')).toMatchObject({ state: 'picking', hold: { reason } });
    });

    test('other lines: the next scan stops and says which; it comes again with them, from the first unit', async () => {
      const { lines } = anOrder({ externalId: '1', lines: [{ sku: 'SKU-1', quantity: 2 }] });
      const location = offered(await world.view(), 'location');
      const summary = await comesAgain({ lines });
      const { verdict, view } = await world.scan(location);
      world.passTime(2);
      await endHolds(world.core.deps);
      await world.settled();

      expect(summary.changes).toEqual([
        { number: '#1', difference: 'SKU-2: 1 → 0 (begins anew: the order was picking)' },
      ]);
      expect(verdict).toMatchObject({
        tone: 'bad',
        code: 'order.starts-again',
        params: { number: '#1', detail: 'SKU-2: 1 → 0', units: 0 },
      });
      expect(view.mode).toBe('idle');
      expect(await orderOf(world, '#1')).toMatchObject({ state: 'allocated', hold: null, tote: null });
      expect(await openLines()).toEqual([['SKU-1', 2, 2]]);
    });

    test('a new ship-by is applied at once, hands do not stop for it', async () => {
      await comesAgain({ shipBy: '2026-11-21T12:00:00.000Z' });
      const { verdict } = await world.scan(offered(await world.view(), 'location'));

      expect(verdict.code).toBe('pick.location-confirmed');
      expect((await orderOf(world, '#1')).shipBy).toBe('2026-11-21T12:00:00.000Z');
    });

    test.each(['its channel', 'the desk'])('a cancel by %s: the next scan stops on it', async (by) => {
      const desk = await supervisorOf(world);
      const location = offered(await world.view(), 'location');

      if (by === 'its channel') await comesAgain({ cancelled: true });
      else await desk.call('orders.cancel-order', { orderId: (await orderOf(world, '#1')).id });
      const { verdict, view } = await world.scan(location);

      expect(verdict).toMatchObject({ tone: 'bad', code: 'order.cancelled', params: { number: '#1', units: 0 } });
      expect(view.mode).toBe('idle');
      expect(await orderOf(world, '#1')).toMatchObject({ state: 'cancelled', hold: null, tote: null });
    });
  });

  test('while it is packed: a cancel stops the parcel, and the next unit is not taken', async () => {
    await world.signIn();
    const [first = ''] = await world.pickNextOrder();

    const summary = await comesAgain({ cancelled: true });
    const { verdict } = await world.scan(first);

    expect(summary.changes).toEqual([{ number: '#1', difference: 'cancelled' }]);
    expect(verdict).toMatchObject({ tone: 'bad', code: 'order.cancelled', params: { number: '#1', units: 3 } });
    expect((await orderOf(world, '#1')).parcels).toMatchObject([{ state: 'voided' }]);
  });

  test('while it is packed: other lines take the box apart; put back, the order is packed as it is wanted now', async () => {
    await world.signIn();
    const [first = ''] = await world.pickNextOrder();
    await world.scan(first);
    const { lines } = anOrder({ externalId: '1', lines: [{ sku: 'SKU-1', quantity: 1 }] });

    await comesAgain({ lines });
    const { verdict } = await world.scan(first);
    const apart = await orderOf(world, '#1');
    const asked = await world.scan('#1');
    for (let turn = 0; (await world.view()).mode === 'put-back' && turn < 12; turn++)
      await scanOffered(world, (await world.view()).step === 'put-back-location' ? 'location' : 'item');
    await world.settled();
    const back = await orderOf(world, '#1');
    for (const gtin of await world.pickNextOrder()) await world.scan(gtin);
    await world.finishParcel();

    expect(verdict).toMatchObject({
      code: 'order.starts-again',
      params: { detail: 'SKU-1: 2 → 1; SKU-2: 1 → 0', units: 3 },
    });
    expect(apart).toMatchObject({ state: 'ready', hold: { reason: 'starts-again' }, parcels: [{ state: 'voided' }] });
    expect(asked.verdict).toMatchObject({ code: 'put-back.started', params: { units: 3 } });
    expect(back).toMatchObject({ state: 'allocated', hold: null });
    const { state, lines: sent } = await orderOf(world, '#1');
    const shipped = sent.map(({ sku, quantityShipped }) => [sku, quantityShipped]);
    expect([state, shipped.filter(([, units]) => units !== 0)]).toEqual(['shipped', [['SKU-1', 1]]]);
  });

  test('after packing: a change is told and not applied', async () => {
    await world.signIn();
    for (const gtin of await world.pickNextOrder()) await world.scan(gtin);
    await world.finishParcel();

    const changed = await comesAgain({ address: { ...anOrder(two).address, city: 'Lyon' } });
    const cancelled = await comesAgain({ cancelled: true });
    const again = await comesAgain({ cancelled: true });

    expect(changed.changes[0]?.difference).toBe('address changed (not applied: the order is shipped)');
    expect(cancelled.changes[0]?.difference).toMatch(/cancelled \(not applied: the order is shipped\)/);
    expect(again).toMatchObject({ updated: 0, unchanged: 1 });
    expect(await orderOf(world, '#1')).toMatchObject({ state: 'shipped', hold: null, address: { city: 'Marseille' } });
  });
});
