import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { encodeStationCode } from '../../../shared/barcode/station-codes.ts';
import { anItem, anOrder } from '../../support/builders.ts';
import { databaseKinds, hasDatabase, lastingPlace, openWorldOn } from '../../support/databases.ts';
import {
  binsOf,
  brokenInvariants,
  comeIn,
  offered,
  orderOf,
  stockUp,
  supervisorOf,
  useSettings,
} from '../../support/warehouse.ts';
import { demoGtin, openWorld, type World } from '../../support/world.ts';

const tote = (code: string): string => encodeStationCode('tote', code);
const bin = (code: string): string => encodeStationCode('location', code);

describe.each(databaseKinds)('several orders in one walk on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: World;
  beforeEach(async () => {
    world = await openWorldOn(kind);
    await stockUp(world, 4, 20);
    await world.signIn();
  });
  afterEach(async () => {
    expect(await brokenInvariants(world)).toEqual([]);
    await world.close();
  });

  const order = (externalId: string, ...lines: { sku: string; quantity?: number }[]) =>
    anOrder({ externalId, shipBy: `2026-11-23T1${externalId}:00:00.000Z`, lines });
  const code = async (raw: string): Promise<string> => (await world.scan(raw)).verdict.code;
  const codes = async (...raws: readonly string[]): Promise<string[]> => {
    const answers = [];
    for (const raw of raws) answers.push(await code(raw));
    return answers;
  };
  /** Orders #1 (SKU-2, two of SKU-1) and #2 (SKU-1, SKU-3) on totes T-1 and T-2. */
  const onTheWay = async (): Promise<void> => {
    await comeIn(
      world,
      order('1', { sku: 'SKU-2' }, { sku: 'SKU-1', quantity: 2 }),
      order('2', { sku: 'SKU-3' }, { sku: 'SKU-1' }),
    );
    await world.command('BATCH');
    await codes(tote('T-1'), tote('T-2'));
  };
  /** Does what the bench asks for until it is idle; gives the bins in the order they were gone to. */
  const walkOn = async (at: World = world): Promise<string[]> => {
    const bins: string[] = [];
    let view = await at.view();
    for (let step = 0; step < 200 && view.mode === 'batch'; step += 1) {
      if (view.step === 'location') bins.push(view.task?.location ?? '');
      const kindOf = { tote: 'tote', location: 'location', item: 'item', 'put-to-tote': 'tote' } as const;
      ({ view } = await at.scan(offered(view, kindOf[view.step as keyof typeof kindOf]))); // steps of a walk only
    }
    return bins;
  };

  test('one walk goes to every bin once, and every unit lands in the tote of its order', async () => {
    await onTheWay();

    const bins = await walkOn();

    expect(bins).toEqual(['A-01-1', 'A-01-2', 'A-01-3']);
    expect(await orderOf(world, '#1')).toMatchObject({ state: 'picked', tote: 'T-1' });
    expect(await orderOf(world, '#2')).toMatchObject({ state: 'picked', tote: 'T-2' });
    expect(await binsOf(world, 'SKU-1')).toEqual([{ location: 'A-01-1', onHand: 17, allocated: 0 }]);
    expect((await world.view()).mode).toBe('idle');
  });

  test('the buyer’s note stands beside the pieces of that order', async () => {
    const noted = anOrder({ externalId: '1', note: 'No plastic, please', lines: [{ sku: 'SKU-1' }] });
    await comeIn(world, noted, order('2', { sku: 'SKU-2' }));
    await world.command('BATCH');
    await codes(tote('T-1'), tote('T-2'));
    const notes = new Map<string, string | null>();
    for (let view = await world.view(); view.mode === 'batch'; view = await world.view()) {
      notes.set(view.order?.number ?? '', view.note);
      const kindOf = { location: 'location', item: 'item', 'put-to-tote': 'tote' } as const;
      await world.scan(offered(view, kindOf[view.step as keyof typeof kindOf])); // steps of a walk only
    }

    expect(Object.fromEntries(notes)).toEqual({ '#1': 'No plastic, please', '#2': null });
  });

  test('the most urgent orders are taken, as many as the settings say', async () => {
    await useSettings(world, { batchSize: 2 });
    await comeIn(world, order('3', { sku: 'SKU-1' }), order('1', { sku: 'SKU-1' }), order('2', { sku: 'SKU-2' }));

    const { verdict, view } = await world.command('BATCH');

    expect(verdict).toMatchObject({ tone: 'good', code: 'pick.walk-started', params: { orders: 2 } });
    expect(view).toMatchObject({ mode: 'batch', step: 'tote', order: { number: '#1' } });
    expect(view.run?.slots.map(({ slot, orderNumber, tote: on }) => [slot, orderNumber, on])).toEqual([
      [1, '#1', null],
      [2, '#2', null],
    ]);
  });

  test('no two benches share an order, however closely they ask', async () => {
    await useSettings(world, { batchSize: 3 });
    await comeIn(world, ...['1', '2', '3', '4', '5'].map((id) => order(id, { sku: 'SKU-1' })));
    const other = await world.bench('Bench 2');
    await other.signIn();

    const views = await Promise.all([world.command('BATCH'), other.command('BATCH')]);
    const taken = views.flatMap(({ view }) => view.run?.slots.map((slot) => slot.orderNumber) ?? []);

    expect(taken.sort()).toEqual(['#1', '#2', '#3', '#4', '#5']);
  });

  test('orders on hold and an empty queue give nothing to walk for', async () => {
    expect((await world.command('BATCH')).verdict).toMatchObject({ tone: 'info', code: 'queue.empty' });
  });

  test('a tote of another order is refused, and NEXT starts with the totes that are there', async () => {
    await comeIn(world, order('1', { sku: 'SKU-1' }), order('2', { sku: 'SKU-2' }), order('3', { sku: 'SKU-3' }));
    await world.command('BATCH');
    expect((await world.command('NEXT')).verdict).toMatchObject({ tone: 'bad', code: 'pick.tote-needed' });
    await codes(tote('T-1'));

    expect(await codes(tote('T-1'), tote('T-99'), tote('T-2'))).toEqual([
      'pick.tote-taken',
      'tote.unknown',
      'pick.tote-in-slot',
    ]);
    const { verdict, view } = await world.command('NEXT');

    expect(verdict).toMatchObject({ code: 'pick.walk-begins', params: { orders: 2, givenBack: 1 } });
    expect(view.run?.slots.map((slot) => slot.orderNumber)).toEqual(['#1', '#2']);
    const other = await world.bench('Bench 2');
    await other.signIn();
    expect((await other.command('NEXT')).view.order?.number).toBe('#3');
  });

  test('units count as picked with the scan of their tote, not before', async () => {
    await onTheWay();
    await codes(bin('A-01-1'), demoGtin(1));
    const inHand = await world.scan(demoGtin(1));

    expect(inHand.verdict).toMatchObject({ code: 'pick.put-now', params: { done: 2, total: 2, tote: 'T-1' } });
    expect(inHand.view).toMatchObject({ step: 'put-to-tote', run: { put: { quantity: 2, tote: 'T-1', slot: 1 } } });
    expect(inHand.view).toEqual(await world.view());
    expect(await binsOf(world, 'SKU-1')).toEqual([{ location: 'A-01-1', onHand: 20, allocated: 3 }]);

    const put = await world.scan(tote('T-1'));

    expect(put.verdict).toMatchObject({ tone: 'good', code: 'pick.put' });
    expect(await binsOf(world, 'SKU-1')).toEqual([{ location: 'A-01-1', onHand: 18, allocated: 1 }]);
    // The next order wants the same item of the same bin: no second scan of it.
    expect(put.view).toMatchObject({
      step: 'item',
      order: { number: '#2' },
      task: { location: 'A-01-1', quantity: 1 },
    });
  });

  test('the wrong tote is refused with the name of the right one, and nothing has moved', async () => {
    await onTheWay();
    await codes(bin('A-01-1'), demoGtin(1), demoGtin(1));

    const { verdict, view } = await world.scan(tote('T-2'));

    expect(verdict).toMatchObject({
      tone: 'bad',
      code: 'pick.wrong-tote',
      expected: 'T-1',
      params: { tote: 'T-2', number: '#1' },
    });
    expect(view.latched?.code).toBe('pick.wrong-tote');
    expect(await binsOf(world, 'SKU-1')).toEqual([{ location: 'A-01-1', onHand: 20, allocated: 3 }]);
    expect(await code(tote('T-1'))).toBe('pick.put');
  });

  test('wrong bins, wrong items, one too many and empty hands are told apart', async () => {
    await onTheWay();

    expect(await codes(demoGtin(1), bin('A-01-2'), tote('T-1'))).toEqual([
      'pick.location-first',
      'pick.wrong-location',
      'pick.hand-empty',
    ]);
    await codes(bin('A-01-1'));
    expect(await codes(demoGtin(2), demoGtin(404), demoGtin(1), demoGtin(1), demoGtin(1))).toEqual([
      'pick.wrong-item',
      'scan.unknown-code',
      'pick.in-hand',
      'pick.put-now',
      'pick.too-many',
    ]);
  });

  test('a part of the units may be put down early, and UNDO puts them back into the bin', async () => {
    await onTheWay();
    await codes(bin('A-01-1'), demoGtin(1));
    expect((await world.command('SHORT')).verdict).toMatchObject({ code: 'pick.put-first', expected: 'T-1' });

    expect((await world.command('UNDO')).verdict).toMatchObject({ code: 'pick.hand-emptied', params: { quantity: 1 } });
    expect(await codes(demoGtin(1), tote('T-1'), demoGtin(1), tote('T-1'))).toEqual([
      'pick.in-hand',
      'pick.put',
      'pick.put-now',
      'pick.put',
    ]);
  });

  test('units that no bin has leave their order to the short rule, the others are picked on', async () => {
    await onTheWay();
    await codes(bin('A-01-1'));

    const { verdict, view } = await world.command('SHORT');

    expect(verdict).toMatchObject({ code: 'pick.short-recorded', params: { number: '#1', missing: 2 } });
    expect(view).toMatchObject({ mode: 'batch', step: 'item', order: { number: '#2' } });
    await walkOn();
    expect(await orderOf(world, '#1')).toMatchObject({ state: 'picking', hold: { reason: 'short' } });
    expect(await orderOf(world, '#2')).toMatchObject({ state: 'picked' });
  });

  test('a hold on one order skips its place with words at the next scan, the rest goes on', async () => {
    await onTheWay();
    await codes(bin('A-01-1'), demoGtin(1));
    const desk = await supervisorOf(world);
    const held = await orderOf(world, '#1');
    await desk.call('orders.set-hold', { orderId: held.id, reason: 'fraud', detail: '' });

    const { verdict, view } = await world.scan(demoGtin(1));

    expect(verdict).toMatchObject({ tone: 'bad', code: 'pick.slot-on-hold', params: { number: '#1', slot: '1' } });
    expect(view.run?.slots.map((slot) => slot.orderNumber)).toEqual(['#2']);
    expect(view.run?.put).toBeNull();
    await walkOn();
    expect(await orderOf(world, '#2')).toMatchObject({ state: 'picked' });
    expect(await orderOf(world, '#1')).toMatchObject({ state: 'picking', tote: 'T-1' });
  });

  test('an order that is cancelled in the middle is skipped, and its goods go back', async () => {
    await onTheWay();
    await codes(bin('A-01-1'), demoGtin(1), demoGtin(1), tote('T-1'), demoGtin(1));
    const desk = await supervisorOf(world);
    await desk.call('orders.cancel-order', { orderId: (await orderOf(world, '#1')).id });

    const { verdict, view } = await world.scan(tote('T-2'));

    expect(verdict).toMatchObject({ tone: 'bad', code: 'pick.slot-cancelled', params: { number: '#1', slot: '1' } });
    // What is in the hand is the other order's: it is not asked for again.
    expect(view).toMatchObject({ step: 'put-to-tote', run: { put: { tote: 'T-2', quantity: 1 } } });
    expect(await code(tote('T-2'))).toBe('pick.put');
    await walkOn();
    expect(await orderOf(world, '#2')).toMatchObject({ state: 'picked' });
    expect(await orderOf(world, '#1')).toMatchObject({ state: 'cancelled' });
  });

  test('HOLD with its reason takes the order of this bin off the cart', async () => {
    await onTheWay();
    await codes(bin('A-01-1'));
    await world.command('HOLD');

    const { verdict, view } = await world.command('REASON-ADDRESS');

    expect(verdict).toMatchObject({ code: 'order.held', params: { number: '#1' } });
    expect(view).toMatchObject({ mode: 'batch', order: { number: '#2' } });
    expect(await orderOf(world, '#1')).toMatchObject({ hold: { reason: 'address' } });
  });

  test('a broken piece is replaced by another one of the same bin', async () => {
    await onTheWay();
    await codes(bin('A-01-1'));

    expect((await world.command('DAMAGED')).verdict).toMatchObject({ code: 'pick.damaged-noted' });
    expect(await codes(demoGtin(1), demoGtin(1), tote('T-1'))).toEqual(['pick.in-hand', 'pick.put-now', 'pick.put']);
    expect(await binsOf(world, 'SKU-1')).toEqual([{ location: 'A-01-1', onHand: 17, allocated: 1 }]);
  });

  test('something equal that the buyer agreed to joins the walk of its own order', async () => {
    await world.importItems([
      anItem({ sku: 'SKU-1', gtin: demoGtin(1), substitutes: [{ sku: 'SKU-4', priceNeutral: true }] }),
    ]);
    await comeIn(
      world,
      { ...order('1', { sku: 'SKU-1' }, { sku: 'SKU-2' }), substitutions: true },
      order('2', { sku: 'SKU-2' }),
    );
    await world.command('BATCH');
    await codes(tote('T-1'), tote('T-2'), bin('A-01-1'));
    expect((await world.view()).expects.map(({ title }) => title)).toContain('SUBSTITUTE');

    const short = await world.command('SHORT');
    expect(short.verdict.code).toBe('substitute.offered');
    expect(short.view).toMatchObject({ mode: 'batch', step: 'substitute', substitutes: [{ sku: 'SKU-4' }] });
    expect((await world.scan(demoGtin(4))).verdict).toMatchObject({ code: 'substitute.approved' });
    const bins = await walkOn();

    expect(bins).toEqual(['A-01-2', 'A-01-4']);
    expect(await orderOf(world, '#1')).toMatchObject({ state: 'picked', tote: 'T-1' });
    expect(await orderOf(world, '#2')).toMatchObject({ state: 'picked', tote: 'T-2' });
  });

  test('CANCEL leaves the walk: orders are free, their totes keep what was picked, and the code goes on with it', async () => {
    await onTheWay();
    await codes(bin('A-01-1'), demoGtin(1), demoGtin(1), tote('T-1'));
    const run = (await world.view()).run?.code ?? '';

    expect((await world.command('CANCEL')).verdict).toMatchObject({ code: 'pick.walk-left', params: { run } });
    const other = await world.bench('Bench 2');
    await other.signIn();
    const resumed = await other.scan(encodeStationCode('run', run));

    expect(resumed.verdict).toMatchObject({ code: 'pick.walk-resumed', params: { orders: 2 } });
    expect(resumed.view.run?.slots.map((slot) => slot.tote)).toEqual(['T-1', 'T-2']);
    expect((await world.scan(encodeStationCode('run', run))).verdict.code).toBe('pick.walk-elsewhere');
    await walkOn(other);
    expect(await orderOf(world, '#1')).toMatchObject({ state: 'picked' });
    expect((await world.scan(encodeStationCode('run', run))).verdict.code).toBe('pick.walk-over');
    expect((await world.scan(encodeStationCode('run', 'NOSUCHRN'))).verdict.code).toBe('pick.walk-unknown');
  });

  test('when the lease ran out others take the orders one by one, and the bench is told', async () => {
    await onTheWay();
    world.passTime(16);
    const other = await world.bench('Bench 2');
    await other.signIn();
    expect((await other.command('NEXT')).view.order?.number).toBe('#1');

    const { verdict, view } = await world.scan(bin('A-01-1'));

    expect(verdict).toMatchObject({ tone: 'bad', code: 'pick.slot-taken-over', params: { number: '#1' } });
    expect(view.run?.slots.map((slot) => slot.orderNumber)).toEqual(['#2']);
  });

  test('a bench that goes on scanning keeps all its orders, written once half of the lease is over', async () => {
    await onTheWay();
    world.passTime(10);
    await codes(bin('A-01-1'));
    world.passTime(10);
    const other = await world.bench('Bench 2');
    await other.signIn();

    expect((await other.command('NEXT')).verdict.code).toBe('queue.empty');
    expect(await code(demoGtin(1))).toBe('pick.in-hand');
  });

  test('what a scan answers is what the bench shows when it is read again, at every step', async () => {
    await onTheWay();
    let view = await world.view();
    for (let step = 0; step < 60 && view.mode === 'batch'; step += 1) {
      const kindOf = { tote: 'tote', location: 'location', item: 'item', 'put-to-tote': 'tote' } as const;
      ({ view } = await world.scan(offered(view, kindOf[view.step as keyof typeof kindOf]))); // steps of a walk only
      expect(view).toEqual(await world.view());
    }
    expect(view.mode).toBe('idle');
  });
});

describe.each(databaseKinds)('a walk over a power cut on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');

  test('what is in the hand is still in the hand, and nothing counts twice', async () => {
    const place = await lastingPlace(kind);
    let world = await openWorld(place.options);
    await stockUp(world, 2, 20);
    await world.signIn();
    await comeIn(world, anOrder({ externalId: '1', lines: [{ sku: 'SKU-1', quantity: 2 }, { sku: 'SKU-2' }] }));
    await world.command('BATCH');
    for (const raw of [tote('T-1'), bin('A-01-1'), demoGtin(1)]) await world.scan(raw);
    const before = await world.view();

    await world.close();
    world = await openWorld(place.options);

    expect(await world.view()).toEqual(before);
    expect(before).toMatchObject({ step: 'item', run: { put: { quantity: 1 } }, task: { picked: 1, quantity: 2 } });
    await world.scan(demoGtin(1));
    await world.scan(tote('T-1'));
    expect(await binsOf(world, 'SKU-1')).toEqual([{ location: 'A-01-1', onHand: 18, allocated: 0 }]);
    expect(await brokenInvariants(world)).toEqual([]);
    await world.close();
    await place.remove();
  });
});
