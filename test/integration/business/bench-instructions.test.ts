import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ImportedItem, ImportedOrder } from '../../../shared/model/imported.ts';
import { aLevel, anItem, anOrder } from '../../support/builders.ts';
import { databaseKinds, hasDatabase, openWorldOn } from '../../support/databases.ts';
import {
  brokenInvariants,
  comeIn,
  journalKinds,
  packAll,
  startPicking,
  untilStep,
  useSettings,
} from '../../support/warehouse.ts';
import { demoGtin, type World } from '../../support/world.ts';

describe.each(databaseKinds)('what a packer reads before touching goods, on %s', (kind) => {
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

  const VASE = demoGtin(1);
  const CUP = demoGtin(2);
  /** A vase with the given marks and two plain cups, picked, with the parcel just opened. */
  const open = async (marks: Partial<ImportedItem>, change: Partial<ImportedOrder> = {}): Promise<void> => {
    await world.importItems([
      anItem({ sku: 'VASE', gtin: VASE, ...marks }),
      anItem({ sku: 'CUP', gtin: CUP }),
      anItem({ sku: 'BOWL', gtin: demoGtin(3), fragile: true }),
    ]);
    await world.importStock(
      ['VASE', 'CUP', 'BOWL'].map((sku, index) => aLevel({ sku, location: `A-01-${index}`, onHand: 20 })),
    );
    const lines = [{ sku: 'VASE', quantity: 2 }, { sku: 'CUP', quantity: 2 }, { sku: 'BOWL' }];
    await comeIn(world, { ...anOrder({ externalId: '1', lines }), ...change });
    await startPicking(world);
    for (const [location, gtin, units] of [
      ['A-01-0', VASE, 2],
      ['A-01-1', CUP, 2],
      ['A-01-2', demoGtin(3), 1],
    ] as const) {
      await world.scan(location);
      for (let unit = 0; unit < units; unit += 1) await world.scan(gtin);
    }
    await world.scan('#1');
  };

  test('the buyer’s note and the gift come first, together; one CONFIRM takes both', async () => {
    await open({}, { note: '  Ring twice ', gift: true });

    const shown = await world.view();
    const early = await world.scan(VASE);
    const { verdict, view } = await world.command('CONFIRM');
    const packed = await world.scan(VASE);

    expect(shown).toMatchObject({
      step: 'instructions',
      instructions: [
        { key: 'note', kind: 'note', lineId: null, text: 'Ring twice' },
        { key: 'gift', kind: 'gift', lineId: null, text: '' },
      ],
    });
    expect(shown.expects.map(({ title }) => title)).toContain('CONFIRM');
    expect(early.verdict).toMatchObject({ tone: 'bad', code: 'pack.read-first', params: { instruction: 'note' } });
    expect(early.view.latched).toMatchObject({ code: 'pack.read-first' });
    expect(early.view.parcel?.unitsPacked).toBe(0);
    expect(verdict.code).toBe('instructions.confirmed');
    expect(view).toMatchObject({ step: 'pack-item', instructions: [], latched: null });
    expect(packed.verdict.code).toBe('pack.item-packed');
  });

  test('all marks of a line are confirmed by one scan before its first unit, and only then', async () => {
    await useSettings(world, { hazardousService: 'allowed' });
    await open({ fragile: true, hazardous: true, upright: true });

    const before = await world.view();
    await world.command('YES');
    const codes = [];
    for (const gtin of [VASE, VASE, CUP]) codes.push((await world.scan(gtin)).verdict.code);

    expect(before.instructions.map(({ kind }) => kind)).toEqual(['hazardous', 'fragile', 'upright']);
    expect(before.instructions.every(({ lineId }) => lineId === before.currentLineId)).toBe(true);
    expect(codes).toEqual(Array(3).fill('pack.item-packed'));
  });

  test('goods may still be scanned in any order: those with unread marks are refused, shown, and then taken', async () => {
    await open({});

    const early = await world.scan(demoGtin(3));
    const confirmed = await world.command('CONFIRM');
    const packed = await world.scan(demoGtin(3));

    expect(early.verdict).toMatchObject({
      code: 'pack.read-first',
      params: { instruction: 'fragile', sku: 'BOWL' },
    });
    const bowl = early.view.lines.find((line) => line.sku === 'BOWL')?.id;
    expect(early.view).toMatchObject({ step: 'instructions', currentLineId: bowl, parcel: { unitsPacked: 0 } });
    expect(confirmed.view).toMatchObject({ step: 'pack-item', currentLineId: bowl });
    expect(packed.verdict.code).toBe('pack.item-packed');
    expect(packed.view.lines.find((line) => line.id === packed.view.currentLineId)?.sku).toBe('VASE');
  });

  test('what was confirmed is kept with the parcel: after UNDO, and after leaving the bench, nobody is asked again', async () => {
    await open({ fragile: true }, { note: 'Ring twice' });
    await world.command('CONFIRM');
    await world.command('CONFIRM');
    await world.scan(VASE);
    await world.command('UNDO');
    await world.command('SIGN-OUT');
    await world.signIn();

    const view = await world.view();

    expect(view).toMatchObject({ step: 'pack-item', parcel: { unitsPacked: 0 } });
    const kinds = await journalKinds(world, view.parcel?.id ?? '');
    expect(kinds.filter((one) => one === 'instructions.confirmed')).toHaveLength(2);
  });

  test('an emptied parcel is a new one: its instructions are read again', async () => {
    await open({ fragile: true });
    await world.command('CONFIRM');
    await world.command('CANCEL');

    const { view } = await world.scan('#1');

    expect(view).toMatchObject({ step: 'instructions', instructions: [{ kind: 'fragile' }] });
  });

  test('where the setting is off they are shown and nobody is asked', async () => {
    await useSettings(world, { confirmInstructions: false });
    await open({ fragile: true }, { gift: true });

    const view = await world.view();
    const codes = await packAll(world);

    expect(view.step).toBe('pack-item');
    expect(view.instructions.map(({ kind }) => kind)).toEqual(['gift', 'fragile']);
    expect(codes).toEqual([...Array(4).fill('pack.item-packed'), 'pack.closed']);
    await untilStep(world, 'scan-label');
  });

  test('CONFIRM still clears a refusal where nothing waits to be read', async () => {
    await open({});
    await world.scan(demoGtin(404));

    const { verdict, view } = await world.command('CONFIRM');

    expect(verdict.code).toBe('latched.cleared');
    expect(view.latched).toBeNull();
  });

  test('what a scan answers is what the bench shows when it is read again', async () => {
    await open({ fragile: true }, { gift: true });

    for (const scan of [
      () => world.scan(VASE),
      () => world.command('CONFIRM'),
      () => world.scan(CUP),
      () => world.command('CONFIRM'),
      () => world.scan(VASE),
      () => world.scan(demoGtin(3)),
      () => world.command('CONFIRM'),
      () => world.scan(demoGtin(3)),
    ]) {
      const { view } = await scan();
      expect(view).toEqual(await world.view());
    }
  });
});
