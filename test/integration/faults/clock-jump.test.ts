import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { anOrder } from '../../support/builders.ts';
import { databaseKinds, hasDatabase, openWorldOn } from '../../support/databases.ts';
import { brokenInvariants, comeIn, scanOffered, startPicking, stockUp } from '../../support/warehouse.ts';
import { demoGtin, type World } from '../../support/world.ts';

describe.each(databaseKinds)('the clock of the PC jumps by an hour, on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: World;
  beforeEach(async () => {
    world = await openWorldOn(kind);
    await stockUp(world, 2, 100);
    await world.signIn();
    for (const number of ['1', '2'])
      await comeIn(
        world,
        anOrder({
          externalId: number,
          lines: [
            { sku: 'SKU-1', quantity: 2 },
            { sku: 'SKU-2', quantity: 2 },
          ],
        }),
      );
  });
  afterEach(async () => {
    expect(await brokenInvariants(world)).toEqual([]);
    await world.close();
  });

  for (const [where, minutes] of [
    ['ahead', 60],
    ['back', -60],
  ] as const) {
    test(`${where}: picking and packing go on where they were`, async () => {
      await startPicking(world);
      await scanOffered(world, 'location');
      world.passTime(minutes);

      expect((await scanOffered(world, 'item')).verdict.code).toBe('pick.item-picked');
      await world.command('CANCEL');
      await world.pickNextOrder();
      await world.scan(demoGtin(1));
      world.passTime(minutes);
      for (const number of [1, 2]) await world.scan(demoGtin(number));
      expect((await world.view()).parcel).toMatchObject({ unitsPacked: 3, unitsToPack: 4 });
    });

    test(`${where}: UNDO takes out what was scanned last, not what has the highest time`, async () => {
      await world.pickNextOrder();
      await world.scan(demoGtin(1));
      world.passTime(minutes);
      await world.scan(demoGtin(2));
      await world.scan(demoGtin(1));

      const undone = [await world.command('UNDO'), await world.command('UNDO'), await world.command('UNDO')];
      expect(undone.map(({ verdict }) => verdict.params.sku)).toEqual(['SKU-1', 'SKU-2', 'SKU-1']);
    });

    test(`${where}: the label is made and the order leaves`, async () => {
      for (const gtin of await world.pickNextOrder()) await world.scan(gtin);
      world.passTime(minutes);
      await world.finishParcel();

      const { orders } = await world.call('orders.list-view', { states: ['shipped'] });
      expect(orders).toHaveLength(1);
    });
  }

  test('back: what a bench left before is not locked for an hour and more', async () => {
    await startPicking(world);
    const { order } = await world.view();
    const other = await world.bench('Bench 2');
    await other.signIn();
    world.passTime(-60);

    const { verdict } = await other.scan(order?.number ?? '');
    expect(verdict).toMatchObject({ code: 'pick.started', params: { number: order?.number } });
    expect((await scanOffered(world, 'location')).verdict.code).toBe('order.taken-over');
  });

  test('by some minutes between two benches: a lease that runs is respected', async () => {
    world.passTime(3);
    await startPicking(world);
    const { order } = await world.view();
    const other = await world.bench('Bench 2');
    await other.signIn();
    world.passTime(-3);

    expect((await other.scan(order?.number ?? '')).verdict.code).toBe('order.claimed-elsewhere');
  });

  test('back: a message that waited is delivered when it is due by the new clock', async () => {
    const { write, read } = world.core.database;
    for (const gtin of await world.pickNextOrder()) await world.scan(gtin);
    await world.settled();
    const due = new Date(Date.now() + 3_600_000).toISOString();
    const [{ id }] = await write('outbox').where({ topic: 'printing.print' }).select('id').limit(1);
    await write('outbox').where({ id }).update({ state: 'pending', due_at: due });
    world.core.worker.wake();
    await world.settled();

    expect(await read('outbox').where({ id }).first('state')).toEqual({ state: 'sent' });
  });
});
