import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { encodeStationCode } from '../../../shared/barcode/station-codes.ts';
import { aLevel, anItem, anOrder } from '../../support/builders.ts';
import { databaseKinds, hasDatabase, openWorldOn } from '../../support/databases.ts';
import {
  binsOf,
  brokenInvariants,
  comeIn,
  orderOf,
  scanOffered,
  startPicking,
  supervisorOf,
  useSettings,
} from '../../support/warehouse.ts';
import { demoGtin, type World } from '../../support/world.ts';

describe.each(databaseKinds)('what becomes of an order that comes up short, on %s', (kind) => {
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

  const lies = async (sku: string, location: string, onHand: number): Promise<void> => {
    await world.importStock([aLevel({ sku, location, onHand })]);
    await world.settled();
  };
  const pickUnits = async (count: number) => {
    let answer = await scanOffered(world, 'location');
    for (let unit = 0; unit < count; unit += 1) answer = await scanOffered(world, 'item');
    return answer;
  };
  /** Three of SKU-1 and one of SKU-2; of SKU-1 only one is found. */
  const comeUpShort = async () => {
    await lies('SKU-1', 'A-01-1', 3);
    await lies('SKU-2', 'A-02-1', 5);
    await comeIn(world, anOrder({ externalId: '1', lines: [{ sku: 'SKU-1', quantity: 3 }, { sku: 'SKU-2' }] }));
    await startPicking(world);
    await pickUnits(1);
    await world.command('SHORT');
    return pickUnits(1);
  };
  const pack = async (): Promise<string> => {
    await world.scan(toteOf((await orderOf(world, '#1')).tote));
    let view = await world.view();
    while (view.step === 'pack-item') ({ view } = await scanOffered(world, 'item'));
    await world.finishParcel();
    return (await orderOf(world, '#1')).state;
  };
  const toteOf = (code: string | null): string => encodeStationCode('tote', code ?? '');
  const openCounts = () =>
    world.core.database
      .read('count_task')
      .join('location', 'location.id', 'count_task.location_id')
      .where({ state: 'open' })
      .select('location.code as location', 'reason');

  test('split: what is there ships now, the rest follows in a parcel of its own', async () => {
    await useSettings(world, { shortRule: 'split' });

    const end = await comeUpShort();
    const first = await pack();
    const waiting = await orderOf(world, '#1');
    await lies('SKU-1', 'A-03-1', 9);
    await startPicking(world);
    const second = await pickUnits(2);
    const last = await pack();

    expect(end.verdict).toMatchObject({ code: 'pick.short-split', params: { missing: 2, number: '#1' } });
    expect(first).toBe('backordered');
    expect(waiting).toMatchObject({ tote: null, hold: null });
    expect(waiting.lines.map((line) => [line.sku, line.quantityShipped])).toEqual([
      ['SKU-1', 1],
      ['SKU-2', 1],
    ]);
    expect(second.verdict.code).toBe('pick.order-done');
    expect(last).toBe('shipped');
    const { parcels, lines } = await orderOf(world, '#1');
    expect(parcels.map((parcel) => [parcel.sequence, parcel.state])).toEqual([
      [1, 'labelled'],
      [2, 'labelled'],
    ]);
    expect(new Set(parcels.flatMap((parcel) => parcel.labels.map((label) => label.trackingNumber))).size).toBe(4);
    expect(lines.map((line) => line.quantityShipped)).toEqual([3, 1]);
  });

  test('split: the label of the first part says that the rest follows', async () => {
    await useSettings(world, { shortRule: 'split' });
    await comeUpShort();
    await world.scan(toteOf('T-1'));
    let view = await world.view();
    while (view.step === 'pack-item') ({ view } = await scanOffered(world, 'item'));
    await world.settled();

    const { verdict } = await scanOffered(world, 'label');

    expect(verdict).toMatchObject({ tone: 'complete', code: 'label.part-shipped', params: { following: 2 } });
  });

  test('split: with nothing in the tote the order waits, and the tote is free', async () => {
    await useSettings(world, { shortRule: 'split' });
    await lies('SKU-1', 'A-01-1', 3);
    await comeIn(world, anOrder({ externalId: '1', lines: [{ sku: 'SKU-1', quantity: 3 }] }));
    await startPicking(world);

    const { verdict } = await world.command('SHORT');

    expect(verdict).toMatchObject({ code: 'pick.short-waits', params: { missing: 3 } });
    expect(await orderOf(world, '#1')).toMatchObject({ state: 'backordered', tote: null, hold: null });
  });

  test('split: a rest that is cancelled leaves the order shipped', async () => {
    await useSettings(world, { shortRule: 'split' });
    await comeUpShort();
    await pack();
    const desk = await supervisorOf(world);

    await desk.call('orders.cancel-order', { orderId: (await orderOf(world, '#1')).id });

    const order = await orderOf(world, '#1');
    expect(order.state).toBe('shipped');
    expect(order.lines.map((line) => [line.quantityOrdered, line.quantityCancelled])).toEqual([
      [3, 2],
      [1, 0],
    ]);
    expect(order.parcels).toMatchObject([{ state: 'labelled' }]);
  });

  test('wait: the order keeps its tote and goes on in it when stock comes in', async () => {
    await useSettings(world, { shortRule: 'wait' });

    const end = await comeUpShort();
    const waiting = await orderOf(world, '#1');
    const opened = await world.scan(toteOf('T-1'));
    await lies('SKU-1', 'A-03-1', 9);
    const { view } = await world.command('NEXT');
    const last = await pickUnits(2);

    expect(end.verdict.code).toBe('pick.short-waits');
    expect(waiting).toMatchObject({ state: 'backordered', tote: 'T-1', hold: null });
    expect(opened.verdict).toMatchObject({ tone: 'bad', code: 'order.not-ready' });
    expect(view).toMatchObject({ mode: 'pick', step: 'location', tote: 'T-1', task: { location: 'A-03-1' } });
    expect(last.verdict.code).toBe('pick.order-done');
    expect((await orderOf(world, '#1')).state).toBe('picked');
  });

  test('wait: other goods for an order whose tote is half full: what lies there goes back first', async () => {
    await useSettings(world, { shortRule: 'wait' });
    await comeUpShort();

    await world.importOrders([anOrder({ externalId: '1', lines: [{ sku: 'SKU-2', quantity: 4 }] })]);

    expect(await orderOf(world, '#1')).toMatchObject({ state: 'ready', hold: { reason: 'starts-again' } });
  });

  test('hold: the order is held with what is missing, as before', async () => {
    const end = await comeUpShort();

    expect(end.verdict.code).toBe('pick.short-recorded');
    expect(await orderOf(world, '#1')).toMatchObject({ state: 'picking', hold: { detail: 'SKU-1: 2 missing' } });
  });

  test('what other bins hold of it is picked all the same', async () => {
    await useSettings(world, { shortRule: 'split' });
    await lies('SKU-1', 'A-01-1', 3);
    await comeIn(world, anOrder({ externalId: '1', lines: [{ sku: 'SKU-1', quantity: 3 }] }));
    await lies('SKU-1', 'A-02-1', 1);
    await startPicking(world);

    const short = await world.command('SHORT');
    const end = await pickUnits(1);

    expect(short.verdict).toMatchObject({ code: 'pick.short-recorded', params: { missing: 2 } });
    expect(short.view.task).toMatchObject({ location: 'A-02-1', quantity: 1 });
    expect(end.verdict.code).toBe('pick.short-split');
    expect((await orderOf(world, '#1')).state).toBe('picked');
  });

  test('each short asks for one count of the bin, with its reason', async () => {
    await lies('SKU-1', 'A-01-1', 3);
    await lies('SKU-2', 'A-02-1', 3);
    await comeIn(
      world,
      anOrder({
        externalId: '1',
        lines: [
          { sku: 'SKU-1', quantity: 2 },
          { sku: 'SKU-2', quantity: 2 },
        ],
      }),
    );
    await startPicking(world);

    await world.command('SHORT');
    await world.command('REASON-EXPIRED');

    expect(await openCounts()).toEqual([
      { location: 'A-01-1', reason: 'not-found' },
      { location: 'A-02-1', reason: 'expired' },
    ]);
    expect((await world.view()).floor).toEqual({ putBacks: 0, counts: 2 });
  });

  test('a broken piece leaves the books, and another one of the same bin is taken', async () => {
    await lies('SKU-1', 'A-01-1', 3);
    await comeIn(world, anOrder({ externalId: '1', lines: [{ sku: 'SKU-1', quantity: 2 }] }));
    await startPicking(world);
    await scanOffered(world, 'location');

    const damaged = await world.command('DAMAGED');
    await scanOffered(world, 'item');
    const end = await scanOffered(world, 'item');

    expect(damaged.verdict).toMatchObject({ tone: 'info', code: 'pick.damaged-noted' });
    expect(damaged.view.step).toBe('item');
    expect(end.verdict.code).toBe('pick.order-done');
    expect(await binsOf(world, 'SKU-1')).toEqual([{ location: 'A-01-1', onHand: 0, allocated: 0 }]);
    expect(await world.core.database.read('stock_movement').where({ reason: 'damaged' }).select('quantity')).toEqual([
      { quantity: -1 },
    ]);
  });

  test('a broken last piece sends the hand to another bin for one', async () => {
    await lies('SKU-1', 'A-01-1', 2);
    await comeIn(world, anOrder({ externalId: '1', lines: [{ sku: 'SKU-1', quantity: 2 }] }));
    await lies('SKU-1', 'A-02-1', 4);
    await startPicking(world);
    await pickUnits(1);

    const damaged = await world.command('DAMAGED');
    const end = await pickUnits(1);

    expect(damaged.verdict.code).toBe('pick.short-other-bin');
    expect(damaged.view.task).toMatchObject({ location: 'A-02-1', quantity: 1 });
    expect(end.verdict.code).toBe('pick.order-done');
    expect(await binsOf(world, 'SKU-1')).toEqual([
      { location: 'A-01-1', onHand: 0, allocated: 0 },
      { location: 'A-02-1', onHand: 3, allocated: 0 },
    ]);
  });

  test('a broken piece that nothing makes up for leaves the order short by one', async () => {
    await useSettings(world, { shortRule: 'split' });
    await lies('SKU-1', 'A-01-1', 2);
    await comeIn(world, anOrder({ externalId: '1', lines: [{ sku: 'SKU-1', quantity: 2 }] }));
    await startPicking(world);
    await scanOffered(world, 'location');

    await world.command('DAMAGED');
    const end = await pickUnits(1);

    expect(end.verdict).toMatchObject({ code: 'pick.short-split', params: { missing: 1 } });
    expect(await orderOf(world, '#1')).toMatchObject({ state: 'picked' });
  });

  test('DAMAGED before the bin is scanned is refused: nobody is in front of it', async () => {
    await lies('SKU-1', 'A-01-1', 2);
    await comeIn(world, anOrder({ externalId: '1', lines: [{ sku: 'SKU-1' }] }));
    await startPicking(world);

    expect((await world.command('DAMAGED')).verdict).toMatchObject({ tone: 'bad', code: 'command.not-here' });
  });
});
