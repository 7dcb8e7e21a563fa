import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { encodeStationCode } from '../../../shared/barcode/station-codes.ts';
import { anOrder } from '../../support/builders.ts';
import { databaseKinds, hasDatabase, openWorldOn } from '../../support/databases.ts';
import { brokenInvariants, comeIn, orderOf, scanOffered, startPicking, stockUp } from '../../support/warehouse.ts';
import type { World } from '../../support/world.ts';

describe.each(databaseKinds)('whose order it is, on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: World;
  beforeEach(async () => {
    world = await openWorldOn(kind);
    await stockUp(world, 2, 100);
    await world.signIn();
  });
  afterEach(async () => {
    expect(await brokenInvariants(world)).toEqual([]);
    await world.close();
  });

  const order = (externalId: string, change: { priority?: number; shipBy?: string; quantity?: number } = {}) => {
    const { quantity = 2, ...fields } = change;
    return anOrder({ externalId, lines: [{ sku: 'SKU-1', quantity }], ...fields });
  };
  const anotherBench = async (name: string): Promise<World> => {
    const bench = await world.bench(name);
    await bench.signIn();
    return bench;
  };

  test('NEXT opens the most urgent order: priority first, then ship-by', async () => {
    await comeIn(
      world,
      order('late', { shipBy: '2026-12-01T00:00:00.000Z' }),
      order('soon', { shipBy: '2026-11-21T00:00:00.000Z' }),
      order('first', { priority: 1, shipBy: '2026-12-24T00:00:00.000Z' }),
    );
    const benches = [world, await anotherBench('B'), await anotherBench('C')];

    const numbers = [];
    for (const bench of benches) numbers.push((await bench.command('NEXT')).verdict.params.number);

    expect(numbers).toEqual(['#first', '#soon', '#late']);
  });

  test('NEXT on an empty queue says so without alarm', async () => {
    const { verdict, view } = await world.command('NEXT');

    expect(verdict).toMatchObject({ tone: 'info', code: 'queue.empty' });
    expect(view.latched).toBeNull();
  });

  test('benches that press NEXT at the same moment get one order each', async () => {
    const benches = [world, ...(await Promise.all(['B', 'C', 'D', 'E', 'F'].map(anotherBench)))];
    await comeIn(world, ...benches.map((_, index) => order(`${index}`)));

    const answers = await Promise.all(benches.map((bench) => bench.command('NEXT')));

    expect(answers.map(({ verdict }) => verdict.code)).toEqual(benches.map(() => 'pick.started'));
    expect(new Set(answers.map(({ view }) => view.order?.id)).size).toBe(benches.length);
  });

  test('benches that scan the same order at the same moment: one gets it', async () => {
    const benches = [world, ...(await Promise.all(['B', 'C', 'D'].map(anotherBench)))];
    await comeIn(world, order('1'));

    const answers = await Promise.all(
      benches.map((bench) => bench.ask('bench.scan', { raw: '#1', source: 'simulated' })),
    );
    const views = await Promise.all(benches.map((bench) => bench.view()));

    expect(answers.filter(({ body }) => JSON.stringify(body).includes('pick.started'))).toHaveLength(1);
    expect(views.filter((view) => view.mode === 'pick')).toHaveLength(1);
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
  });

  test('an order that another bench works on is refused by number and by code', async () => {
    await comeIn(world, order('1'));
    await world.command('NEXT');
    const other = await anotherBench('B');
    const { code } = await orderOf(world, '#1');

    const byNumber = await other.scan('#1');
    const byCode = await other.scan(encodeStationCode('order', code));
    const next = await other.command('NEXT');

    expect(byNumber.verdict).toMatchObject({ code: 'order.claimed-elsewhere', params: { number: '#1' } });
    expect(byCode.verdict).toMatchObject({ code: 'order.claimed-elsewhere' });
    expect(next.verdict.code).toBe('queue.empty');
  });

  test('what one bench leaves, another goes on with exactly there', async () => {
    await comeIn(world, order('1', { quantity: 3 }));
    const { tote } = await startPicking(world);
    await scanOffered(world, 'location');
    await scanOffered(world, 'item');

    const left = await world.command('CANCEL');
    const other = await anotherBench('B');
    const { view } = await other.command('NEXT');

    expect(left.verdict).toMatchObject({ tone: 'info', code: 'pick.left', params: { number: '#1' } });
    expect(left.view).toMatchObject({ mode: 'idle', order: null });
    expect(view).toMatchObject({ mode: 'pick', step: 'location', tote, task: { quantity: 3, picked: 1 } });
  });

  test('a parcel that one bench leaves is opened anew by another, with another number', async () => {
    await comeIn(world, order('1'));
    const gtins = await world.pickNextOrder();
    const before = await world.view();
    await world.scan(gtins[0] ?? '');

    const left = await world.command('CANCEL');
    const other = await anotherBench('B');
    const { verdict, view } = await other.scan(encodeStationCode('tote', before.tote ?? ''));

    expect(left.verdict.code).toBe('pack.left');
    expect(verdict.code).toBe('pack.opened');
    expect(view.parcel).toMatchObject({ unitsPacked: 0, unitsToPack: 2 });
    expect(view.parcel?.sscc).not.toBe(before.parcel?.sscc);
  });

  test('an order that was left without a word is free again after the lease, and the first bench is told', async () => {
    await comeIn(world, order('1'));
    await startPicking(world);
    await scanOffered(world, 'location');
    await scanOffered(world, 'item');
    const other = await anotherBench('B');

    world.passTime(14);
    const tooEarly = await other.command('NEXT');
    world.passTime(2);
    const taken = await other.command('NEXT');
    const late = await scanOffered(world, 'item');

    expect(tooEarly.verdict.code).toBe('queue.empty');
    expect(taken.view).toMatchObject({ mode: 'pick', task: { quantity: 2, picked: 1 } });
    expect(late.verdict).toMatchObject({ tone: 'bad', code: 'order.taken-over', params: { number: '#1' } });
    expect(late.view).toMatchObject({ mode: 'idle', latched: { code: 'order.taken-over' } });
    expect(await orderOf(world, '#1')).toMatchObject({ lines: [{ quantityPicked: 1 }] });
  });

  test('a parcel that was left without a word is free again after the lease, with what lies in it', async () => {
    await comeIn(world, order('1'));
    const gtins = await world.pickNextOrder();
    await world.scan(gtins[0] ?? '');
    const before = await world.view();
    const other = await anotherBench('B');

    const tooEarly = await other.scan(encodeStationCode('tote', before.tote ?? ''));
    world.passTime(16);
    const taken = await other.scan(encodeStationCode('tote', before.tote ?? ''));
    const late = await world.scan(gtins[1] ?? '');
    const done = await other.scan(gtins[1] ?? '');

    expect(tooEarly.verdict.code).toBe('order.claimed-elsewhere');
    expect(taken).toMatchObject({
      verdict: { code: 'pack.resumed' },
      view: { parcel: { sscc: before.parcel?.sscc, unitsPacked: 1, unitsToPack: 2 } },
    });
    expect(late.verdict.code).toBe('order.taken-over');
    expect(done.verdict.code).toBe('pack.closed');
  });

  test('who goes on working keeps the order, however long it takes', async () => {
    await comeIn(world, order('1', { quantity: 6 }));
    const other = await anotherBench('B');
    await startPicking(world);
    await scanOffered(world, 'location');

    for (let unit = 0; unit < 5; unit += 1) {
      world.passTime(10);
      const { verdict } = await scanOffered(world, 'item');
      expect(verdict.code).toBe('pick.item-picked');
      expect((await other.command('NEXT')).verdict.code).toBe('queue.empty');
    }
  });

  test('a bench that came back late and was missed by nobody goes on', async () => {
    await comeIn(world, order('1'));
    await startPicking(world);

    world.passTime(60);
    const { verdict } = await scanOffered(world, 'location');

    expect(verdict.code).toBe('pick.location-confirmed');
    expect((await (await anotherBench('B')).command('NEXT')).verdict.code).toBe('queue.empty');
  });

  test('two benches that scan the same tote at the same moment: it carries one order', async () => {
    const other = await anotherBench('B');
    for (const round of [1, 2, 3, 4, 5, 6]) {
      await comeIn(world, order(`${round}a`), order(`${round}b`));
      await world.command('NEXT');
      await other.command('NEXT');
      const raw = encodeStationCode('tote', `T-${round}`);

      const answers = await Promise.all([world, other].map((bench) => bench.ask('bench.scan', { raw })));

      const told = answers.map(({ body }) => JSON.stringify(body));
      expect(told.filter((text) => text.includes('"pick.tote-assigned"'))).toHaveLength(1);
      expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
      await world.command('CANCEL');
      await other.command('CANCEL');
      for (const number of [`#${round}a`, `#${round}b`]) {
        const { id } = await orderOf(world, number);
        const desk = await world.bench('Desk');
        await desk.signIn('supervisor');
        await desk.call('orders.set-hold', { orderId: id, reason: 'operator', detail: '' });
      }
    }
  });
});
