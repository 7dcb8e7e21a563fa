import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ImportedOrder } from '../../../shared/model/imported.ts';
import { anItem, anOrder } from '../../support/builders.ts';
import { databaseKinds, hasDatabase, openWorldOn } from '../../support/databases.ts';
import { comeIn, orderOf, stockUp, supervisorOf, untilStep, useSettings } from '../../support/warehouse.ts';
import { demoGtin, type World } from '../../support/world.ts';

const oklahoma = {
  name: 'Sam Sample',
  street1: '100 Main Street',
  postcode: '73108',
  city: 'Oklahoma City',
  region: 'OK',
  country: 'US',
};
const mug = { hsCode: '691200', origin: 'PT', customsText: 'Mug, stoneware' };

describe.each(databaseKinds)('a box for the USA at the bench on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: World;
  beforeEach(async () => {
    world = await openWorldOn(kind);
    await stockUp(world, 2, 50);
    await world.signIn('admin');
    await useSettings(world, {
      companyName: 'Maison Éclat',
      street: '18 quai de la Fosse',
      postcode: '44000',
      city: 'Nantes',
      siret: '73282932000074',
      vatNumber: 'FR44732829320',
      invoices: 'always',
    });
  });
  afterEach(() => world.close());

  const catalogue = (facts: Partial<typeof mug>) =>
    world.importItems([anItem({ sku: 'SKU-1', gtin: demoGtin(1), ...facts })]);
  const pack = async (change: Partial<ImportedOrder> = {}): Promise<void> => {
    const lines = [{ sku: 'SKU-1', quantity: 2, unitPriceMinor: 1_900 }];
    await comeIn(world, {
      ...anOrder({ externalId: '1', totalMinor: 4_290, shippingMinor: 490, address: oklahoma, lines }),
      ...change,
    });
    for (const gtin of await world.pickNextOrder()) await world.scan(gtin);
  };
  const printed = async (): Promise<string[]> => {
    const rows = await world.core.database
      .read('print_job')
      .join('document', 'document.id', 'print_job.document_id')
      .select('document.kind');
    return rows.map((row) => row.kind).sort();
  };

  test('holds label, return label, slip, customs papers and the invoice without VAT', async () => {
    await catalogue(mug);
    await pack();

    await untilStep(world, 'scan-label');

    expect(await printed()).toEqual(['commercial-invoice', 'invoice', 'label', 'packing-slip', 'return-label']);
    const { invoices } = await world.call('invoicing.list-view', { limit: 10 });
    expect(invoices).toMatchObject([{ totalMinor: 4_290, vatMinor: 0, orderNumber: '#1' }]);
  });

  test('gets no label while the catalogue lacks what customs must know; then one, with the first number', async () => {
    await pack();
    await world.settled();
    const { parcels } = await orderOf(world, '#1');
    const [parcel] = parcels;
    expect(parcel?.labels.map(({ state, problem }) => [state, problem])).toContainEqual([
      'failed',
      'customs.missing-facts',
    ]);
    expect(await printed()).toEqual([]);

    await catalogue(mug);
    const supervisor = await supervisorOf(world);
    await supervisor.call('shipping.retry-label', { parcelId: parcel?.id ?? '' });
    await world.settled();

    expect(await printed()).toContain('commercial-invoice');
    const { invoices } = await world.call('invoicing.list-view', { limit: 10 });
    expect(invoices.map(({ number }) => number)).toEqual([expect.stringMatching(/-000001$/)]);
  });

  test('holds no invoice when it is a gift', async () => {
    await catalogue(mug);
    await pack({ gift: true });
    await world.settled();

    expect(await printed()).toEqual(['commercial-invoice', 'label', 'packing-slip', 'return-label']);
    expect((await world.call('invoicing.list-view', { limit: 10 })).total).toBe(0);
  });
});
