import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { scan } from '../../../main/bench/bench-service.ts';
import { createGsMemory } from '../../../main/bench/gs-memory.ts';
import { createPinDesk } from '../../../main/stations/pin-rules.ts';
import type { ImportedLevel } from '../../../shared/model/imported.ts';
import { aLevel, anItem, anOrder } from '../../support/builders.ts';
import { databaseKinds, hasDatabase, openWorldOn } from '../../support/databases.ts';
import { binsOf, comeIn, startPicking, supervisorOf, useSettings } from '../../support/warehouse.ts';
import { demoGtin, type World } from '../../support/world.ts';

const day = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const SOON = day(20);
const LATE = day(400);

/** What a scanner sends for one piece with its lot and expiry. */
const piece = (lot: string, expiry: string): string =>
  `]d2010${demoGtin(5)}17${expiry.slice(2).replaceAll('-', '')}10${lot}`;

describe.each(databaseKinds)('lots and expiry, on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: World;
  beforeEach(async () => {
    world = await openWorldOn(kind);
    await world.importItems([
      { ...anItem({ sku: 'TEA', gtin: demoGtin(5) }), lotControlled: true, expiryControlled: true },
      anItem({ sku: 'MUG', gtin: demoGtin(6) }),
    ]);
    await world.signIn();
  });
  afterEach(() => world.close());

  const inBin = (lot: string, onHand: number, more: Partial<ImportedLevel> = {}): ImportedLevel => ({
    ...aLevel({ sku: 'TEA', location: 'A-01-1', onHand }),
    lot,
    ...more,
  });
  const twoLots = () => world.importStock([inBin('LATE', 5, { expiry: LATE }), inBin('SOON', 3, { expiry: SOON })]);
  const packing = async (quantity: number): Promise<void> => {
    await comeIn(world, anOrder({ externalId: '1', lines: [{ sku: 'TEA', quantity }] }));
    await startPicking(world);
    await world.scan((await world.view()).expects[0]?.text ?? '');
    for (let unit = 0; unit < quantity; unit += 1) await world.scan(demoGtin(5));
    await world.scan('#1');
  };

  test('a bin holds the sum of the lots that the file names, and a lot may be counted anew', async () => {
    await twoLots();
    const first = await binsOf(world, 'TEA');
    await world.importStock([inBin('SOON', 1)]);

    expect(first).toMatchObject([{ location: 'A-01-1', onHand: 8 }]);
    expect(await binsOf(world, 'TEA')).toMatchObject([{ onHand: 6 }]);
    expect((await world.call('stock.lots-view', {})).lots).toEqual([
      { sku: 'TEA', title: 'Item TEA', lot: 'SOON', expiry: SOON, location: 'A-01-1', quantity: 1, blocked: false },
      { sku: 'TEA', title: 'Item TEA', lot: 'LATE', expiry: LATE, location: 'A-01-1', quantity: 5, blocked: false },
    ]);
  });

  test('the bench hints at the lot that expires first, in the bin and at the table, and at the next one once it is packed', async () => {
    await twoLots();
    await comeIn(world, anOrder({ externalId: '1', lines: [{ sku: 'TEA', quantity: 4 }] }));
    await startPicking(world);
    const atBin = (await world.view()).hint;
    await world.scan((await world.view()).expects[0]?.text ?? '');
    for (let unit = 0; unit < 4; unit += 1) await world.scan(demoGtin(5));
    const opened = await world.scan('#1');
    const hints = [];
    for (let unit = 0; unit < 3; unit += 1) hints.push((await world.scan(piece('SOON', SOON))).view.hint?.lot);

    expect(atBin).toEqual({ lot: 'SOON', expiry: SOON });
    expect(opened.view.hint).toEqual({ lot: 'SOON', expiry: SOON });
    expect(hints).toEqual(['SOON', 'SOON', 'LATE']);
    expect((await world.view()).hint?.lot).toBe('LATE');
  });

  test('a unit taken out again is hinted at again', async () => {
    await world.importStock([inBin('LATE', 5, { expiry: LATE }), inBin('SOON', 1, { expiry: SOON })]);
    await packing(2);
    await world.scan(piece('SOON', SOON));

    expect((await world.view()).hint?.lot).toBe('LATE');
    expect((await world.command('UNDO')).view.hint?.lot).toBe('SOON');
  });

  test('a lot that the stock does not know is refused with those that it knows', async () => {
    await twoLots();
    await packing(1);

    const { verdict, view } = await world.scan(piece('OTHER', LATE));

    expect(verdict).toMatchObject({ tone: 'bad', code: 'pack.wrong-lot', expected: 'SOON, LATE' });
    expect(view).toMatchObject({ latched: { code: 'pack.wrong-lot' }, parcel: { unitsPacked: 0 } });
    expect((await world.scan(piece('LATE', LATE))).verdict.code).toBe('pack.closed');
  });

  test('where no lot is known, any is taken', async () => {
    await world.importStock([aLevel({ sku: 'TEA', location: 'A-01-1', onHand: 5 })]);
    await packing(1);

    expect((await world.view()).hint).toBeNull();
    expect((await world.scan(piece('ANY', LATE))).verdict.code).toBe('pack.closed');
  });

  test('a recalled lot is refused, named by nobody, and taken again once it is freed', async () => {
    await twoLots();
    const desk = await supervisorOf(world);
    await packing(1);
    await desk.call('stock.block-lot', { sku: 'TEA', lot: 'SOON', blocked: true });

    const recalled = await world.scan(piece('SOON', SOON));
    await desk.call('stock.block-lot', { sku: 'TEA', lot: 'SOON', blocked: false });

    expect(recalled.verdict).toMatchObject({
      tone: 'bad',
      code: 'pack.lot-blocked',
      params: { lot: 'SOON', expected: 'LATE' },
    });
    expect(recalled.view.hint?.lot).toBe('LATE');
    expect((await world.scan(piece('SOON', SOON))).verdict.code).toBe('pack.closed');
  });

  test('only a supervisor recalls a lot, and only one that is known', async () => {
    await twoLots();
    const desk = await supervisorOf(world);
    const recall = { sku: 'TEA', lot: 'NONE', blocked: true };

    expect((await world.ask('stock.block-lot', recall)).status).toBe(403);
    expect((await desk.ask('stock.block-lot', recall)).body).toMatchObject({ error: { code: 'stock.unknown-lot' } });
  });

  test('goods that expire soon are packed with a warning, which is counted', async () => {
    await useSettings(world, { expiryMinDays: 30, expiryRule: 'warn' });
    await twoLots();
    await packing(2);

    const soon = await world.scan(piece('SOON', SOON));
    const late = await world.scan(piece('LATE', LATE));

    expect(soon.verdict).toMatchObject({ tone: 'good', code: 'pack.item-packed', warning: 'pack.expires-soon' });
    expect(late.verdict).not.toHaveProperty('warning');
    const counted = await world.core.database.read('journal').where({ kind: 'unit.expires-soon' }).select('id');
    expect(counted).toHaveLength(1);
  });

  test('or refused, by the merchant’s rule; then the hint leaves them out as well', async () => {
    await useSettings(world, { expiryMinDays: 30, expiryRule: 'refuse' });
    await twoLots();
    await packing(1);

    const { verdict, view } = await world.scan(piece('SOON', SOON));

    expect(verdict).toMatchObject({ tone: 'bad', code: 'pack.near-expiry', expected: 'LATE' });
    expect(view.hint?.lot).toBe('LATE');
  });

  test('a recalled or unknown lot is refused at the bin already, where the code tells it', async () => {
    await twoLots();
    const desk = await supervisorOf(world);
    await desk.call('stock.block-lot', { sku: 'TEA', lot: 'SOON', blocked: true });
    await comeIn(world, anOrder({ externalId: '1', lines: [{ sku: 'TEA', quantity: 2 }] }));
    await startPicking(world);
    await world.scan((await world.view()).expects[0]?.text ?? '');

    const codes = [];
    for (const raw of [piece('SOON', SOON), piece('OTHER', LATE), piece('LATE', LATE), demoGtin(5)])
      codes.push((await world.scan(raw)).verdict.code);

    expect(codes).toEqual(['pack.lot-blocked', 'pack.wrong-lot', 'pick.item-picked', 'pick.order-done']);
  });

  test('a scan of other goods asks neither for lots nor for PINs', async () => {
    await world.importStock([aLevel({ sku: 'MUG', location: 'A-01-2', onHand: 5 })]);
    await comeIn(world, anOrder({ externalId: '2', lines: [{ sku: 'MUG', quantity: 3 }] }));
    await world.pickNextOrder();
    const { station, operator } = await world.view();
    if (!operator) throw new Error('nobody is signed in');
    const seat = { station, operator: { ...operator, role: 'packer' as const } };
    const actor = { operatorId: operator.id, stationId: station.id, role: 'packer' as const, seat };
    const { deps, database } = world.core;
    const asked: string[] = [];
    for (const handle of [database.write, database.read]) handle.on('query', ({ sql }) => asked.push(sql));

    const { verdict } = await scan(
      { ...deps, pins: createPinDesk(deps.clock), gs: createGsMemory(), weightNow: () => ({ state: 'absent' }) },
      actor,
      { raw: demoGtin(6), source: 'wedge' },
    );

    expect(verdict.code).toBe('pack.item-packed');
    expect(asked.length).toBeGreaterThan(3);
    expect(asked.filter((sql) => /stock_lot|from "?operator|pin_hash/.test(sql))).toEqual([]);
  });

  test('other goods have no hint', async () => {
    await world.importStock([aLevel({ sku: 'MUG', location: 'A-01-2', onHand: 5 })]);
    await comeIn(world, anOrder({ externalId: '2', lines: [{ sku: 'MUG', quantity: 2 }] }));
    await startPicking(world);

    expect((await world.view()).hint).toBeNull();
  });
});
