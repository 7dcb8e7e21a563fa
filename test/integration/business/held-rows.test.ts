import type { Knex } from 'knex';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { aLevel, anOrder } from '../../support/builders.ts';
import { hasDatabase, openWorldOn } from '../../support/databases.ts';
import { brokenInvariants, stockUp } from '../../support/warehouse.ts';
import { demoGtin, type World } from '../../support/world.ts';

/** SQLite has one writer: there nobody can hold a row while another asks for it. */
describe('the last order, while something else of the station holds its row for a moment on postgres', () => {
  if (!hasDatabase('postgres')) return test.skip('skipped: no PostgreSQL server');
  let world: World;
  beforeEach(async () => {
    world = await openWorldOn('postgres');
    await world.signIn();
  });
  afterEach(async () => {
    expect(await brokenInvariants(world)).toEqual([]);
    await world.close();
  });

  /** What `ask` answers when the orders' rows are held until it waits for one of them; then `last` happens to them. */
  async function whileHeld<T>(
    ask: () => Promise<T>,
    last: (held: Knex.Transaction) => Promise<unknown> = async () => undefined,
  ): Promise<T> {
    const { write } = world.core.database;
    const held = await write.transaction();
    await held('sales_order').forUpdate().select('id');
    const asked = ask();
    const answered = asked.then(() => true);
    try {
      for (;;) {
        const [waiting] = await write('pg_stat_activity')
          .where({ wait_event_type: 'Lock' })
          .whereRaw('datname = current_database()')
          .count<[{ count: string }]>({ count: '*' });
        if (Number(waiting?.count) > 0) break;
        if (await Promise.race([answered, new Promise((resolve) => setTimeout(resolve, 5, false))])) break;
      }
      await last(held);
    } finally {
      await held.commit();
    }
    return asked;
  }

  test('NEXT waits for it instead of calling the queue empty', async () => {
    await world.fill({ orders: 1, units: 4 });
    await world.settled();

    const { verdict, view } = await whileHeld(() => world.command('NEXT'));

    expect([verdict.code, view.mode]).toEqual(['pick.started', 'pick']);
  });

  test('a walk waits for it', async () => {
    await world.fill({ orders: 1, units: 4 });
    await world.settled();

    const { verdict } = await whileHeld(() => world.command('BATCH'));

    expect(verdict).toMatchObject({ code: 'pick.walk-started', params: { orders: 1 } });
  });

  test('an item in the hand finds it', async () => {
    await world.fill({ orders: 1, units: 4 });
    await world.importOrders([anOrder({ externalId: 'single', lines: [{ sku: 'BENCH-1', quantity: 1 }] })]);
    await world.settled();
    await world.command('SINGLES');

    const { verdict } = await whileHeld(() => world.scan(demoGtin(1)));

    expect(verdict.code).toBe('pack.closed');
  });

  test('a hold that comes while NEXT waits is heeded', async () => {
    await world.fill({ orders: 1, units: 4 });
    await world.settled();
    const { id } = await world.core.database.read('sales_order').first('id');

    const { verdict } = await whileHeld(
      () => world.command('NEXT'),
      (held) =>
        held('order_hold').insert({
          order_id: id,
          reason: 'payment',
          detail: '',
          since: new Date().toISOString(),
        }),
    );

    expect(verdict.code).toBe('queue.empty');
  });

  test.each(['ready', 'backordered'])('stock that comes in is reserved for it when it is %s', async (state) => {
    const { database } = world.core;
    await stockUp(world, 1, 0);
    await world.importOrders([anOrder({ externalId: 'one', lines: [{ sku: 'SKU-1', quantity: 1 }] })]);
    await world.settled();
    await database.write('sales_order').where({ state: 'backordered' }).update({ state });

    await whileHeld(async () => {
      await world.importStock([aLevel({ sku: 'SKU-1', location: 'A-01-1', onHand: 3 })]);
      await world.settled();
    });

    expect(await database.read('sales_order').pluck('state')).toEqual(['allocated']);
  });
});
