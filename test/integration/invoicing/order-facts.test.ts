import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ImportedOrder } from '../../../shared/model/imported.ts';
import { anItem, anOrder } from '../../support/builders.ts';
import { databaseKinds, hasDatabase, openWorldOn } from '../../support/databases.ts';
import { comeIn, orderOf, stockUp } from '../../support/warehouse.ts';
import type { World } from '../../support/world.ts';

describe.each(databaseKinds)('facts for papers on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: World;
  beforeEach(async () => {
    world = await openWorldOn(kind);
    await stockUp(world, 2, 50);
    await world.signIn();
  });
  afterEach(() => world.close());

  const order = (change: Partial<ImportedOrder> = {}): ImportedOrder =>
    anOrder({ externalId: '1', lines: [{ sku: 'SKU-1', quantity: 2 }], ...change });
  const stored = async () => {
    const { id } = await orderOf(world, '#1');
    const { read, personal } = world.core.database;
    const facts = await read('sales_order')
      .where({ id })
      .first('total_minor', 'shipping_minor', 'discount_minor', 'promised_by', 'pickup_point', 'label_mode');
    const lines = await read('order_line')
      .where({ order_id: id })
      .whereRaw('ordered > cancelled')
      .select('unit_price_minor', 'vat_rate', 'discount_minor');
    const kept = await read('order_private').where({ order_id: id }).first('data');
    return { facts, lines, vatNumber: JSON.parse(personal.open(id, kept.data)).vatNumber };
  };
  const [line] = order().lines;
  const told = {
    shippingMinor: 490,
    discountMinor: 100,
    promisedBy: '2026-11-26',
    pickupPoint: '066974',
    labelMode: 'platform',
    vatNumber: 'FR44732829320',
    lines: line ? [{ ...line, vatRate: 2000, discountMinor: 50 }] : [],
  } as const;

  test('of an order are kept, taken over when they change, and stay where a file says nothing', async () => {
    await comeIn(world, order(told));
    const first = await stored();
    await comeIn(world, order());
    const untold = await stored();
    await comeIn(
      world,
      order({ shippingMinor: 690, totalMinor: 5_500, lines: line ? [{ ...line, vatRate: 550 }] : [] }),
    );

    expect(first).toEqual({
      facts: {
        total_minor: 4_900,
        shipping_minor: 490,
        discount_minor: 100,
        promised_by: '2026-11-26',
        pickup_point: '066974',
        label_mode: 'platform',
      },
      lines: [{ unit_price_minor: 1_900, vat_rate: 2000, discount_minor: 50 }],
      vatNumber: 'FR44732829320',
    });
    expect(untold).toEqual(first);
    expect(await stored()).toMatchObject({
      facts: { total_minor: 5_500, shipping_minor: 690, discount_minor: 100 },
      lines: [{ vat_rate: 550, discount_minor: 50 }],
    });
  });

  test('of an item are kept, changed and left alone in the same way', async () => {
    const facts = { hsCode: '691200', origin: 'PT', customsText: 'Mug, stoneware', vatRate: 550 };
    const read = () =>
      world.core.database.read('item').where({ sku: 'MUG' }).first('hs_code', 'origin', 'customs_text', 'vat_rate');

    await world.importItems([anItem({ sku: 'MUG', ...facts })]);
    const again = await world.importItems([anItem({ sku: 'MUG' })]);
    const kept = await read();
    const changed = await world.importItems([anItem({ sku: 'MUG', origin: 'FR', vatRate: null })]);

    expect([again.unchanged, changed.updated]).toEqual([1, 1]);
    expect(kept).toEqual({ hs_code: '691200', origin: 'PT', customs_text: 'Mug, stoneware', vat_rate: 550 });
    expect(await read()).toEqual({ hs_code: '691200', origin: 'FR', customs_text: 'Mug, stoneware', vat_rate: null });
  });
});
