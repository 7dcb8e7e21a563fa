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
} from '../../support/warehouse.ts';
import { demoGtin, type World } from '../../support/world.ts';

describe.each(databaseKinds)('bins that are counted at the bench, on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: World;
  beforeEach(async () => {
    world = await openWorldOn(kind);
    await world.importItems([
      anItem({
        sku: 'SKU-1',
        codes: [
          { code: `0${demoGtin(1)}`, kind: 'gtin', quantity: 1 },
          { code: '19521234500015', kind: 'gtin', quantity: 12 },
        ],
      }),
      anItem({ sku: 'SKU-2', gtin: demoGtin(2) }),
    ]);
    await world.importStock([
      aLevel({ sku: 'SKU-1', location: 'A-02-1', onHand: 5 }),
      aLevel({ sku: 'SKU-2', location: 'A-01-1', onHand: 5 }),
    ]);
    await world.signIn();
  });
  afterEach(async () => {
    expect(await brokenInvariants(world)).toEqual([]);
    await world.close();
  });

  const bin = (code: string): string => encodeStationCode('location', code);
  /** The bin of SKU-1 comes up short by one of two; four are left in the books. */
  const askForCount = async (): Promise<void> => {
    await comeIn(world, anOrder({ externalId: '1', lines: [{ sku: 'SKU-1', quantity: 2 }] }));
    await startPicking(world);
    await scanOffered(world, 'location');
    await scanOffered(world, 'item');
    await world.command('SHORT');
  };
  const tasks = () =>
    world.core.database.read('count_task').orderBy('id').select('reason', 'state', 'counted', 'done_at as doneAt');

  test('COUNT leads to the bin; pieces, cases and quantity cards add up; CONFIRM corrects the books', async () => {
    await askForCount();

    const sent = await world.command('COUNT');
    const atBin = await scanOffered(world, 'location');
    const one = await scanOffered(world, 'item');
    const many = await world.scan('19521234500015');
    const card = await world.command('QTY-10');
    const stored = await world.command('CONFIRM');

    expect(sent).toMatchObject({
      verdict: { code: 'count.go-to-bin', params: { location: 'A-02-1' } },
      view: {
        mode: 'count',
        step: 'count',
        count: { sku: 'SKU-1', location: 'A-02-1', binConfirmed: false, counted: 0 },
      },
    });
    expect(atBin).toMatchObject({ verdict: { code: 'count.started' }, view: { count: { binConfirmed: true } } });
    expect([one, many, card].map(({ view }) => view.count?.counted)).toEqual([1, 13, 23]);
    expect(stored).toMatchObject({
      verdict: { tone: 'complete', code: 'count.stored', params: { counted: 23, difference: 20 } },
      view: { mode: 'idle', floor: { counts: 0 } },
    });
    expect(await binsOf(world, 'SKU-1')).toEqual([{ location: 'A-02-1', onHand: 23, allocated: 0 }]);
    expect(await tasks()).toEqual([{ reason: 'not-found', state: 'done', counted: 23, doneAt: expect.any(String) }]);
    expect(
      await world.core.database.read('stock_movement').where({ reason: 'count' }).select('quantity', 'operator_id'),
    ).toEqual([{ quantity: 20, operator_id: expect.any(String) }]);
  });

  test('a bin scanned at an idle bench is counted at once, where a count is asked for', async () => {
    await askForCount();

    const other = await world.scan(bin('A-01-1'));
    const asked = await world.scan(bin('A-02-1'));

    expect(other.verdict).toMatchObject({ tone: 'bad', code: 'order.scan-first' });
    expect(asked).toMatchObject({ verdict: { code: 'count.started' }, view: { mode: 'count', count: { counted: 0 } } });
  });

  test('UNDO takes scan by scan back; an empty bin is confirmed without any', async () => {
    await askForCount();
    await world.scan(bin('A-02-1'));
    await world.command('QTY-7');
    await scanOffered(world, 'item');

    const counts = [
      (await world.command('UNDO')).view.count?.counted,
      (await world.command('UNDO')).view.count?.counted,
    ];
    const none = await world.command('UNDO');
    const { verdict } = await world.command('CONFIRM');

    expect(counts).toEqual([7, 0]);
    expect(none.verdict).toMatchObject({ tone: 'bad', code: 'count.nothing-to-undo' });
    expect(verdict).toMatchObject({ code: 'count.stored', params: { counted: 0, difference: -3 } });
  });

  test('a count that agrees with the books says so and moves nothing', async () => {
    await askForCount();
    await world.scan(bin('A-02-1'));
    await world.command('QTY-3');

    expect((await world.command('CONFIRM')).verdict).toMatchObject({ code: 'count.right', params: { difference: 0 } });
    expect(await world.core.database.read('stock_movement').where({ reason: 'count' })).toEqual([]);
  });

  test('another bin, another item and pieces before the bin are refused', async () => {
    await askForCount();
    await world.command('COUNT');

    const codes = [
      (await world.scan(demoGtin(1))).verdict.code,
      (await world.command('CONFIRM')).verdict.code,
      (await world.scan(bin('A-01-1'))).verdict.code,
    ];
    await scanOffered(world, 'location');
    codes.push((await world.scan(bin('A-01-1'))).verdict.code, (await world.scan(demoGtin(2))).verdict.code);

    expect(codes).toEqual([
      'count.bin-first',
      'count.bin-first',
      'count.wrong-bin',
      'count.wrong-bin',
      'count.wrong-item',
    ]);
    expect((await world.view()).count).toMatchObject({ binConfirmed: true, counted: 0 });
  });

  test('who takes a piece out meanwhile makes the count begin anew', async () => {
    await askForCount();
    await world.scan(bin('A-02-1'));
    await world.command('QTY-3');
    const other = await world.bench('Other');
    await other.signIn();
    await comeIn(world, anOrder({ externalId: '2', lines: [{ sku: 'SKU-1' }] }));
    await startPicking(other);
    await scanOffered(other, 'location');
    await scanOffered(other, 'item');

    const refused = await world.command('CONFIRM');
    await world.command('QTY-2');
    const stored = await world.command('CONFIRM');

    expect(refused.verdict).toMatchObject({ tone: 'bad', code: 'count.changed-meanwhile' });
    expect(refused.view.count).toMatchObject({ counted: 0 });
    expect(stored.verdict.code).toBe('count.right');
  });

  test('two benches never go to the same bin, and the desk may have counted it first', async () => {
    await askForCount();
    const other = await world.bench('Other');
    await other.signIn();
    await world.command('COUNT');
    const second = await other.command('COUNT');
    const desk = await supervisorOf(world);

    await desk.call('stock.count-location', { sku: 'SKU-1', location: 'A-02-1', counted: 3 });
    const late = await world.scan(bin('A-02-1'));

    expect(second.verdict.code).toBe('count.none');
    expect(late).toMatchObject({ verdict: { tone: 'bad', code: 'count.done-elsewhere' }, view: { mode: 'idle' } });
    expect(await tasks()).toMatchObject([{ state: 'done', counted: 3 }]);
  });

  test('less than is reserved: orders that nobody has begun go to other bins or wait, the least urgent first', async () => {
    await askForCount();
    const order = (externalId: string, priority: number) =>
      anOrder({ externalId, priority, lines: [{ sku: 'SKU-1' }] });
    await comeIn(world, order('9', 9), order('5', 5), order('0', 0));
    await world.importStock([aLevel({ sku: 'SKU-1', location: 'A-03-1', onHand: 1 })]);
    await world.scan(bin('A-02-1'));
    await scanOffered(world, 'item');

    await world.command('CONFIRM');
    await world.settled();

    expect((await orderOf(world, '#9')).state).toBe('allocated');
    expect((await orderOf(world, '#5')).state).toBe('allocated');
    expect((await orderOf(world, '#0')).state).toBe('backordered');
    expect(await binsOf(world, 'SKU-1')).toEqual([
      { location: 'A-02-1', onHand: 1, allocated: 1 },
      { location: 'A-03-1', onHand: 1, allocated: 1 },
    ]);
  });

  test('CANCEL leaves the bin for the next count; without one COUNT says that none waits', async () => {
    const none = await world.command('COUNT');
    await askForCount();
    await world.command('COUNT');
    const left = await world.command('CANCEL');

    expect(none.verdict).toMatchObject({ tone: 'info', code: 'count.none' });
    expect(left).toMatchObject({ verdict: { code: 'count.left' }, view: { mode: 'idle', floor: { counts: 1 } } });
  });
});
