import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ImportedItem } from '../../../shared/model/imported.ts';
import { aLevel, anItem, anOrder } from '../../support/builders.ts';
import { databaseKinds, hasDatabase, openWorldOn } from '../../support/databases.ts';
import { brokenInvariants, comeIn, startPicking, untilStep } from '../../support/warehouse.ts';
import { demoGtin, type World } from '../../support/world.ts';

const UNIT = demoGtin(70);
const CASE = demoGtin(71);

describe.each(databaseKinds)('what one scan of an item stands for, on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: World;
  beforeEach(async () => {
    world = await openWorldOn(kind);
    await world.signIn();
  });
  afterEach(async () => {
    expect(await brokenInvariants(world)).toEqual([]);
    await world.close();
  });

  /** An order of bolts and one nut, packed under this rule; the parcel is open. */
  const open = async (bolts: number, rule: Partial<ImportedItem>): Promise<void> => {
    const codes = [
      { code: UNIT.padStart(14, '0'), kind: 'gtin' as const, quantity: 1 },
      { code: CASE.padStart(14, '0'), kind: 'gtin' as const, quantity: 6 },
    ];
    await world.importItems([anItem({ sku: 'BOLT', codes, ...rule }), anItem({ sku: 'NUT', gtin: demoGtin(1) })]);
    await world.importStock([
      aLevel({ sku: 'BOLT', location: 'A-01-1', onHand: 500 }),
      aLevel({ sku: 'NUT', location: 'A-01-2', onHand: 500 }),
    ]);
    await comeIn(world, anOrder({ externalId: '1', lines: [{ sku: 'BOLT', quantity: bolts }, { sku: 'NUT' }] }));
    await world.pickNextOrder();
  };
  const scan = async (raw: string): Promise<string> => (await world.scan(raw)).verdict.code;
  const card = async (payload: string): Promise<string> => (await world.command(payload)).verdict.code;
  const packed = async (): Promise<number | undefined> => (await world.view()).parcel?.unitsPacked;

  test('each: a case is refused in words, its pieces count one by one', async () => {
    await open(7, { scanPolicy: 'each' });

    expect(await scan(CASE)).toBe('pack.each-needed');
    expect(await packed()).toBe(0);
    expect(await scan(UNIT)).toBe('pack.item-packed');
  });

  test('case, the usual rule: a case counts for its pieces, and a quantity card is refused', async () => {
    await open(7, {});

    expect(await scan(CASE)).toBe('pack.item-packed');
    expect(await card('QTY-1')).toBe('pack.quantity-set');
    const { verdict, view } = await world.scan(UNIT);
    expect(verdict.code).toBe('pack.quantity-refused');
    expect(view).toMatchObject({ pendingQuantity: null, parcel: { unitsPacked: 6 } });
    expect(await scan(UNIT)).toBe('pack.item-packed');
  });

  describe('quantity', () => {
    test('a card and one scan count for all, and one UNDO takes all of them out', async () => {
      await open(40, { scanPolicy: 'quantity' });

      const set = await world.command('QTY-40');
      const kept = await world.view();
      const all = await world.scan(UNIT);
      const undone = await world.command('UNDO');

      expect(set).toMatchObject({ verdict: { code: 'pack.quantity-set' }, view: { pendingQuantity: 40 } });
      expect(kept.pendingQuantity).toBe(40);
      expect(all.verdict).toMatchObject({ code: 'pack.item-packed', params: { done: 40, total: 40, quantity: 40 } });
      expect(all.view).toMatchObject({ pendingQuantity: null, parcel: { unitsPacked: 40 } });
      expect(undone.verdict).toMatchObject({ code: 'pack.undone', params: { sku: 'BOLT', quantity: 40 } });
      expect(undone.view.parcel?.unitsPacked).toBe(0);
    });

    test('the card that fits is offered', async () => {
      await open(40, { scanPolicy: 'quantity' });

      const { expects } = await world.view();

      expect(expects.map(({ title }) => title)).toContain('QTY-40');
    });

    test('without a card a scan counts once, a case for its pieces, and a card for so many cases', async () => {
      await open(20, { scanPolicy: 'quantity' });

      await scan(UNIT);
      await scan(CASE);
      await card('QTY-2');
      const { verdict } = await world.scan(CASE);

      expect(verdict.params).toMatchObject({ done: 19, total: 20, quantity: 12 });
    });

    test('more than is left is refused, and the card does not count for the scan after it', async () => {
      await open(5, { scanPolicy: 'quantity' });
      await card('QTY-6');

      const tooMany = await world.scan(UNIT);
      const one = await world.scan(UNIT);

      expect(tooMany.verdict.code).toBe('pack.too-many');
      expect(tooMany.view.pendingQuantity).toBeNull();
      expect(one.verdict.params).toMatchObject({ done: 1, quantity: 1 });
    });

    test('any card clears it; UNDO and CANCEL only take it back, whatever lies in the box', async () => {
      await open(5, { scanPolicy: 'quantity' });
      await scan(UNIT);

      for (const [other, code] of [
        ['QTY-3', 'pack.quantity-set'],
        ['UNDO', 'pack.never-mind'],
        ['CANCEL', 'pack.never-mind'],
        ['WEIGH', 'command.not-here'],
      ]) {
        await card('QTY-2');
        expect([other, await card(other ?? '')]).toEqual([other, code]);
        expect((await world.view()).pendingQuantity).toBe(other === 'QTY-3' ? 3 : null);
        expect(await packed()).toBe(1);
      }
    });
  });

  describe('at the bin', () => {
    const atBin = async (rule: Partial<ImportedItem>): Promise<void> => {
      await world.importItems([anItem({ sku: 'BOLT', gtin: UNIT, ...rule })]);
      await world.importStock([aLevel({ sku: 'BOLT', location: 'A-01-1', onHand: 50 })]);
      await comeIn(world, anOrder({ externalId: '1', lines: [{ sku: 'BOLT', quantity: 12 }] }));
      await startPicking(world);
      await world.scan('A-01-1');
    };

    test('a quantity card and one scan take all the pieces', async () => {
      await atBin({ scanPolicy: 'quantity' });
      const { expects } = await world.view();
      const set = await world.command('QTY-12');
      const { verdict } = await world.scan(UNIT);

      expect(expects.map(({ title }) => title)).toContain('QTY-12');
      expect(set.view).toMatchObject({ step: 'item', pendingQuantity: 12 });
      expect(verdict.code).toBe('pick.order-done');
    });

    test('more than the task asks for, or an item without that rule, is refused, and the card is spent', async () => {
      await atBin({ scanPolicy: 'quantity' });
      await card('QTY-13');
      const tooMany = await world.scan(UNIT);
      const one = await world.scan(UNIT);

      expect(tooMany).toMatchObject({ verdict: { code: 'pick.too-many' }, view: { pendingQuantity: null } });
      expect(one.verdict).toMatchObject({ code: 'pick.item-picked', params: { done: 1 } });
      await world.importItems([anItem({ sku: 'BOLT', gtin: UNIT, scanPolicy: 'case' })]);
      await card('QTY-2');
      expect(await scan(UNIT)).toBe('pack.quantity-refused');
      expect(await scan(UNIT)).toBe('pick.item-picked');
    });

    test('UNDO takes the card back', async () => {
      await atBin({ scanPolicy: 'quantity' });
      await card('QTY-5');

      expect(await card('UNDO')).toBe('pack.never-mind');
      expect((await world.scan(UNIT)).verdict.params).toMatchObject({ done: 1 });
    });
  });

  test('pieces with a serial number are scanned one by one, whatever the rule', async () => {
    await open(6, { scanPolicy: 'quantity', serialControlled: true });

    await card('QTY-2');
    expect(await scan(`]d201${UNIT.padStart(14, '0')}21S1`)).toBe('pack.quantity-refused');
    expect(await scan(`]d201${CASE.padStart(14, '0')}21S1`)).toBe('pack.serial-needed');
    expect(await scan(`]d201${UNIT.padStart(14, '0')}21S1`)).toBe('pack.item-packed');
  });

  test('a case goes into several lines of its item, and comes out of all of them', async () => {
    await world.importItems([
      anItem({
        sku: 'BOLT',
        codes: [
          { code: UNIT.padStart(14, '0'), kind: 'gtin', quantity: 1 },
          { code: CASE.padStart(14, '0'), kind: 'gtin', quantity: 6 },
        ],
      }),
    ]);
    await world.importStock([aLevel({ sku: 'BOLT', location: 'A-01-1', onHand: 50 })]);
    const lines = [
      { sku: 'BOLT', quantity: 4, externalLineId: 'a' },
      { sku: 'BOLT', quantity: 3, externalLineId: 'b' },
    ];
    await comeIn(world, anOrder({ externalId: '1', lines }));
    await world.pickNextOrder();

    const whole = await world.scan(CASE);
    const undone = await world.command('UNDO');

    expect(whole.view.lines.map((line) => line.packed)).toEqual([4, 2]);
    expect(whole.verdict.params).toMatchObject({ done: 6, total: 7, quantity: 6 });
    expect(undone.view.lines.map((line) => line.packed)).toEqual([0, 0]);
    await scan(CASE);
    expect(await scan(UNIT)).toBe('pack.closed');
    await untilStep(world, 'scan-label');
  });
});
