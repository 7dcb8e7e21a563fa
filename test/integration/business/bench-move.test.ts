import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { BenchView } from '../../../shared/contract/bench.ts';
import { anOrder } from '../../support/builders.ts';
import { databaseKinds, hasDatabase, openWorldOn } from '../../support/databases.ts';
import { brokenInvariants, comeIn, journalKinds, orderOf, stockUp, useSettings } from '../../support/warehouse.ts';
import { demoGtin, type World } from '../../support/world.ts';

describe.each(databaseKinds)('a unit that moves into another parcel on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: World;
  beforeEach(async () => {
    world = await openWorldOn(kind);
    await stockUp(world, 3, 50);
    await world.signIn();
  });
  afterEach(async () => {
    await world.settled();
    expect(await brokenInvariants(world)).toEqual([]);
    await world.close();
  });

  const LINES = [
    { sku: 'SKU-1', quantity: 2 },
    { sku: 'SKU-2', quantity: 2 },
  ];
  const open = async (): Promise<void> => {
    await comeIn(world, anOrder({ externalId: '1', lines: LINES }));
    await world.pickNextOrder();
  };
  const item = (number: number) => world.scan(demoGtin(number));
  const card = async (payload: string): Promise<string> => (await world.command(payload)).verdict.code;
  const cards = (view: BenchView): string[] => view.expects.map(({ title }) => title);
  /** Standing parcels as the screen lists them: number, units, whether it is the one at the bench. */
  const boxes = (view: BenchView) => view.parcels.map((box) => [box.sequence, box.unitsPacked, box.current]);

  test('is named by its item, then goes into the parcel whose card is scanned', async () => {
    await open();
    await item(1);
    await card('PARCEL-2');
    await item(2);
    await card('PARCEL-1');

    const what = await world.command('MOVE');
    const where = await item(1);
    const moved = await world.command('PARCEL-2');

    expect(what).toMatchObject({ verdict: { code: 'parcel.move-what' }, view: { step: 'move-item' } });
    expect(what.view.expects.filter((one) => one.kind === 'item').map(({ text }) => text)).toEqual([demoGtin(1)]);
    expect(where).toMatchObject({
      verdict: { code: 'parcel.move-where', params: { quantity: 1 } },
      view: { step: 'move-item' },
    });
    expect(cards(where.view)).toEqual(expect.arrayContaining(['PARCEL-2', 'PARCEL-3', 'CANCEL']));
    expect(moved.verdict).toMatchObject({ code: 'parcel.moved', params: { sku: 'SKU-1', quantity: 1, parcel: 2 } });
    expect(boxes(moved.view)).toEqual([
      [1, 0, true],
      [2, 2, false],
    ]);
    const from = moved.view.parcels[0]?.id ?? '';
    expect(await journalKinds(world, from)).toContain('unit.moved');
  });

  test('may open the parcel that it goes into', async () => {
    await open();
    for (const number of [1, 2]) await item(number);
    await card('MOVE');
    await item(2);

    const { verdict, view } = await world.command('PARCEL-2');

    expect(verdict.code).toBe('parcel.moved');
    expect(boxes(view)).toEqual([
      [1, 1, true],
      [2, 1, false],
    ]);
  });

  test('is refused in words when it is not there, and CANCEL takes the wish back', async () => {
    await open();
    expect(await card('MOVE')).toBe('parcel.empty');
    await item(1);
    await card('MOVE');

    expect((await item(2)).verdict.code).toBe('parcel.item-not-here');
    expect(await card('PARCEL-2')).toBe('parcel.move-what-first');
    await item(1);
    expect((await item(1)).verdict.code).toBe('parcel.number-needed');
    expect(await card('PARCEL-1')).toBe('parcel.this-one');
    expect(await card('CANCEL')).toBe('pack.never-mind');
    expect(await world.view()).toMatchObject({ step: 'pack-item', parcel: { unitsPacked: 1 } });
  });

  test('and was the last of its box leaves no empty parcel behind', async () => {
    await useSettings(world, { weighing: 'required' });
    await open();
    for (const number of [1, 1, 2]) await item(number);
    await card('PARCEL-2');
    await item(2);
    await card('MOVE');
    await item(2);

    const { view } = await world.command('PARCEL-1');

    expect(view).toMatchObject({ step: 'weigh', parcel: { sequence: 1, unitsPacked: 4 }, parcels: [] });
    expect((await orderOf(world, '#1')).parcels.map((parcel) => parcel.state)).toEqual(['open', 'voided']);
  });
});
