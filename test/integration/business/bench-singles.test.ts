import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { encodeStationCode } from '../../../shared/barcode/station-codes.ts';
import { anItem, anOrder } from '../../support/builders.ts';
import { databaseKinds, hasDatabase, openWorldOn } from '../../support/databases.ts';
import { binsOf, brokenInvariants, comeIn, offered, orderOf, stockUp, untilStep } from '../../support/warehouse.ts';
import { demoGtin, type World } from '../../support/world.ts';

describe.each(databaseKinds)('the lane of single lines on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: World;
  beforeEach(async () => {
    world = await openWorldOn(kind);
    await stockUp(world, 3, 20);
    await world.signIn();
  });
  afterEach(async () => {
    expect(await brokenInvariants(world)).toEqual([]);
    await world.close();
  });

  const order = (externalId: string, ...lines: { sku: string; quantity?: number }[]) =>
    anOrder({ externalId, shipBy: `2026-11-23T1${externalId}:00:00.000Z`, lines });

  test('an item opens its most urgent order and is its first unit packed; the label brings the bench back to the lane', async () => {
    await comeIn(
      world,
      order('1', { sku: 'SKU-1' }, { sku: 'SKU-2' }),
      order('3', { sku: 'SKU-1' }),
      order('2', { sku: 'SKU-1' }),
    );
    const started = await world.command('SINGLES');
    expect(started.verdict).toMatchObject({ tone: 'good', code: 'singles.started' });
    expect(started.view).toMatchObject({ mode: 'singles', step: 'single-item' });
    expect(started.view.expects.filter((one) => one.kind === 'item').map((one) => one.text)).toContain(demoGtin(1));

    const { verdict } = await world.scan(demoGtin(1));
    expect(verdict).toMatchObject({ tone: 'complete', code: 'pack.closed', params: { number: '#2' } });
    expect(await binsOf(world, 'SKU-1')).toEqual([{ location: 'A-01-1', onHand: 19, allocated: 2 }]);
    const label = offered(await untilStep(world, 'scan-label'), 'label');
    const done = await world.scan(label);

    expect(done.verdict).toMatchObject({ tone: 'complete', code: 'label.confirmed', params: { number: '#2' } });
    expect(done.view).toMatchObject({ mode: 'singles', step: 'single-item', order: null });
    expect(await orderOf(world, '#2')).toMatchObject({ state: 'shipped', tote: null });
    expect((await world.scan(demoGtin(1))).verdict).toMatchObject({ params: { number: '#3' } });
  });

  test('of several pieces the rest is packed by item scans', async () => {
    await comeIn(world, order('1', { sku: 'SKU-2', quantity: 3 }));
    await world.command('SINGLES');

    const codes = [];
    for (let piece = 0; piece < 3; piece += 1) codes.push((await world.scan(demoGtin(2))).verdict.code);

    expect(codes).toEqual(['pack.item-packed', 'pack.item-packed', 'pack.closed']);
  });

  test('an item that no order asks for alone is named, one that nobody knows is told apart', async () => {
    await comeIn(world, order('1', { sku: 'SKU-1' }, { sku: 'SKU-2' }));
    await world.command('SINGLES');

    const alone = await world.scan(demoGtin(1));
    expect(alone.verdict).toMatchObject({ tone: 'bad', code: 'singles.no-order', params: { sku: 'SKU-1' } });
    expect(alone.view).toMatchObject({ mode: 'singles', latched: { code: 'singles.no-order' } });
    expect((await world.scan(demoGtin(404))).verdict.code).toBe('scan.unknown-code');
    expect((await world.scan(encodeStationCode('tote', 'T-1'))).verdict.code).toBe('singles.item-needed');
    expect((await world.command('NEXT')).verdict.code).toBe('command.not-here');
  });

  test('orders that are held, or that another bench picks, are left alone', async () => {
    await comeIn(world, { ...order('1', { sku: 'SKU-1' }), paid: false }, order('2', { sku: 'SKU-1' }));
    const other = await world.bench('Bench 2');
    await other.signIn();
    await other.command('NEXT');
    await world.command('SINGLES');

    expect((await world.scan(demoGtin(1))).verdict.code).toBe('singles.no-order');
  });

  test('two lanes that scan the same item at once open two orders, and a third nothing', async () => {
    await comeIn(world, order('1', { sku: 'SKU-1' }), order('2', { sku: 'SKU-1' }));
    const others = [await world.bench('Bench 2'), await world.bench('Bench 3')];
    const benches = [world, ...others];
    for (const bench of benches) {
      if (bench !== world) await bench.signIn();
      await bench.command('SINGLES');
    }

    const verdicts = await Promise.all(
      benches.map(async (bench) => {
        const { body } = await bench.ask('bench.scan', { raw: demoGtin(1) });
        return body.ok ? (body.output as { verdict: { code: string } }).verdict.code : body.error.kind;
      }),
    );

    const packed = verdicts.filter((code) => code === 'pack.closed').length;
    expect(packed).toBe(2);
    expect(['singles.no-order', 'conflict']).toContain(verdicts.find((code) => code !== 'pack.closed'));
  });

  test('CANCEL gives the parcel up and stays in the lane; the same item opens the order again; CANCEL leaves the lane', async () => {
    await comeIn(world, order('1', { sku: 'SKU-1', quantity: 2 }));
    await world.command('SINGLES');
    await world.scan(demoGtin(1));

    const given = await world.command('CANCEL');
    expect(given.view).toMatchObject({ mode: 'singles', step: 'single-item' });
    expect(await orderOf(world, '#1')).toMatchObject({ state: 'picked' });
    expect((await world.scan(demoGtin(1))).verdict).toMatchObject({ code: 'pack.item-packed', params: { done: 1 } });
    await world.command('CANCEL');

    expect((await world.command('CANCEL')).verdict.code).toBe('singles.left');
    // It lies in no tote: the idle bench offers it by its own code.
    const idle = await world.view();
    expect(idle.mode).toBe('idle');
    expect((await world.scan(offered(idle, 'order'))).verdict).toMatchObject({
      code: 'pack.opened',
      params: { number: '#1' },
    });
  });

  test('what is to be read comes right after the scan, and before the parcel is closed', async () => {
    const gtin = demoGtin(80);
    await world.importItems([anItem({ sku: 'VASE', gtin, fragile: true })]);
    await world.importStock([
      { sku: 'VASE', location: 'B-01-2', onHand: 5, zone: 'B', aisle: 'B', bay: '01', level: '2' },
    ]);
    await comeIn(world, { ...order('1', { sku: 'VASE' }), note: 'Ring twice' });
    await world.command('SINGLES');

    const packed = await world.scan(gtin);
    expect(packed.verdict).toMatchObject({ tone: 'good', code: 'pack.item-packed', params: { done: 1, total: 1 } });
    expect(packed.view).toMatchObject({ step: 'instructions', instructions: [{ kind: 'note' }, { kind: 'fragile' }] });
    expect((await world.scan(gtin)).verdict).toMatchObject({ tone: 'bad', code: 'pack.read-first' });

    expect((await world.command('CONFIRM')).verdict).toMatchObject({ tone: 'complete', code: 'pack.closed' });
    await world.scan(offered(await untilStep(world, 'scan-label'), 'label'));
    expect((await world.view()).mode).toBe('singles');
  });

  test('an item whose lot is asked for opens its order, and is packed when the lot is scanned', async () => {
    const gtin = demoGtin(70).padStart(14, '0');
    await world.importItems([
      anItem({ sku: 'TEA', lotControlled: true, codes: [{ code: gtin, kind: 'gtin', quantity: 1 }] }),
    ]);
    await world.importStock([
      { sku: 'TEA', location: 'B-01-1', onHand: 5, zone: 'B', aisle: 'B', bay: '01', level: '1' },
    ]);
    await comeIn(world, order('1', { sku: 'TEA' }));
    await world.command('SINGLES');

    const first = await world.scan(demoGtin(70));
    const second = await world.scan(`]d201${gtin}10LOT1`);

    expect(first.verdict).toMatchObject({ tone: 'bad', code: 'pack.lot-needed' });
    expect(first.view).toMatchObject({ mode: 'pack', step: 'pack-item', order: { number: '#1' } });
    expect(second.verdict.code).toBe('pack.closed');
  });
});
