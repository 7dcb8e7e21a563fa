import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ImportedItem } from '../../../shared/model/imported.ts';
import { aLevel, anItem, anOrder } from '../../support/builders.ts';
import { databaseKinds, hasDatabase, openWorldOn } from '../../support/databases.ts';
import {
  binsOf,
  brokenInvariants,
  comeIn,
  offered,
  orderOf,
  scanOffered,
  startPicking,
  useSettings,
} from '../../support/warehouse.ts';
import { demoGtin, type World } from '../../support/world.ts';

describe.each(databaseKinds)('something equal instead of what is short, on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: World;
  beforeEach(async () => {
    world = await openWorldOn(kind);
    await catalogue([{ sku: 'RED', priceNeutral: true }]);
    await world.importStock([
      aLevel({ sku: 'BLUE', location: 'A-01-1', onHand: 3 }),
      aLevel({ sku: 'RED', location: 'A-02-1', onHand: 5 }),
      aLevel({ sku: 'GOLD', location: 'A-03-1', onHand: 5 }),
    ]);
    await world.signIn();
  });
  afterEach(async () => {
    expect(await brokenInvariants(world)).toEqual([]);
    await world.close();
  });

  const catalogue = (substitutes: NonNullable<ImportedItem['substitutes']>) =>
    world.importItems([
      anItem({ sku: 'BLUE', gtin: demoGtin(1), substitutes }),
      anItem({ sku: 'RED', gtin: demoGtin(2) }),
      anItem({ sku: 'GOLD', gtin: demoGtin(3) }),
    ]);
  const wants = (quantity: number, substitutions: boolean | null = true) =>
    anOrder({
      externalId: '1',
      lines: [{ sku: 'BLUE', quantity }],
      ...(substitutions === null ? {} : { substitutions }),
    });
  const comeToBin = async (): Promise<void> => {
    await startPicking(world);
    await scanOffered(world, 'location');
  };
  const linesOf = async () =>
    (await orderOf(world, '#1')).lines.map((line) => [
      line.sku,
      line.quantityOrdered - line.quantityCancelled,
      line.quantityPicked,
      line.replaces,
    ]);

  test('SHORT offers it with its bin; scanning it approves, and it is picked by a task of its own', async () => {
    await comeIn(world, wants(3));
    await comeToBin();
    await scanOffered(world, 'item');

    const short = await world.command('SHORT');
    const approved = await scanOffered(world, 'item');
    await scanOffered(world, 'location');
    await scanOffered(world, 'item');
    const end = await scanOffered(world, 'item');

    expect(short).toMatchObject({
      verdict: { tone: 'info', code: 'substitute.offered', params: { missing: 2 } },
      view: { mode: 'pick', step: 'substitute', substitutes: [{ sku: 'RED', location: 'A-02-1', available: 5 }] },
    });
    expect(offered(short.view, 'item')).toBe(demoGtin(2));
    expect(approved).toMatchObject({
      verdict: { tone: 'good', code: 'substitute.approved', params: { sku: 'RED', quantity: 2 } },
      view: { step: 'location', substitutes: [], task: { location: 'A-02-1', quantity: 2 } },
    });
    expect(end.verdict.code).toBe('pick.order-done');
    expect(await linesOf()).toEqual([
      ['BLUE', 1, 1, null],
      ['RED', 2, 2, 'BLUE'],
    ]);
    expect((await orderOf(world, '#1')).state).toBe('picked');
  });

  test('the order with a replacement is packed and shipped whole, and its channel sees no difference', async () => {
    await comeIn(world, wants(1));
    await comeToBin();
    await world.command('SHORT');
    await world.command('YES');
    let { view } = await scanOffered(world, 'location');
    ({ view } = await scanOffered(world, 'item'));
    await world.scan(view.expects.find((one) => one.kind === 'tote')?.text ?? '');
    const same = await world.importOrders([wants(1)]);
    await scanOffered(world, 'item');
    await world.finishParcel();

    expect(same).toMatchObject({ updated: 0, unchanged: 1 });
    expect(await orderOf(world, '#1')).toMatchObject({ state: 'shipped' });
    expect(await linesOf()).toEqual([
      ['BLUE', 0, 0, null],
      ['RED', 1, 1, 'BLUE'],
    ]);
  });

  test('a change of the address does not take the replacement for other goods', async () => {
    await comeIn(world, wants(1));
    await comeToBin();
    await world.command('SHORT');
    await world.command('YES');

    const { changes } = await world.importOrders([{ ...wants(1), address: { ...wants(1).address, city: 'Lyon' } }]);

    expect(changes).toEqual([{ number: '#1', difference: 'address changed (on hold: the order is picking)' }]);
  });

  test('NO leaves it to the short rule', async () => {
    await useSettings(world, { shortRule: 'wait' });
    await comeIn(world, wants(2));
    await comeToBin();
    await scanOffered(world, 'item');
    await world.command('SHORT');

    const { verdict, view } = await world.command('NO');

    expect(verdict).toMatchObject({ tone: 'info', code: 'substitute.declined' });
    expect(view.mode).toBe('idle');
    expect(await orderOf(world, '#1')).toMatchObject({ state: 'backordered', tote: 'T-1' });
    expect(await linesOf()).toEqual([['BLUE', 2, 1, null]]);
  });

  test.each([
    ['the buyer did not agree', { substitutions: false }],
    ['the source does not say that the buyer agrees', { substitutions: null }],
    ['it costs something else', { substitutes: [{ sku: 'RED', priceNeutral: false }] }],
    ['there is not enough of it', { quantity: 3, redOnHand: 2 }],
    ['nothing may be sent instead', { substitutes: [] }],
  ] as const)('is not offered where %s', async (_why, change) => {
    if ('substitutes' in change) await catalogue([...change.substitutes]);
    if ('redOnHand' in change)
      await world.importStock([aLevel({ sku: 'RED', location: 'A-02-1', onHand: change.redOnHand })]);
    await comeIn(world, wants(3, 'substitutions' in change ? change.substitutions : true));
    await comeToBin();

    const asked = await world.command('SUBSTITUTE');
    const short = await world.command('SHORT');

    expect(['substitute.none', 'substitute.not-wanted']).toContain(asked.verdict.code);
    expect(short.verdict.code).toBe('pick.short-recorded');
    expect((await orderOf(world, '#1')).hold).toMatchObject({ reason: 'short' });
  });

  test('SUBSTITUTE at the bin offers before anything is declared short; NO goes back to the bin', async () => {
    await comeIn(world, wants(2));
    await comeToBin();

    const asked = await world.command('SUBSTITUTE');
    const back = await world.command('NO');
    const bins = await binsOf(world, 'BLUE');
    await world.command('SUBSTITUTE');
    const approved = await scanOffered(world, 'item');

    expect(asked.view).toMatchObject({ step: 'substitute', substitutes: [{ sku: 'RED' }] });
    expect(back.view).toMatchObject({ mode: 'pick', step: 'location', task: { location: 'A-01-1', quantity: 2 } });
    expect(bins).toEqual([{ location: 'A-01-1', onHand: 3, allocated: 2 }]);
    expect(approved.view.task).toMatchObject({ location: 'A-02-1', quantity: 2 });
    expect((await world.view()).floor).toEqual({ putBacks: 0, counts: 0 });
    expect(await world.core.database.read('count_task').select('reason', 'state')).toEqual([
      { reason: 'substituted', state: 'open' },
    ]);
  });

  test('in a walk of several orders it is offered and picked for the one that is short, the others go on', async () => {
    await comeIn(world, wants(1), anOrder({ externalId: '2', lines: [{ sku: 'GOLD' }] }));
    await world.command('BATCH');
    let view = (await scanOffered(world, 'tote')).view;
    view = (await scanOffered(world, 'tote')).view;
    await scanOffered(world, 'location');

    const short = await world.command('SHORT');
    const approved = await scanOffered(world, 'item');
    view = approved.view;
    const kinds = { location: 'location', item: 'item', 'put-to-tote': 'tote' } as const;
    for (let step = 0; step < 12 && view.step in kinds; step += 1)
      view = (await scanOffered(world, kinds[view.step as keyof typeof kinds])).view; // narrowed by the loop itself

    expect(short.view).toMatchObject({ mode: 'batch', step: 'substitute', substitutes: [{ sku: 'RED' }] });
    expect(approved.verdict).toMatchObject({ tone: 'good', code: 'substitute.approved' });
    expect(view.mode).toBe('idle');
    expect([(await orderOf(world, '#1')).state, (await orderOf(world, '#2')).state]).toEqual(['picked', 'picked']);
    expect(await linesOf()).toEqual([
      ['BLUE', 0, 0, null],
      ['RED', 1, 1, 'BLUE'],
    ]);
  });

  test('another item than the one offered is refused, and the offer stands', async () => {
    await comeIn(world, wants(1));
    await comeToBin();
    await world.command('SHORT');

    const wrong = await world.scan(demoGtin(3));

    expect(wrong.verdict).toMatchObject({ tone: 'bad', code: 'substitute.wrong-item', params: { sku: 'GOLD' } });
    expect(wrong.view.step).toBe('substitute');
  });

  test('what another order took meanwhile is gone', async () => {
    await comeIn(world, wants(1));
    await comeToBin();
    await world.command('SHORT');
    await world.importStock([aLevel({ sku: 'RED', location: 'A-02-1', onHand: 0 })]);

    const gone = await world.command('YES');
    const left = await world.command('CANCEL');

    expect(gone.verdict).toMatchObject({ tone: 'bad', code: 'substitute.gone' });
    expect(left.view.mode).toBe('idle');
    expect((await orderOf(world, '#1')).state).toBe('picking');
  });

  test('a component of a kit is never replaced: the kit would be another one', async () => {
    await world.importItems([anItem({ sku: 'KIT', components: [{ sku: 'BLUE', quantity: 1 }] })]);
    await comeIn(world, { ...anOrder({ externalId: '1', lines: [{ sku: 'KIT' }] }), substitutions: true });
    await comeToBin();

    expect((await world.command('SHORT')).verdict.code).toBe('pick.short-recorded');
  });

  test('a substitute that the catalogue does not know is told with its row, the rest is tied', async () => {
    const summary = await world.importItems([
      anItem({
        sku: 'BLUE',
        gtin: demoGtin(1),
        substitutes: [
          { sku: 'NOPE', priceNeutral: true },
          { sku: 'GOLD', priceNeutral: true },
        ],
      }),
    ]);
    await comeIn(world, wants(1));
    await comeToBin();

    expect(summary.rejected).toEqual([{ row: 2, reason: 'substitute NOPE of BLUE is not in the catalogue' }]);
    expect((await world.command('SHORT')).view.substitutes).toMatchObject([{ sku: 'GOLD' }]);
  });
});
