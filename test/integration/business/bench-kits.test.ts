import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ImportedItem } from '../../../shared/model/imported.ts';
import { aLevel, anItem, anOrder } from '../../support/builders.ts';
import { databaseKinds, hasDatabase, lastingPlace, openWorldOn } from '../../support/databases.ts';
import { brokenInvariants, comeIn, offered, packAll, untilStep } from '../../support/warehouse.ts';
import { demoGtin, openWorld, type World } from '../../support/world.ts';

const SET = demoGtin(50);
const INNER = demoGtin(51);
const CUP = demoGtin(1);
const TEA = demoGtin(2);
const SPOON = demoGtin(3);

describe.each(databaseKinds)('kits at the bench on %s', (kind) => {
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

  /** A set of two cups and a tea, and a gift box that holds a set and a spoon. */
  const catalogue = async (set: Partial<ImportedItem>, box: Partial<ImportedItem> = {}): Promise<void> => {
    await world.importItems([
      anItem({ sku: 'CUP', gtin: CUP }),
      anItem({ sku: 'TEA', gtin: TEA }),
      anItem({ sku: 'SPOON', gtin: SPOON }),
    ]);
    const components = [
      { sku: 'CUP', quantity: 2 },
      { sku: 'TEA', quantity: 1 },
    ];
    await world.importItems([anItem({ sku: 'SET', gtin: INNER, title: 'Tea set', components, ...set })]);
    const inside = [
      { sku: 'SET', quantity: 1 },
      { sku: 'SPOON', quantity: 1 },
    ];
    await world.importItems([anItem({ sku: 'BOX', gtin: SET, title: 'Gift box', components: inside, ...box })]);
    await world.importStock(
      ['CUP', 'TEA', 'SPOON'].map((sku, index) => aLevel({ sku, location: `A-01-${index}`, onHand: 50 })),
    );
  };
  const open = async (...lines: { sku: string; quantity?: number }[]): Promise<void> => {
    await comeIn(world, anOrder({ externalId: '1', lines }));
    await world.pickNextOrder();
  };

  describe('scanned as one', () => {
    test('its own code packs a whole set, and one UNDO takes the set out', async () => {
      await catalogue({ kitScan: 'one' });
      await open({ sku: 'SET', quantity: 2 });

      const offer = offered(await world.view(), 'item');
      const first = await world.scan(INNER);
      const undone = await world.command('UNDO');
      await world.scan(INNER);
      const last = await world.scan(INNER);

      expect(offer).toBe(INNER);
      expect(first.verdict).toMatchObject({
        code: 'pack.item-packed',
        params: { sku: 'SET', title: 'Tea set', done: 3, total: 6, quantity: 3 },
      });
      expect(first.view.lines.map((line) => [line.sku, line.packed, line.kit])).toEqual([
        ['CUP', 2, { sku: 'SET', title: 'Tea set' }],
        ['TEA', 1, { sku: 'SET', title: 'Tea set' }],
      ]);
      expect(undone.verdict).toMatchObject({ code: 'pack.undone', params: { sku: 'CUP + TEA', quantity: 3 } });
      expect(undone.view.parcel?.unitsPacked).toBe(0);
      expect(last.verdict.code).toBe('pack.closed');
      await untilStep(world, 'scan-label');
    });

    test('a set that is not whole any more names what is missing; its parts still go in one by one', async () => {
      await catalogue({ kitScan: 'one' });
      await open({ sku: 'SET' });
      await world.scan(TEA);

      const { verdict, view } = await world.scan(INNER);
      const codes = await packAll(world);

      expect(verdict).toMatchObject({ tone: 'bad', code: 'pack.kit-incomplete', params: { skus: 'TEA' } });
      expect(view.parcel?.unitsPacked).toBe(1);
      expect(codes).toEqual(['pack.item-packed', 'pack.closed']);
    });

    test('one set more than ordered is too many', async () => {
      await catalogue({ kitScan: 'one' });
      await open({ sku: 'SET' }, { sku: 'SPOON' });
      await world.scan(INNER);

      expect((await world.scan(INNER)).verdict.code).toBe('pack.too-many');
    });

    test('where a part has a serial number, one code cannot tell it: the parts are scanned', async () => {
      await catalogue({ kitScan: 'one' });
      await world.importItems([anItem({ sku: 'TEA', gtin: TEA, serialControlled: true })]);
      await open({ sku: 'SET' });

      expect((await world.scan(INNER)).verdict).toMatchObject({
        code: 'pack.kit-explode',
        params: { skus: 'CUP, TEA' },
      });
    });

    test('what a part asks to be read comes before the set', async () => {
      await catalogue({ kitScan: 'one' });
      await world.importItems([anItem({ sku: 'TEA', gtin: TEA, upright: true })]);
      await open({ sku: 'SET' });

      const early = await world.scan(INNER);
      await world.command('CONFIRM');
      const { verdict } = await world.scan(INNER);

      expect(early.verdict).toMatchObject({ code: 'pack.read-first', params: { instruction: 'upright', sku: 'TEA' } });
      expect(verdict.code).toBe('pack.closed');
    });
  });

  test('exploded: its own code is refused and names the parts', async () => {
    await catalogue({ kitScan: 'explode' });
    await open({ sku: 'SET' });

    const { verdict, view } = await world.scan(INNER);

    expect(verdict).toMatchObject({ tone: 'bad', code: 'pack.kit-explode', params: { skus: 'CUP, TEA' } });
    expect(view.expects.filter(({ kind: of }) => of === 'item').map(({ text }) => text)).toEqual([CUP]);
    expect(await packAll(world)).toEqual(['pack.item-packed', 'pack.item-packed', 'pack.closed']);
  });

  describe('inside another kit', () => {
    test('the outer code packs everything down to the single items', async () => {
      await catalogue({ kitScan: 'one' }, { kitScan: 'one' });
      await open({ sku: 'BOX' });

      const { verdict } = await world.scan(SET);

      expect(verdict).toMatchObject({ code: 'pack.closed', params: { sku: 'BOX', quantity: 4 } });
    });

    test('the inner code packs its part of the outer one', async () => {
      await catalogue({ kitScan: 'one' }, { kitScan: 'explode' });
      await open({ sku: 'BOX' });

      const inner = await world.scan(INNER);
      const again = await world.scan(INNER);
      const spoon = await world.scan(SPOON);

      expect(inner.verdict).toMatchObject({ code: 'pack.item-packed', params: { done: 3, total: 3, quantity: 3 } });
      expect(again.verdict.code).toBe('pack.too-many');
      expect(spoon.verdict.code).toBe('pack.closed');
    });

    test('an inner one that is to be exploded is refused with its parts, and one of another order is a wrong item', async () => {
      await catalogue({ kitScan: 'explode' }, { kitScan: 'explode' });
      await open({ sku: 'BOX' });
      const refused = await world.scan(INNER);
      await packAll(world);
      await untilStep(world, 'scan-label');
      await world.finishParcel();
      await comeIn(world, anOrder({ externalId: '2', lines: [{ sku: 'SPOON' }] }));
      await world.pickNextOrder();

      expect(refused.verdict.code).toBe('pack.kit-explode');
      expect((await world.scan(INNER)).verdict).toMatchObject({ code: 'pack.wrong-item', params: { sku: 'SET' } });
    });
  });
});

describe.each(databaseKinds)('units that came by one scan, after the power went, on %s', (kind) => {
  test.skipIf(!hasDatabase(kind))('still leave by one UNDO', async () => {
    const place = await lastingPlace(kind);
    const before = await openWorld(place.options);
    await before.signIn();
    await before.importItems([anItem({ sku: 'CUP', gtin: CUP }), anItem({ sku: 'TEA', gtin: TEA })]);
    const components = [
      { sku: 'CUP', quantity: 2 },
      { sku: 'TEA', quantity: 1 },
    ];
    await before.importItems([anItem({ sku: 'SET', gtin: INNER, components, kitScan: 'one' })]);
    await before.importStock(
      ['CUP', 'TEA'].map((sku, index) => aLevel({ sku, location: `A-01-${index}`, onHand: 50 })),
    );
    await comeIn(before, anOrder({ externalId: '1', lines: [{ sku: 'SET', quantity: 2 }, { sku: 'CUP' }] }));
    await before.pickNextOrder();
    await before.scan(CUP);
    await before.scan(INNER);
    const left = await before.view();
    await before.close();

    const after = await openWorld(place.options);
    await after.signIn();
    const found = await after.view();
    const counts = [];
    for (let turn = 0; turn < 3; turn += 1) {
      const { verdict, view } = await after.command('UNDO');
      counts.push([verdict.code, view.parcel?.unitsPacked]);
    }

    expect(found).toMatchObject({
      step: 'pack-item',
      currentLineId: left.currentLineId,
      parcel: { unitsPacked: 4, unitsToPack: 7 },
    });
    expect(counts).toEqual([
      ['pack.undone', 1],
      ['pack.undone', 0],
      ['pack.nothing-to-undo', 0],
    ]);
    expect(await brokenInvariants(after)).toEqual([]);
    await after.close();
    await place.remove();
  });
});
