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
  stockUp,
  supervisorOf,
} from '../../support/warehouse.ts';
import { demoGtin, type World } from '../../support/world.ts';

const bin = (code: string): string => encodeStationCode('location', code);

describe.each(databaseKinds)('picking by scans on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: World;
  beforeEach(async () => {
    world = await openWorldOn(kind);
    await stockUp(world, 3, 50);
    await world.signIn();
  });
  afterEach(async () => {
    expect(await brokenInvariants(world)).toEqual([]);
    await world.close();
  });

  const order = (externalId: string, ...lines: { sku: string; quantity?: number }[]) => anOrder({ externalId, lines });

  test('tote, bin, item: each is asked for in turn, along the walk, and the tote waits for packing', async () => {
    await comeIn(world, order('1', { sku: 'SKU-3' }, { sku: 'SKU-1', quantity: 2 }));

    const steps = [(await world.command('NEXT')).view.step];
    const codes: string[] = [];
    for (const kindOf of ['tote', 'location', 'item', 'item', 'location', 'item'] as const) {
      const { verdict, view } = await scanOffered(world, kindOf);
      codes.push(verdict.code);
      steps.push(view.step);
    }

    expect(steps).toEqual(['tote', 'location', 'item', 'item', 'location', 'item', 'choose']);
    expect(codes).toEqual([
      'pick.tote-assigned',
      'pick.location-confirmed',
      'pick.item-picked',
      'pick.task-done',
      'pick.location-confirmed',
      'pick.order-done',
    ]);
    expect(await orderOf(world, '#1')).toMatchObject({ state: 'picked', tote: 'T-1' });
    expect(await binsOf(world, 'SKU-1')).toEqual([{ location: 'A-01-1', onHand: 48, allocated: 0 }]);
  });

  test('what a scan answers is what the bench shows when it is read again', async () => {
    await comeIn(world, order('1', { sku: 'SKU-3' }, { sku: 'SKU-1', quantity: 2 }));
    await startPicking(world);

    for (const raw of [bin('A-01-3'), bin('A-01-1'), demoGtin(2), demoGtin(404), demoGtin(1), demoGtin(1), 'PWXX']) {
      const { view } = await world.scan(raw);
      expect(view).toEqual(await world.view());
    }
    expect((await world.command('HELP')).view).toEqual(await world.view());
  });

  test('nothing but a tote is taken first', async () => {
    await comeIn(world, order('1', { sku: 'SKU-1' }));
    await world.command('NEXT');

    const codes = [];
    for (const raw of [demoGtin(1), bin('A-01-1'), '#1', encodeStationCode('tote', 'NO-SUCH')])
      codes.push((await world.scan(raw)).verdict.code);

    expect(codes).toEqual(['pick.tote-needed', 'pick.tote-needed', 'pick.tote-needed', 'tote.unknown']);
  });

  test('a tote that carries another order is refused by name', async () => {
    await comeIn(world, order('1', { sku: 'SKU-1' }), order('2', { sku: 'SKU-2' }));
    const { tote } = await startPicking(world);
    await world.command('CANCEL');
    await world.scan('#2');

    const { verdict } = await world.scan(encodeStationCode('tote', tote ?? ''));

    expect(verdict).toMatchObject({ tone: 'bad', code: 'pick.tote-taken', params: { tote } });
  });

  test('the item before the bin, and the wrong bin, are refused with the right one', async () => {
    await comeIn(world, order('1', { sku: 'SKU-2' }));
    await startPicking(world);

    const early = await world.scan(demoGtin(2));
    const wrong = await world.scan(bin('A-01-3'));

    expect(early.verdict).toMatchObject({ code: 'pick.location-first', expected: 'A-01-2' });
    expect(wrong.verdict).toMatchObject({
      code: 'pick.wrong-location',
      expected: 'A-01-2',
      params: { expected: 'A-01-2', location: 'A-01-3' },
    });
    expect(wrong.view).toMatchObject({ step: 'location', latched: { code: 'pick.wrong-location' } });
  });

  test('a bin may be scanned by its printed name as well', async () => {
    await comeIn(world, order('1', { sku: 'SKU-2' }));
    await startPicking(world);

    expect((await world.scan('A-01-2')).verdict.code).toBe('pick.location-confirmed');
  });

  test('a wrong item is named, an unknown one is not, and neither counts', async () => {
    await comeIn(world, order('1', { sku: 'SKU-1' }));
    await startPicking(world);
    await scanOffered(world, 'location');

    const wrong = await world.scan(demoGtin(2));
    const unknown = await world.scan(demoGtin(404));

    expect(wrong.verdict).toMatchObject({
      code: 'pick.wrong-item',
      expected: 'SKU-1',
      params: { sku: 'SKU-2', title: 'Item SKU-2', expected: 'SKU-1' },
    });
    expect(unknown.verdict).toMatchObject({ code: 'scan.unknown-code', expected: 'SKU-1' });
    expect(unknown.view.task).toMatchObject({ picked: 0 });
  });

  test('a case counts for all its pieces, and is refused whole when that would be too many', async () => {
    await world.importItems([
      anItem({
        sku: 'TEA',
        codes: [
          { code: demoGtin(70).padStart(14, '0'), kind: 'gtin', quantity: 1 },
          { code: demoGtin(71).padStart(14, '0'), kind: 'gtin', quantity: 6 },
        ],
      }),
    ]);
    await world.importStock([aLevel({ sku: 'TEA', location: 'C-01-1', onHand: 40 })]);
    await comeIn(world, order('1', { sku: 'TEA', quantity: 8 }));
    await startPicking(world);
    await world.scan(bin('C-01-1'));

    const first = await world.scan(demoGtin(71));
    const second = await world.scan(demoGtin(71));
    const single = await world.scan(demoGtin(70));

    expect(first.verdict).toMatchObject({ code: 'pick.item-picked', params: { done: 6, total: 8 } });
    expect(second.verdict).toMatchObject({ tone: 'bad', code: 'pick.too-many' });
    expect(single.verdict).toMatchObject({ code: 'pick.item-picked', params: { done: 7, total: 8 } });
  });

  test('two lines of one item in one bin need one scan of the bin', async () => {
    await comeIn(world, order('1', { sku: 'SKU-1' }, { sku: 'SKU-1', quantity: 2 }));
    await startPicking(world);
    await scanOffered(world, 'location');

    const codes = [];
    for (let unit = 0; unit < 3; unit += 1) codes.push((await world.scan(demoGtin(1))).verdict.code);

    expect(codes.at(-1)).toBe('pick.order-done');
    expect(codes).not.toContain('pick.location-first');
  });

  test('a piece that lies in a bin which was counted empty meanwhile is picked all the same, and the ledger says so', async () => {
    await comeIn(world, order('1', { sku: 'SKU-1', quantity: 2 }));
    await startPicking(world);
    await scanOffered(world, 'location');
    const desk = await supervisorOf(world);
    await desk.call('stock.count-location', { sku: 'SKU-1', location: 'A-01-1', counted: 1 });

    await scanOffered(world, 'item');
    const { verdict } = await scanOffered(world, 'item');

    expect(verdict.code).toBe('pick.order-done');
    expect(await binsOf(world, 'SKU-1')).toEqual([{ location: 'A-01-1', onHand: 0, allocated: 0 }]);
    const movements = await world.core.database.read('stock_movement').orderBy('id').select('reason', 'quantity');
    expect(movements.slice(-4)).toEqual([
      { reason: 'count', quantity: -49 },
      { reason: 'pick', quantity: -1 },
      { reason: 'found', quantity: 1 },
      { reason: 'pick', quantity: -1 },
    ]);
  });

  test('cards that mean nothing here are refused as such', async () => {
    await comeIn(world, order('1', { sku: 'SKU-1' }));
    await world.command('NEXT');

    const codes = [];
    for (const card of ['SHORT', 'UNDO', 'WEIGH', 'REPRINT', 'NEXT', 'YES'])
      codes.push((await world.command(card)).verdict.code);

    expect(new Set(codes)).toEqual(new Set(['command.not-here']));
  });

  test('the order that is open can be packed by its tote, its code and its number once it is picked', async () => {
    await comeIn(world, order('1', { sku: 'SKU-1' }));
    await startPicking(world);
    await scanOffered(world, 'location');
    await scanOffered(world, 'item');
    const { code, tote } = await orderOf(world, '#1');

    const opened = [];
    for (const raw of [encodeStationCode('tote', tote ?? ''), encodeStationCode('order', code), '#1']) {
      opened.push((await world.scan(raw)).verdict.code);
      await world.command('CANCEL');
    }

    expect(opened).toEqual(['pack.opened', 'pack.opened', 'pack.opened']);
  });
});
