import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { anOrder } from '../../support/builders.ts';
import { databaseKinds, hasDatabase, openWorldOn } from '../../support/databases.ts';
import {
  brokenInvariants,
  comeIn,
  orderOf,
  scanOffered,
  startPicking,
  stockUp,
  supervisorOf,
} from '../../support/warehouse.ts';
import { demoGtin, type World } from '../../support/world.ts';

describe.each(databaseKinds)('an order that is held while hands are on it, on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: World;
  let desk: World;
  let id: string;
  beforeEach(async () => {
    world = await openWorldOn(kind);
    await stockUp(world, 1, 50);
    await world.signIn();
    await comeIn(world, anOrder({ externalId: '1', lines: [{ sku: 'SKU-1', quantity: 2 }] }));
    desk = await supervisorOf(world);
    ({ id } = await orderOf(world, '#1'));
  });
  afterEach(async () => {
    expect(await brokenInvariants(world)).toEqual([]);
    await world.close();
  });

  const hold = () => desk.call('orders.set-hold', { orderId: id, reason: 'fraud', detail: 'stolen card' });
  const release = () => desk.call('orders.release-hold', { orderId: id });
  const pick = async (): Promise<void> => {
    await startPicking(world);
    await scanOffered(world, 'location');
    await scanOffered(world, 'item');
  };

  test('picking stops at the next scan with the reason, counts nothing, and goes on after the hold', async () => {
    await pick();
    await hold();

    const stopped = await world.scan(demoGtin(1));
    const short = await world.command('SHORT');
    await release();
    const goesOn = await world.scan(demoGtin(1));

    expect(stopped.verdict).toMatchObject({
      tone: 'bad',
      code: 'order.on-hold',
      params: { number: '#1', reason: 'fraud', detail: 'stolen card' },
    });
    expect(stopped.view).toMatchObject({ order: { hold: { reason: 'fraud' } }, task: { picked: 1 } });
    expect(short.verdict.code).toBe('order.on-hold');
    expect(goesOn.verdict.code).toBe('pick.order-done');
  });

  test('packing stops at the next unit, and at UNDO, and goes on after the hold', async () => {
    await world.pickNextOrder();
    await world.scan(demoGtin(1));
    await hold();

    const codes = [(await world.scan(demoGtin(1))).verdict.code, (await world.command('UNDO')).verdict.code];
    await release();

    expect(codes).toEqual(['order.on-hold', 'order.on-hold']);
    expect((await world.view()).parcel).toMatchObject({ unitsPacked: 1 });
    expect((await world.scan(demoGtin(1))).verdict.code).toBe('pack.closed');
  });

  test('the bench may leave it and take another one; nobody gets the held one', async () => {
    await comeIn(world, anOrder({ externalId: '2', lines: [{ sku: 'SKU-1' }] }));
    await pick();
    await hold();

    const left = await world.command('CANCEL');
    const next = await world.command('NEXT');

    expect(left.verdict.code).toBe('pick.left');
    expect(next.view.order).toMatchObject({ number: '#2' });
  });

  test('the queue shows neither the held order nor its tote', async () => {
    await pick();
    await world.scan(demoGtin(1));
    const before = await world.view();
    await hold();
    const { queue, expects } = await world.view();

    expect(before.queue).toMatchObject({ toPack: 1, next: [{ number: '#1' }] });
    expect(queue).toEqual({ toPick: 0, toPack: 0, next: [] });
    expect(expects.filter((expected) => expected.kind === 'tote')).toEqual([]);
    expect((await world.command('PACK')).verdict.code).toBe('queue.empty');
  });

  test('the bench may sign out, ask for help and switch the language all the while', async () => {
    await pick();
    await hold();

    const codes = [];
    for (const card of ['HELP', 'LANGUAGE', 'CONFIRM', 'SIGN-OUT'])
      codes.push((await world.command(card)).verdict.code);

    expect(codes).toEqual(['help', 'language.changed', 'latched.cleared', 'signed-out']);
  });
});
