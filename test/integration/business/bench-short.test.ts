import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { aLevel, anItem, anOrder } from '../../support/builders.ts';
import { databaseKinds, hasDatabase, openWorldOn } from '../../support/databases.ts';
import {
  binsOf,
  brokenInvariants,
  comeIn,
  orderOf,
  scanOffered,
  startPicking,
  stockUp,
  supervisorOf,
} from '../../support/warehouse.ts';
import { demoGtin, type World } from '../../support/world.ts';

describe.each(databaseKinds)('a bin that holds less than it should, on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: World;
  beforeEach(async () => {
    world = await openWorldOn(kind);
    await world.importItems([1, 2].map((number) => anItem({ sku: `SKU-${number}`, gtin: demoGtin(number) })));
    await world.signIn();
  });
  afterEach(async () => {
    expect(await brokenInvariants(world)).toEqual([]);
    await world.close();
  });

  const lies = (sku: string, location: string, onHand: number) =>
    world.importStock([aLevel({ sku, location, onHand })]);
  const wants = (quantity: number) => anOrder({ externalId: '1', lines: [{ sku: 'SKU-1', quantity }] });
  const pickUnits = async (count: number): Promise<string> => {
    let code = (await scanOffered(world, 'location')).verdict.code;
    for (let unit = 0; unit < count; unit += 1) code = (await scanOffered(world, 'item')).verdict.code;
    return code;
  };

  test('SHORT sends the hand to another bin, and the order is picked whole', async () => {
    await lies('SKU-1', 'A-01-1', 3);
    await comeIn(world, wants(3));
    await lies('SKU-1', 'A-02-1', 5);
    await startPicking(world);
    await pickUnits(1);

    const short = await world.command('SHORT');
    const end = await pickUnits(2);

    expect(short.verdict).toMatchObject({ code: 'pick.short-other-bin', params: { missing: 2, location: 'A-01-1' } });
    expect(short.view.task).toMatchObject({ location: 'A-02-1', quantity: 2, picked: 0 });
    expect(end).toBe('pick.order-done');
    expect((await orderOf(world, '#1')).state).toBe('picked');
  });

  test('what was not found is taken off the bin, so that nobody else is sent there for it', async () => {
    await lies('SKU-1', 'A-01-1', 5);
    await comeIn(world, wants(3));
    await startPicking(world);
    await pickUnits(1);

    await world.command('SHORT');
    await comeIn(world, anOrder({ externalId: '2', lines: [{ sku: 'SKU-1', quantity: 3 }] }));

    expect(await binsOf(world, 'SKU-1')).toEqual([{ location: 'A-01-1', onHand: 2, allocated: 0 }]);
    expect((await orderOf(world, '#2')).state).toBe('backordered');
  });

  test('without another bin the rest is still picked; then the order is held with what is missing', async () => {
    await lies('SKU-1', 'A-01-1', 3);
    await lies('SKU-2', 'A-02-1', 3);
    await comeIn(world, anOrder({ externalId: '1', lines: [{ sku: 'SKU-1', quantity: 3 }, { sku: 'SKU-2' }] }));
    await startPicking(world);
    await pickUnits(2);

    const short = await world.command('SHORT');
    const next = await pickUnits(1);

    expect(short.verdict).toMatchObject({ tone: 'info', code: 'pick.short-recorded', params: { missing: 1 } });
    expect(short.view).toMatchObject({ mode: 'pick', step: 'location', task: { location: 'A-02-1' } });
    expect(next).toBe('pick.short-recorded');
    expect((await world.view()).mode).toBe('idle');
    expect(await orderOf(world, '#1')).toMatchObject({
      state: 'picking',
      hold: { reason: 'short', detail: 'SKU-1: 1 missing' },
      tote: 'T-1',
    });
  });

  test('an empty bin at the only line holds the order at once', async () => {
    await lies('SKU-1', 'A-01-1', 3);
    await comeIn(world, wants(3));
    await startPicking(world);

    const { verdict, view } = await world.command('SHORT');
    const next = await world.command('NEXT');

    expect(verdict).toMatchObject({ code: 'pick.short-recorded', params: { missing: 3 } });
    expect(view.mode).toBe('idle');
    expect(next.verdict.code).toBe('queue.empty');
  });

  test('the order goes on in its tote when stock came and the hold is lifted', async () => {
    await lies('SKU-1', 'A-01-1', 3);
    await comeIn(world, wants(3));
    await startPicking(world);
    await pickUnits(1);
    await world.command('SHORT');
    const desk = await supervisorOf(world);

    await lies('SKU-1', 'A-03-1', 9);
    await desk.call('orders.release-hold', { orderId: (await orderOf(world, '#1')).id });
    await world.settled();
    const { view } = await world.command('NEXT');
    const end = await pickUnits(2);

    expect(view).toMatchObject({
      mode: 'pick',
      step: 'location',
      tote: 'T-1',
      task: { location: 'A-03-1', quantity: 2, picked: 0 },
    });
    expect(end).toBe('pick.order-done');
    expect((await orderOf(world, '#1')).state).toBe('picked');
  });

  test('lifted without stock it is held again, and the queue behind it moves on', async () => {
    await lies('SKU-1', 'A-01-1', 3);
    await stockUp(world, 0, 0);
    await comeIn(world, { ...wants(3), priority: 9 });
    await startPicking(world);
    await world.command('SHORT');
    await lies('SKU-2', 'A-02-1', 3);
    await comeIn(world, anOrder({ externalId: '2', lines: [{ sku: 'SKU-2' }] }));
    const desk = await supervisorOf(world);
    const { id } = await orderOf(world, '#1');

    await desk.call('orders.release-hold', { orderId: id });
    const next = await world.command('NEXT');
    await world.command('CANCEL');
    await desk.call('orders.release-hold', { orderId: id });
    const byNumber = await world.scan('#1');

    expect(next).toMatchObject({ verdict: { code: 'pick.started' }, view: { order: { number: '#2' } } });
    expect(byNumber.verdict).toMatchObject({
      tone: 'bad',
      code: 'order.on-hold',
      params: { number: '#1', reason: 'short', detail: 'SKU-1: 3 missing' },
    });
    expect(await orderOf(world, '#1')).toMatchObject({ hold: { reason: 'short' } });
  });

  test('SHORT before the tote is refused: there is nothing to put the rest into', async () => {
    await lies('SKU-1', 'A-01-1', 3);
    await comeIn(world, wants(3));
    await world.command('NEXT');

    expect((await world.command('SHORT')).verdict.code).toBe('command.not-here');
  });

  test('a missing piece spread over two bins is found in both', async () => {
    await lies('SKU-1', 'A-01-1', 4);
    await comeIn(world, wants(4));
    await lies('SKU-1', 'A-02-1', 2);
    await lies('SKU-1', 'A-03-1', 2);
    await startPicking(world);

    const short = await world.command('SHORT');
    await pickUnits(2);
    const end = await pickUnits(2);

    expect(short.verdict.code).toBe('pick.short-other-bin');
    expect(end).toBe('pick.order-done');
    expect(await binsOf(world, 'SKU-1')).toEqual([
      { location: 'A-01-1', onHand: 0, allocated: 0 },
      { location: 'A-02-1', onHand: 0, allocated: 0 },
      { location: 'A-03-1', onHand: 0, allocated: 0 },
    ]);
  });
});
