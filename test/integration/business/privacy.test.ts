import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ImportedOrder } from '../../../shared/model/imported.ts';
import { anOrder } from '../../support/builders.ts';
import { databaseKinds, hasDatabase, openWorldOn } from '../../support/databases.ts';
import { type FaultyPapers, faultyPapers } from '../../support/papers.ts';
import {
  comeIn,
  orderOf,
  packAll,
  scanOffered,
  startPicking,
  stockUp,
  supervisorOf,
  untilStep,
} from '../../support/warehouse.ts';
import type { World } from '../../support/world.ts';

// Letters that no identifier, hash or number of ours can hold by chance.
const secrets = {
  name: 'Ludmila Geheimova',
  company: 'Verschwiegen & Co',
  street1: '77 impasse du Silence',
  street2: 'Digicode QX47YZ',
  postcode: 'QV9 8ZX',
  city: 'Cachetteville',
  phone: '+33 6 99 88 77 66',
  email: 'ludmila@geheim.example',
} as const;
const note = 'Surprise pour Papi Anselme';

const order = (externalId: string, change: Partial<ImportedOrder> = {}): ImportedOrder => ({
  ...anOrder({ externalId, lines: [{ sku: 'SKU-1' }] }),
  address: { ...secrets, country: 'FR' },
  note,
  ...change,
});

describe.each(databaseKinds)('what is kept for ever holds nothing about persons, on %s', (kind) => {
  if (!hasDatabase(kind)) return test.skip('skipped: no PostgreSQL server');
  let world: World;
  let papers: FaultyPapers;
  beforeEach(async () => {
    papers = faultyPapers();
    world = await openWorldOn(kind, { documents: papers.documents });
    await stockUp(world, 1, 50);
    await world.signIn();
  });
  afterEach(() => world.close());

  /** Tables that are append-only, or that outlive the order's personal data. */
  const kept = async (): Promise<string> => {
    const tables = [
      'journal',
      'stock_movement',
      'outbox',
      'event',
      'inbox',
      'import_run',
      'import_finding',
      'order_hold',
    ];
    const rows = [];
    for (const table of tables) rows.push(...(await world.core.database.read(table).select('*')));
    return JSON.stringify(rows);
  };
  const leaks = (text: string): string[] =>
    [...Object.values(secrets), 'Geheimova', 'Anselme', 'QX47YZ'].filter((secret) => text.includes(secret));

  test('a whole order with everything that can happen to it', async () => {
    await comeIn(world, order('1', { paid: false }));
    await comeIn(world, order('1'));
    await comeIn(world, order('1', { address: { ...secrets, street1: '78 impasse du Silence', country: 'FR' } }));
    await startPicking(world);
    await scanOffered(world, 'location');
    await comeIn(world, order('1', { address: { ...secrets, city: 'Autreville', country: 'FR' } }));
    const desk = await supervisorOf(world);
    await desk.call('orders.release-hold', { orderId: (await orderOf(world, '#1')).id });
    await scanOffered(world, 'item');
    await world.scan('#1');
    await packAll(world);
    await world.finishParcel();
    await world.settled();

    const text = await kept();
    expect(text).toContain('address changed');
    expect(text).toContain('parcel.label-confirmed');
    expect(leaks(text)).toEqual([]);
  });

  test('a label that failed for its address', async () => {
    await comeIn(world, order('1', { address: { ...secrets, street1: '\u{1F600}\u{1F600}', country: 'FR' } }));
    for (const gtin of await world.pickNextOrder()) await world.scan(gtin);
    await untilStep(world, 'label-failed');

    const text = await kept();
    expect(text).toContain('label.unprintable-text');
    expect(leaks(text)).toEqual([]);
    expect(text).not.toContain('\u{1F600}');
  });

  test('a label whose drawing broke down', async () => {
    await comeIn(world, order('1'));
    papers.crash();
    for (const gtin of await world.pickNextOrder()) await world.scan(gtin);
    await untilStep(world, 'label-failed');
    await world.settled();

    expect(leaks(await kept())).toEqual([]);
  });

  test('an order whose personal data was purged is refused a label in words, and nothing waits for ever', async () => {
    await comeIn(world, order('1'));
    const gtins = await world.pickNextOrder();
    await world.core.database.write('order_private').delete();

    for (const gtin of gtins) await world.scan(gtin);
    const { labels } = await untilStep(world, 'label-failed');

    expect(labels[0]?.problem).toBe('label.bad-model');
  });
});
