import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { encodeStationCode } from '../../../shared/barcode/station-codes.ts';
import { anItem, anOrder } from '../../support/builders.ts';
import { databaseKinds, hasDatabase, openWorldOn } from '../../support/databases.ts';
import { brokenInvariants, comeIn, offered, orderOf } from '../../support/warehouse.ts';
import { demoGtin, type World } from '../../support/world.ts';

const tote = (code: string): string => encodeStationCode('tote', code);

describe.each(databaseKinds)('pick and pass from zone to zone on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: World;
  beforeEach(async () => {
    world = await openWorldOn(kind);
    await world.importItems([1, 2, 3].map((number) => anItem({ sku: `SKU-${number}`, gtin: demoGtin(number) })));
    const place = (number: number, zone: string, aisle: string) => ({
      sku: `SKU-${number}`,
      location: `${aisle}-01-1`,
      onHand: 20,
      zone,
      aisle,
      bay: '01',
      level: '1',
    });
    await world.importStock([place(1, 'fragile', 'A'), place(2, 'Épicerie sèche', 'B'), place(3, 'fragile', 'C')]);
    await world.settled();
    await world.signIn();
  });
  afterEach(async () => {
    expect(await brokenInvariants(world)).toEqual([]);
    await world.close();
  });

  const order = (externalId: string, ...skus: string[]) =>
    anOrder({
      externalId,
      shipBy: `2026-11-23T1${externalId}:00:00.000Z`,
      lines: skus.map((sku) => ({ sku })),
    });
  /** Does what the bench asks for until the walk is over; gives the codes of the answers. */
  const walkOn = async (): Promise<string[]> => {
    const answers: string[] = [];
    let view = await world.view();
    for (let step = 0; step < 100 && view.mode === 'batch'; step += 1) {
      const kindOf = { tote: 'tote', location: 'location', item: 'item', 'put-to-tote': 'tote' } as const;
      const answer = await world.scan(offered(view, kindOf[view.step as keyof typeof kindOf])); // steps of a walk only
      answers.push(answer.verdict.code);
      view = answer.view;
    }
    return answers;
  };

  test('only orders with something in the zone are taken, and only its bins are walked; then the tote goes on', async () => {
    await comeIn(world, order('1', 'SKU-2'), order('2', 'SKU-1', 'SKU-2', 'SKU-3'), order('3', 'SKU-1'));

    const { verdict, view } = await world.command('ZONE-FRAGILE');
    expect(verdict).toMatchObject({ code: 'pick.zone-started', params: { zone: 'FRAGILE', orders: 2 } });
    expect(view.run).toMatchObject({ zone: 'FRAGILE', slots: [{ orderNumber: '#2' }, { orderNumber: '#3' }] });
    await world.scan(tote('T-1'));
    await world.scan(tote('T-2'));
    const answers = await walkOn();

    expect(answers.filter((code) => code === 'pick.location-confirmed')).toHaveLength(2);
    expect(answers.at(-1)).toBe('pick.zone-passed');
    expect(await orderOf(world, '#3')).toMatchObject({ state: 'picked', tote: 'T-2' });
    expect(await orderOf(world, '#2')).toMatchObject({ state: 'picking', tote: 'T-1' });
  });

  test('a tote that was passed on goes on where it is scanned, and is picked to the end', async () => {
    await comeIn(world, order('2', 'SKU-1', 'SKU-2'));
    await world.command('ZONE-FRAGILE');
    await world.scan(tote('T-1'));
    await walkOn();

    const started = await world.command('ZONE-EPICERIE-SECHE');
    expect(started.verdict).toMatchObject({ code: 'pick.zone-started', params: { orders: 0 } });
    expect(started.view.step).toBe('tote');
    expect(offered(started.view, 'tote')).toBe(tote('T-1'));
    const joined = await world.scan(tote('T-1'));
    expect(joined.verdict).toMatchObject({ code: 'pick.tote-joined', params: { tote: 'T-1', number: '#2' } });
    expect(joined.view).toMatchObject({ step: 'location', task: { location: 'B-01-1' } });

    expect((await walkOn()).at(-1)).toBe('pick.walk-done');
    expect(await orderOf(world, '#2')).toMatchObject({ state: 'picked', tote: 'T-1' });
  });

  test('a tote that has nothing to take here is refused, as is a zone that has no bin', async () => {
    await comeIn(world, order('1', 'SKU-1', 'SKU-2'), order('2', 'SKU-1', 'SKU-2'), order('3', 'SKU-2'));
    await world.command('ZONE-FRAGILE');
    for (const code of ['T-1', 'T-2']) await world.scan(tote(code));
    await walkOn();

    expect((await world.command('ZONE-ATTIC')).verdict).toMatchObject({ tone: 'bad', code: 'pick.zone-unknown' });
    expect((await world.command('ZONE-FRAGILE')).verdict).toMatchObject({ tone: 'info', code: 'pick.zone-empty' });
    await world.command('ZONE-EPICERIE-SECHE');
    expect((await world.scan(tote('T-1'))).verdict.code).toBe('pick.tote-joined');
    expect((await world.scan(tote('T-3'))).verdict.code).toBe('pick.tote-in-slot');
  });

  test('the zones of this warehouse stand on the sheet of codes', async () => {
    const { codes } = await world.call('stations.codes-view', {});
    expect(codes.map((code) => code.title)).toEqual(expect.arrayContaining(['ZONE-FRAGILE', 'ZONE-EPICERIE-SECHE']));
    expect(codes.map((code) => code.title)).not.toContain('ZONE-A');
  });
});
