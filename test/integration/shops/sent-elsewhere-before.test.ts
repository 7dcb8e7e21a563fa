import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../../../main/db/database.ts';
import { migrations } from '../../../main/db/migrate.ts';
import { describeOnEach, emptyDatabase } from '../../support/frame.ts';

describeOnEach('parcels that shops were told of before units sent from elsewhere were counted apart', (kind) => {
  let empty: Awaited<ReturnType<typeof emptyDatabase>>;
  beforeEach(async () => {
    empty = await emptyDatabase(kind);
  });
  afterEach(() => empty?.remove());

  test('are counted as what they were, kits with their components', async () => {
    const { write, read, close } = await openDatabase(empty.url);
    const change = migrations.findIndex(({ name }) => name.endsWith('_sent_elsewhere'));
    for (const { up } of migrations.slice(0, change)) await write.transaction(up);
    const at = '2026-11-24T03:04:05.678Z';
    const version = 1;
    await write('shop').insert({
      ...{ id: 's', connector: 'shopify', key: 'k', title: 'Shop', config: '{}', created_at: at, version },
    });
    await write('sales_order').insert({
      ...{ id: 'o', channel: 'shopify', external_id: '1', number: '#1', code: 'C', state: 'allocated', country: 'FR' },
      ...{ placed_at: at, ship_by: at, content_hash: '', created_at: at, version },
    });
    const none = { allocated: 0, picked: 0, packed: 0, shipped: 0, title: '' };
    const line = (id: string, of: { ordered: number; cancelled: number; parent?: string }) => ({
      ...{ id, order_id: 'o', line_no: 1, sku: id, parent_line_id: of.parent ?? null, ...none },
      ...{ ordered: of.ordered, cancelled: of.cancelled },
    });
    await write('order_line').insert([
      line('plain', { ordered: 3, cancelled: 2 }),
      line('kit', { ordered: 2, cancelled: 1 }),
      line('part', { ordered: 6, cancelled: 3, parent: 'kit' }),
      line('dropped', { ordered: 2, cancelled: 2 }),
    ]);
    const told = [
      { orderLineId: 'plain', externalLineIds: ['1'], sku: 'plain', quantity: 1 },
      { orderLineId: 'kit', externalLineIds: ['2'], sku: 'kit', quantity: 1 },
    ];
    await write('shop_shipment').insert({
      ...{ id: 'p', shop_id: 's', order_id: 'o', sequence: 1, carrier: 'UPS', tracking: '1Z', state: 'told', last: 0 },
      ...{ lines: JSON.stringify(told), shipped_at: at, created_at: at, version },
    });

    for (const { up } of migrations.slice(change)) await write.transaction(up);

    const lines = await read('order_line').orderBy('id').select('id', 'cancelled', 'sent_elsewhere as sentElsewhere');
    expect(lines).toEqual([
      { id: 'dropped', cancelled: 2, sentElsewhere: 0 },
      { id: 'kit', cancelled: 1, sentElsewhere: 1 },
      { id: 'part', cancelled: 3, sentElsewhere: 3 },
      { id: 'plain', cancelled: 2, sentElsewhere: 1 },
    ]);
    await close();
  });
});
